import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, it } from 'vitest'
import { admin, adminKey } from '../../support/office'
import { as, type KeyMade, keyWith, makeKey, newTenant, ORIGIN, refusedAs, rowsOf, send } from './support'

const FIRST = { principal: 'first', scopes: ['admin'] }

describe('the bootstrap token', () => {
  it('makes the first admin key and is spent, also for keys of less scope', async () => {
    await adminKey()
    const token = as(env.ADMIN_TOKEN)
    expect(await token.ask('POST', '/v1/keys', FIRST)).toEqual(refusedAs(403, 'admin_token_spent'))
    expect(await token.ask('POST', '/v1/keys', { principal: 'x', scopes: ['read'] })).toEqual(
      refusedAs(403, 'admin_token_spent'),
    )
  })

  it('is spent also while the only other live key with admin is bound to a tenant', async () => {
    await makeKey(['admin'], await newTenant())
    expect(await as(env.ADMIN_TOKEN).ask('POST', '/v1/keys', FIRST)).toEqual(refusedAs(403, 'admin_token_spent'))
  })

  it('cannot be used as the name of a tenant key: nothing else than making keys is open to it', async () => {
    for (const path of ['/v1/keys', '/v1/tenants', '/v1/health', '/v1/dead-letters'])
      expect(await as(env.ADMIN_TOKEN).ask('GET', path)).toEqual(refusedAs(403, 'bootstrap_only_makes_keys'))
  })
})

describe('a caller who cannot be told', () => {
  const statusWith = async (headers: Record<string, string>) => {
    const response = await send(new Request(`${ORIGIN}/v1/tenants`, { headers }))
    return [response.status, response.headers.get('content-type'), response.headers.get('www-authenticate')]
  }

  it.each([
    ['no header', {}],
    ['an empty header', { authorization: '' }],
    ['no token', { authorization: 'Bearer' }],
    ['another scheme', { authorization: `Basic ${btoa('a:b')}` }],
    ['no scheme', { authorization: 'marker-secret-admin-token' }],
    ['an unknown key', { authorization: 'Bearer mlc_AAAA' }],
    ['two tokens', { authorization: 'Bearer a b' }],
  ])('is refused with 401: %s', async (_, headers) => {
    expect(await statusWith(headers)).toEqual([401, 'application/problem+json', 'Bearer'])
  })

  it('is refused before anything is said about the route', async () => {
    const response = await send(new Request(`${ORIGIN}/v1/no/such/route`, { method: 'PUT', body: 'x' }))
    expect(response.status).toBe(401)
  })
})

describe('a key', () => {
  it('is shown once: neither lists nor the database have it', async () => {
    const made = await makeKey(['read'])
    expect(made.key).toMatch(/^mlc_[\w-]{43}$/)
    const listed = await (await admin()).call<{ items: { id: string }[] }>('GET', '/v1/keys?limit=100')
    expect(listed.items.map(({ id }) => id)).toContain(made.id)
    const stored = await rowsOf<{ hash: string }>('select * from api_keys where id = ?', made.id)
    expect(JSON.stringify([listed, stored])).not.toContain(made.key.slice(4))
    expect(JSON.stringify(listed)).not.toContain(stored[0]?.hash)
  })

  it('opens nothing once it is revoked, and says no more than an unknown one', async () => {
    const { id, key } = await makeKey(['read'])
    expect((await as(key).ask('GET', '/v1/tenants')).status).toBe(200)
    await (await admin()).call('DELETE', `/v1/keys/${id}`)
    const unknown = await as('mlc_unknown').ask('GET', '/v1/tenants')
    expect(await as(key).ask('GET', '/v1/tenants')).toEqual(unknown)
    expect(unknown).toEqual(refusedAs(401, 'unknown_key'))
  })

  it('stays revoked at the time it was revoked first', async () => {
    const api = await admin()
    const { id } = await makeKey(['read'])
    const first = await api.call('DELETE', `/v1/keys/${id}`)
    expect(await api.call('DELETE', `/v1/keys/${id}`)).toEqual(first)
    expect(await api.ask('DELETE', '/v1/keys/k_none')).toEqual(refusedAs(404, 'not_found'))
  })

  it('names who uses it and who made it', async () => {
    const maker = await makeKey(['admin'])
    const made = await as(maker.key).call('POST', '/v1/keys', { principal: 'Ada', scopes: ['read'] })
    expect(made).toMatchObject({ principal: 'Ada', madeBy: 'helper', tenant: null, revokedAt: null })
  })

  it('hands out no scope that it lacks: approving is not part of admin', async () => {
    const api = await keyWith(['admin'])
    for (const scope of ['read', 'source', 'operate', 'admin'])
      expect((await api.ask('POST', '/v1/keys', { principal: 'x', scopes: [scope] })).status).toBe(201)
    expect(await api.ask('POST', '/v1/keys', { principal: 'x', scopes: ['approve'] })).toEqual(
      refusedAs(403, 'scope_missing'),
    )
  })
})

describe('a key that is bound to a tenant', () => {
  let own: string
  let other: string
  beforeAll(async () => {
    own = await newTenant()
    other = await newTenant()
  })

  it('makes keys for that tenant only', async () => {
    const api = await keyWith(['admin'], own)
    const make = (tenant?: string) => api.ask('POST', '/v1/keys', { principal: 'x', scopes: ['read'], tenant })
    expect(await make(other)).toEqual(refusedAs(403, 'key_bound_to_tenant'))
    expect(await make()).toEqual(refusedAs(403, 'key_bound_to_tenant'))
    const { status, body } = await make(own)
    expect([status, body]).toEqual([201, expect.objectContaining({ tenant: own })])
  })

  it('does not learn whether another tenant exists', async () => {
    const api = await keyWith(['read'], own)
    const [real, none] = [`/v1/tenants/${other}/records`, '/v1/tenants/t_none/records']
    expect(await api.ask('GET', real)).toEqual(await api.ask('GET', none))
    expect((await api.ask('GET', `/v1/tenants/${own}/records`)).status).toBe(200)
  })

  it('cannot reach what belongs to another tenant through its own', async () => {
    const api = await admin()
    const connection = { vendor: 'wave', name: 'theirs' }
    const { id } = await api.call<KeyMade>('POST', `/v1/tenants/${other}/connections`, connection)
    const bound = await keyWith(['admin'], own)
    expect(await bound.ask('GET', `/v1/tenants/${own}/connections/${id}`)).toEqual(refusedAs(404, 'not_found'))
  })
})

describe('the bootstrap token, once more', () => {
  it('works again only after the last admin key is revoked', async () => {
    const api = await admin()
    const { items } = await api.call<{ items: { id: string; principal: string; scopes: string[] }[] }>(
      'GET',
      '/v1/keys?limit=100',
    )
    const admins = items.filter(({ scopes }) => scopes.includes('admin'))
    const own = admins.find(({ principal }) => principal === 'tests')
    for (const { id } of admins) if (id !== own?.id) await api.call('DELETE', `/v1/keys/${id}`)
    expect((await as(env.ADMIN_TOKEN).ask('POST', '/v1/keys', FIRST)).status).toBe(403)
    await api.call('DELETE', `/v1/keys/${own?.id}`)
    expect((await as(env.ADMIN_TOKEN).ask('POST', '/v1/keys', FIRST)).status).toBe(201)
    expect((await as(env.ADMIN_TOKEN).ask('POST', '/v1/keys', FIRST)).status).toBe(403)
  })
})
