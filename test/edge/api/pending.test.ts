import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { handOnPending } from '../../../src/edge/pending'
import { admin, adminKey } from '../../support/office'
import { settle } from '../../support/settle'
import { as, newTenant, refusedAs, rowsOf } from './support'

/** Tenants whose objects were reset in the middle of the call. */
const unreachable = {
  TENANT: { idFromName: (name: string) => name, get: () => ({ configure: () => Promise.reject(new Error('reset')) }) },
}

let tenant: string
beforeEach(async () => {
  tenant = await newTenant('before')
})

const pending = () => rowsOf<{ id: string; entry: string }>('select * from pending_actions where tenant = ?', tenant)
const actions = async () => {
  await settle(tenant)
  const path = `/v1/tenants/${tenant}/audit?limit=100`
  return (await (await admin()).call<{ items: { outcome: string; details: object }[] }>('GET', path)).items
}
const rename = async (name: string) => as(await adminKey(), unreachable).ask('PATCH', `/v1/tenants/${tenant}`, { name })

describe('a change that the tenant does not hear of', () => {
  it('is saved, says so with 503, and waits', async () => {
    expect(await rename('after')).toEqual(refusedAs(503, 'saved_not_active'))
    expect(await (await admin()).call('GET', `/v1/tenants/${tenant}`)).toMatchObject({ name: 'after', version: 2 })
    expect(await pending()).toHaveLength(1)
    expect(await actions()).toEqual([])
  })

  it('comes into the audit once, however often it is handed on', async () => {
    await rename('after')
    const [row] = await pending()
    await handOnPending(env)
    expect(await pending()).toEqual([])
    // The tenant took it, and the row stayed because the answer was lost.
    await env.DB.prepare('insert into pending_actions (id, tenant, version, entry, at) values (?, ?, 2, ?, 0)')
      .bind(row?.id, tenant, row?.entry)
      .run()
    await handOnPending(env)
    expect(await pending()).toEqual([])
    expect(await actions()).toMatchObject([
      { outcome: 'tenant.update', details: { before: { name: 'before' }, after: { name: 'after' } } },
    ])
  })

  it('keeps its row while the tenant stays away, and its place among several', async () => {
    for (const name of ['second', 'third', 'fourth']) await rename(name)
    await handOnPending({ ...env, TENANT: Object.assign(Object.create(env.TENANT), unreachable.TENANT) })
    expect(await pending()).toHaveLength(3)
    await handOnPending(env)
    expect((await actions()).map(({ details }) => details)).toMatchObject([
      { after: { name: 'second' } },
      { after: { name: 'third' } },
      { after: { name: 'fourth' } },
    ])
  })

  it('is brought along by no later one: each has its own line', async () => {
    await rename('unheard')
    await (await admin()).call('PATCH', `/v1/tenants/${tenant}`, { name: 'heard' })
    expect(await pending()).toHaveLength(1)
    await handOnPending(env)
    const names = (await actions()).map(({ details }) => JSON.stringify(details))
    expect(names.filter((text) => text.includes('"after":{"name":"unheard"}'))).toHaveLength(1)
    expect(names.filter((text) => text.includes('"after":{"name":"heard"}'))).toHaveLength(1)
  })
})

describe('a new key whose audit line is not heard of', () => {
  it('is not handed out, and the line still comes', async () => {
    const api = as(await adminKey(), unreachable)
    const answer = await api.ask('POST', '/v1/keys', { principal: 'unheard', scopes: ['read'] })
    expect(answer).toEqual(refusedAs(503, 'saved_not_active'))
    expect(JSON.stringify(answer)).not.toContain('mlc_')
    await handOnPending(env)
    await settle('service')
    const { items } = await (await admin()).call<{ items: object[] }>('GET', '/v1/tenants/service/audit?limit=100')
    expect(items.filter((item) => JSON.stringify(item).includes('unheard'))).toMatchObject([{ outcome: 'key.create' }])
  })
})
