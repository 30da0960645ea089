import { beforeEach, describe, expect, it } from 'vitest'
import type { z } from 'zod'
import type { Listed } from '../../../src/core/flow'
import type { Call, ReadApi } from '../../../src/core/vendor'
import { type Purchase, purchases } from '../../../src/vendors/cin7/purchases'
import { idAt, type Rig } from '../../sandbox/cin7/rig'
import { scripted } from './scripted'
import { client, openCin7 } from './with-cin7'

const BREAD = { SKU: 'Bread', Quantity: 2, Price: 2, Discount: 0, Tax: 0.4, TaxRule: 'Tax on Purchases', Total: 4 }
const FREIGHT = {
  Description: 'Freight',
  Reference: 'DHL',
  Quantity: 1,
  Price: 3,
  Tax: 0.3,
  TaxRule: 'Tax on Purchases',
  Total: 3,
}

let rig: Rig

beforeEach(() => {
  rig = openCin7()
})

const made = (extra: object = {}): string => idAt(rig.act('create-purchase', { supplier: 'Bayside', ...extra }), 'ID')

const read = async (id: string): Promise<Purchase> => {
  const purchase = await purchases.read(client(rig).api, id)
  if (!purchase) throw new Error('it is there')
  return purchase
}

/** Asks something else than it is told to. */
const asking = (api: ReadApi, change: Partial<Call>): ReadApi => ({
  ...api,
  read: <T>(call: Call, schema: z.ZodType<T>) => api.read({ ...call, ...change }, schema),
})

describe('a purchase that is read', () => {
  it('holds its header, order, invoice, charges and payments in one call', async () => {
    const id = made({
      lines: [BREAD],
      charges: [FREIGHT],
      date: '2026-02-10',
      dueDate: '2026-03-12',
      invoiceNumber: 'SUP-778',
      Note: 'hello',
      account: '630',
    })
    const run = client(rig)
    const purchase = await purchases.read(run.api, id.toUpperCase())
    expect(run.calls.map(({ method, path }) => [method, path])).toEqual([['GET', '/ExternalApi/v2/advanced-purchase']])
    expect(purchase).toMatchObject({
      id,
      number: 'PO-00001',
      type: 'simple',
      approach: 'INVOICE',
      status: 'INVOICED',
      supplier: { name: 'Bayside' },
      baseCurrency: 'USD',
      currency: 'USD',
      rate: '1',
      taxInclusive: false,
      note: 'hello',
      orderDate: '2026-02-10',
      receivingStatus: 'NOT RECEIVED',
      paymentStatus: 'PAID',
      updated: '2026-03-02T10:00:00.123Z',
      order: { status: 'AUTHORISED', total: '7.7', tax: '0.7', beforeTax: '7' },
      invoices: [
        {
          id,
          number: 'SUP-778',
          date: '2026-02-10',
          dueDate: '2026-03-12',
          status: 'PAID',
          rate: '1',
          total: '7.7',
          paid: '7.7',
          payments: [{ amount: '7.7', account: '718', date: '2026-02-10', rate: '1' }],
          rows: [
            {
              kind: 'line',
              sku: 'Bread',
              quantity: '2',
              price: '2',
              tax: '0.4',
              account: '630',
              total: '4',
              nonInventory: false,
            },
            { kind: 'charge', sku: '', name: 'Freight', comment: 'DHL', tax: '0.3', account: '630', total: '3' },
          ],
        },
      ],
    })
  })

  it('says the same when it is parsed again, as it is after it was stored', async () => {
    const purchase = await read(made({ lines: [BREAD], charges: [FREIGHT], upTo: 'received' }))
    expect(purchases.record.parse(JSON.parse(JSON.stringify(purchase)))).toEqual(purchase)
  })

  it('shows one document of each kind that has not begun', async () => {
    const purchase = await read(made({ upTo: 'header', type: 'Service' }))
    expect(purchase).toMatchObject({
      type: 'service',
      status: 'DRAFT',
      order: { status: 'NOT AVAILABLE', rows: [], total: '0' },
      invoices: [{ status: 'NOT AVAILABLE', number: '', date: '' }],
      creditNotes: [{ status: 'NOT AVAILABLE' }],
    })
  })

  it('has each invoice of an Advanced one under its own id, with its own rate', async () => {
    const id = made({
      supplier: 'Northern',
      type: 'Advanced',
      upTo: 'order',
      lines: [{ ...BREAD, Quantity: 4, Tax: 0, Total: 8 }],
    })
    const half = { lines: [{ ...BREAD, Tax: 0 }], purchase: id, account: '630' }
    rig.act('invoice-purchase', { ...half, invoiceNumber: 'A' })
    const second = idAt(rig.act('invoice-purchase', { ...half, invoiceNumber: 'B' }), 'Invoice', 1, 'TaskID')
    rig.act('set-invoice-rate', { taskId: second, rate: '0.75' })
    const { invoices, type, currency } = await read(id)
    expect({ type, currency }).toEqual({ type: 'advanced', currency: 'CAD' })
    expect(invoices).toMatchObject([
      { group: 1, number: 'A', rate: '0.73', total: '4' },
      { group: 2, number: 'B', rate: '0.75', total: '4', id: second },
    ])
    expect(new Set([id, ...invoices.map((invoice) => invoice.id)]).size).toBe(3)
  })

  it('shows receipts and credit notes', async () => {
    const id = made({ lines: [BREAD], upTo: 'received', invoiceNumber: 'SUP-1' })
    rig.act('credit-purchase', { purchase: id, number: 'SUP-CR-1', unstock: true, date: '2026-03-05' })
    expect(await read(id)).toMatchObject({
      receipts: [
        { kind: 'stock', status: 'AUTHORISED', rows: [{ sku: 'Bread', quantity: '2' }] },
        { kind: 'put-away' },
      ],
      creditNotes: [
        { id, number: 'SUP-CR-1', invoiceNumber: 'SUP-1', date: '2026-03-05', status: 'AUTHORISED', total: '4.4' },
      ],
    })
  })

  it('is null where there is none, and where another one answers: a webhook may name a document inside', async () => {
    const id = made({ type: 'Advanced' })
    const { api } = client(rig)
    expect(await purchases.read(api, '00000000-0000-0000-0000-000000000001')).toBeNull()
    const answering = asking(api, { query: { ID: id } })
    expect(await purchases.read(answering, '00000000-0000-0000-0000-000000000001')).toBeNull()
  })

  it('is read as well where documents are objects and the number of the invoice is misspelt', async () => {
    const id = made({ upTo: 'invoice', invoiceNumber: 'SUP-9', lines: [BREAD] })
    rig.switches['purchase.misspeltInvoiceNumber'] = true
    const { api } = client(rig)
    const deprecated = asking(api, { path: '/ExternalApi/v2/purchase' })
    expect(await purchases.read(deprecated, id)).toMatchObject({
      invoices: [{ id, number: 'SUP-9', total: '4.4' }],
      creditNotes: [{ id }],
    })
  })
})

describe('loose answers', () => {
  const charge = {
    Description: 'Training',
    Reference: null,
    Quantity: '3',
    Price: '1.115',
    Discount: '50',
    Tax: null,
    TaxRule: 'GST',
  }
  const answer = {
    ID: 'ABC',
    OrderNumber: 'PO-7',
    Type: 'Service',
    Status: 'Invoiced',
    SupplierID: 'DEF',
    SupplierCurrency: 'usd',
    CurrencyRate: '1',
    TaxCalculation: 'inclusive',
    LastUpdatedDate: '2021-11-02T11:44:45.21',
    AdditionalAttributes: { AdditionalAttribute1: '', AdditionalAttribute2: null, AdditionalAttribute10: 'false' },
    Order: null,
    Invoice: { Status: 'Paid', InvoiceNumber: null, Lines: null, AdditionalCharges: [charge] },
  }

  it('come as texts, nulls and in any case, and are read all the same', async () => {
    expect(await purchases.read(scripted(() => answer).api, 'abc')).toMatchObject({
      id: 'abc',
      type: 'service',
      status: 'INVOICED',
      supplier: { id: 'def', name: '' },
      currency: 'USD',
      taxInclusive: true,
      updated: '2021-11-02T11:44:45.210Z',
      attributes: { 10: 'false' },
      order: { status: '', rows: [], total: '0' },
      invoices: [
        { id: 'abc', status: 'PAID', rate: '1', total: '1.67', beforeTax: '1.67', rows: [{ total: '1.67', tax: '0' }] },
      ],
      receipts: [],
      creditNotes: [],
    })
  })

  it('without content are no purchase', async () => {
    expect(await purchases.read(scripted(() => ({})).api, 'abc')).toBeNull()
    expect(await purchases.read(scripted(() => null).api, 'abc')).toBeNull()
  })
})

describe('the list of purchases', () => {
  const page = (cursor: string | null) => purchases.changes(client(rig).api, cursor, null)
  const ids = ({ items }: { items: Listed[] }) => items.map(({ change }) => change.id)

  it('shows what changed since, with the overlap, in one call', async () => {
    const first = made({ upTo: 'order', date: '2026-01-10' })
    const walked = await page(null)
    expect(walked.items).toEqual([
      {
        change: { type: 'purchase', id: first, event: 'listed' },
        version: '2026-03-02T10:00:00.123Z',
        row: 'ORDERED',
        date: '2026-01-10',
        number: 'PO-00001',
        terms: expect.objectContaining({ kind: 'dated', number: 'PO-00001' }),
      },
    ])
    rig.advance(60 * 60_000)
    const second = made({ upTo: 'order' })
    rig.advance(10 * 60_000)
    const third = made({ upTo: 'order' })
    const run = client(rig)
    const next = await purchases.changes(run.api, walked.next, null)
    expect(ids(next)).toEqual([first, second, third])
    expect(run.calls.map(({ query }) => query)).toEqual([
      { UpdatedSince: '2026-03-02T09:45:00.123', Page: '1', Limit: '1000' },
    ])
    expect(ids(await page(next.next))).toEqual([second, third])
  })

  it('shows the same stamp and row as the record, so that nothing is read twice', async () => {
    for (const seed of [
      { upTo: 'header' },
      { upTo: 'order' },
      { upTo: 'received', lines: [BREAD] },
      { type: 'Advanced' },
      { type: 'Service' },
      { shownStatus: 'COMPLETED / CREDIT NOTE CLOSED' },
    ])
      made(seed)
    const { items } = await page(null)
    for (const { change, version, row, number } of items) {
      const purchase = await read(change.id)
      expect([purchases.version(purchase), purchases.row?.(purchase), purchases.number(purchase)]).toEqual([
        version,
        row,
        number,
      ])
    }
    expect(items).toHaveLength(6)
  })

  it('brings one back that was paid, and one that was voided', async () => {
    const [paid, voided] = [made({ upTo: 'invoice' }), made({ upTo: 'order' })]
    const { next } = await page(null)
    rig.advance(60 * 60_000)
    made({ upTo: 'header' })
    const later = await page(next)
    rig.advance(60 * 60_000)
    rig.act('pay-purchase', { purchase: paid })
    rig.act('void-purchase', { purchase: voided })
    expect(ids(await page(later.next))).toEqual(expect.arrayContaining([paid, voided]))
  })

  it('has the latest date that its documents can have, for the start date', async () => {
    made({ date: '2026-01-10', upTo: 'invoice' })
    made({ date: '2026-01-11', upTo: 'invoice', type: 'Advanced', dueDate: '2026-01-20' })
    const credited = made({ date: '2026-01-12', upTo: 'invoice', invoiceNumber: 'X' })
    rig.act('credit-purchase', { purchase: credited, date: '2026-02-01' })
    const { items } = await page(null)
    expect(items.map(({ date }) => date)).toEqual(['2026-01-10', '2026-03-02', '2026-03-02'])
    expect(purchases.date(await read(credited))).toBe('2026-02-01')
  })

  it('can be walked as a whole, whatever its size', async () => {
    made()
    const run = client(rig)
    expect(await purchases.all?.(run.api, null)).toMatchObject({ done: true, items: [{ number: 'PO-00001' }] })
    expect(run.calls.map(({ query }) => query)).toEqual([{ Page: '1', Limit: '1000' }])
  })
})
