import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import type { AuditEntry, RecordState } from '../../../src/core/audit'
import { openDb } from '../../../src/store/config'
import { project } from '../../../src/store/journal'
import { newTenant, type Office, openOffice, openStage, type Stage } from './support'

const INVOICES = 'wave-cin7/invoice-to-sale'

let stage: Stage
let office: Office
let integration: string
let base: string
beforeEach(async () => {
  stage = await openStage()
  office = await openOffice(stage)
  const path = `/v1/tenants/${office.tenant}/integrations`
  integration = (await stage.root.call<{ id: string }>('POST', path, office.wanted)).id
  base = `/v1/tenants/${office.tenant}/records`
})

const stateOf = (n: number, over: Partial<RecordState> = {}): RecordState => ({
  id: `r_${n}`,
  integration,
  flow: INVOICES,
  sourceId: `s-${n}`,
  sourceNumber: `INV-${n}`,
  targetId: '',
  targetNumber: '',
  state: 'done',
  reason: '',
  code: '',
  text: '',
  remedy: '',
  version: '',
  at: n,
  ...over,
})

const entryOf = (record: string, outcome: string): AuditEntry => ({
  at: 1,
  kind: 'attempt',
  actor: { by: 'webhook' },
  record,
  outcome,
  requests: [],
  correlation: 'x_1',
})

/** As the tenant's outbox writes it. */
const happened = (states: RecordState[], seq = 1) =>
  project(
    openDb(env.DB),
    office.tenant,
    states.map((state, at) => ({
      seq: seq + at,
      record: state.id,
      entry: JSON.stringify(entryOf(state.id, state.state)),
      mac: '',
      state: JSON.stringify(state),
      alert: null,
    })),
  )

const list = async (query = '') =>
  stage.root.call<{ items: RecordState[]; next: string | null }>('GET', `${base}?${query}`)

describe('the list of records', () => {
  it('pages newest first without a gap or a repeat', async () => {
    await happened([1, 2, 3, 4, 5].map((n) => stateOf(n)))
    const seen: string[] = []
    let cursor = ''
    for (let pages = 0; pages < 5; pages += 1) {
      const page = await list(`limit=2${cursor && `&cursor=${cursor}`}`)
      seen.push(...page.items.map(({ id }) => id))
      if (page.next === null) break
      cursor = page.next
    }
    expect(seen).toEqual(['r_5', 'r_4', 'r_3', 'r_2', 'r_1'])
  })

  it.each([
    ['status=failed', ['r_3']],
    ['flow=other/flow', ['r_2']],
    ['q=INV-1', ['r_1', 'r_4']],
    ['q=INV-12', ['r_4']],
    ['q=s-2', ['r_2']],
    ['q=S-2', []],
    ['q=%25', []],
    ['q=INV&status=failed', ['r_3']],
    [`q=INV&flow=${INVOICES}&limit=1`, ['r_1']],
    ['integration=i_none', []],
  ])('filters by %s', async (query, ids) => {
    const numbered = { sourceNumber: 'INV-12' }
    const other = { flow: 'other/flow', sourceNumber: 'CUS-2' }
    await happened([stateOf(1), stateOf(2, other), stateOf(3, { state: 'failed' }), stateOf(4, numbered)])
    expect((await list(query)).items.map(({ id }) => id)).toEqual(ids)
  })

  it('shows a record of another tenant to nobody', async () => {
    await happened([stateOf(1)])
    const other = `/v1/tenants/${await newTenant(stage)}/records`
    expect(await stage.root.call('GET', other)).toEqual({ items: [], next: null })
    expect((await stage.root.ask('GET', `${other}/r_1`)).status).toBe(404)
    expect((await stage.root.ask('GET', `${other}/r_1/source`)).status).toBe(404)
    expect((await stage.root.ask('POST', `${other}/r_1/replay`)).status).toBe(404)
    expect(stage.asked.some(({ call }) => call === 'source' || call === 'replay')).toBe(false)
  })

  it.each(['limit=0', 'limit=101', 'limit=x', 'from=yesterday', 'q='])('is 422 for %s', async (query) => {
    expect(await stage.root.ask('GET', `${base}?${query}`)).toMatchObject({
      status: 422,
      body: { problems: [{ path: `query.${query.split('=')[0]}` }] },
    })
  })
})

describe('one record', () => {
  it('comes with its timeline, oldest first', async () => {
    await happened([stateOf(1, { state: 'failed' }), stateOf(2), stateOf(1)])
    const shown = await stage.root.call('GET', `${base}/r_1`)
    expect(shown).toMatchObject({
      id: 'r_1',
      state: 'done',
      timeline: [
        { seq: 1, outcome: 'failed' },
        { seq: 3, outcome: 'done' },
      ],
    })
  })

  it('shows its source only to a key with that scope, and that it did stands in the audit', async () => {
    await happened([stateOf(1)])
    const reader = await stage.keyWith(['read', 'operate'])
    expect((await reader.ask('GET', `${base}/r_1/source`)).status).toBe(403)
    const auditor = await stage.keyWith(['source'])
    expect(await auditor.call('GET', `${base}/r_1/source`)).toEqual({
      sourceId: 's-1',
      readAt: 5,
      body: { total: '12.50' },
    })
    expect(stage.asked.map(({ call }) => call).slice(-2)).toEqual(['source', 'note'])
    expect(JSON.stringify(stage.asked.at(-1))).toContain('record.source')
  })

  it('is not shown where the audit cannot take it down', async () => {
    await happened([stateOf(1)])
    stage.answer({ note: () => Promise.reject(new Error('down')) })
    const answer = await stage.root.ask('GET', `${base}/r_1/source`)
    expect(answer.status).toBe(500)
    expect(JSON.stringify(answer.body)).not.toContain('12.50')
  })
})

describe('a replay', () => {
  it('passes on what is asked, and needs the scope operate', async () => {
    await happened([stateOf(1)])
    await stage.root.call('POST', `${base}/r_1/replay`)
    await stage.root.call('POST', `${base}/r_1/replay`, { reread: true, remap: true })
    const asked = stage.asked.filter(({ call }) => call === 'replay').map(({ args }) => args)
    expect(asked).toMatchObject([
      ['r_1', { reread: false, remap: false }, expect.stringMatching(/^k_/)],
      ['r_1', { reread: true, remap: true }, expect.stringMatching(/^k_/)],
    ])
    expect((await (await stage.keyWith(['read'])).ask('POST', `${base}/r_1/replay`)).status).toBe(403)
    expect(await stage.root.ask('POST', `${base}/r_1/replay`, { remap: 'yes' })).toMatchObject({
      status: 422,
      body: { problems: [{ path: 'remap' }] },
    })
  })
})

describe('carrying a record now', () => {
  it('hands a job to the tenant, in the name of the key', async () => {
    const path = `/v1/tenants/${office.tenant}/integrations/${integration}/records`
    await stage.root.call('POST', path, { flow: INVOICES, sourceId: '42' })
    const [job] = stage.asked.filter(({ call }) => call === 'accept')
    expect(job).toMatchObject({
      tenant: office.tenant,
      args: [[{ kind: 'carry', integration, flow: INVOICES, sourceId: '42', actor: { by: 'key' } }]],
    })
    expect(await stage.root.ask('POST', path, { flow: 'no/flow', sourceId: '42' })).toMatchObject({
      status: 422,
      body: { problems: [{ path: 'flow' }] },
    })
  })
})

describe('the audit', () => {
  it('pages by sequence, and filters by record', async () => {
    await happened([stateOf(1), stateOf(2), stateOf(1)])
    const path = `/v1/tenants/${office.tenant}/audit`
    const first = await stage.root.call<{ items: { seq: number }[]; next: string }>('GET', `${path}?limit=2`)
    expect(first).toMatchObject({ items: [{ seq: 1 }, { seq: 2 }], next: '2' })
    const rest = await stage.root.call('GET', `${path}?limit=2&cursor=${first.next}`)
    expect(rest).toMatchObject({ items: [{ seq: 3 }], next: null })
    expect(await stage.root.call('GET', `${path}?record=r_1`)).toMatchObject({ items: [{ seq: 1 }, { seq: 3 }] })
  })
})
