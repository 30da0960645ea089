import { describe, expect, it } from 'vitest'
import type { Mirrored } from '../../../src/core/flow'
import { orderToPurchase } from '../../../src/pairs/quickbooks-cin7/order-to-purchase'
import { Txn } from '../../../src/vendors/quickbooks/txn-shapes'
import { freight, lookups, row, settings } from './samples'

const item = (Id: string, Qty: number, UnitPrice: number) => ({
  Id,
  Amount: Math.round(Qty * UnitPrice * 100) / 100,
  DetailType: 'ItemBasedExpenseLineDetail',
  ItemBasedExpenseLineDetail: { ItemRef: { value: '19' }, Qty, UnitPrice },
})
const account = (Id: string, Amount: number) => ({
  Id,
  Amount,
  DetailType: 'AccountBasedExpenseLineDetail',
  AccountBasedExpenseLineDetail: { AccountRef: { value: '80' } },
})

/** Widgets as an item, freight and tax on accounts. */
const LINES: object[] = [item('1', 10, 2.5), account('2', 7.4), account('3', 5)]

const order = (Line: object[] = LINES, change: object = {}): Txn =>
  Txn.parse({
    Id: '257',
    SyncToken: '3',
    DocNumber: 'PO-00042',
    TxnDate: '2026-03-01',
    TotalAmt: 37.4,
    VendorRef: { value: '56' },
    MetaData: { LastUpdatedTime: '2026-03-04T10:00:00-08:00' },
    POStatus: 'Open',
    Line,
    ...change,
  })

const agreed = {
  vendor: '56',
  rows: 2,
  lines: [
    { id: '1', item: '19', quantity: '10', price: '2.5', amount: '25' },
    { id: '2', item: '', quantity: null, price: null, amount: '7.4' },
    { id: '3', item: '', quantity: null, price: null, amount: '5' },
  ],
}
const kept = { number: 'PO-00042', currency: 'USD', inclusive: false, rows: [row(), freight()] }

const mirrored = (change: object = {}): Mirrored => ({
  sourceId: 'p-1',
  variant: 'order',
  target: {
    id: '257',
    number: 'PO-00042',
    facts: { agreed: JSON.stringify(agreed), kept: JSON.stringify({ ...kept, ...change }), source: 'abc' },
  },
})
const known = (change: object = {}) => lookups({ mirrored: mirrored(change) })

const mapped = (changed: Txn, given = settings(), looked = known()) => orderToPurchase.map(changed, given, looked)
const skipped = (changed: Txn, looked = known()) => orderToPurchase.skip?.(changed, settings(), looked)

const WIDGETS = { sku: 'WIDGET', name: 'Widget', quantity: '10', price: '2.5', total: '25', tax: null, taxRule: null }
const FREIGHT = { sku: '', name: 'Freight', quantity: '1', price: '7.4', total: '7.4', tax: null, taxRule: null }

describe('an order in QuickBooks', () => {
  it('is left where it was born there', () => {
    expect(skipped(order(), lookups())).toContain('made in QuickBooks')
  })

  it('is left as long as it says what was carried, closed or billed as it may be', () => {
    expect(skipped(order())).toContain('as they were carried')
    const closed = { POStatus: 'Closed', LinkedTxn: [{ TxnId: '9', TxnType: 'Bill' }], SyncToken: '9', DocNumber: 'X' }
    expect(skipped(order(LINES, closed))).toContain('as they were carried')
  })

  it('is left while the write that made it has not come to its end', () => {
    const half = { ...mirrored(), target: { id: '257', number: 'PO-00042', facts: {} } }
    expect(skipped(order(), lookups({ mirrored: half }))).toContain('not been carried to its end')
  })

  it('is not left once it says something else', () => {
    expect(skipped(order([item('1', 12, 2.5), ...LINES.slice(1)]))).toBeUndefined()
  })

  it('that goes back to what it said before is another change', () => {
    const [one, two] = [order(), order(LINES, { SyncToken: '5' })].map((txn) =>
      JSON.stringify(orderToPurchase.fingerprint(txn, 'order')),
    )
    expect(one).not.toBe(two)
  })
})

describe('a changed order', () => {
  it('is carried back as the rows of the purchase that it came from', () => {
    expect(mapped(order([item('1', 12, 3), ...LINES.slice(1)]))).toEqual([
      {
        variant: 'order',
        draft: {
          purchaseId: 'p-1',
          currency: 'USD',
          agreed: 'abc',
          rows: [{ ...WIDGETS, quantity: '12', price: '3', total: '36' }, FREIGHT],
          beforeTax: '43.4',
          keep: { order: expect.any(String), kept: expect.any(String) },
          total: null,
        },
      },
    ])
  })

  it('is what both sides then agree on, so that going back to what it said before is another change', () => {
    const changed = order([item('1', 12, 3), LINES[2] ?? {}])
    const edited = mapped(changed)
    const [only] = Array.isArray(edited) ? edited : []
    const target = { id: 'p-1', number: 'PO-00042', facts: { ...only?.draft.keep, agreed: 'new' } }
    const facts = orderToPurchase.mirrors?.agrees(target) ?? {}
    expect(facts).toMatchObject({ source: 'new', stamp: '' })
    const then = { ...mirrored(), target: { ...mirrored().target, facts } }
    expect(skipped(changed, lookups({ mirrored: then }))).toContain('as they were carried')
    const back = order([item('1', 10, 2.5), LINES[2] ?? {}])
    expect(mapped(back, settings(), lookups({ mirrored: then }))).toMatchObject([{ draft: { rows: [WIDGETS] } }])
  })

  it('overwrites what Cin7 says where QuickBooks wins', () => {
    const given = settings({ orders: { account: '80', wins: 'quickbooks' } })
    expect(mapped(order([item('1', 12, 3), ...LINES.slice(1)]), given)).toMatchObject([{ draft: { agreed: null } }])
  })

  it('takes a line away', () => {
    expect(mapped(order([LINES[0] ?? {}, LINES[2] ?? {}]))).toMatchObject([
      { draft: { rows: [WIDGETS], beforeTax: '25' } },
    ])
  })

  it('changes the price where a line has an amount only', () => {
    expect(mapped(order([LINES[0] ?? {}, account('2', 8.25), LINES[2] ?? {}]))).toMatchObject([
      { draft: { rows: [WIDGETS, { ...FREIGHT, price: '8.25', total: '8.25' }] } },
    ])
  })

  it.each<[string, Txn, object, string]>([
    ['given to another supplier', order(LINES, { VendorRef: { value: '57' } }), {}, 'another supplier'],
    ['with a new line', order([...LINES, account('4', 9)]), {}, 'a line was added'],
    ['whose tax was changed', order([...LINES.slice(0, 2), account('3', 6)]), {}, 'tax or rounding'],
    ['without lines', order([LINES[2] ?? {}]), {}, 'no line is left'],
    ['with more decimals than Cin7 holds', order([item('1', 10, 2.123456), ...LINES.slice(1)]), {}, 'four decimals'],
    [
      'whose prices include their tax in Cin7',
      order([item('1', 12, 2.5), ...LINES.slice(1)]),
      { inclusive: true },
      'include their tax',
    ],
  ])('%s is a matter for a person, who is shown both', (_what, changed, change, words) => {
    expect(mapped(changed, settings(), known(change))).toMatchObject({
      kind: 'conflict',
      code: 'order_change_unclear',
      message: expect.stringContaining(words),
      facts: { cin7Purchase: 'PO-00042', agreed: '10 × WIDGET at 2.5; 1 × Freight at 7.4' },
    })
  })
})
