import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, it } from 'vitest'
import { newTenant, openStage, type Stage } from './support'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})

const codeOf = ({ status, body }: { status: number; body: unknown }) => ({ status, body })
const refusedAs = (status: number, code: string) => ({ status, body: expect.objectContaining({ status, code }) })

interface KeyMade {
  id: string
  key: string
}

describe('the bootstrap token', () => {
  it('is spent once there is an admin key', async () => {
    const token = stage.as(env.ADMIN_TOKEN)
    const answer = await token.ask('POST', '/v1/keys', { principal: 'again', scopes: ['admin'] })
    expect(answer).toEqual(refusedAs(403, 'admin_token_spent'))
  })

  it.each([
    ['GET', '/v1/keys'],
    ['GET', '/v1/tenants'],
    ['POST', '/v1/tenants'],
    ['GET', '/v1/health'],
  ])('opens nothing else: %s %s', async (method, path) => {
    const body = method === 'POST' ? { name: 'x' } : undefined
    expect(codeOf(await stage.as(env.ADMIN_TOKEN).ask(method, path, body))).toMatchObject({ status: 403 })
  })
})

describe('a request', () => {
  it.each(['', 'Bearer', 'Bearer wrong', 'Basic abc', 'Bearer mlc_AAAA'])(
    'with the header %j is 401 with problem+json',
    async (authorization) => {
      const response = await stage.raw('/v1/tenants', { headers: { authorization } })
      expect(response.status).toBe(401)
      expect(response.headers.get('content-type')).toBe('application/problem+json')
      expect(response.headers.get('www-authenticate')).toBe('Bearer')
    },
  )

  it.each([
    ['read', 'POST', '/v1/tenants'],
    ['operate', 'GET', '/v1/tenants'],
    ['approve', 'GET', '/v1/tenants'],
    ['source', 'GET', '/v1/dead-letters'],
    ['operate', 'POST', '/v1/keys'],
    ['read', 'GET', '/v1/keys'],
  ])('with only the scope %s is 403: %s %s', async (scope, method, path) => {
    const bodies: Record<string, unknown> = {
      '/v1/tenants': { name: 'x' },
      '/v1/keys': { principal: 'x', scopes: ['read'] },
    }
    const key = await stage.keyWith([scope])
    const answer = await key.ask(method, path, method === 'POST' ? bodies[path] : undefined)
    expect(answer).toEqual(refusedAs(403, 'scope_missing'))
  })
})

describe('a key', () => {
  it('is shown once, kept as a digest, and opens nothing once it is revoked', async () => {
    const made = await stage.root.call<KeyMade>('POST', '/v1/keys', { principal: 'Ada', scopes: ['read'] })
    expect(made.key).toMatch(/^mlc_[\w-]{43}$/)
    const listed = await stage.root.call<{ items: { id: string }[] }>('GET', '/v1/keys')
    expect(listed.items.find(({ id }) => id === made.id)).toMatchObject({ principal: 'Ada', madeBy: 'root' })
    const stored = await env.DB.prepare('select * from api_keys where id = ?').bind(made.id).first()
    expect(JSON.stringify([listed, stored])).not.toContain(made.key)
    expect(JSON.stringify(listed)).not.toContain(String(stored?.hash))

    const reader = stage.as(made.key)
    expect((await reader.ask('GET', '/v1/tenants')).status).toBe(200)
    await stage.root.call('DELETE', `/v1/keys/${made.id}`)
    expect(await reader.ask('GET', '/v1/tenants')).toEqual(refusedAs(401, 'unknown_key'))
    expect((await stage.root.ask('DELETE', '/v1/keys/k_none')).status).toBe(404)
  })

  it('is in the audit of the reserved tenant, without the key', async () => {
    const { id, key } = await stage.root.call<KeyMade>('POST', '/v1/keys', { principal: 'Bo', scopes: ['read'] })
    const told = stage.asked.filter(({ tenant, call }) => tenant === 'service' && call === 'configure').at(-1)
    const text = JSON.stringify(told)
    expect(text).toContain(id)
    expect(text).toContain('key.create')
    expect(text).not.toContain(key)
  })

  it('pages', async () => {
    const first = await stage.root.call<{ items: { id: string }[]; next: string }>('GET', '/v1/keys?limit=1')
    const second = await stage.root.call<{ items: { id: string }[] }>('GET', `/v1/keys?limit=1&cursor=${first.next}`)
    expect(first.items[0]?.id).not.toBe(second.items[0]?.id)
  })

  it('gives nobody more than its maker has: approving is not part of admin', async () => {
    const admin = await stage.keyWith(['admin'])
    const wanted = { principal: 'x', scopes: ['approve'] }
    expect(await admin.ask('POST', '/v1/keys', wanted)).toEqual(refusedAs(403, 'scope_missing'))
    const implied = { principal: 'x', scopes: ['read', 'source', 'operate', 'admin'] }
    expect((await admin.ask('POST', '/v1/keys', implied)).status).toBe(201)
    expect((await stage.root.ask('POST', '/v1/keys', wanted)).status).toBe(201)
  })

  it.each([
    [{ scopes: ['read'] }, 'principal'],
    [{ principal: 'x', scopes: [] }, 'scopes'],
    [{ principal: 'x', scopes: ['everything'] }, 'scopes.0'],
    [{ principal: 'x', scopes: ['read'], tenant: 't_none' }, 'tenant'],
  ])('is 422 for %j', async (body, path) => {
    const answer = await stage.root.ask('POST', '/v1/keys', body)
    expect(answer).toMatchObject({ status: 422, body: { code: 'invalid', problems: [{ path }] } })
  })
})

describe('a key that is bound to a tenant', () => {
  it('sees no other one, and makes keys only for its own', async () => {
    const [own, other] = [await newTenant(stage), await newTenant(stage)]
    const key = await stage.keyWith(['admin'], own)
    expect((await key.ask('GET', `/v1/tenants/${own}`)).status).toBe(200)
    for (const path of ['', '/connections', '/integrations', '/records', '/audit'])
      expect(await key.ask('GET', `/v1/tenants/${other}${path}`)).toEqual(refusedAs(404, 'not_found'))
    expect((await key.ask('GET', '/v1/tenants')).status).toBe(403)
    expect((await key.ask('GET', '/v1/health')).status).toBe(403)
    expect((await key.ask('POST', '/v1/keys', { principal: 'x', scopes: ['read'] })).status).toBe(403)
    expect((await key.ask('POST', '/v1/keys', { principal: 'x', scopes: ['read'], tenant: other })).status).toBe(403)
    expect((await key.ask('POST', '/v1/keys', { principal: 'x', scopes: ['read'], tenant: own })).status).toBe(201)
  })
})
