import { describe, expect, it } from 'vitest'
import type { Source } from '../../../src/core/flow'
import { type Bill, bills } from '../../../src/vendors/freshbooks/bills'
import { clients } from '../../../src/vendors/freshbooks/clients'
import { expenses } from '../../../src/vendors/freshbooks/expenses'
import { type Invoice, invoices, isDraft } from '../../../src/vendors/freshbooks/invoices'
import { payments } from '../../../src/vendors/freshbooks/payments'
import { vendors } from '../../../src/vendors/freshbooks/vendors'
import {
  billLine,
  billPaymentRow,
  billRow,
  clientRow,
  expenseRow,
  invoiceLine,
  invoiceRow,
  money,
  paymentRow,
  vendorRow,
} from './rows'
import { ACCOUNT, answer, failureOf, listed, scripted } from './scripted'

type Row = Record<string, unknown>
const ITEMS = '/items/items'

const items = [
  { id: 1, name: 'Bowls', sku: 'BOWL-4', vis_state: 0 },
  { id: 2, name: 'Mugs', sku: '', vis_state: 0 },
  { id: 3, name: 'Plates', sku: 'P-1', vis_state: 0 },
  { id: 4, name: 'Plates', sku: 'P-2', vis_state: 0 },
]

/** Answers the single read with `row`, and lists of one row. */
const holding = (single: string, plural: string, row: Row) =>
  scripted((call) => {
    if (call.path.endsWith(ITEMS)) return listed('items', items, call)
    if (call.path.endsWith(`/${plural}`)) return listed(plural, [row], call)
    return answer(200, { response: { result: { [single]: row } } })
  })

const read = async <R>(source: Source<R>, single: string, plural: string, row: Row): Promise<R> => {
  const { api } = holding(single, plural, row)
  const record = await source.read(api, '1')
  if (record === null) throw new Error('it was not found')
  expect(source.record.parse(JSON.parse(JSON.stringify(record)))).toEqual(record)
  return record
}

const ALL: [string, Source<unknown>, string, string, Row][] = [
  ['client', clients, 'client', 'clients', clientRow()],
  ['vendor', vendors, 'bill_vendor', 'bill_vendors', vendorRow()],
  ['invoice', invoices, 'invoice', 'invoices', invoiceRow({ lines: [invoiceLine()] })],
  ['payment', payments, 'payment', 'payments', paymentRow()],
  ['bill', bills, 'bill', 'bills', billRow()],
  ['expense', expenses, 'expense', 'expenses', expenseRow()],
]

const dated = { kind: 'dated', currency: 'CAD' }
const TERMS: Record<string, object> = {
  client: { kind: 'named', code: '', name: 'Harbour Lane', currency: 'CAD' },
  vendor: { kind: 'named', code: '', name: 'Staples', currency: 'CAD' },
  invoice: { ...dated, number: 'ACM0002', date: '2026-03-02', total: '41.94', party: 'Harbour Lane' },
  bill: { ...dated, number: 'BN101', date: '2026-03-01', total: '141.25', party: '' },
  expense: { ...dated, number: '', date: '2026-03-05', total: '113', party: 'City Taxi' },
}

describe.each(ALL)('a %s of FreshBooks', (type, source, single, plural, row) => {
  it('says of itself what its row in the list says', async () => {
    const { api } = holding(single, plural, row)
    const [listedRow] = (await source.changes(api, null, null)).items
    const record = await read(source, single, plural, row)
    expect(listedRow).toEqual({
      change: { type, id: expect.any(String), event: 'listed' },
      version: source.version(record),
      number: source.number(record),
      row: source.row?.(record),
      ...(source.date(record) !== null && { date: source.date(record) }),
      ...(TERMS[type] && { terms: TERMS[type] }),
    })
    expect(source.version(record)).not.toContain(' ')
  })

  it('is none where FreshBooks knows no such id, and any other refusal is one', async () => {
    const problem = (errno: number) => answer(errno === 1012 ? 404 : 422, { response: { errors: [{ errno }] } })
    expect(await source.read(scripted(() => problem(1012)).api, '1')).toBeNull()
    expect((await failureOf(source.read(scripted(() => problem(1001)).api, '1'))).code).toBe('freshbooks_rejected')
  })

  it('is read whole where it was deleted, and says so', async () => {
    const record = await read(source, single, plural, { ...row, vis_state: 1 })
    expect(record).toMatchObject({ vis_state: 1 })
    expect(source.row?.(record)).toMatch(/^1 /)
    expect(source.deleted?.(record)).toBe(type === 'client' || type === 'vendor' ? undefined : true)
  })
})

describe('an invoice', () => {
  it('is read with its lines and the SKUs of their items, in two calls', async () => {
    const lines = ['Bowls', 'Mugs', 'Plates', 'Nothing known'].map((name, at) => invoiceLine({ lineid: at + 1, name }))
    const { api, calls } = holding('invoice', 'invoices', invoiceRow({ lines }))
    const invoice = await invoices.read(api, '987')
    expect(invoice?.skus).toEqual({ Bowls: 'BOWL-4' })
    expect(calls.map(({ path, query }) => [path.replace(`/accounting/account/${ACCOUNT}`, ''), query])).toEqual([
      ['/invoices/invoices/987', { 'include[]': 'lines' }],
      [ITEMS, { page: '1', per_page: '100' }],
    ])
  })

  it('asks for no items where no line names one, and for no more pages than it needs', async () => {
    const nameless = holding('invoice', 'invoices', invoiceRow({ lines: [invoiceLine({ name: '' })] }))
    expect((await invoices.read(nameless.api, '1'))?.skus).toEqual({})
    expect(nameless.calls).toHaveLength(1)
    const stock = Array.from({ length: 300 }, (_, at) => ({ name: `Item ${at}`, sku: `S-${at}`, vis_state: 0 }))
    const { api, calls } = scripted((call) =>
      call.path.endsWith(ITEMS)
        ? listed('items', stock, call)
        : answer(200, {
            response: { result: { invoice: invoiceRow({ lines: [invoiceLine({ name: 'Item 150' })] }) } },
          }),
    )
    expect((await invoices.read(api, '1'))?.skus).toEqual({ 'Item 150': 'S-150' })
    expect(calls).toHaveLength(3)
  })

  it('is parsed to text and decimals', async () => {
    const invoice = await read(
      invoices,
      'invoice',
      'invoices',
      invoiceRow({ lines: [invoiceLine({ taxName2: '', taxAmount2: null, qty: 4 })] }),
    )
    expect(invoice).toMatchObject({
      id: '987',
      customerid: '12',
      create_date: '2026-03-02',
      due_date: '2026-04-01',
      amount: { amount: '41.94', code: 'CAD' },
      discount_value: '10',
      discount_total: { amount: '-4.4' },
      po_number: '',
      lines: [
        {
          lineid: '1',
          name: 'Bowls',
          qty: '4',
          unit_cost: { amount: '5' },
          taxName1: 'HST',
          taxAmount1: '13',
          taxName2: '',
          taxAmount2: '0',
          compounded_tax: false,
        },
      ],
    })
    expect(invoices.version(invoice)).toBe('2026-03-02T15:31:58.480684Z')
    expect([invoices.number(invoice), invoices.date(invoice)]).toEqual(['ACM0002', '2026-03-02'])
  })

  it('is a draft where its status is 1, whatever its payments', async () => {
    const statuses = [0, 1, 2, 3, 4, 8].filter((status) => isDraft({ status }))
    expect(statuses).toEqual([1])
  })

  it('edited twice in the hour that comes twice is not older the second time, and its row differs', async () => {
    const at = async (version: string): Promise<Invoice> =>
      read(invoices, 'invoice', 'invoices', invoiceRow({ version, lines: [] }))
    const [first, second] = [await at('2026-11-01 01:50:00.000000'), await at('2026-11-01 01:10:00.000000')]
    expect(invoices.version(second)).toBe(invoices.version(first))
    expect(invoices.row?.(second)).not.toBe(invoices.row?.(first))
  })
})

describe('a bill', () => {
  const line = async (change: Row) =>
    (await read(bills, 'bill', 'bills', billRow({ lines: [billLine(change)] }))).lines[0]

  it('has lines with the category as an object or as a word', async () => {
    expect(await line({})).toMatchObject({ categoryid: '65', category: 'Office Expenses & Postage', quantity: '1' })
    expect(await line({ category: 'Equipment', categoryid: 3696, quantity: 10 })).toMatchObject({
      categoryid: '3696',
      category: 'Equipment',
      quantity: '10',
    })
  })

  it('has its payments in it; each change of one shows in its row, though its stamp stays', async () => {
    const rows = [
      {},
      { bill_payments: [] },
      { bill_payments: [billPaymentRow({ paid_date: '2026-03-21' })] },
      { bill_payments: [billPaymentRow({ payment_type: 'Cash' })] },
      { bill_payments: [billPaymentRow({ amount: money('39.00') })] },
      { bill_payments: [billPaymentRow(), billPaymentRow({ id: 1491 })] },
      { total_amount: money('141.26') },
    ]
    const seen = await Promise.all(
      rows.map(async (change) => bills.row?.(await read<Bill>(bills, 'bill', 'bills', billRow(change)))),
    )
    expect(new Set(seen).size).toBe(rows.length)
    const turned = billRow({ bill_payments: [billPaymentRow({ id: 1491 }), billPaymentRow()] })
    expect(bills.row?.(await read<Bill>(bills, 'bill', 'bills', turned))).toBe(seen[5])
  })

  it('has stamps in UTC, unlike all others', async () => {
    expect(bills.version(await read<Bill>(bills, 'bill', 'bills', billRow()))).toBe('2026-03-20T15:30:29.000000Z')
  })
})

describe('an amount', () => {
  it('that is missing or is no number is not taken for nothing', async () => {
    for (const amount of [
      { code: 'CAD' },
      { amount: '', code: 'CAD' },
      { amount: null, code: 'CAD' },
      { amount: '1,000', code: 'CAD' },
    ])
      await expect(read(payments, 'payment', 'payments', paymentRow({ amount }))).rejects.toThrow()
  })
})
