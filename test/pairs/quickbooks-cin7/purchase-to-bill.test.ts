import { describe, expect, it } from 'vitest'
import type { Lookups } from '../../../src/core/flow'
import { purchaseToBill } from '../../../src/pairs/quickbooks-cin7/purchase-to-bill'
import type { Settings } from '../../../src/pairs/quickbooks-cin7/settings'
import type { Purchase } from '../../../src/vendors/cin7/purchases'
import { ABROAD, freight, inCurrency, invoice, lookups, purchase, row, settings } from './samples'

const mapped = (record: Purchase, given: Settings = settings(), known: Lookups = lookups()) => {
  const all = purchaseToBill.map(record, given, known)
  if (!Array.isArray(all)) throw new Error(`${all.code}: ${all.message}`)
  return all
}
const bill = (record = purchase(), given?: Settings, known?: Lookups) => {
  const [only, ...more] = mapped(record, given, known)
  expect(more).toEqual([])
  if (!only) throw new Error('no bill')
  return only.draft
}
const refused = (record: Purchase, given: Settings = settings(), known: Lookups = lookups()) =>
  purchaseToBill.map(record, given, known)

describe('an authorised invoice of a purchase', () => {
  it('becomes a bill of its own lines', () => {
    expect(mapped(purchase())).toEqual([
      {
        variant: 't-1',
        draft: {
          vendor: '56',
          payable: '33',
          currency: 'USD',
          rate: '1',
          date: '2026-03-02',
          dueDate: '2026-04-01',
          number: 'INV-88121',
          memo: 'Cin7 PO-00042 / INV-88121',
          department: '1',
          term: '3',
          duplicateNumber: 'refuse',
          tax: 'none',
          taxTotal: '0',
          total: '37.4',
          rounding: null,
          lines: [
            {
              detail: { kind: 'account', account: '81' },
              amount: '25',
              description: '10 × WIDGET Widget',
              class: 'c-garden',
              taxCode: '',
              order: null,
            },
            {
              detail: { kind: 'account', account: '82' },
              amount: '7.4',
              description: 'Freight',
              class: 'c-freight',
              taxCode: '',
              order: null,
            },
            {
              detail: { kind: 'account', account: '88' },
              amount: '5',
              description: 'Tax',
              class: '',
              taxCode: '',
              order: null,
            },
          ],
        },
      },
    ])
    expect(purchaseToBill.totals?.(purchase(), bill())).toEqual([])
  })

  it('has tax codes and no tax line outside the US', () => {
    const draft = bill(purchase(), settings(ABROAD))
    expect(draft).toMatchObject({ tax: 'excluded', taxTotal: '5', total: '37.4' })
    expect(draft.lines.map(({ taxCode, amount }) => [taxCode, amount])).toEqual([
      ['4', '25'],
      ['7', '7.4'],
    ])
    expect(purchaseToBill.totals?.(purchase(), draft)).toEqual([])
  })

  it('is without its tax where Cin7’s prices include it', () => {
    const rows = [row({ total: '30', tax: '5' }), freight()]
    const draft = bill(purchase({ taxInclusive: true, invoices: [invoice({ rows })] }), settings(ABROAD))
    expect(draft.lines.map(({ amount }) => amount)).toEqual(['25', '7.4'])
    expect(purchaseToBill.totals?.(purchase(), draft)).toEqual([])
  })

  it('has item lines where a person has mapped the product and allowed it', () => {
    const rows = [row({ quantity: '3', total: '10', tax: '0' }), row({ sku: 'GADGET', name: 'Gadget' })]
    const record = purchase({ invoices: [invoice({ rows, tax: '5', total: '40' })] })
    expect(bill(record, settings({ items: 'mapped' })).lines).toMatchObject([
      {
        detail: { kind: 'item', item: '19', quantity: '3', price: '3.3333333' },
        amount: '10',
        description: 'WIDGET Widget',
      },
      { detail: { kind: 'account', account: '81' } },
      { description: 'Tax' },
    ])
    expect(bill(record).lines[0]?.detail.kind).toBe('account')
  })

  it('names cents that quantity × price cannot say', () => {
    const rows = [row({ quantity: '1234567', total: '1000000.01', tax: '0' })]
    const record = purchase({ invoices: [invoice({ rows, tax: '0', total: '1000000.01' })] })
    const draft = bill(record, settings({ items: 'mapped' }))
    expect(draft.lines).toMatchObject([{ detail: { kind: 'item', price: '0.8100006' }, amount: '1000000.01' }])
    expect(purchaseToBill.totals?.(record, draft)).toEqual([])
  })

  it('is one bill for each', () => {
    const second = invoice({ id: 't-2', number: 'INV-88122', status: 'PAID' })
    const draft = invoice({ id: 't-3', status: 'DRAFT' })
    const variants = mapped(purchase({ invoices: [invoice(), second, draft] })).map(({ variant }) => variant)
    expect(variants).toEqual(['t-1', 't-2'])
  })

  it('keeps a long number whole in the memo and short, but its own, on the bill', () => {
    const [one, two] = ['A', 'B'].map((end) =>
      bill(purchase({ invoices: [invoice({ number: `2026/WAREHOUSE/EAST/0000${end}` })] })),
    )
    expect(one?.number).toMatch(/^2026\/WAREHOUSE-[0-9A-Z]{6}$/)
    expect(one?.number).not.toBe(two?.number)
    expect(one?.memo).toBe('Cin7 PO-00042 / 2026/WAREHOUSE/EAST/0000A')
  })

  it('is numbered as the purchase where the setting says so', () => {
    const given = settings({ bills: { number: 'order' } })
    const two = [invoice(), invoice({ id: 't-2' })]
    expect(mapped(purchase({ invoices: two }), given).map(({ draft }) => draft.number)).toEqual([
      'PO-00042',
      'PO-00042/2',
    ])
  })

  it('in another currency has its rate and its payables account', () => {
    const record = purchase({ currency: 'EUR', rate: '1.1', invoices: [invoice({ rate: '1.0823' })] })
    const given = settings({ accountsPayable: { EUR: '34' } })
    expect(bill(record, given, inCurrency('EUR'))).toMatchObject({
      currency: 'EUR',
      rate: '1.0823',
      payable: '34',
      vendor: '57',
    })
  })

  it.each<[string, Partial<Purchase>, Settings, Lookups, string]>([
    [
      'without a rate',
      { currency: 'EUR' },
      settings({ accountsPayable: { EUR: '34' } }),
      inCurrency('EUR'),
      'exchange_rate_missing',
    ],
    [
      'without a payables account in its currency',
      { currency: 'EUR', invoices: [invoice({ rate: '1.1' })] },
      settings(),
      inCurrency('EUR'),
      'payables_account_missing',
    ],
    [
      'at the rate of another base currency',
      { currency: 'EUR', invoices: [invoice({ rate: '1.1' })] },
      settings(),
      { ...inCurrency('EUR'), sourceAccount: { id: 'cin7', baseCurrency: 'CAD' } },
      'base_currency_differs',
    ],
    ['for a vendor in another currency', { currency: 'EUR' }, settings(), lookups(), 'vendor_in_other_currency'],
    [
      'for a supplier that is not carried',
      {},
      settings(),
      lookups({ linked: () => undefined }),
      'waits_for_other_record',
    ],
    ['below zero', { invoices: [invoice({ total: '-1' })] }, settings(), lookups(), 'document_below_zero'],
  ])('%s is refused', (_what, change, given, known, code) => {
    expect(refused(purchase(change), given, known)).toMatchObject({ code })
  })

  it('names everything that is not mapped at once', () => {
    const given = settings({ tax: { realm: 'us' }, classes: 'required', departments: 'required' })
    expect(refused(purchase(), given, lookups({}, {}))).toMatchObject({
      kind: 'unmapped',
      message:
        'no QuickBooks counterpart for: class of Widget (product-class), 630 (account), class of Freight (product-class), 400 (account), tax on a purchase (settings.tax.account), Main Warehouse (department)',
    })
  })

  it('that does not add up is said before anything is sent, or rounded by a line that says so', () => {
    const record = purchase({ invoices: [invoice({ total: '37.41' })] })
    expect(purchaseToBill.totals?.(record, bill(record))).toEqual([
      { what: 'total', source: '37.41', target: '37.4', currency: 'USD' },
    ])
    const rounded = bill(record, settings({ rounding: { account: '99', limit: '0.02' } }))
    expect(rounded.lines.at(-1)).toMatchObject({ description: 'Rounding', amount: '0.01', detail: { account: '99' } })
    expect(purchaseToBill.totals?.(record, rounded)).toEqual([])
  })

  it('takes from the order that was carried, each line once', () => {
    const kept = { number: 'PO-00042', currency: 'USD', inclusive: false, rows: [row(), freight()] }
    const line = { item: '', quantity: null, price: null, amount: '1' }
    const agreed = {
      vendor: '56',
      rows: 2,
      lines: [
        { ...line, id: '1' },
        { ...line, id: '2' },
      ],
    }
    const order = {
      id: '257',
      number: 'PO-00042',
      facts: { kept: JSON.stringify(kept), agreed: JSON.stringify(agreed) },
    }
    const vendor = { id: '56', number: 'Bayside', facts: {} }
    const known = lookups({ linked: ({ flow }) => (flow.endsWith('purchase-to-order') ? order : vendor) })
    const rows = [freight(), row(), row()]
    const record = purchase({ invoices: [invoice({ rows, total: '62.4' })] })
    expect(bill(record, settings(), known).lines.map((one) => one.order)).toEqual([
      { id: '257', line: '2' },
      { id: '257', line: '1' },
      null,
      null,
    ])
  })
})

describe('a purchase', () => {
  it('without an authorised invoice is left for now', () => {
    const record = purchase({ invoices: [invoice({ status: 'DRAFT' })] })
    expect(purchaseToBill.skip?.(record, settings(), lookups())).toContain('no authorised invoice')
    expect(purchaseToBill.needs?.(record, settings(), lookups())).toEqual([])
  })

  it('needs its supplier', () => {
    expect(purchaseToBill.needs?.(purchase(), settings(), lookups())).toEqual([
      { flow: 'quickbooks-cin7/supplier-to-vendor', sourceId: 's-1', variant: 'vendor' },
    ])
  })

  it('has parts that stand, booked or not; one that is stepped back is left, one that is voided is gone', () => {
    const two = [invoice(), invoice({ id: 't-2', status: 'DRAFT' }), invoice({ id: 't-3', status: 'VOIDED' })]
    expect(purchaseToBill.parts?.(purchase({ invoices: two }))).toEqual(['t-1', 't-2'])
    expect(mapped(purchase({ invoices: two })).map(({ variant }) => variant)).toEqual(['t-1'])
    expect(purchaseToBill.parts?.(purchase({ status: 'VOIDED' }))).toEqual([])
  })

  it('that is paid, received or given a note is the same', () => {
    const print = (record: Purchase) => JSON.stringify(purchaseToBill.fingerprint(record, 't-1'))
    const paid = invoice({ status: 'PAID', paid: '37.4' })
    expect(print(purchase({ invoices: [paid], status: 'COMPLETED', note: 'x', updated: 'later' }))).toBe(
      print(purchase()),
    )
    expect(print(purchase({ invoices: [invoice({ number: 'X' })] }))).not.toBe(print(purchase()))
  })

  it('has invoices with dates of their own', () => {
    expect(purchaseToBill.partDate?.(purchase(), 't-1')).toBe('2026-03-02')
  })

  it('takes a voided one back only where the setting says so', () => {
    expect(purchaseToBill.removes?.(settings())).toBe(false)
    expect(purchaseToBill.removes?.(settings({ bills: { voided: 'delete' } }))).toBe(true)
  })

  it('says what QuickBooks is to show of each invoice', () => {
    expect(purchaseToBill.figures?.(purchase(), settings(), lookups())).toEqual([
      {
        variant: 't-1',
        figures: {
          currency: 'USD',
          total: '37.4',
          tax: '0',
          customer: { id: '56', name: 'Bayside' },
          accounts: { '81': '25', '82': '7.4', '88': '5' },
        },
      },
    ])
    expect(purchaseToBill.figures?.(purchase(), settings({ ...ABROAD, items: 'mapped' }), lookups())).toMatchObject([
      { figures: { tax: '5', accounts: { 'item 19': '25', '82': '7.4' } } },
    ])
  })
})
