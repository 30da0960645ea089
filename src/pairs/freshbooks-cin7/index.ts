import { anyFlow } from '../../core/flow'
import type { Pair, ReferenceUse } from '../../core/pair'
import { billPaymentToPayment } from './bill-payment-to-payment'
import { billToPurchase } from './bill-to-purchase'
import { clientToCustomer } from './client-to-customer'
import { expenseToPurchase } from './expense-to-purchase'
import { invoiceToSale } from './invoice-to-sale'
import { journalToJournal } from './journal-to-journal'
import { paymentToPayment } from './payment-to-payment'
import { Settings } from './settings'
import { vendorToSupplier } from './vendor-to-supplier'

const use = (path: string, kind: string, code: string | undefined, use?: string): ReferenceUse[] =>
  code === undefined ? [] : [{ path: `settings.${path}`, side: 'target', kind, code, ...(use && { use }) }]

/** FreshBooks → Cin7 Core: parties, invoices and their payments, bills and theirs, expenses, manual journals. Nothing is written to FreshBooks. */
export const freshbooksCin7: Pair = {
  name: 'freshbooks-cin7',
  source: 'freshbooks',
  target: 'cin7',
  flows: [
    anyFlow(clientToCustomer),
    anyFlow(vendorToSupplier),
    anyFlow(invoiceToSale),
    anyFlow(paymentToPayment),
    anyFlow(billToPurchase),
    anyFlow(billPaymentToPayment),
    anyFlow(expenseToPurchase),
    anyFlow(journalToJournal),
  ],
  settings: Settings,

  references(given) {
    const settings = Settings.parse(given)
    const { purchases, expenses } = settings
    return [
      ...use('accountReceivable', 'account', settings.accountReceivable, 'receivable'),
      ...use('revenueAccount', 'account', settings.revenueAccount, 'revenue'),
      ...use('taxRule', 'tax', settings.taxRule, 'sale'),
      ...use('noTaxRule', 'tax', settings.noTaxRule, 'sale'),
      ...use('paymentTerm', 'term', settings.paymentTerm),
      ...Object.entries(settings.terms).flatMap(([days, term]) => use(`terms.${days}`, 'term', term)),
      ...use('location', 'location', settings.location),
      ...use('chargeProduct', 'service', settings.chargeProduct, 'service'),
      ...use('discountAccount', 'account', settings.discountAccount),
      ...use('paymentAccount', 'account', settings.paymentAccount, 'payment'),
      ...use('creditAccount', 'account', settings.creditAccount, 'payment'),
      ...use('rounding.account', 'account', settings.rounding?.account),
      ...use('purchases.accountPayable', 'account', purchases?.accountPayable, 'payable'),
      ...use('purchases.taxRule', 'tax', purchases?.taxRule, 'purchase'),
      ...use('purchases.noTaxRule', 'tax', purchases?.noTaxRule, 'purchase'),
      ...use('purchases.chargeProduct', 'service', purchases?.chargeProduct, 'service'),
      ...use('billPaymentAccount', 'account', settings.billPaymentAccount, 'payment'),
      ...Object.entries(expenses.banks).flatMap(([name, code]) =>
        use(`expenses.banks.${name}`, 'account', code, 'payment'),
      ),
      ...use('expenses.bank', 'account', expenses.bank, 'payment'),
    ]
  },

  mappings: {
    tax: {
      source: 'tax',
      target: 'tax',
      use: 'sale',
      about:
        'FreshBooks tax on sales → Cin7 tax rule: by name ("HST") or by name and percent ("HST 13%"). Where a line has two: joined by "+" in the order of their names; where the second is on top of the first: in the order of the line, and " compounded" behind it.',
    },
    'purchase-tax': {
      source: 'tax',
      target: 'tax',
      use: 'purchase',
      about: 'The same for bills and expenses.',
    },
    item: {
      source: 'item',
      target: 'product',
      about: 'FreshBooks item, by name → SKU of a Cin7 product. Without it, the SKU that FreshBooks has for the item.',
    },
    revenue: {
      source: 'item',
      target: 'account',
      use: 'revenue',
      about: 'FreshBooks item, by name → Cin7 sales account. Without it, the setting revenueAccount.',
    },
    payment: {
      source: 'payment-type',
      target: 'account',
      use: 'payment',
      about: 'How a client paid → Cin7 bank or payment account. Without it, the setting paymentAccount.',
    },
    'bill-payment': {
      source: 'payment-type',
      target: 'account',
      use: 'payment',
      about: 'How a bill was paid → Cin7 bank or payment account. Without it, the setting billPaymentAccount.',
    },
    'expense-category': {
      source: 'expense-category',
      target: 'account',
      about: 'FreshBooks category of a bill line or expense → Cin7 account that the cost is booked on.',
    },
    stock: {
      source: 'expense-category',
      target: 'product',
      use: 'stock',
      about: 'FreshBooks category of goods on bills → SKU of the Cin7 product that is bought. Others are costs.',
    },
    account: {
      source: 'account',
      target: 'account',
      about: 'FreshBooks account → Cin7 account, for manual journal entries.',
    },
  },

  schedule: '*/15 * * * *',
}
