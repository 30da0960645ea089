import { describe, expect, it } from 'vitest'
import { type Office, openOffice, recordsOf } from '../support/office'
import { settle } from '../support/settle'
import { alertsOf, carry, cin7Of, draftInvoice, type Invoice, only, poll, writesTo } from '../support/wave-cin7'
import {
  arrive,
  booksOf,
  edit,
  FLOWS,
  inCin7,
  liveInvoice,
  mapBank,
  pay,
  recordOf,
  rewriteInvoice,
  tell,
  theSale,
} from '../support/wave-cin7-books'

interface Cause {
  flow: string
  code: string
  remedy: string
  count: number
  firstAt: number
  lastAt: number
  example: string
}
interface Line {
  outcome: string
  text: string
  actor: { by: string }
  details?: Record<string, unknown>
}

const on = ({ tenant }: Office, rest: string) => `/v1/tenants/${tenant}${rest}`

const causesOf = async (office: Office, query = ''): Promise<Cause[]> =>
  (await office.admin.call<{ items: Cause[] }>('GET', on(office, `/failures?${query}`))).items

const timelineOf = async (office: Office, id: string): Promise<Line[]> =>
  (await office.admin.call<{ timeline: Line[] }>('GET', on(office, `/records/${id}`))).timeline

const codeOf = (office: Office, name: string): string =>
  office.wave.business.accounts.find((account) => account.name === name)?.graphId ?? ''

const mapping = (office: Office, entries: { code: string; target: string | null }[], more: object = {}) =>
  office.admin.call<{ waiting: number; replayed: number }>(
    'PUT',
    on(office, `/integrations/${office.integration}/mappings/account`),
    { entries, ...more },
  )

/** So many approved invoices, each found by a webhook of its own; nothing is mapped. */
const failing = async (count: number): Promise<{ office: Office; invoices: Invoice[] }> => {
  const office = await openOffice({ mapped: false })
  const items = [{ product: office.wave.business.products[0]?.bareId, quantity: '1', unitPrice: '40', taxes: [] }]
  const invoices: Invoice[] = []
  for (let n = 0; n < count; n += 1) {
    const invoice = await draftInvoice(office, { number: `F-${n}`, items })
    await carry(office, invoice)
    invoices.push(invoice)
  }
  return { office, invoices }
}

describe('what failed for one reason', () => {
  it('is one cause with what to do, and is repaired in one go: mapped, replayed, gone', async () => {
    const { office } = await failing(3)
    const cause = only(await causesOf(office))
    expect(cause).toMatchObject({ flow: FLOWS.sale, code: 'unmapped', count: 3 })
    expect(cause.remedy).toContain('Map the Wave account "Sales"')
    expect(cause.lastAt).toBeGreaterThanOrEqual(cause.firstAt)
    expect((await recordsOf(office, 'code=unmapped')).map(({ id }) => id)).toContain(cause.example)
    expect(await alertsOf(office)).toMatchObject([{ kind: 'record_failed', resolved_at: null }])

    const answer = await mapping(office, [{ code: codeOf(office, 'Sales'), target: '200' }], { replay: true })
    expect(answer).toMatchObject({ waiting: 3, replayed: 3 })
    await settle(office.tenant)
    expect((await cin7Of(office)).sales).toHaveLength(3)
    expect(await causesOf(office)).toEqual([])
    expect(await recordsOf(office, 'code=unmapped')).toEqual([])
    expect(await alertsOf(office)).toMatchObject([{ resolved_at: expect.any(Number) }])
  })

  it('waits until it is replayed where the mapping alone is saved; what waits for other codes is not counted', async () => {
    const { office } = await failing(2)
    expect(await mapping(office, [{ code: codeOf(office, 'Consulting income'), target: '201' }])).toMatchObject({
      waiting: 0,
      replayed: 0,
    })
    expect(await mapping(office, [{ code: codeOf(office, 'Sales'), target: '200' }])).toMatchObject({
      waiting: 2,
      replayed: 0,
    })
    await settle(office.tenant)
    expect((await cin7Of(office)).sales).toEqual([])
    expect(only(await causesOf(office))).toMatchObject({ count: 2 })
  })

  it('is replayed by what it has in common, so many at once as were asked for', async () => {
    const { office } = await failing(3)
    await mapping(office, [{ code: codeOf(office, 'Sales'), target: '200' }])
    const { code, flow, remedy } = only(await causesOf(office))
    const replays = (body?: object) => office.admin.call('POST', on(office, '/replays'), body)
    for (const other of [{ code: 'other' }, { flow: FLOWS.payment }, { integration: 'i_none' }, { remedy: 'other' }])
      expect(await replays(other)).toEqual({ queued: 0, left: 0 })
    expect(await replays({ code, flow, remedy, integration: office.integration, limit: 2 })).toEqual({
      queued: 2,
      left: 1,
    })
    await settle(office.tenant)
    expect(
      (await recordsOf(office, `flow=${flow}&status=done`)).map(({ sourceNumber }) => sourceNumber).sort(),
    ).toEqual(['F-0', 'F-1'])
    expect(await replays()).toEqual({ queued: 1, left: 0 })
    await settle(office.tenant)
    expect((await cin7Of(office)).sales).toHaveLength(3)
    const { items } = await office.admin.call<{ items: Line[] }>('GET', on(office, '/audit?limit=100'))
    expect(items.filter(({ outcome }) => outcome === 'records.replay').at(-1)?.details).toEqual({
      reread: false,
      remap: false,
      queued: 1,
      left: 0,
    })
  })

  it('keeps the time since when it stands so, however often it is tried', async () => {
    const { office } = await failing(1)
    const before = only(await causesOf(office))
    await office.admin.call('POST', on(office, '/replays'))
    await settle(office.tenant)
    const after = only(await causesOf(office))
    expect(after.firstAt).toBe(before.firstAt)
    expect(after.lastAt).toBeGreaterThan(before.lastAt)
  })
})

describe('a record that a person ignores', () => {
  const ignore = (office: Office, id: string, reason = 'entered by hand') =>
    office.admin.ask('POST', on(office, `/records/${id}/ignore`), { reason })

  it('is set aside with its reason and who said so; nothing is written, its alert is over', async () => {
    const { office } = await failing(1)
    const { id } = await recordOf(office, 'sale')
    expect(await ignore(office, id)).toEqual({ status: 200, body: { ignored: true } })
    await settle(office.tenant)
    expect(await recordOf(office, 'sale')).toMatchObject({ state: 'skipped', reason: 'entered by hand', code: '' })
    expect(await causesOf(office)).toEqual([])
    expect(await writesTo(office, 'cin7')).not.toContainEqual(
      expect.objectContaining({ path: expect.stringContaining('sale') }),
    )
    expect(await alertsOf(office)).toMatchObject([{ resolved_at: expect.any(Number) }])
    expect((await timelineOf(office, id)).at(-1)).toMatchObject({
      outcome: 'record.ignore',
      text: 'tests',
      actor: { by: 'key' },
      details: { reason: 'entered by hand' },
    })
    expect(await ignore(office, id)).toMatchObject({ status: 409, body: { code: 'not_in_trouble' } })
  })

  it('stays set aside when it is told of again, and is carried once its content changes', async () => {
    const { office, invoices } = await failing(1)
    const { id } = await recordOf(office, 'sale')
    await ignore(office, id)
    await mapping(office, [{ code: codeOf(office, 'Sales'), target: '200' }])
    const [invoice] = invoices
    if (!invoice) throw new Error('no invoice')
    await office.world.act('wave', 'emit', { event: 'invoice.viewed', invoice: invoice.bareId })
    await arrive(office)
    expect(await recordOf(office, 'sale')).toMatchObject({ state: 'skipped', reason: 'entered by hand' })
    expect((await cin7Of(office)).sales).toEqual([])
    await edit(office, invoice, { memo: 'changed' })
    expect(await recordOf(office, 'sale')).toMatchObject({ state: 'done', reason: 'created' })
  })

  it('is carried where somebody replays it', async () => {
    const { office } = await failing(1)
    const { id } = await recordOf(office, 'sale')
    await ignore(office, id)
    await mapping(office, [{ code: codeOf(office, 'Sales'), target: '200' }])
    await office.admin.call('POST', on(office, `/records/${id}/replay`), {})
    await settle(office.tenant)
    expect(await recordOf(office, 'sale')).toMatchObject({ state: 'done' })
  })

  it('lets its batch go on', async () => {
    const office = await openOffice({ mapped: false })
    await mapping(office, [{ code: codeOf(office, 'Sales'), target: '200' }])
    const { products } = office.wave.business
    await office.world.act('wave', 'edit-product', {
      id: products[1]?.bareId,
      incomeAccountId: codeOf(office, 'Consulting income'),
    })
    for (let n = 0; n < 4; n += 1) {
      const items = [{ product: products[n === 1 ? 1 : 0]?.bareId, quantity: '1', unitPrice: '40', taxes: [] }]
      await draftInvoice(office, { items, status: 'SAVED' })
    }
    await poll(office, FLOWS.sale)
    expect((await recordsOf(office, `flow=${FLOWS.sale}&status=held`)).length).toBeGreaterThan(0)
    const failed = only(await recordsOf(office, `flow=${FLOWS.sale}&status=failed`))
    expect((await ignore(office, failed.id)).status).toBe(200)
    await settle(office.tenant)
    const states = (await recordsOf(office, `flow=${FLOWS.sale}`)).map(({ state }) => state).sort()
    expect(states).toEqual(['done', 'done', 'done', 'skipped'])
    expect(await alertsOf(office)).toMatchObject([{ kind: 'batch_stopped', resolved_at: expect.any(Number) }])
  })
})

describe('a conflict', () => {
  /** A sale that somebody changed in Cin7 while its invoice changed in Wave. */
  const inConflict = async (): Promise<{ office: Office; invoice: Invoice }> => {
    const office = await openOffice()
    const invoice = await draftInvoice(office)
    await carry(office, invoice)
    const sale = await theSale(office)
    await inCin7(office, 'POST', '/sale/payment', {
      SaleID: sale.ID,
      TaskID: sale.Invoices[0]?.TaskID,
      Type: 'Payment',
      Reference: 'by hand',
      Amount: 5,
      DatePaid: '2026-03-05',
      Account: '713',
      CurrencyRate: 1,
    })
    await edit(office, invoice, { invoiceDate: '2026-03-04' })
    return { office, invoice }
  }
  const resolve = async (office: Office, id: string, holds = 'target') => {
    const answer = await office.admin.ask('POST', on(office, `/records/${id}/resolve`), { holds })
    await settle(office.tenant)
    return answer
  }

  /** So many of the first product. */
  const times = (office: Office, quantity: string) => ({
    items: [{ product: office.wave.business.products[0]?.bareId, quantity, unitPrice: '40', taxes: ['GST'] }],
  })

  /** An invoice that was changed in Wave while somebody gave its line another account in Cin7. */
  const edited = async (): Promise<{ office: Office; invoice: Invoice }> => {
    const office = await openOffice()
    const invoice = await draftInvoice(office)
    await carry(office, invoice)
    await rewriteInvoice(office, {}, { Account: '201' })
    await edit(office, invoice, times(office, '3'))
    expect(await recordOf(office, 'sale')).toMatchObject({ state: 'waiting', code: 'cin7_sale_changed' })
    return { office, invoice }
  }

  const accountsOf = async (office: Office) =>
    liveInvoice(await theSale(office)).AdditionalCharges.map(({ Account }) => Account)

  it('is settled by saying that the source holds: what was edited in the target is written over', async () => {
    const { office, invoice } = await edited()
    const { id, text } = await recordOf(office, 'sale')
    expect(await accountsOf(office)).toEqual(['201'])
    expect(await resolve(office, id, 'source')).toEqual({ status: 200, body: { queued: true } })
    expect(await recordOf(office, 'sale')).toMatchObject({ state: 'done', reason: 'updated', code: '' })
    expect(await accountsOf(office)).toEqual(['200'])
    expect(liveInvoice(await theSale(office)).Total).toBe(132)
    expect((await timelineOf(office, id)).find(({ outcome }) => outcome === 'record.resolve')).toMatchObject({
      actor: { by: 'key' },
      details: { holds: 'source', variant: expect.any(String), seen: text },
    })

    await rewriteInvoice(office, {}, { Account: '201' })
    await edit(office, invoice, times(office, '4'))
    expect(await recordOf(office, 'sale')).toMatchObject({ state: 'waiting', code: 'cin7_sale_changed' })
    expect(await accountsOf(office)).toEqual(['201'])
  })

  it('in favour of the source stays one where something was built on the target, and names only that', async () => {
    const { office } = await inConflict()
    const { id } = await recordOf(office, 'sale')
    await office.world.forgetCalls()
    await resolve(office, id, 'source')
    const again = await recordOf(office, 'sale')
    expect(again).toMatchObject({ state: 'waiting', reason: 'conflict', code: 'cin7_sale_changed' })
    expect(again.text).toMatch(/in Cin7: invoice \S+ has payments$/)
    expect(await writesTo(office, 'cin7')).toEqual([])
  })

  it('is decided once: one that comes again is not written over by the word of before', async () => {
    const { office } = await inConflict()
    const { id } = await recordOf(office, 'sale')
    await resolve(office, id, 'source')
    await office.admin.call('POST', on(office, `/records/${id}/replay`), {})
    await settle(office.tenant)
    expect(await recordOf(office, 'sale')).toMatchObject({ state: 'waiting', reason: 'conflict' })
  })

  it('over what cannot be written over is not settled in favour of the source', async () => {
    const office = await openOffice()
    await mapBank(office)
    const invoice = await draftInvoice(office)
    await carry(office, invoice)
    const payment = await pay(office, invoice, { amount: '30' })
    await office.world.act('cin7', 'delete-payment', { id: only((await booksOf(office)).payments).ID })
    await office.world.act('wave', 'edit-payment', { id: payment, amount: '31' })
    await tell(office, invoice)
    const { id, state } = await recordOf(office, 'payment')
    expect(state).toBe('waiting')
    expect(await resolve(office, id, 'source')).toMatchObject({ status: 409, body: { code: 'not_overwritten' } })
    expect((await booksOf(office)).payments).toEqual([])
  })

  it('is settled by saying that the target stays: nothing is written, and it is said who decided', async () => {
    const { office } = await inConflict()
    const { id, ...before } = await recordOf(office, 'sale')
    expect(before).toMatchObject({ state: 'waiting', reason: 'conflict' })
    expect(only(await causesOf(office, 'status=waiting'))).toMatchObject({ code: before.code, count: 1 })
    await office.world.forgetCalls()
    expect(await resolve(office, id)).toEqual({ status: 200, body: { queued: true } })
    expect(await recordOf(office, 'sale')).toMatchObject({ state: 'done', reason: 'unchanged', code: '' })
    expect(await office.world.calls('cin7')).toEqual([])
    expect((await timelineOf(office, id)).find(({ outcome }) => outcome === 'record.resolve')).toMatchObject({
      actor: { by: 'key' },
      details: { holds: 'target', variant: expect.any(String), target: before.targetNumber },
    })
  })

  it('is one again when the source changes after it was settled', async () => {
    const { office, invoice } = await inConflict()
    const { id } = await recordOf(office, 'sale')
    await resolve(office, id)
    await edit(office, invoice, { invoiceDate: '2026-03-07' })
    expect(await recordOf(office, 'sale')).toMatchObject({ state: 'waiting', reason: 'conflict' })
  })

  it('over something that was never carried is not settled so', async () => {
    const office = await openOffice({
      wave: { customers: [{ name: 'Acme' }] },
      cin7: { customers: [{ Name: 'ACME' }] },
    })
    await poll(office, FLOWS.customer)
    const { id, state } = await recordOf(office, 'customer')
    expect(state).toBe('waiting')
    expect(await resolve(office, id)).toMatchObject({ status: 409, body: { code: 'nothing_stands' } })
    expect(await recordOf(office, 'customer')).toMatchObject({ state: 'waiting', reason: 'conflict' })
  })

  it('is the only thing that is settled so', async () => {
    const office = await openOffice()
    await carry(office, await draftInvoice(office))
    const [record] = await recordsOf(office, `flow=${FLOWS.sale}&status=done`)
    expect(await resolve(office, record?.id ?? '')).toMatchObject({ status: 409, body: { code: 'not_in_conflict' } })
    expect(await resolve(office, 'r_none')).toMatchObject({ status: 404 })
  })
})
