import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../../../src/lib/ids'
import { openDb } from '../../../src/store/config'
import { project } from '../../../src/store/journal'
import { type Office, openOffice, recordsOf } from '../../support/office'
import { settle } from '../../support/settle'
import { carry, draftInvoice } from '../../support/wave-cin7'
import { keyWith, newTenant, problemsOf, refusedAs } from './support'

interface Page {
  items: {
    flow: string
    code: string
    remedy: string
    integration: string
    count: number
    firstAt: number
    lastAt: number
  }[]
  next: string | null
}

/** A record as the outbox tells of it. */
const told = (seq: number, over: Record<string, unknown>) => {
  const rest = { integration: 'i_1', flow: 'a/b', sourceId: 's', sourceNumber: '', targetId: '', targetNumber: '' }
  const words = {
    state: 'failed',
    reason: '',
    code: 'bad',
    text: 'no',
    remedy: 'Mend it.',
    version: '',
    at: 1_000 + seq,
  }
  const state = { id: newId('r', 1_000 + seq), ...rest, ...words, ...over }
  return { seq, record: state.id, entry: '{}', mac: '', alert: null, state: JSON.stringify(state) }
}

describe('the list of failures', () => {
  let tenant: string
  let office: Office
  beforeAll(async () => {
    office = await openOffice()
    tenant = await newTenant()
    const kept = newId('r', 500)
    await project(openDb(env.DB), tenant, [
      told(1, {}),
      told(2, {}),
      told(3, { flow: 'a/c' }),
      told(4, { remedy: 'Mend the other.' }),
      told(5, { code: 'worse' }),
      told(6, { integration: 'i_2' }),
      told(7, { state: 'waiting', code: 'taken' }),
      told(8, { state: 'done', code: '' }),
      told(9, { id: kept, code: 'again' }),
      told(10, { id: kept, code: 'again', at: 2_000 }),
      told(11, { id: kept, code: 'again', at: 3_000 }),
    ])
  })

  const page = (query = '') => office.admin.call<Page>('GET', `/v1/tenants/${tenant}/failures?${query}`)
  const said = ({ items }: Page) =>
    items.map(({ flow, code, remedy, integration, count }) => [flow, code, remedy, integration, count])

  it('groups by flow, code, remedy and integration, and shows only what failed', async () => {
    const shown = await page()
    expect(said(shown)).toEqual([
      ['a/b', 'again', 'Mend it.', 'i_1', 1],
      ['a/b', 'bad', 'Mend it.', 'i_1', 2],
      ['a/b', 'bad', 'Mend it.', 'i_2', 1],
      ['a/b', 'bad', 'Mend the other.', 'i_1', 1],
      ['a/b', 'worse', 'Mend it.', 'i_1', 1],
      ['a/c', 'bad', 'Mend it.', 'i_1', 1],
    ])
    expect(shown.next).toBeNull()
    expect(shown.items[1]).toMatchObject({ firstAt: 1_001, lastAt: 1_002 })
  })

  it('says since when a record fails so, and when it was last tried', async () => {
    expect((await page('code=again')).items[0]).toMatchObject({ firstAt: 1_009, lastAt: 3_000 })
  })

  it.each([1, 2, 4])('is the same in pages of %i', async (limit) => {
    const seen: Page['items'] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const { items, next }: Page = await page(`limit=${limit}${cursor && `&cursor=${cursor}`}`)
      seen.push(...items)
      expect(seen.length).toBeLessThan(20)
      cursor = next
    }
    expect(seen).toEqual((await page()).items)
  })

  it('is filtered by flow, code, integration and state', async () => {
    expect(said(await page('flow=a/c'))).toHaveLength(1)
    expect(said(await page('code=bad'))).toHaveLength(4)
    expect(said(await page('flow=a/b&code=bad&integration=i_2'))).toHaveLength(1)
    expect(said(await page('status=waiting'))).toEqual([['a/b', 'taken', 'Mend it.', 'i_1', 1]])
    expect(said(await page('status=uncertain'))).toEqual([])
  })

  it.each([
    ['cursor=nonsense', 'query.cursor'],
    ['cursor=', 'query.cursor'],
    ['status=done', 'query.status'],
    ['limit=0', 'query.limit'],
  ])('is 422 for %s', async (query, path) => {
    const answer = await office.admin.ask('GET', `/v1/tenants/${tenant}/failures?${query}`)
    expect(Object.keys(problemsOf(answer))).toEqual([path])
  })

  it('of a tenant that does not exist is 404, and so are replays there', async () => {
    expect(await office.admin.ask('GET', '/v1/tenants/t_none/failures')).toEqual(refusedAs(404, 'not_found'))
    expect(await office.admin.ask('POST', '/v1/tenants/t_none/replays')).toEqual(refusedAs(404, 'not_found'))
  })

  it('has the records of one code behind it', async () => {
    const path = `/v1/tenants/${tenant}/records?code=bad`
    expect((await office.admin.call<Page>('GET', path)).items).toHaveLength(5)
    expect((await office.admin.call<Page>('GET', `${path}&flow=a/c`)).items).toHaveLength(1)
    expect((await office.admin.call<Page>('GET', `${path}&status=waiting`)).items).toEqual([])
  })
})

describe('what a person decides about a record', () => {
  let office: Office
  let base: string
  let record: string
  beforeAll(async () => {
    office = await openOffice({ mapped: false })
    await carry(office, await draftInvoice(office))
    base = `/v1/tenants/${office.tenant}`
    record = (await recordsOf(office, 'status=failed'))[0]?.id ?? ''
  })

  it.each([
    ['ignore', {}, 'reason'],
    ['ignore', { reason: '' }, 'reason'],
    ['ignore', { reason: '   ' }, 'reason'],
    ['ignore', { reason: 'x'.repeat(501) }, 'reason'],
    ['ignore', { reason: 7 }, 'reason'],
    ['resolve', {}, 'holds'],
    ['resolve', { holds: 'nobody' }, 'holds'],
  ])('is 422 where it is not said well: %s %j', async (verb, body, path) => {
    expect(Object.keys(problemsOf(await office.admin.ask('POST', `${base}/records/${record}/${verb}`, body)))).toEqual([
      path,
    ])
  })

  it.each([
    [{ limit: 0 }, 'limit'],
    [{ limit: 501 }, 'limit'],
    [{ flow: 1 }, 'flow'],
    [{ reread: 'yes' }, 'reread'],
  ])('is 422 for replays %j', async (body, path) => {
    expect(Object.keys(problemsOf(await office.admin.ask('POST', `${base}/replays`, body)))).toEqual([path])
  })

  it('is 404 about a record of another tenant, and about none', async () => {
    const other = await newTenant()
    for (const [verb, body] of [
      ['ignore', { reason: 'x' }],
      ['resolve', { holds: 'target' }],
    ] as const) {
      expect(await office.admin.ask('POST', `/v1/tenants/${other}/records/${record}/${verb}`, body)).toEqual(
        refusedAs(404, 'not_found'),
      )
      expect(await office.admin.ask('POST', `${base}/records/r_none/${verb}`, body)).toEqual(
        refusedAs(404, 'not_found'),
      )
    }
    expect((await recordsOf(office, 'status=failed'))[0]?.id).toBe(record)
  })

  it('needs the scope operate, and stands in the audit under the key', async () => {
    const path = `${base}/records/${record}/ignore`
    expect(await (await keyWith(['read'])).ask('POST', path, { reason: 'x' })).toEqual(refusedAs(403, 'scope_missing'))
    expect((await (await keyWith(['operate'], office.tenant)).ask('POST', path, { reason: 'x' })).status).toBe(200)
    await settle(office.tenant)
    expect(await office.admin.ask('GET', `${base}/audit/verify`)).toMatchObject({ body: { ok: true } })
  })
})
