import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type Office, openOffice, type RecordView } from '../../support/office'
import { settle } from '../../support/settle'
import { approve, carry, cin7Of, draftInvoice, type Invoice, only } from '../../support/wave-cin7'
import { document, keyWith, newTenant, problemsOf, refusedAs } from './support'

const INVOICES = 'wave-cin7/invoice-to-sale'
const CUSTOMERS = 'wave-cin7/customer-to-customer'

interface Page {
  items: (RecordView & { integration: string; at: number })[]
  next: string | null
}

let office: Office
let base: string
let invoices: Invoice[]
const numbers = ['A-1', 'A-10', 'A-2', 'B_1', 'b_1']

beforeAll(async () => {
  office = await openOffice()
  base = `/v1/tenants/${office.tenant}/records`
  invoices = []
  for (const number of numbers) {
    const invoice = await draftInvoice(office, { number })
    await carry(office, invoice)
    invoices.push(invoice)
  }
}, 60_000)

const page = (query = '') => office.admin.call<Page>('GET', `${base}?${query}`)
const walk = async (query: string, from = ''): Promise<Page['items']> => {
  const seen: Page['items'] = []
  let cursor: string | null = from
  while (cursor !== null) {
    const { items, next }: Page = await page(`${query}${cursor && `&cursor=${cursor}`}`)
    seen.push(...items)
    // A cursor that does not move would lead round for ever.
    expect(seen.length).toBeLessThan(100)
    cursor = next
  }
  return seen
}
const numbersOf = (items: Page['items']) => items.map(({ sourceNumber }) => sourceNumber).sort()

const Described = z.object({
  components: z.object({
    schemas: z.object({ CarriedRecord: z.object({ properties: z.record(z.string(), z.unknown()) }) }),
  }),
})

describe('the list of records', () => {
  it('shows what the document of the API says, and nothing else that is stored', async () => {
    const { properties } = Described.parse(await document()).components.schemas.CarriedRecord
    const [row] = (await page('limit=1')).items
    expect(Object.keys(row ?? {}).sort()).toEqual(Object.keys(properties).sort())
    const { timeline: _, ...one } = await office.admin.call<Record<string, unknown>>('GET', `${base}/${row?.id}`)
    expect(Object.keys(one).sort()).toEqual(Object.keys(properties).sort())
  })

  it('is the same whether it is read in pages of one, two or all', async () => {
    const whole = (await page('limit=100')).items
    expect(whole).toHaveLength(6)
    for (const limit of [1, 2, 3, 6]) expect(await walk(`limit=${limit}`)).toEqual(whole)
  })

  it('is newest first, and a page stays what it was while records are added', async () => {
    const first = await page('limit=2')
    const rest = await walk('limit=2', first.next ?? '')
    const number = 'later'
    const later = await draftInvoice(office, { number })
    await carry(office, later)
    expect(rest).toHaveLength(4)
    expect(await walk('limit=2', first.next ?? '')).toEqual(rest)
    expect((await page('limit=1')).items[0]?.sourceNumber).toBe(number)
    const ids = (await walk('limit=3')).map(({ id }) => id)
    expect(ids).toEqual([...ids].sort().reverse())
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('is filtered by flow, by state and by integration', async () => {
    expect((await page(`flow=${CUSTOMERS}`)).items).toHaveLength(1)
    expect((await page(`flow=${INVOICES}&status=done`)).items).toHaveLength(6)
    expect((await page('status=failed')).items).toEqual([])
    expect((await page(`integration=${office.integration}`)).items).toHaveLength(7)
    expect((await page('integration=i_none')).items).toEqual([])
  })

  it.each([
    ['exactly', 'A-2', ['A-2']],
    ['by its beginning', 'A-1', ['A-1', 'A-10']],
    ['with the letters as they are, and no wildcards', 'B_', ['B_1']],
    ['with nothing for a part from the middle', '-1', []],
    ['with nothing for a wildcard', '%', []],
  ])('finds a source number %s: %s', async (_, q, found) => {
    const query = `flow=${INVOICES}&q=${encodeURIComponent(q)}`
    expect(numbersOf((await page(query)).items)).toEqual(found)
    expect(numbersOf(await walk(`${query}&limit=1`))).toEqual(found)
  })

  it('finds a source id, and only the whole of it', async () => {
    const id = invoices[0]?.graphId ?? ''
    expect(numbersOf((await page(`flow=${INVOICES}&q=${encodeURIComponent(id)}`)).items)).toEqual(['A-1'])
    expect((await page(`q=${encodeURIComponent(id.slice(0, -1))}`)).items).toEqual([])
  })

  it('puts filters together', async () => {
    expect(
      numbersOf((await page(`q=A-1&flow=${INVOICES}&status=done&integration=${office.integration}`)).items),
    ).toEqual(['A-1', 'A-10'])
    expect((await page(`q=A-1&flow=${CUSTOMERS}`)).items).toEqual([])
  })

  it('is bounded by when a record was first seen', async () => {
    const all = (await page('limit=100')).items
    const latest = Math.max(...all.map(({ at }) => at))
    expect((await page(`from=0&to=${latest}&limit=100`)).items).toHaveLength(all.length)
    expect((await page(`from=${latest + 60_000}`)).items).toEqual([])
    expect((await page('to=1')).items).toEqual([])
  })

  it('takes every moment that an id can hold', async () => {
    expect((await page('from=281474976710654')).items).toEqual([])
    expect((await page('to=281474976710654')).items.length).toBeGreaterThan(0)
  })

  it.each([
    ['limit=0', 'query.limit'],
    ['limit=101', 'query.limit'],
    ['limit=1.5', 'query.limit'],
    ['limit=many', 'query.limit'],
    ['limit=', 'query.limit'],
    ['from=yesterday', 'query.from'],
    ['to=-1', 'query.to'],
    ['from=8640000000000000', 'query.from'],
    ['to=281474976710655', 'query.to'],
    ['q=', 'query.q'],
  ])('is 422 for %s', async (query, path) => {
    expect(Object.keys(problemsOf(await office.admin.ask('GET', `${base}?${query}`)))).toEqual([path])
  })

  it('of a tenant that does not exist is 404', async () => {
    expect(await office.admin.ask('GET', '/v1/tenants/t_none/records')).toEqual(refusedAs(404, 'not_found'))
  })
})

describe('a record', () => {
  const record = async (number: string) => only((await page(`q=${number}&flow=${INVOICES}`)).items)

  it('shows what was done for it, in order, with who caused it', async () => {
    const { id } = await record('A-2')
    const shown = await office.admin.call<RecordView & { timeline: { seq: number; outcome: string; actor: object }[] }>(
      'GET',
      `${base}/${id}`,
    )
    expect(shown).toMatchObject({ id, state: 'done', sourceNumber: 'A-2' })
    const seqs = shown.timeline.map(({ seq }) => seq)
    expect(seqs).toEqual([...seqs].sort((a, b) => a - b))
    expect(shown.timeline.at(-1)).toMatchObject({ outcome: 'done', actor: { by: 'webhook' } })
  })

  it('shows its source only to the scope source, and each look is in the audit with the key', async () => {
    const { id } = await record('A-2')
    const path = `${base}/${id}/source`
    for (const scope of ['read', 'operate'])
      expect(await (await keyWith([scope])).ask('GET', path)).toEqual(refusedAs(403, 'scope_missing'))
    const looks = async () => {
      await settle(office.tenant)
      const { items } = await office.admin.call<{ items: { outcome: string; actor: { id: string } }[] }>(
        'GET',
        `/v1/tenants/${office.tenant}/audit?record=${id}&limit=100`,
      )
      return items.filter(({ outcome }) => outcome === 'record.source')
    }
    expect(await looks()).toEqual([])
    const auditor = await keyWith(['source'], office.tenant)
    expect(await auditor.ask('GET', path)).toMatchObject({
      status: 200,
      body: { sourceId: invoices[2]?.graphId, readAt: expect.any(Number), body: { invoiceNumber: 'A-2' } },
    })
    expect(await looks()).toMatchObject([{ actor: { by: 'key', id: expect.stringMatching(/^k_/) } }])
  })

  it.each([
    ['GET', '', undefined],
    ['GET', '/source', undefined],
    ['POST', '/replay', {}],
    ['POST', '/resend', undefined],
    ['POST', '/adopt', { targetId: 'x' }],
  ])('that does not exist is 404: %s %s', async (method, end, body) => {
    expect(await office.admin.ask(method, `${base}/r_none${end}`, body)).toEqual(refusedAs(404, 'not_found'))
  })

  it('of another tenant is 404', async () => {
    const { id } = await record('A-2')
    const elsewhere = `/v1/tenants/${await newTenant()}/records/${id}`
    for (const end of ['', '/source'])
      expect(await office.admin.ask('GET', `${elsewhere}${end}`)).toEqual(refusedAs(404, 'not_found'))
    expect(await office.admin.ask('POST', `${elsewhere}/replay`, {})).toEqual(refusedAs(404, 'not_found'))
  })

  it('is replayed with options that are known, and no others', async () => {
    const { id } = await record('A-2')
    const replay = (body: unknown) => office.admin.ask('POST', `${base}/${id}/replay`, body)
    expect(Object.keys(problemsOf(await replay({ reread: 'yes' })))).toEqual(['reread'])
    expect((await replay({ again: true })).status).toBe(422)
    expect(await replay({})).toEqual({ status: 200, body: { queued: true } })
    await settle(office.tenant)
  })

  it('in which nothing waits for a decision takes none: 409', async () => {
    const { id } = await record('A-2')
    expect(await office.admin.ask('POST', `${base}/${id}/resend`)).toEqual(refusedAs(409, 'nothing_to_decide'))
  })
})

describe('carrying a record now', () => {
  const now = (body: unknown) =>
    office.admin.ask('POST', `/v1/tenants/${office.tenant}/integrations/${office.integration}/records`, body)

  it('needs no webhook', async () => {
    const invoice = await draftInvoice(office, { number: 'now-1' })
    await approve(office, invoice)
    expect(await now({ flow: INVOICES, sourceId: invoice.graphId })).toEqual({ status: 200, body: { queued: true } })
    await settle(office.tenant)
    const { id } = only((await page('q=now-1&status=done')).items)
    const { sales } = await cin7Of(office)
    expect(sales.filter(({ ExternalID }) => ExternalID?.includes(invoice.graphId))).toHaveLength(1)
    const { timeline } = await office.admin.call<{ timeline: object[] }>('GET', `${base}/${id}`)
    expect(timeline.at(-1)).toMatchObject({ actor: { by: 'key', id: expect.stringMatching(/^k_/) } })
  })

  it.each([
    [{ flow: 'wave-cin7/nothing', sourceId: 'x' }, 'flow'],
    [{ flow: 'constructor', sourceId: 'x' }, 'flow'],
    [{ flow: INVOICES }, 'sourceId'],
    [{ flow: INVOICES, sourceId: '' }, 'sourceId'],
    [{ flow: INVOICES, sourceId: 'x'.repeat(301) }, 'sourceId'],
  ])('is 422 for %j', async (body, path) => {
    expect(Object.keys(problemsOf(await now(body)))).toEqual([path])
  })

  it('of a flow that is off is 422', async () => {
    const path = `/v1/tenants/${office.tenant}/integrations/${office.integration}`
    await office.admin.call('PATCH', path, { flows: { [CUSTOMERS]: { enabled: false } } })
    expect(Object.keys(problemsOf(await now({ flow: CUSTOMERS, sourceId: 'x' })))).toEqual(['flow'])
    await office.admin.call('PATCH', path, { flows: { [CUSTOMERS]: { enabled: true } } })
  })
})
