import { anyFlow } from '../../core/flow'
import type { Pair, ReferenceUse } from '../../core/pair'
import { customerToCustomer } from './customer-to-customer'
import { customerToSupplier } from './customer-to-supplier'
import { invoiceToSale } from './invoice-to-sale'
import { paymentToPayment } from './payment-to-payment'
import { productToProduct } from './product-to-product'
import { Settings } from './settings'

const use = (path: string, kind: string, code: string | undefined, use?: string): ReferenceUse[] =>
  code === undefined ? [] : [{ path: `settings.${path}`, side: 'target', kind, code, ...(use && { use }) }]

/** Wave Accounting → Cin7 Core: parties, products, approved invoices as sales, and their payments. Nothing is written to Wave. */
export const waveCin7: Pair = {
  name: 'wave-cin7',
  source: 'wave',
  target: 'cin7',
  flows: [
    anyFlow(customerToCustomer),
    anyFlow(customerToSupplier),
    anyFlow(productToProduct),
    anyFlow(invoiceToSale),
    anyFlow(paymentToPayment),
  ],
  settings: Settings,

  references(given) {
    const settings = Settings.parse(given)
    return [
      ...use('accountReceivable', 'account', settings.accountReceivable, 'receivable'),
      ...use('revenueAccount', 'account', settings.revenueAccount, 'revenue'),
      ...use('taxRule', 'tax', settings.taxRule, 'sale'),
      ...use('noTaxRule', 'tax', settings.noTaxRule, 'sale'),
      ...use('paymentTerm', 'term', settings.paymentTerm),
      ...Object.entries(settings.terms).flatMap(([days, term]) => use(`terms.${days}`, 'term', term)),
      ...use('location', 'location', settings.location),
      ...use('suppliers.accountPayable', 'account', settings.suppliers?.accountPayable, 'payable'),
      ...use('suppliers.taxRule', 'tax', settings.suppliers?.taxRule, 'purchase'),
      ...use('chargeProduct', 'service', settings.chargeProduct, 'service'),
      ...use('discountAccount', 'account', settings.discountAccount),
      ...use('rounding.account', 'account', settings.rounding?.account),
    ]
  },

  mappings: {
    account: {
      source: 'account',
      target: 'account',
      use: 'revenue',
      about: 'Wave income account → Cin7 sales account, for each line of an invoice.',
    },
    tax: {
      source: 'tax',
      target: 'tax',
      use: 'sale',
      about: 'Wave sales tax → Cin7 tax rule. Where a line has several taxes: their ids in order, joined by "+".',
    },
    product: {
      source: 'product',
      target: 'product',
      about:
        'Wave product → SKU of a Cin7 product that exists. Without it, a service product is made for the Wave product.',
    },
    bank: {
      source: 'account',
      target: 'account',
      use: 'payment',
      about: 'Wave account that payments go to → Cin7 bank or payment account.',
    },
  },

  schedule: '*/15 * * * *',
}
