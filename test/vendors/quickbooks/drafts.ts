import type { BillDraft } from '../../../src/vendors/quickbooks/bills'
import type { OrderDraft } from '../../../src/vendors/quickbooks/purchase-orders'
import type { DraftLine } from '../../../src/vendors/quickbooks/txn-draft'
import type { CreditDraft } from '../../../src/vendors/quickbooks/vendor-credits'
import type { VendorDraft } from '../../../src/vendors/quickbooks/vendors'

export const onAccount = (account: string, amount: string, change: Partial<DraftLine> = {}): DraftLine => ({
  detail: { kind: 'account', account },
  amount,
  description: 'WIDGET Widget',
  class: '',
  taxCode: '',
  order: null,
  ...change,
})

export const onItem = (item: string, quantity: string, price: string, amount: string): DraftLine => ({
  ...onAccount('', amount),
  detail: { kind: 'item', item, quantity, price },
})

const shared = {
  vendor: '56',
  payable: '33',
  currency: 'USD',
  rate: '1',
  date: '2026-03-02',
  department: '',
  tax: 'none',
  lines: [onAccount('80', '337.5'), onAccount('82', '7.4', { description: 'Freight' })],
  taxTotal: '0',
  total: '344.9',
  rounding: null,
} as const satisfies Partial<BillDraft>

export const aBill = (change: Partial<BillDraft> = {}): BillDraft => ({
  ...shared,
  lines: [...shared.lines],
  number: 'INV-88121',
  memo: 'Cin7 PO-00042 / INV-88121',
  dueDate: '2026-04-01',
  term: '',
  duplicateNumber: 'refuse',
  ...change,
})

export const dearer = (change: Partial<BillDraft> = {}): BillDraft =>
  aBill({
    lines: [onAccount('80', '400'), onAccount('82', '7.4', { description: 'Freight' })],
    total: '407.4',
    ...change,
  })

export const aCredit = (change: Partial<CreditDraft> = {}): CreditDraft => ({
  ...shared,
  lines: [onAccount('80', '40')],
  total: '40',
  number: 'CN-7',
  memo: 'Cin7 credit note CN-7',
  ...change,
})

export const anOrder = (change: Partial<OrderDraft> = {}): OrderDraft => ({
  ...shared,
  lines: [onItem('19', '10', '2.5', '25'), onAccount('82', '7.4', { description: 'Freight' })],
  total: '32.4',
  number: 'PO-00042',
  memo: 'Cin7 PO-00042',
  dueDate: '',
  term: '',
  open: true,
  wins: 'ask',
  source: 'p1',
  keep: 'k',
  rows: 2,
  ...change,
})

export const aVendor = (change: Partial<VendorDraft> = {}): VendorDraft => ({
  name: 'Acme Widgets Ltd',
  suffix: '',
  currency: 'USD',
  company: 'Acme Widgets Ltd',
  given: 'Ann',
  family: 'Harbour',
  email: 'ap@acme.example',
  phone: '+1 555 0100',
  mobile: '',
  fax: '',
  website: 'https://acme.example',
  address: { line1: '1 Main St', line2: '', city: 'Reno', state: 'NV', postcode: '89501', country: 'USA' },
  term: '3',
  active: true,
  ...change,
})
