import { anyFlow } from '../../core/flow'
import type { Pair, ReferenceUse } from '../../core/pair'
import { billToPurchase } from './bill-to-purchase'
import { creditNoteToAdjustment } from './credit-note-to-adjustment'
import { orderToPurchase } from './order-to-purchase'
import { purchaseToBill } from './purchase-to-bill'
import { purchaseToOrder } from './purchase-to-order'
import { Settings } from './settings'
import { supplierToVendor } from './supplier-to-vendor'
import { vendorToSupplier } from './vendor-to-supplier'

const use = (
  side: ReferenceUse['side'],
  path: string,
  kind: string,
  code: string | undefined,
  use?: string,
): ReferenceUse[] => (code ? [{ path: `settings.${path}`, side, kind, code, ...(use && { use }) }] : [])

const backUses = ({ location, taxRule, taxAccount, ...codes }: NonNullable<Settings['back']>): ReferenceUse[] => {
  const each = (what: keyof typeof codes, from: string, to: string) =>
    Object.entries(codes[what]).flatMap(([code, target]) => [
      ...use('target', `back.${what}.${code}`, from, code),
      ...use('source', `back.${what}.${code}`, to, target),
    ])
  return [
    ...use('source', 'back.location', 'location', location),
    ...use('source', 'back.taxRule', 'tax', taxRule, 'purchase'),
    ...use('source', 'back.taxAccount', 'account', taxAccount),
    ...each('accounts', 'account', 'account'),
    ...each('items', 'item', 'product'),
    ...each('locations', 'warehouse', 'location'),
  ]
}

/**
 * Cin7 Core → Acumatica: orders, invoices as bills, credit notes; suppliers and vendors both ways. A purchase is one read for all
 * its flows; its order comes before the bills that take from it. Orders and bills of Acumatica's own go back where that is wanted.
 */
export const acumaticaCin7: Pair = {
  name: 'acumatica-cin7',
  source: 'cin7',
  target: 'acumatica',
  flows: [
    anyFlow(supplierToVendor),
    anyFlow(vendorToSupplier),
    anyFlow(purchaseToOrder),
    anyFlow(purchaseToBill),
    anyFlow(creditNoteToAdjustment),
    anyFlow(orderToPurchase),
    anyFlow(billToPurchase),
  ],
  settings: Settings,

  references(given) {
    const { vendors, cin7, branch, warehouse, subaccount, tax, orders, rounding, back } = Settings.parse(given)
    const line = tax.as === 'line' ? tax : undefined
    return [
      ...use('source', 'cin7.paymentTerm', 'term', cin7.paymentTerm),
      ...use('source', 'cin7.taxRule', 'tax', cin7.taxRule, 'purchase'),
      ...use('source', 'cin7.accountPayable', 'account', cin7.accountPayable, 'payable'),
      ...use('target', 'vendors.vendorClass', 'vendor-class', vendors.vendorClass),
      ...use('target', 'vendors.paymentMethod', 'payment-method', vendors.paymentMethod, 'purchase'),
      ...use('target', 'vendors.taxZone', 'tax-zone', vendors.taxZone),
      ...vendors.classes.flatMap((one, at) => use('target', `vendors.classes.${at}`, 'vendor-class', one)),
      ...use('target', 'branch', 'branch', branch),
      ...use('target', 'warehouse', 'warehouse', warehouse),
      ...use('target', 'subaccount', 'subaccount', subaccount),
      ...use('target', 'tax.account', 'account', line?.account),
      ...use('target', 'tax.subaccount', 'subaccount', line?.subaccount),
      ...use('target', 'tax.category', 'tax-category', line?.category),
      ...use('target', 'orders.account', 'account', orders?.account),
      ...use('target', 'orders.subaccount', 'subaccount', orders?.subaccount),
      ...(back ? backUses(back) : []),
      ...use('target', 'rounding.account', 'account', rounding?.account),
      ...use('target', 'rounding.subaccount', 'subaccount', rounding?.subaccount),
    ]
  },

  mappings: {
    account: {
      source: 'account',
      target: 'account',
      about: 'Cin7 account of a line of an invoice or credit note → Acumatica account.',
    },
    subaccount: {
      source: 'account',
      target: 'subaccount',
      about: 'Cin7 account of a line → Acumatica subaccount; without it the one in the settings.',
    },
    tax: {
      source: 'tax',
      target: 'tax-category',
      about: 'Cin7 tax rule → Acumatica tax category (setting tax.as "tax").',
    },
    term: {
      source: 'term',
      target: 'term',
      about: 'Cin7 payment term → Acumatica credit terms. Without it, those of the vendor.',
    },
    item: {
      source: 'product',
      target: 'item',
      about:
        'Cin7 product (SKU) → Acumatica item: its line of an order is of that item; of a bill where bills.lines is "order".',
    },
    warehouse: {
      source: 'location',
      target: 'warehouse',
      about: 'Cin7 location → Acumatica warehouse of order lines; without it the one in the settings.',
    },
    branch: {
      source: 'location',
      target: 'branch',
      about: 'Cin7 location → Acumatica branch; without it the one in the settings, or of the connection.',
    },
  },

  schedule: '*/15 * * * *',
}
