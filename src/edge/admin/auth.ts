import { createMiddleware } from 'hono/factory'
import { sha256 } from '../../lib/bytes'
import { now } from '../../lib/clock'
import { newId } from '../../lib/ids'
import { type ProblemError, problem } from '../../lib/problem'
import { liveKey, type Scope } from '../../store/keys'
import { keyIsWithin, refusalIsWithin } from '../rate-limits'
import { SERVICE_TENANT } from '../tenants'
import { type AdminContext, type AdminEnv, type Caller, dbOf, notFound } from './api'

const utf8 = new TextEncoder()

/** Both are digests of one length, so the time taken tells nothing. */
const sameDigest = (a: string, b: string): boolean => crypto.subtle.timingSafeEqual(utf8.encode(a), utf8.encode(b))

/** `admin` may do all that `read`, `source` and `operate` may; approving is for somebody else. */
const withImplied = (scopes: Scope[]): Set<Scope> =>
  new Set(scopes.includes('admin') ? [...scopes, 'read', 'source', 'operate'] : scopes)

/** Who calls. 401 where nobody can tell. */
export const authenticated = createMiddleware<AdminEnv>(async (c, next) => {
  const token = /^Bearer (\S+)$/.exec(c.req.header('authorization') ?? '')?.[1]
  if (!token) throw await refusal(c, 'no_key', 'send a key: Authorization: Bearer …')
  c.set('request', newId('x', now()))
  const caller = await callerOf(c, await sha256(token))
  if (!caller) throw await refusal(c, 'unknown_key', 'the key is not known or was revoked')
  if (!(await keyIsWithin(c.env, caller.key)))
    throw problem(
      429,
      'too_many_requests',
      'too many requests with this key: wait for as long as Retry-After says, and take larger pages (limit=100) rather than more of them',
    )
  c.set('caller', caller)
  await next()
})

/** 401, until one address has come too often without a key. */
const refusal = async (c: AdminContext, code: string, detail: string): Promise<ProblemError> =>
  (await refusalIsWithin(c.env, c.req.raw, 'key'))
    ? problem(401, code, detail)
    : problem(
        429,
        'too_many_refused',
        'too many requests from this address without a key that is known: wait for as long as Retry-After says, and check the key',
      )

const callerOf = async (c: AdminContext, digest: string): Promise<Caller | undefined> => {
  if (sameDigest(digest, await sha256(c.env.ADMIN_TOKEN)))
    return { key: 'bootstrap', principal: 'bootstrap', madeBy: '', scopes: new Set(), tenant: null, bootstrap: true }
  const key = await liveKey(dbOf(c), digest)
  return (
    key && {
      key: key.id,
      principal: key.principal,
      madeBy: key.madeBy,
      scopes: withImplied(key.scopes),
      tenant: key.tenant,
      bootstrap: false,
    }
  )
}

export const needs = (scope: Scope) =>
  createMiddleware<AdminEnv>(async (c, next) => {
    const { scopes, bootstrap } = c.get('caller')
    if (bootstrap)
      throw problem(403, 'bootstrap_only_makes_keys', 'ADMIN_TOKEN only makes the first key: POST /v1/keys')
    if (!scopes.has(scope)) throw problem(403, 'scope_missing', `this key lacks the scope "${scope}"`)
    await next()
  })

/** A key that is bound to a tenant does not learn that others exist. The reserved tenant can only be looked at. */
export const withinTenant = createMiddleware<AdminEnv>(async (c, next) => {
  const { tenant } = c.get('caller')
  const asked = c.req.param('tenant')
  if (tenant !== null && tenant !== asked) throw notFound('tenant')
  if (asked === SERVICE_TENANT && c.req.method !== 'GET') throw notFound('tenant')
  await next()
})

/** For what concerns the whole deployment. */
export const unbound = createMiddleware<AdminEnv>(async (c, next) => {
  if (c.get('caller').tenant !== null) throw problem(403, 'key_bound_to_tenant', 'this key is bound to one tenant')
  await next()
})
