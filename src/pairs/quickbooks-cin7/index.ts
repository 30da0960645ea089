import { anyFlow } from '../../core/flow'
import type { Pair, ReferenceUse } from '../../core/pair'
import { creditNoteToVendorCredit } from './credit-note-to-vendor-credit'
import { orderToPurchase } from './order-to-purchase'
import { purchaseToBill } from './purchase-to-bill'
import { purchaseToOrder } from './purchase-to-order'
import { Settings } from './settings'
import { supplierToVendor } from './supplier-to-vendor'

const use = (path: string, kind: string, code: string | undefined, use?: string): ReferenceUse[] =>
  code === undefined ? [] : [{ path: `settings.${path}`, side: 'target', kind, code, ...(use && { use }) }]

/**
 * Cin7 Core → QuickBooks Online: suppliers, purchase invoices as bills, orders, credit notes; and changes of those orders back. A
 * purchase is one read for all its flows; its order comes after its bills, which it is closed behind.
 */
export const quickbooksCin7: Pair = {
  name: 'quickbooks-cin7',
  source: 'cin7',
  target: 'quickbooks',
  flows: [
    anyFlow(supplierToVendor),
    anyFlow(purchaseToBill),
    anyFlow(creditNoteToVendorCredit),
    anyFlow(purchaseToOrder),
    anyFlow(orderToPurchase),
  ],
  settings: Settings,

  references(given) {
    const { accountPayable, accountsPayable, tax, orders, rounding } = Settings.parse(given)
    return [
      ...use('accountPayable', 'account', accountPayable, 'payable'),
      ...Object.entries(accountsPayable).flatMap(([currency, account]) => [
        ...use(`accountsPayable.${currency}`, 'account', account, 'payable'),
        ...use(`accountsPayable.${currency}`, 'account', account, `currency:${currency}`),
      ]),
      ...(tax.realm === 'us'
        ? use('tax.account', 'account', tax.account)
        : use('tax.noTaxCode', 'tax-code', tax.noTaxCode, 'purchase')),
      ...use('orders.account', 'account', orders?.account),
      ...use('rounding.account', 'account', rounding?.account),
    ]
  },

  mappings: {
    account: {
      source: 'account',
      target: 'account',
      about: 'Cin7 account of a line of an invoice or credit note → QuickBooks account.',
    },
    tax: {
      source: 'tax',
      target: 'tax-code',
      use: 'purchase',
      about: 'Cin7 tax rule → QuickBooks tax code. Not needed in the United States.',
    },
    term: {
      source: 'term',
      target: 'term',
      about: 'Cin7 payment term → QuickBooks term. Without it, the due date says it.',
    },
    item: {
      source: 'product',
      target: 'item',
      use: 'purchase',
      about: 'Cin7 product (SKU) → QuickBooks item, for item lines (setting items).',
    },
    department: {
      source: 'location',
      target: 'department',
      about: 'Cin7 location → QuickBooks department (location) of the whole document.',
    },
    'product-class': {
      source: 'product',
      target: 'class',
      about: 'Cin7 product (SKU) → QuickBooks class of its lines.',
    },
    'account-class': {
      source: 'account',
      target: 'class',
      about: 'Cin7 account → QuickBooks class of lines whose product has none.',
    },
    'location-class': {
      source: 'location',
      target: 'class',
      about: 'Cin7 location → QuickBooks class of lines that have none otherwise.',
    },
  },

  schedule: '*/15 * * * *',
}
