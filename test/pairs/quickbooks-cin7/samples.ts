import type { Lookups, Need, TargetRef } from '../../../src/core/flow'
import { Settings } from '../../../src/pairs/quickbooks-cin7/settings'
import type { Purchase, PurchaseCreditNote, PurchaseInvoice, PurchaseRow } from '../../../src/vendors/cin7/purchases'

export const settings = (change: object = {}): Settings =>
  Settings.parse({
    accountPayable: '33',
    tax: { realm: 'us', account: '88' },
    orders: { account: '80' },
    ...change,
  })

/** Outside the US. */
export const ABROAD = { tax: { realm: 'other', noTaxCode: '7' } }

export const MAPPINGS: Record<string, string> = {
  'account/630': '81',
  'account/400': '82',
  'tax/Tax on Purchases': '4',
  'tax/Tax Exempt': '7',
  'term/30 days': '3',
  'item/WIDGET': '19',
  'department/Main Warehouse': '1',
  'product-class/WIDGET': 'c-garden',
  'account-class/400': 'c-freight',
}

/** What was carried: the supplier, and neither order nor bill. */
const LINKED: Record<string, (need: Need) => TargetRef | undefined> = {
  'quickbooks-cin7/supplier-to-vendor': () => ({ id: '56', number: 'Bayside', facts: { currency: 'USD' } }),
}

export const lookups = (change: Partial<Lookups> = {}, mappings = MAPPINGS): Lookups => ({
  mapped: (kind, code) => mappings[`${kind}/${code}`],
  linked: (need) => LINKED[need.flow]?.(need),
  variants: [],
  sourceAccount: { id: 'cin7', baseCurrency: 'USD' },
  targetAccount: { id: 'realm', baseCurrency: 'USD' },
  ...change,
})

/** The vendor in another currency. */
export const inCurrency = (currency: string): Lookups =>
  lookups({ linked: () => ({ id: '57', number: 'Nordlicht', facts: { currency } }) })

export const row = (change: Partial<PurchaseRow> = {}): PurchaseRow => ({
  kind: 'line',
  productId: 'p-1',
  sku: 'WIDGET',
  name: 'Widget',
  quantity: '10',
  price: '2.5',
  discount: '0',
  tax: '5',
  taxRule: 'Tax on Purchases',
  account: '630',
  comment: '',
  supplierSku: '',
  total: '25',
  nonInventory: null,
  ...change,
})

export const freight = (change: Partial<PurchaseRow> = {}): PurchaseRow =>
  row({
    kind: 'charge',
    productId: '',
    sku: '',
    name: 'Freight',
    quantity: '1',
    price: '7.4',
    tax: '0',
    taxRule: 'Tax Exempt',
    account: '400',
    total: '7.4',
    ...change,
  })

const figures = { beforeTax: '32.4', tax: '5', total: '37.4' }

export const invoice = (change: Partial<PurchaseInvoice> = {}): PurchaseInvoice => ({
  id: 't-1',
  group: 1,
  number: 'INV-88121',
  date: '2026-03-02',
  dueDate: '2026-04-01',
  rate: '1',
  status: 'AUTHORISED',
  rows: [row(), freight()],
  ...figures,
  payments: [],
  paid: '0',
  ...change,
})

export const creditNote = (change: Partial<PurchaseCreditNote> = {}): PurchaseCreditNote => ({
  id: 'n-1',
  number: 'CN-7',
  invoiceNumber: 'INV-88121',
  date: '2026-03-09',
  status: 'AUTHORISED',
  rows: [row({ quantity: '2', total: '5', tax: '1' })],
  beforeTax: '5',
  tax: '1',
  total: '6',
  refunds: [],
  ...change,
})

/** An advanced purchase with an authorised order and one authorised invoice. */
export const purchase = (change: Partial<Purchase> = {}): Purchase => ({
  id: 'p-1',
  number: 'PO-00042',
  type: 'advanced',
  approach: 'INVOICE',
  status: 'PARTIALLY INVOICED',
  blindReceipt: false,
  supplier: { id: 's-1', name: 'Bayside' },
  baseCurrency: 'USD',
  currency: 'USD',
  rate: '1',
  taxRule: 'Tax on Purchases',
  taxInclusive: false,
  terms: '30 days',
  location: 'Main Warehouse',
  note: '',
  requiredBy: '2026-03-20',
  orderDate: '2026-03-01',
  attributes: {},
  receivingStatus: '',
  invoiceStatus: '',
  paymentStatus: '',
  updated: '2026-03-02T10:00:00.000Z',
  order: {
    status: 'AUTHORISED',
    memo: '',
    prepayments: [],
    rows: [row({ account: '' }), freight({ account: '' })],
    ...figures,
  },
  invoices: [invoice()],
  receipts: [],
  creditNotes: [],
  ...change,
})
