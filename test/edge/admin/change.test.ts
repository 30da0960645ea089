import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { handOnPending } from '../../../src/edge/pending'
import { settle } from '../../support/settle'
import { newTenant, openStage, type Stage } from './support'

let stage: Stage
let tenant: string
beforeEach(async () => {
  stage = await openStage()
  tenant = await newTenant(stage)
})

interface PendingRow {
  id: string
  entry: string
  version: number
}

const pendingOf = async (of = tenant): Promise<PendingRow[]> =>
  (await env.DB.prepare('select * from pending_actions where tenant = ?').bind(of).all<PendingRow>()).results

const versionOf = () => env.DB.prepare('select version from tenants where id = ?').bind(tenant).first('version')

describe('a change of configuration', () => {
  it('is in D1, with its audit line, before the tenant hears of it, and gone from there once it knows', async () => {
    const seen: unknown[] = []
    stage.answer({
      configure: async (version, actions) => {
        seen.push({ version, stored: await versionOf(), pending: (await pendingOf()).map(({ id }) => id), actions })
      },
    })
    await stage.root.call('PATCH', `/v1/tenants/${tenant}`, { name: 'B' })
    const id = expect.stringMatching(/^a_/)
    expect(seen).toEqual([{ version: 2, stored: 2, pending: [id], actions: [{ id, entry: expect.any(String) }] }])
    expect(await pendingOf()).toEqual([])
  })

  it('says who did what, when, and what stood there before', async () => {
    await stage.root.call('PATCH', `/v1/tenants/${tenant}`, { name: 'B' })
    const [, actions] = stage.asked.at(-1)?.args ?? []
    const [{ entry } = { entry: '{}' }] = actions as { entry: string }[]
    expect(JSON.parse(entry)).toMatchObject({
      kind: 'action',
      actor: { by: 'key', id: expect.stringMatching(/^k_/) },
      text: 'root',
      outcome: 'tenant.update',
      details: { before: { name: 'Harbour Lane' }, after: { name: 'B' } },
      correlation: expect.stringMatching(/^x_/),
    })
  })

  it('is not saved at all where its audit line cannot be', async () => {
    const failing = {
      ...env.DB,
      prepare: (text: string) => env.DB.prepare(text.replace('insert into "pending_actions"', 'insert into "nowhere"')),
      batch: (statements: D1PreparedStatement[]) => env.DB.batch(statements),
    }
    const { key } = await stage.root.call<{ key: string }>('POST', '/v1/keys', { principal: 'x', scopes: ['admin'] })
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
    const init = { method: 'PATCH', headers, body: JSON.stringify({ name: 'B' }) }
    const response = await stage.raw(`/v1/tenants/${tenant}`, init, { DB: failing })
    expect(response.status).toBe(500)
    expect(await stage.root.call('GET', `/v1/tenants/${tenant}`)).toMatchObject({ name: 'Harbour Lane', version: 1 })
  })

  it('that the tenant did not hear of is 503, stays pending, and is handed on by cron', async () => {
    stage.answer({ configure: () => Promise.reject(new Error('object was reset')) })
    expect(await stage.root.ask('PATCH', `/v1/tenants/${tenant}`, { name: 'B' })).toMatchObject({
      status: 503,
      body: { code: 'saved_not_active' },
    })
    expect(await stage.root.call('GET', `/v1/tenants/${tenant}`)).toMatchObject({ name: 'B', version: 2 })
    expect(await pendingOf()).toHaveLength(1)

    await handOnPending(env)
    expect(await pendingOf()).toEqual([])
    await settle(tenant)
    const { items } = await stage.root.call<{ items: unknown[] }>('GET', `/v1/tenants/${tenant}/audit`)
    expect(items).toMatchObject([{ kind: 'action', outcome: 'tenant.update' }])
  })

  it('is in the audit once, although cron hands it on twice', async () => {
    stage.answer({ configure: () => Promise.reject(new Error('object was reset')) })
    await stage.root.ask('PATCH', `/v1/tenants/${tenant}`, { name: 'B' })
    const [row] = await pendingOf()
    await handOnPending(env)
    await env.DB.prepare('insert into pending_actions (id, tenant, version, entry, at) values (?, ?, 2, ?, 1)')
      .bind(row?.id, tenant, row?.entry)
      .run()
    await handOnPending(env)
    await settle(tenant)
    const { items } = await stage.root.call<{ items: unknown[] }>('GET', `/v1/tenants/${tenant}/audit`)
    expect(items).toHaveLength(1)
  })

  it('waits alone: a tenant that cannot take its own does not delay the others', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => {})
    const broken = await newTenant(stage)
    await env.DB.prepare('insert into pending_actions (id, tenant, version, entry, at) values (?, ?, 1, ?, 1)')
      .bind('a_0', broken, 'not json')
      .run()
    stage.answer({ configure: () => Promise.reject(new Error('object was reset')) })
    await stage.root.ask('PATCH', `/v1/tenants/${tenant}`, { name: 'B' })
    await handOnPending(env)
    expect(await pendingOf()).toEqual([])
    expect(await pendingOf(broken)).toHaveLength(1)
    await env.DB.prepare('delete from pending_actions where id = ?').bind('a_0').run()
    log.mockRestore()
  })
})
