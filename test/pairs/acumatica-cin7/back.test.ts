import { describe, expect, it } from 'vitest'
import type { Lookups } from '../../../src/core/flow'
import { billToPurchase } from '../../../src/pairs/acumatica-cin7/bill-to-purchase'
import { orderToPurchase } from '../../../src/pairs/acumatica-cin7/order-to-purchase'
import { purchaseToBill } from '../../../src/pairs/acumatica-cin7/purchase-to-bill'
import { purchaseToOrder } from '../../../src/pairs/acumatica-cin7/purchase-to-order'
import type { BillOfVendor, OrderOfVendor } from '../../../src/vendors/acumatica/of-vendors'
import { lookups, purchase, settings } from './samples'

const BACK = {
  location: 'Main Warehouse',
  taxRule: 'Tax Exempt',
  taxAccount: '820',
  accounts: { 61000: '400' },
  items: { BRICKS: 'BRICK' },
  locations: { WH02: 'Second Warehouse' },
}
const given = settings({ back: BACK })
const known = (change: Partial<Lookups> = {}) =>
  lookups({}, '', { linked: () => ({ id: 's-9', number: 'Northern', facts: {} }), ...change })

const bill = (change: Partial<BillOfVendor> = {}): BillOfVendor => ({
  id: 'b-1',
  type: 'Bill',
  number: '004210',
  vendor: 'NORTH',
  vendorId: 'v-9',
  vendorRef: 'N-77',
  date: '2026-03-02',
  dueDate: '',
  currency: 'USD',
  branch: 'MAIN',
  terms: '30D',
  description: 'March',
  status: 'Balanced',
  total: '46.75',
  tax: '4.25',
  balance: '46.75',
  lines: [
    {
      text: 'Cartage',
      item: '',
      quantity: '1',
      unit: '',
      unitCost: '42.5',
      amount: '42.5',
      account: '61000',
      accountName: 'Freight',
      subaccount: '000000',
      taxCategory: '',
      branch: 'MAIN',
      orderNumber: '',
      orderLine: 0,
    },
  ],
  taxes: [],
  updated: '2026-03-02T10:00:00.0000000Z',
  ...change,
})

const orderLine = {
  line: 1,
  type: 'Goods for IN',
  text: 'Box of bricks',
  item: 'BRICKS',
  quantity: '3',
  unit: 'EA',
  unitCost: '3.3333',
  amount: '10',
  account: '12100',
  accountName: 'Inventory',
  subaccount: '',
  taxCategory: '',
  warehouse: 'WH02',
  branch: 'MAIN',
  promised: '',
  received: '0',
  completed: false,
  cancelled: false,
}
const order = (change: Partial<OrderOfVendor> = {}): OrderOfVendor => ({
  id: 'o-1',
  type: 'Normal',
  number: '000871',
  vendor: 'NORTH',
  vendorId: 'v-9',
  vendorRef: 'Q-1',
  date: '2026-03-02',
  promised: '2026-03-20',
  currency: 'USD',
  branch: 'MAIN',
  terms: '30D',
  description: '',
  status: 'Open',
  total: '11',
  tax: '1',
  lines: [orderLine],
  taxes: [],
  updated: '2026-03-02T10:00:00.0000000Z',
  ...change,
})

describe('a bill of Acumatica', () => {
  it('becomes charges of a service purchase, tax as one of them', () => {
    const mapped = billToPurchase.map(bill(), given, known())
    expect(mapped).toEqual([
      {
        variant: 'purchase',
        draft: {
          kind: 'service',
          supplierId: 's-9',
          currency: 'USD',
          location: 'Main Warehouse',
          taxRule: 'Tax Exempt',
          taxInclusive: false,
          terms: '30 days',
          rate: '1',
          requiredBy: '',
          memo: 'Acumatica bill 004210',
          attributes: {},
          lines: [],
          charges: [
            {
              description: 'Cartage',
              quantity: '1',
              price: '42.5',
              tax: '0',
              taxRule: 'Tax Exempt',
              comment: '',
              total: '42.5',
              account: '400',
            },
            {
              description: 'Tax',
              quantity: '1',
              price: '4.25',
              tax: '0',
              taxRule: 'Tax Exempt',
              comment: '',
              total: '4.25',
              account: '820',
            },
          ],
          beforeTax: '46.75',
          tax: '0',
          total: '46.75',
          invoiceNumber: 'N-77',
          date: '2026-03-02',
          dueDate: '2026-03-02',
        },
      },
    ])
    expect(Array.isArray(mapped) && mapped[0] && billToPurchase.totals?.(bill(), mapped[0].draft)).toEqual([])
  })

  it('needs the supplier of its vendor, whatever the VendorID is now', () => {
    expect(billToPurchase.needs?.(bill(), given, known())).toEqual([
      { flow: 'acumatica-cin7/vendor-to-supplier', sourceId: 'v-9', variant: 'party' },
    ])
  })

  it.each<[string, Partial<BillOfVendor>, string]>([
    ['a stamp of the connector', { description: 'Cin7 PO-1 mlc:0123456789abcdef.01234567' }, 'came from Cin7'],
    ['another type', { type: 'Debit Adj.' }, 'no bill'],
    ['no lines', { lines: [] }, 'empty'],
    ['a hold', { status: 'On Hold' }, 'off hold'],
    ['a void', { status: 'Voided' }, 'Voided'],
  ])('with %s is not carried', (_what, change, reason) => {
    expect(billToPurchase.skip?.(bill(change), given, known())).toContain(reason)
  })

  it('that is linked from Cin7, or that nobody wants carried, is not carried', () => {
    const mirrored = { sourceId: 'p-1', variant: 't-1', target: { id: 'b-1', number: '004210', facts: {} } }
    expect(billToPurchase.skip?.(bill(), given, known({ mirrored }))).toContain('came from Cin7')
    expect(billToPurchase.skip?.(bill(), settings(), known())).toContain('setting back')
    expect(billToPurchase.skip?.(bill(), given, known())).toBeUndefined()
  })

  it('is refused in a foreign currency, whose rate is not told', () => {
    expect(billToPurchase.map(bill({ currency: 'EUR' }), given, known())).toMatchObject({
      code: 'foreign_currency_back',
    })
  })

  it('is the same content when it is released or paid', () => {
    const paid = bill({ status: 'Closed', balance: '0', updated: '2026-04-01T00:00:00.0000000Z' })
    expect(billToPurchase.fingerprint(paid, '')).toEqual(billToPurchase.fingerprint(bill(), ''))
  })
})

describe('an order of Acumatica', () => {
  it('becomes a purchase of the product at the location of its warehouse', () => {
    expect(orderToPurchase.map(order(), given, known())).toMatchObject([
      {
        variant: 'purchase',
        draft: {
          kind: 'stock',
          location: 'Second Warehouse',
          requiredBy: '2026-03-20',
          lines: [{ sku: 'BRICK', name: 'Box of bricks', quantity: '3', price: '3.3333', total: '10' }],
          charges: [{ description: 'Tax', total: '1' }],
          total: '11',
        },
      },
    ])
  })

  it('of no known product is a purchase of services; what is cancelled is left out', () => {
    const lines = [
      { ...orderLine, item: 'OTHER' },
      { ...orderLine, line: 2, cancelled: true },
    ]
    expect(orderToPurchase.map(order({ lines }), given, known())).toMatchObject([
      {
        draft: { kind: 'service', location: 'Second Warehouse', lines: [], charges: [{ total: '10' }, { total: '1' }] },
      },
    ])
  })

  it('fails where four decimals of a price cannot say what a line comes to', () => {
    const lines = [{ ...orderLine, quantity: '30000', amount: '10000.01' }]
    const mapped = orderToPurchase.map(order({ lines }), given, known())
    if (!Array.isArray(mapped) || !mapped[0]) throw new Error('not mapped')
    expect(orderToPurchase.totals?.(order({ lines }), mapped[0].draft)).toEqual([
      { what: 'total', source: '10001.01', target: '10000', currency: 'USD' },
    ])
  })

  it('is followed in what it says, not in what comes in against it', () => {
    const received = order({ lines: [{ ...orderLine, received: '3', completed: true }], status: 'Completed' })
    expect(orderToPurchase.fingerprint(received, '')).toEqual(orderToPurchase.fingerprint(order(), ''))
  })
})

it('a purchase that the connector made in Cin7 is booked where it came from, and nowhere else', () => {
  const note = 'mlc:acumatica-cin7/bill-to-purchase:b-1:purchase:1'
  expect(purchaseToBill.skip?.(purchase({ note }), settings(), lookups())).toContain('booked where it came from')
  expect(purchaseToOrder.skip?.(purchase({ note, invoices: [] }), settings(), lookups())).toContain('booked where')
})
