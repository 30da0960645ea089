import { env } from 'cloudflare:workers'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { AuditEntry } from '../../../src/core/audit'
import type { TenantApi } from '../../../src/core/tenant'
import { now } from '../../../src/lib/clock'
import { openDb } from '../../../src/store/config'
import { insertIntegration } from '../../../src/store/integrations'
import { filled, type Route, routes } from '../api/support'
import { newConnection, type Office, openOffice, openStage, type Stage } from './support'

/** One call of a changing route, and what the audit has to call it. */
interface Call {
  as: string
  /** It changes what is saved: the audit says what stood there before and what stands there now. */
  saves?: true
  body?: unknown
  /** Instead of the parameters of the office. */
  at?: Record<string, string>
  query?: string
  /** What has to be so first. */
  given?: () => Promise<unknown>
}

const APPROVAL = {
  subject: 'settings',
  hash: 'h-1',
  terms: {},
  highest: null,
  price: {},
  askedBy: ['Ada'],
  approvedBy: 'root',
}
const QUEUED = { ok: true, value: { queued: true } } as const

/** What routes ask of a tenant beside what the stage answers. */
const ANSWERS: Partial<TenantApi> = {
  ignore: async () => ({ ok: true, value: { ignored: true } }),
  keepSource: async () => QUEUED,
  keepTarget: async () => QUEUED,
  decide: async () => QUEUED,
  resume: async () => ({ ok: true, value: { resumed: 2 } }),
  link: async () => ({ linked: 1, refused: [] }),
  preview: async () => ({ ok: true, value: '{"items":[],"next":null}' }),
  hooks: async () => ({ ok: true, value: { active: 1, problems: [] } }),
  enter: async () => ({ ok: true, value: null }),
  withdraw: async () => ({ ok: true, value: null }),
  restore: async (_, reason) => Promise.reject(new Error(reason)),
  approve: async () => ({ ok: true, value: APPROVAL }),
  unhook: async () => ({ ok: true, value: null }),
  alert: async () => {},
  erase: async () => {},
}

let stage: Stage
let office: Office
let ids: Record<string, string>
let wise: string
let changing: Route[]

const insert = (table: string, row: Record<string, unknown>): Promise<unknown> => {
  const names = Object.keys(row)
  const text = `insert into ${table} (${names.join(', ')}) values (${names.map(() => '?').join(', ')})`
  return env.DB.prepare(text)
    .bind(...Object.values(row))
    .run()
}

const RECORD = ['integration', 'flow', 'source_id', 'source_number', 'target_id', 'target_number', 'state', 'reason']
const recordRow = () => ({
  ...Object.fromEntries([...RECORD, 'code', 'text', 'remedy', 'version'].map((name) => [name, 'x'])),
  ...{ tenant: office.tenant, id: 'r_1', at: 1, since: 1, seq: 1, first: 1 },
})

const deadLetter = (id: string) => () => {
  const message = { v: 1, kind: 'poll', tenant: office.tenant, integration: ids.integration, pair: 'wave-cin7' }
  const body = JSON.stringify({ ...message, flows: ['wave-cin7/invoice-to-sale'], correlation: 'x_1' })
  return insert('dead_letters', { id, queue: 'wave-cin7', reason: 'late', body, at: 1 })
}

const wiseIntegration = () =>
  insertIntegration(
    openDb(env.DB),
    {
      id: wise,
      tenant: office.tenant,
      pair: 'wave-wise',
      sourceConnection: office.wave,
      targetConnection: office.cin7,
      settings: {},
      flows: Object.fromEntries(
        ['invoice-to-transfer', 'customer-to-recipient'].map((name) => [
          `wave-wise/${name}`,
          { enabled: true, schedule: '0 * * * *', onFailure: 'stop' },
        ]),
      ),
      schedule: '0 * * * *',
      startDate: '2026-01-01',
      state: 'active',
    },
    1,
  )

const confirming = () =>
  env.DB.prepare(`update connections set state = 'confirm' where id = ?`).bind(ids.connection).run()

const T = '/v1/tenants/{tenant}'
const C = `${T}/connections/{connection}`
const I = `${T}/integrations/{integration}`
const R = `${T}/records/{record}`
const FLOW = 'wave-cin7/invoice-to-sale'
const PROFILE = {
  type: 'iban',
  currency: 'EUR',
  accountHolderName: 'Lena Fischer',
  legalType: 'PRIVATE',
  details: { IBAN: 'DE89370400440532013000' },
}

/** In an order in which each can succeed. */
const calls = (): Record<string, Call> => ({
  'POST /v1/keys': { as: 'key.create', body: { principal: 'x', scopes: ['read'] } },
  'DELETE /v1/keys/{id}': { as: 'key.revoke', saves: true },
  'POST /v1/keyring/rotate': { as: 'keyring.rotate', body: {} },
  'POST /v1/tenants': { as: 'tenant.create', body: { name: 'Other' } },
  [`PATCH ${T}`]: { as: 'tenant.update', saves: true, body: { name: 'Harbour' } },
  [`POST ${T}/connections`]: { as: 'connection.create', body: { vendor: 'wave', name: 'w' } },
  [`PATCH ${C}`]: { as: 'connection.update', saves: true, body: { name: 'renamed' } },
  [`PUT ${C}/credentials`]: {
    as: 'connection.credentials',
    saves: true,
    body: { kind: 'token', token: 'marker-secret-other' },
  },
  [`PUT ${C}/webhook-secret`]: {
    as: 'connection.webhook-secret',
    saves: true,
    body: { secret: 'marker-secret-hook' },
  },
  [`POST ${C}/test`]: { as: 'connection.test', saves: true },
  [`POST ${C}/confirm`]: { as: 'connection.confirm', saves: true, given: confirming },
  [`POST ${C}/webhooks`]: { as: 'connection.webhooks', saves: true, at: { connection: office.cin7 } },
  [`PATCH ${I}`]: { as: 'integration.update', saves: true, body: { startDate: '2026-02-01' } },
  [`POST ${I}/pause`]: { as: 'integration.pause', saves: true },
  [`POST ${I}/resume`]: { as: 'integration.resume', saves: true },
  [`POST ${I}/poll`]: { as: 'integration.poll', body: {} },
  [`POST ${I}/backfill`]: { as: 'integration.backfill', body: {} },
  [`POST ${I}/sweep`]: { as: 'integration.sweep', body: {} },
  [`POST ${I}/reconciliation`]: { as: 'integration.reconcile', body: {} },
  [`POST ${I}/match`]: { as: 'integration.match', body: {} },
  [`POST ${I}/matches/accept`]: { as: 'integration.link', body: { sure: 'certain' } },
  [`POST ${I}/preview`]: { as: 'integration.preview', body: { flow: FLOW, sourceId: 's-1' } },
  [`PUT ${I}/mappings/{kind}`]: {
    as: 'mapping.update',
    saves: true,
    body: { entries: [{ code: 'w-sales', target: '200' }] },
  },
  [`POST ${I}/references/refresh`]: { as: 'references.refresh', body: { side: 'source', kind: 'account' } },
  [`POST ${I}/records`]: { as: 'record.carry', body: { flow: FLOW, sourceId: 's-1' } },
  [`POST ${I}/transfers`]: {
    as: 'payment.ask',
    body: { invoiceId: 'i-1', amount: '5.00', currency: 'EUR' },
    at: { integration: wise },
    given: wiseIntegration,
  },
  [`POST ${I}/transfers/withdraw`]: {
    as: 'payment.withdraw',
    body: { invoiceId: 'i-1', reason: 'a credit note came' },
    at: { integration: wise },
  },
  [`PUT ${I}/recipients`]: {
    as: 'recipient.ask',
    body: { customerId: 'c-1', profile: PROFILE },
    at: { integration: wise },
  },
  [`POST ${I}/approvals`]: { as: 'approve', body: { subject: 'settings', hash: 'h-1' } },
  [`POST ${R}/replay`]: { as: 'record.replay', body: {}, given: () => insert('records', recordRow()) },
  [`POST ${T}/replays`]: { as: 'records.replay', body: {} },
  [`POST ${R}/ignore`]: { as: 'record.ignore', body: { reason: 'entered by hand' } },
  [`POST ${R}/resolve`]: { as: 'record.resolve', body: { holds: 'source' } },
  [`POST ${R}/adopt`]: { as: 'record.adopt', body: { targetId: 't-1' } },
  [`POST ${R}/resend`]: { as: 'record.resend' },
  [`POST ${T}/batches/{batch}/resume`]: { as: 'batch.resume' },
  'POST /v1/dead-letters/{id}/replay': {
    as: 'dead-letter.replay',
    at: { id: 'd-1' },
    given: deadLetter('d-1'),
  },
  'DELETE /v1/dead-letters/{id}': { as: 'dead-letter.delete', at: { id: 'd-2' }, given: deadLetter('d-2') },
  'PUT /v1/alert-targets': {
    as: 'alert-targets.update',
    saves: true,
    body: { targets: [{ url: 'https://hooks.test/books' }] },
  },
  'POST /v1/alert-targets/{id}/test': { as: 'alert-targets.test' },
  [`DELETE ${I}`]: { as: 'integration.delete' },
  [`POST ${T}/integrations`]: { as: 'integration.create', body: office.wanted },
  [`DELETE ${C}`]: { as: 'connection.delete', at: { connection: ids.spare ?? '' } },
  [`POST ${T}/restore`]: { as: 'tenant.restore', body: { at: now() - 1_000 } },
  [`DELETE ${T}`]: { as: 'tenant.erase', query: '?name=Harbour' },
})

const Made = z.object({ items: z.array(z.object({ id: z.string() })) })
const Pending = z.object({ id: z.string().startsWith('a_'), entry: z.string() })

/** All actions that tenants were handed since, in whatever call. */
const actionsSince = (before: number): AuditEntry[] =>
  stage.asked
    .slice(before)
    .flatMap(({ args }) => args.flat())
    .flatMap((arg) => Pending.safeParse(arg).data ?? [])
    .map(({ entry }) => AuditEntry.parse(JSON.parse(entry)))

beforeAll(async () => {
  changing = (await routes()).filter(({ method }) => method !== 'GET')
  stage = await openStage()
  stage.answer(ANSWERS)
  office = await openOffice(stage)
  const { id: integration } = await stage.root.call<{ id: string }>(
    'POST',
    `/v1/tenants/${office.tenant}/integrations`,
    office.wanted,
  )
  const { id: key } = await stage.root.call<{ id: string }>('POST', '/v1/keys', { principal: 'y', scopes: ['read'] })
  const spare = await newConnection(stage, office.tenant, 'wave')
  ids = { tenant: office.tenant, connection: office.wave, integration, record: 'r_1', kind: 'account' }
  Object.assign(ids, { batch: 'b_1', id: key, spare })
  wise = 'i_wise'
})

describe('every call that changes something', () => {
  it('is known to this test', () => {
    const named = changing.map(({ method, path }) => `${method} ${path}`)
    expect(Object.keys(calls()).sort()).toEqual(named.sort())
  })

  it('leaves who did it, by which key, and what; of what is saved, how it was before; and never a secret', async () => {
    for (const [name, { as, saves, body, at, query = '', given }] of Object.entries(calls())) {
      await given?.()
      const [method = '', path = ''] = name.split(' ')
      const before = stage.asked.length
      const answer = await stage.root.ask(method, `${filled(path, { ...ids, ...at })}${query}`, body)
      expect([name, answer.status, answer.status < 300 ? '' : answer.body]).toEqual([name, answer.status, ''])
      if (name === 'PUT /v1/alert-targets') ids.id = Made.parse(answer.body).items[0]?.id ?? ''
      const [action, ...more] = actionsSince(before)
      expect([name, action, more]).toEqual([
        name,
        expect.objectContaining({
          kind: 'action',
          outcome: as,
          actor: { by: 'key', id: expect.stringMatching(/^k_/) },
          text: 'root',
          correlation: expect.stringMatching(/^x_/),
          details: saves
            ? expect.objectContaining({ before: expect.anything(), after: expect.anything() })
            : expect.anything(),
        }),
        [],
      ])
      expect([name, JSON.stringify(action)]).not.toEqual([name, expect.stringContaining('marker-secret')])
    }
  })
})

describe('what was done before', () => {
  beforeEach(async () => {
    office = await openOffice(stage)
  })

  const webhooks = async (connection: string) => {
    const before = stage.asked.length
    await stage.root.call('POST', `/v1/tenants/${office.tenant}/connections/${connection}/webhooks`)
    return actionsSince(before).map(({ outcome, details = {} }) => ({ outcome, details }))
  }

  it('leaves its line again where it is done again: webhooks that are there already', async () => {
    const [first] = await webhooks(office.cin7)
    const [again] = await webhooks(office.cin7)
    expect(first).toMatchObject({ outcome: 'connection.webhooks', details: { before: [] } })
    const events = z.array(z.string()).parse(first?.details.after)
    expect(events.length).toBeGreaterThan(5)
    const same = expect.arrayContaining(events)
    expect(again).toMatchObject({ outcome: 'connection.webhooks', details: { before: same, after: same } })
  })

  it('leaves its line where only a person can do it', async () => {
    const details = { id: office.wave, how: 'by hand' }
    expect(await webhooks(office.wave)).toEqual([{ outcome: 'connection.webhooks', details }])
  })
})
