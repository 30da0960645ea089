import type { Lookups, Need, TargetRef } from '../../../src/core/flow'
import { Settings } from '../../../src/pairs/acumatica-cin7/settings'
import type { VendorRecord } from '../../../src/vendors/acumatica/vendor-record'
import type { Purchase, PurchaseCreditNote, PurchaseInvoice, PurchaseRow } from '../../../src/vendors/cin7/purchases'
import type { Supplier } from '../../../src/vendors/cin7/supplier-records'

export const settings = (change: object = {}): Settings =>
  Settings.parse({
    suppliers: { attribute: 3 },
    cin7: { paymentTerm: '30 days', taxRule: 'Tax Exempt', accountPayable: '800' },
    branch: 'MAIN',
    warehouse: 'WH01',
    subaccount: '000000',
    tax: { as: 'line', account: '69500' },
    orders: { account: '54000' },
    ...change,
  })

export const MAPPINGS: Record<string, string> = {
  'account/630': '12100',
  'account/400': '61000',
  'subaccount/400': 'FREIGHT',
  'tax/Tax on Purchases': 'TAXABLE',
  'tax/Tax Exempt': 'EXEMPT',
  'term/30 days': '30D',
  'warehouse/Second Warehouse': 'WH02',
  'branch/Second Warehouse': 'EAST',
}

export const ITEMS: Record<string, string> = { ...MAPPINGS, 'item/WIDGET': 'WIDGET-A' }

const vendor = { id: 'v-1', number: 'BAYSIDE', facts: { currency: 'USD' } }

/** What was carried: the supplier, and an order with three lines where `lines` says so. */
export const lookups = (mappings = MAPPINGS, lines = '', change: Partial<Lookups> = {}): Lookups => ({
  mapped: (kind, code) => mappings[`${kind}/${code}`],
  linked: ({ flow }: Need): TargetRef | undefined => {
    if (flow === 'acumatica-cin7/supplier-to-vendor') return vendor
    return lines === '' ? undefined : { id: 'o-1', number: '000871', facts: { lines } }
  },
  variants: [],
  sourceAccount: { id: 'cin7', baseCurrency: 'USD' },
  targetAccount: { id: 'acu', baseCurrency: 'USD' },
  ...change,
})

export const row = (change: Partial<PurchaseRow> = {}): PurchaseRow => ({
  kind: 'line',
  productId: 'p-1',
  sku: 'WIDGET',
  name: 'Widget',
  quantity: '3',
  price: '3.3333',
  discount: '0',
  tax: '1',
  taxRule: 'Tax on Purchases',
  account: '630',
  comment: '',
  supplierSku: '',
  total: '10',
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

const figures = { beforeTax: '17.4', tax: '1', total: '18.4' }

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

export const supplier = (change: Partial<Supplier> = {}): Supplier => ({
  id: 's-1',
  name: 'Bayside Wholesale & Co',
  active: true,
  currency: 'USD',
  paymentTerm: '30 days',
  taxRule: 'Tax on Purchases',
  accountPayable: '800',
  taxNumber: '12-345',
  comments: '',
  attributes: { '3': 'BAYSIDE' },
  addresses: [
    {
      type: 'Billing',
      line1: '1 Harbour Rd',
      line2: '',
      city: 'Perth',
      state: 'WA',
      postcode: '6001',
      country: 'Australia',
      isDefault: true,
    },
  ],
  contacts: [
    { name: 'Ann', email: 'ap@bayside.example', phone: '1', mobile: '2', fax: '', website: '', isDefault: true },
  ],
  updated: '2026-03-02T10:00:00.000Z',
  ...change,
})

export const vendorRecord = (change: Partial<VendorRecord> = {}): VendorRecord => ({
  id: 'v-1',
  code: 'BAYSIDE',
  name: 'Bayside Wholesale & Co',
  legalName: '',
  vendorClass: 'SUPPLIER',
  status: 'Active',
  currency: 'USD',
  terms: '30D',
  paymentMethod: 'CHECK',
  taxZone: '',
  taxNumber: '',
  accountRef: '',
  contact: { email: 'ap@bayside.example', phone: '1', attention: 'Ann', website: '' },
  address: { line1: '1 Harbour Rd', line2: '', city: 'Perth', state: 'WA', postcode: '6001', country: 'AU' },
  updated: '2026-03-02T10:00:00.0000000Z',
  ...change,
})
