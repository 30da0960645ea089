import { describe, expect, it } from 'vitest'
import type { Compared } from '../../src/core/reconciliation'
import { type Office, openOffice } from '../support/office'
import { compare, itemsOf, reconciled } from '../support/reconciliation'
import { runOnce, settle } from '../support/settle'
import { restart } from '../support/tenant'
import { passTime } from '../support/time'
import { alertsOf, draftInvoice, type Invoice, only, poll, writesTo } from '../support/wave-cin7'
import { booksOf, edit, FLOWS, inCin7, liveInvoice, theSale } from '../support/wave-cin7-books'

const ROUNDED = { rounding: { account: '404', limit: '0.05' } }
const DAY_MS = 24 * 3_600_000

const carried = async (count: number, over: Record<string, unknown> = {}): Promise<[Office, Invoice[]]> => {
  const office = await openOffice({ settings: over })
  const invoices: Invoice[] = []
  for (let n = 0; n < count; n += 1) invoices.push(await draftInvoice(office, { status: 'SAVED' }))
  await poll(office, FLOWS.sale)
  return [office, invoices]
}

const ofSource = async (office: Office, { graphId }: Invoice): Promise<Compared> =>
  only((await itemsOf(office)).filter(({ sourceId }) => sourceId === graphId))

const saleReads = async (office: Office): Promise<number> =>
  (await office.world.calls('cin7')).filter(({ method, path }) => method === 'GET' && /\/sale(\?|$)/i.test(path)).length

type Charge = Record<string, unknown>

/** A person steps the invoice back, writes other rows and authorises it again. Answers the rows it had. */
const rewrite = async (office: Office, rows: (before: Charge[]) => Charge[]): Promise<Charge[]> => {
  const sale = await theSale(office)
  const { TaskID, Memo, InvoiceDate, InvoiceDueDate, AdditionalCharges } = liveInvoice(sale)
  const before = AdditionalCharges.map((row): Charge => ({ ...row }))
  await inCin7(office, 'DELETE', `/sale/invoice?TaskID=${TaskID}&Void=false`)
  await inCin7(office, 'POST', '/sale/invoice', {
    SaleID: sale.ID,
    TaskID,
    Memo,
    InvoiceDate,
    InvoiceDueDate,
    CurrencyConversionRate: 1,
    Status: 'AUTHORISED',
    Lines: [],
    AdditionalCharges: rows(before),
  })
  return before
}

describe('both sides agree', () => {
  it('to the cent, in total, per customer and per account, as of the time of comparing', async () => {
    const [office] = await carried(2)
    await compare(office)
    const flow = await reconciled(office)
    expect(flow).toMatchObject({ state: 'done', agrees: true, counts: { matched: 2, differs: 0, only_source: 0 } })
    expect(flow.asOf).toBeGreaterThan(0)
    expect(flow.currencies).toEqual([{ currency: 'USD', source: '176', target: '176', difference: '0', others: '0' }])
    expect(flow.customers).toMatchObject([{ source: '176', target: '176' }])
    expect(flow.accounts.map(({ account, source, target }) => [account, source, target])).toEqual([
      ['200', '160', '160'],
      ['tax', '16', '16'],
    ])
  })

  it.each([
    ['a discount', { settings: {} }, {}, { 260: '-10' }],
    ['prices that include their tax', { settings: { prices: 'inclusive' } }, {}, { 260: '-10' }],
    ['a rounding line', { settings: ROUNDED }, { 'wave.tax.rounding': 'document' }, { 260: '-10', 404: '0.01' }],
  ])('with %s', async (_, opening, switches, expected) => {
    const office = await openOffice(opening)
    await office.world.switches(switches)
    const product = office.wave.business.products[0]?.bareId
    const items = ['3.33', '5.55', '7.35'].map((unitPrice) => ({ product, quantity: '1', unitPrice, taxes: ['QST'] }))
    await draftInvoice(office, { status: 'SAVED', items, discount: { discountType: 'FIXED', amount: '10' } })
    await poll(office, FLOWS.sale)
    await compare(office)
    const { agrees, counts, accounts } = await reconciled(office)
    expect({ agrees, matched: counts.matched }).toEqual({ agrees: true, matched: 1 })
    const sums = Object.fromEntries(accounts.map(({ account, target }) => [account, target]))
    expect(sums).toMatchObject({ 200: '16.23', ...expected })
    expect(Object.keys(sums)).toHaveLength(Object.keys(expected).length + 2)
  })

  it('is not said before anything was compared', async () => {
    const [office] = await carried(1)
    expect(await reconciled(office)).toMatchObject({ state: 'never', asOf: null, agrees: false, covered: null })
  })

  it('while goods are paid and shipped: that is no change', async () => {
    const [office] = await carried(1)
    await compare(office)
    const { TaskID } = liveInvoice(await theSale(office))
    await office.world.act('cin7', 'pay-invoice', { taskId: TaskID })
    await office.world.act('cin7', 'pick-sale', { sale: (await theSale(office)).ID, shipping: 'SHIPPED' })
    await compare(office)
    expect(await reconciled(office)).toMatchObject({ agrees: true, counts: { matched: 1, changed: 0 } })
  })
})

describe('a sale that somebody', () => {
  it('edited in Cin7 shows as changed, with the figures of both sides, and raises an alert until it is right again', async () => {
    const [office, [invoice]] = await carried(1)
    const before = await rewrite(office, (rows) =>
      rows.map(({ Total: _, ...row }) => ({ ...row, Quantity: 1, Price: 100, Tax: 0 })),
    )
    await compare(office)
    expect(await ofSource(office, invoice as Invoice)).toMatchObject({
      status: 'changed',
      code: 'changed_in_target',
      reason: expect.stringContaining('lines or accounts'),
      differences: expect.arrayContaining([
        { what: 'total', source: '88', target: '100', currency: 'USD' },
        { what: 'account 200', source: '80', target: '100', currency: 'USD' },
      ]),
    })
    expect(await reconciled(office)).toMatchObject({
      agrees: false,
      currencies: [{ source: '88', target: '100', difference: '12' }],
    })
    expect(await alertsOf(office)).toMatchObject([{ kind: 'books_differ', resolved_at: null }])
    await rewrite(office, () => before)
    await compare(office)
    expect(await reconciled(office)).toMatchObject({ agrees: true, counts: { matched: 1 } })
    expect(await alertsOf(office)).toMatchObject([{ kind: 'books_differ', resolved_at: expect.any(Number) }])
  })

  it('voided in Cin7 is missing there, though it was posted', async () => {
    const [office, [invoice]] = await carried(1)
    await compare(office)
    await office.world.act('cin7', 'void-sale', { sale: (await theSale(office)).ID })
    await compare(office)
    expect(await ofSource(office, invoice as Invoice)).toMatchObject({ status: 'only_source', code: 'gone_in_target' })
    expect(await reconciled(office)).toMatchObject({ agrees: false, currencies: [{ difference: '-88' }] })
    expect(await alertsOf(office)).toMatchObject([{ kind: 'books_differ', resolved_at: null }])
  })

  it('made in Cin7 by hand is listed, and counts as no difference', async () => {
    const [office] = await carried(1)
    const { CustomerID } = await theSale(office)
    await byHand(office, CustomerID)
    await compare(office)
    expect(only(await itemsOf(office, 'status=only_target'))).toMatchObject({ code: 'not_ours', foreign: true })
    expect(await reconciled(office)).toMatchObject({ agrees: true, currencies: [{ target: '88', others: '40' }] })
  })
})

const byHand = async (office: Office, customer: string): Promise<void> => {
  const rows = [{ Description: 'Service', Quantity: 1, Price: 40, Tax: 0, TaxRule: 'Tax Exempt', Comment: '' }]
  await inCin7(office, 'POST', '/sale', {
    CustomerID: customer,
    Location: 'Main Warehouse',
    SkipQuote: true,
    TaxRule: 'Tax Exempt',
    SaleOrderDate: '2026-03-03T00:00:00',
  })
  const SaleID = (await booksOf(office)).sales.at(-1)?.ID
  await inCin7(office, 'POST', '/sale/order', {
    SaleID,
    Memo: '',
    Status: 'AUTHORISED',
    Lines: [],
    AdditionalCharges: rows,
  })
  await inCin7(office, 'POST', '/sale/invoice', {
    SaleID,
    TaskID: '00000000-0000-0000-0000-000000000000',
    Memo: '',
    Status: 'AUTHORISED',
    InvoiceDate: '2026-03-03T00:00:00',
    InvoiceDueDate: '2026-04-03T00:00:00',
    CurrencyConversionRate: 1,
    Lines: [],
    AdditionalCharges: rows.map((row) => ({ ...row, Account: '200' })),
  })
}

describe('an invoice that is not in Cin7', () => {
  it('shows why: draft, failed with its code, held behind that, before the start date, deleted', async () => {
    const office = await openOffice({ mapped: false, startDate: '2026-01-01' })
    const draft = await draftInvoice(office)
    const unmapped: Invoice[] = []
    for (let n = 0; n < 5; n += 1) unmapped.push(await draftInvoice(office, { status: 'SAVED' }))
    const old = await draftInvoice(office, { status: 'SAVED', invoiceDate: '2025-12-31' })
    const gone = await draftInvoice(office)
    await poll(office, FLOWS.sale)
    await office.world.act('wave', 'delete-invoice', { id: gone.bareId })
    await compare(office)
    expect(await ofSource(office, draft)).toMatchObject({ status: 'only_source', code: 'not_booked', reason: /draft/ })
    const why = await Promise.all(unmapped.map(async (invoice) => (await ofSource(office, invoice)).code))
    expect(new Set(why)).toEqual(new Set(['unmapped', 'held']))
    expect(await ofSource(office, old)).toMatchObject({ status: 'only_source', code: 'before_start' })
    expect(await ofSource(office, gone)).toMatchObject({ status: 'neither', code: 'deleted' })
    expect(await reconciled(office)).toMatchObject({ agrees: false, currencies: [{ source: '440', target: '0' }] })
  })

  it('was deleted in Wave and stands in Cin7: missing in the source', async () => {
    const [office, [invoice]] = await carried(1)
    await office.world.act('wave', 'delete-invoice', { id: invoice?.bareId, force: true })
    await compare(office)
    expect(await ofSource(office, invoice as Invoice)).toMatchObject({
      status: 'only_target',
      code: 'missing_in_source',
    })
  })
})

describe('a comparison', () => {
  it('reads again only what has changed in Cin7 since the last one, and writes nothing', async () => {
    const [office, invoices] = await carried(3)
    await office.world.forgetCalls()
    await compare(office)
    expect(await saleReads(office)).toBe(3)
    await office.world.forgetCalls()
    await compare(office)
    expect(await saleReads(office)).toBe(0)
    await edit(office, invoices[1] as Invoice, { memo: 'thank you' })
    await office.world.forgetCalls()
    await compare(office)
    expect(await saleReads(office)).toBe(1)
    expect(await writesTo(office, 'cin7')).toEqual([])
    expect(await reconciled(office)).toMatchObject({ agrees: true, counts: { matched: 3 } })
  })

  it('goes on after a reset in the middle: nothing is read twice', async () => {
    const [office] = await carried(12)
    await office.world.forgetCalls()
    await compare(office, {}, async () => {
      for (let run = 0; run < 400 && (await saleReads(office)) < 9; run += 1) await runOnce(office.tenant)
      await restart(office.tenant)
    })
    expect(await saleReads(office)).toBe(12)
    expect(await reconciled(office)).toMatchObject({ agrees: true, counts: { matched: 12 } })
  })

  it('is made once a day behind a poll, and lists only Cin7 then', async () => {
    const [office] = await carried(1)
    await passTime(DAY_MS)
    await poll(office, FLOWS.sale)
    const { asOf } = await reconciled(office)
    expect(await reconciled(office)).toMatchObject({ state: 'done', agrees: true, counts: { matched: 1 } })
    await passTime(DAY_MS / 2)
    await poll(office, FLOWS.sale)
    expect((await reconciled(office)).asOf).toBe(asOf)
  })

  it('covers the business dates that were asked for, and no others', async () => {
    const office = await openOffice()
    await draftInvoice(office, { status: 'SAVED', invoiceDate: '2026-02-27' })
    await draftInvoice(office, { status: 'SAVED', invoiceDate: '2026-03-31' })
    await poll(office, FLOWS.sale)
    await office.world.forgetCalls()
    await compare(office, { from: '2026-03-01', to: '2026-03-31' })
    expect(await saleReads(office)).toBe(1)
    expect((await itemsOf(office)).map(({ date }) => date)).toEqual(['2026-03-31'])
    await compare(office)
    expect((await itemsOf(office, 'to=2026-02-28')).map(({ date }) => date)).toEqual(['2026-02-27'])
  })

  it('waits out an outage of Cin7', async () => {
    const [office] = await carried(1)
    await office.world.fault({ vendor: 'cin7', method: 'GET', kind: 'status', status: 503, times: 3 })
    await compare(office)
    expect(await reconciled(office)).toMatchObject({ state: 'done', agrees: true })
  })

  it('comes as a table too, in which nothing is a formula', async () => {
    const office = await openOffice()
    await office.world.act('wave', 'edit-customer', {
      id: office.wave.business.customers[0]?.bareId,
      name: '=1+1, Inc',
    })
    await draftInvoice(office, { status: 'SAVED' })
    await poll(office, FLOWS.sale)
    await compare(office)
    const path = `/v1/tenants/${office.tenant}/integrations/${office.integration}/reconciliation`
    const lines = (await office.admin.text(path, 'text/csv')).split('\r\n')
    expect(lines).toHaveLength(3)
    expect(lines[0]).toMatch(/^flow,status,date,/)
    expect(lines[1]).toContain(`,"'=1+1, Inc",USD,88,88,0,`)
    await settle(office.tenant)
  })
})
