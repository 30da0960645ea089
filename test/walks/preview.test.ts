import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import type { Previewed, PreviewedRecord } from '../../src/core/preview'
import { problemsOf, refusedAs } from '../edge/api/support'
import { deliver } from '../support/deliver'
import { type Office, openOffice } from '../support/office'
import { settle } from '../support/settle'
import { snapshot } from '../support/tenant'
import { carry, draftInvoice, type Invoice, only, poll, writesTo } from '../support/wave-cin7'
import { booksOf, FLOWS, inCin7, liveInvoice, mapBank, recordOf, theSale } from '../support/wave-cin7-books'

interface Preview extends Previewed {
  effect: { currency: string; account: string; amount: string }[]
}

const path = ({ tenant, integration }: Office) => `/v1/tenants/${tenant}/integrations/${integration}/preview`

const preview = (office: Office, body: object): Promise<Preview> => office.admin.call('POST', path(office), body)

const one = async (office: Office, flow: string, sourceId: string, how: object = {}): Promise<PreviewedRecord> =>
  only((await preview(office, { flow, sourceId, ...how })).items)

const sale = (office: Office, { graphId }: Invoice, how: object = {}) => one(office, FLOWS.sale, graphId, how)

const approved = (office: Office, over: object = {}) => draftInvoice(office, { status: 'SAVED', ...over })

/** All that the tenant keeps of its work, and what D1 shows of it. */
const keptBy = async ({ tenant }: Office) => {
  // That it was looked at stands in the audit.
  const { limits: _, outbox: __, deliveries: ___, ...tables } = (await snapshot(tenant)).tables
  const rows = await env.DB.prepare('select * from records where tenant = ?').bind(tenant).all()
  return { tables, records: rows.results }
}

describe('a preview of one record', () => {
  it('shows the requests, the mapping and the effect per account, and writes nothing on any side', async () => {
    const office = await openOffice()
    const invoice = await approved(office, { number: 'P-1' })
    const before = await keptBy(office)
    await office.world.forgetCalls()
    const shown = await sale(office, invoice)
    expect(shown).toMatchObject({ outcome: 'writes', number: 'P-1', date: '2026-03-02', code: '' })
    expect(only(shown.assumes)).toMatchObject({ flow: FLOWS.customer, variant: 'USD' })
    expect(shown.mapped.map(({ mapping, target }) => [mapping, target]).sort()).toEqual([
      ['account', '200'],
      ['tax', 'Tax on Sales'],
    ])
    const write = only(shown.writes)
    expect(write).toMatchObject({ op: 'create', target: '', draft: { date: '2026-03-02', reference: 'P-1' } })
    expect(write.requests.map(({ step, method, path: at }) => [step, method, at.split('/v2')[1]])).toEqual([
      ['header', 'POST', '/sale'],
      ['order', 'POST', '/sale/order'],
      ['invoice', 'POST', '/sale/invoice'],
    ])
    // What is authorised is compared first with what Cin7 shows of it.
    expect(write.complete).toBe(false)
    expect(write.requests[0]?.body).toMatchObject({
      CustomerID: expect.stringMatching(/^⟨id of wave-cin7\/customer-to-customer /),
      ExternalID: expect.stringMatching(/^mlc:wave-cin7\/invoice-to-sale:/),
      CustomerReference: 'P-1',
    })
    expect(write.requests[1]?.body).toMatchObject({ SaleID: '⟨ID of header⟩', Status: 'AUTHORISED' })
    expect(only(shown.effect).figures).toMatchObject({
      currency: 'USD',
      total: '88',
      tax: '8',
      accounts: { 200: '80' },
    })

    expect(await writesTo(office, 'cin7')).toEqual([])
    expect((await office.world.calls('wave')).every(({ operation }) => !operation?.startsWith('Create'))).toBe(true)
    expect(await keptBy(office)).toEqual(before)
  })

  it('is what goes out then: the same requests, with what was open filled in', async () => {
    const office = await openOffice()
    const invoice = await draftInvoice(office)
    await carry(office, await draftInvoice(office))
    await office.world.act('wave', 'approve-invoice', { id: invoice.bareId })
    const shown = await sale(office, invoice)
    expect(shown.assumes).toEqual([])
    await office.world.forgetCalls()
    for (const webhook of await office.world.deliveries()) await deliver(webhook)
    await settle(office.tenant)
    const sent = await writesTo(office, 'cin7')
    const foreseen = only(shown.writes).requests
    expect(sent.slice(0, foreseen.length).map(({ method, path: at }) => `${method} ${at}`)).toEqual(
      foreseen.map((request) => `${request.method} ${request.path}`),
    )
    const [header, , posted] = foreseen.map(({ body }) => Object(body))
    const made = (await booksOf(office)).sales.find(
      ({ CustomerID, Note }) => CustomerID === header.CustomerID && Note === header.Note,
    )
    expect(made).toMatchObject({ CustomerReference: header.CustomerReference, Terms: header.Terms })
    const rows =
      made &&
      liveInvoice(made).AdditionalCharges.map(({ Description, Quantity, Price, Tax, Account }) => ({
        Description,
        Quantity,
        Price,
        Tax,
        Account,
      }))
    expect(posted.AdditionalCharges).toMatchObject(rows ?? [])
    expect(rows).toHaveLength(1)
  })

  it('shows each payment of an invoice, once its sale is there', async () => {
    const office = await openOffice()
    await mapBank(office)
    const invoice = await draftInvoice(office)
    await carry(office, invoice)
    for (const amount of ['30', '20']) await office.world.act('wave', 'pay-invoice', { id: invoice.bareId, amount })
    await office.world.forgetCalls()
    const shown = await one(office, FLOWS.payment, invoice.graphId)
    expect(shown).toMatchObject({ outcome: 'writes', assumes: [] })
    expect(
      shown.writes.map(({ op, complete, requests }) => [op, complete, requests.map(({ body }) => Object(body).Amount)]),
    ).toEqual([
      ['create', true, [30]],
      ['create', true, [20]],
    ])
    expect(await writesTo(office, 'cin7')).toEqual([])
  })

  it('foresees all where nothing depends on an answer: a customer', async () => {
    const office = await openOffice({ wave: { customers: [{ name: 'Acme' }] } })
    const shown = await one(office, FLOWS.customer, office.wave.business.customers[0]?.graphId ?? '')
    expect(only(shown.writes)).toMatchObject({
      op: 'create',
      variant: 'USD',
      complete: true,
      requests: [{ method: 'POST', path: '/ExternalApi/v2/customer', body: { Name: 'Acme', Currency: 'USD' } }],
    })
    expect(await writesTo(office, 'cin7')).toEqual([])
  })

  it('asks the target what stands there: a name that is taken is known beforehand', async () => {
    const office = await openOffice({
      wave: { customers: [{ name: 'Acme' }] },
      cin7: { customers: [{ Name: 'ACME' }] },
    })
    const shown = await one(office, FLOWS.customer, office.wave.business.customers[0]?.graphId ?? '')
    expect(shown).toMatchObject({ outcome: 'waiting', reason: 'conflict', code: 'cin7_customer_name_taken' })
  })

  it('shows the failure that would come, with its remedy, and which codes have no counterpart', async () => {
    const office = await openOffice({ mapped: false })
    const shown = await sale(office, await approved(office))
    expect(shown).toMatchObject({ outcome: 'failed', code: 'unmapped', writes: [], effect: [] })
    expect(shown.remedy).toContain('Map the Wave account "Sales"')
    expect(shown.mapped).toContainEqual({ mapping: 'account', code: expect.any(String), target: null })
  })

  it('tells why nothing would be done: a draft, one from before the start date, one that is current', async () => {
    const office = await openOffice({ startDate: '2026-03-03' })
    expect(await sale(office, await draftInvoice(office))).toMatchObject({ outcome: 'skipped', writes: [] })
    const old = await approved(office)
    expect(await sale(office, old)).toMatchObject({ outcome: 'waiting', reason: 'start_date' })
    expect(await sale(office, old, { history: true })).toMatchObject({ outcome: 'writes' })
    const young = await draftInvoice(office, { invoiceDate: '2026-03-09' })
    await carry(office, young)
    expect(await sale(office, young)).toMatchObject({ outcome: 'unchanged', writes: [] })
  })

  it('of a replay with changed mappings shows what would be undone and posted anew, and only while nobody touched it', async () => {
    const office = await openOffice()
    const invoice = await draftInvoice(office)
    await carry(office, invoice)
    const { targetNumber } = await recordOf(office, 'sale')
    await office.admin.call('PUT', path(office).replace('/preview', '/mappings/account'), {
      entries: office.wave.business.accounts
        .filter(({ name }) => name === 'Sales')
        .map(({ graphId }) => ({ code: graphId, target: '201' })),
    })
    expect(await sale(office, invoice)).toMatchObject({ outcome: 'unchanged' })
    await office.world.forgetCalls()
    const write = only((await sale(office, invoice, { remap: true })).writes)
    expect(write).toMatchObject({ op: 'update', target: targetNumber })
    expect(write.requests.map(({ step }) => step)).toEqual(
      expect.arrayContaining(['void-invoice', 'undo-order', 'order', 'invoice']),
    )
    expect(await writesTo(office, 'cin7')).toEqual([])

    const { ID, Invoices } = await theSale(office)
    await inCin7(office, 'POST', '/sale/payment', {
      SaleID: ID,
      TaskID: Invoices[0]?.TaskID,
      Type: 'Payment',
      Reference: 'by hand',
      Amount: 5,
      DatePaid: '2026-03-05',
      Account: '713',
      CurrencyRate: 1,
    })
    expect(await sale(office, invoice, { remap: true })).toMatchObject({ outcome: 'waiting', reason: 'conflict' })
  })

  it('is in the audit, and takes no flow or cursor that is none', async () => {
    const office = await openOffice()
    await sale(office, await approved(office))
    await poll(office, FLOWS.product)
    const { items } = await office.admin.call<{ items: { outcome: string; details?: object }[] }>(
      'GET',
      `/v1/tenants/${office.tenant}/audit?limit=100`,
    )
    expect(items.find(({ outcome }) => outcome === 'integration.preview')?.details).toMatchObject({ flow: FLOWS.sale })
    const ask = (body: object) => office.admin.ask('POST', path(office), body)
    expect(problemsOf(await ask({ flow: 'a/b', sourceId: 'x' }))).toHaveProperty('flow')
    expect(problemsOf(await ask({ flow: FLOWS.sale, cursor: 'x' }))).toHaveProperty('cursor')
    expect(await ask({ flow: FLOWS.sale, limit: 11 })).toEqual(refusedAs(422, 'invalid'))
    expect(await ask({ flow: FLOWS.sale, from: 'yesterday' })).toEqual(refusedAs(422, 'invalid'))
  })
})

describe('a preview of a window', () => {
  it('goes through it a few records a call, while the integration is paused, and adds up what is new per account', async () => {
    const office = await openOffice()
    await mapBank(office)
    await office.admin.call('POST', path(office).replace('/preview', '/pause'))
    for (const [number, invoiceDate] of [
      ['W-1', '2026-02-28'],
      ['W-2', '2026-03-01'],
      ['W-3', '2026-03-15'],
      ['W-4', '2026-03-31'],
      ['W-5', '2026-04-01'],
    ])
      await approved(office, { number, invoiceDate })
    await office.world.forgetCalls()
    const window = { flow: FLOWS.sale, from: '2026-03-01', to: '2026-03-31', limit: 2 }
    const first = await preview(office, window)
    expect(first.items.map(({ number, outcome }) => [number, outcome])).toEqual([
      ['W-2', 'writes'],
      ['W-3', 'writes'],
    ])
    expect(first.effect).toEqual([
      { currency: 'USD', account: '200', amount: '160' },
      { currency: 'USD', account: 'tax', amount: '16' },
    ])
    const rest = await preview(office, { ...window, cursor: first.next })
    expect(rest.items.map(({ number }) => number)).toEqual(['W-4'])
    expect(rest.next).toBeNull()
    expect(await writesTo(office, 'cin7')).toEqual([])
    // A page of the list for each call, and each record once.
    expect(await office.world.calls('wave')).toHaveLength(5)
  })

  it('stops where the source asks for patience, and goes on there', async () => {
    const office = await openOffice()
    for (const number of ['W-1', 'W-2']) await approved(office, { number })
    await office.world.fault({ vendor: 'wave', kind: 'status', status: 503, skip: 2 })
    const items: string[] = []
    let cursor: string | null | undefined
    for (let calls = 0; cursor !== null && calls < 5; calls += 1) {
      const page: Preview = await preview(office, { flow: FLOWS.sale, ...(cursor && { cursor }) })
      items.push(...page.items.filter(({ outcome }) => outcome === 'writes').map(({ number }) => number))
      cursor = page.next
    }
    expect(items).toEqual(['W-1', 'W-2'])
  })
})
