import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, it } from 'vitest'
import { newTenant, openStage, type Stage } from './support'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})

describe('tenants', () => {
  it('are made with a data key of their own, which is never shown', async () => {
    const made = await stage.root.call<{ id: string }>('POST', '/v1/tenants', { name: 'A' })
    expect(made).toEqual({ id: expect.stringMatching(/^t_/), name: 'A', version: 1, createdAt: expect.any(Number) })
    const stored = await env.DB.prepare('select data_key from tenants where id = ?').bind(made.id).first('data_key')
    expect(stored).toMatch(/^eyJ/)
    const told = JSON.stringify(stage.asked.at(-1))
    expect(stage.asked.at(-1)?.tenant).toBe('service')
    expect(told).toContain('tenant.create')
    expect(told).not.toContain(String(stored))
  })

  it('are renamed with a new version', async () => {
    const id = await newTenant(stage)
    expect(await stage.root.call('PATCH', `/v1/tenants/${id}`, { name: 'B' })).toMatchObject({ name: 'B', version: 2 })
    expect(stage.asked.at(-1)).toMatchObject({ tenant: id, call: 'configure', args: [2, [{ id: expect.any(String) }]] })
  })

  it('page, and the reserved one is not among them', async () => {
    const ids = [await newTenant(stage), await newTenant(stage), await newTenant(stage)]
    const seen: string[] = []
    let cursor = ''
    for (;;) {
      const page = await stage.root.call<{ items: { id: string }[]; next: string | null }>(
        'GET',
        `/v1/tenants?limit=2${cursor && `&cursor=${cursor}`}`,
      )
      seen.push(...page.items.map(({ id }) => id))
      if (page.next === null) break
      cursor = page.next
    }
    expect(seen).toEqual(expect.arrayContaining(ids))
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen).not.toContain('service')
  })

  it('of the service can be looked at, not changed', async () => {
    expect((await stage.root.ask('GET', '/v1/tenants/service/audit')).status).toBe(200)
    expect((await stage.root.ask('PATCH', '/v1/tenants/service', { name: 'x' })).status).toBe(404)
    const connection = { vendor: 'wave', name: 'x' }
    expect((await stage.root.ask('POST', '/v1/tenants/service/connections', connection)).status).toBe(404)
  })

  it.each(['', '/connections', '/integrations', '/records', '/audit'])(
    'that do not exist are 404: %s',
    async (path) => {
      expect(await stage.root.ask('GET', `/v1/tenants/t_none${path}`)).toMatchObject({
        status: 404,
        body: { code: 'not_found' },
      })
    },
  )

  it.each([[{}], [{ name: '' }], [{ name: 3 }], [{ name: 'x', plan: 'gold' }]])('are 422 for %j', async (body) => {
    expect(await stage.root.ask('POST', '/v1/tenants', body)).toMatchObject({
      status: 422,
      body: { code: 'invalid', problems: [{ path: expect.any(String) }] },
    })
  })
})

describe('whatever goes wrong', () => {
  it('is problem+json for an unknown route', async () => {
    const response = await stage.raw('/v1/nothing')
    expect(response.status).toBe(404)
    expect(await response.json()).toMatchObject({ code: 'no_such_route' })
  })

  it('is 400 for a body that is not JSON', async () => {
    const headers = {
      authorization: `Bearer ${(await stage.root.call<{ key: string }>('POST', '/v1/keys', { principal: 'x', scopes: ['admin'] })).key}`,
      'content-type': 'application/json',
    }
    const response = await stage.raw('/v1/tenants', { method: 'POST', headers, body: '{"name":' })
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ code: 'bad_request' })
  })

  it('says nothing of what it was about where it is unknown', async () => {
    const DB = {
      prepare: () => {
        throw new Error('params: marker-secret-parameter')
      },
    }
    const response = await stage.raw('/v1/tenants', {}, { DB })
    expect(response.status).toBe(500)
    const text = await response.text()
    expect(text).toContain('internal')
    expect(text).not.toContain('marker-secret')
  })

  it('has a limit for bodies', async () => {
    const big = await stage.root.ask('POST', '/v1/tenants', { name: 'x'.repeat(1_100_000) })
    expect(big).toMatchObject({ status: 413, body: { code: 'too_large' } })
  })
})

describe('health', () => {
  it('shows each tenant, and which cannot be reached', async () => {
    const id = await newTenant(stage)
    expect(await stage.root.call('GET', '/v1/health?limit=100')).toMatchObject({ ok: true })
    stage.answer({ health: () => Promise.reject(new Error('down')) })
    const health = await stage.root.call<{ ok: boolean; tenants: unknown[] }>('GET', '/v1/health?limit=100')
    expect(health.ok).toBe(false)
    expect(health.tenants).toContainEqual(expect.objectContaining({ id, reachable: false }))
  })
})
