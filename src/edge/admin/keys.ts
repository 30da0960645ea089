import { createRoute, z } from '@hono/zod-openapi'
import { base64url } from 'jose'
import { sha256 } from '../../lib/bytes'
import { now } from '../../lib/clock'
import { newId } from '../../lib/ids'
import { invalid, problem } from '../../lib/problem'
import { findKey, hasAdminKey, insertKey, type Key, listKeys, revokeKey, Scope } from '../../store/keys'
import { findTenant } from '../../store/tenants'
import { SERVICE_TENANT } from '../tenants'
import {
  type AdminContext,
  answers,
  bodyOf,
  dbOf,
  InKey,
  made,
  makeApi,
  nextOf,
  notFound,
  Paged,
  PageQuery,
} from './api'
import { needs, unbound } from './auth'
import { change } from './change'

const KeyView = z
  .object({
    id: z.string(),
    principal: z.string(),
    madeBy: z.string(),
    scopes: z.array(Scope),
    tenant: z.string().nullable(),
    createdAt: z.number(),
    revokedAt: z.number().nullable(),
  })
  .openapi('Key')

const NewKey = z
  .strictObject({
    principal: z.string().min(1).max(200).openapi({ description: 'The person or program that uses it' }),
    scopes: z.array(Scope).min(1),
    tenant: z.string().optional(),
  })
  .openapi({ example: { principal: 'Ada, bookkeeper', scopes: ['read', 'operate'] } })

/** A key is shown once, when it is made; afterwards only its digest exists. */
export const keys = makeApi()

keys.openapi(
  createRoute({
    method: 'post',
    path: '/keys',
    summary: 'Make a key; it is shown this once',
    request: bodyOf(NewKey),
    responses: made(KeyView.extend({ key: z.string() }), 'The key'),
  }),
  async (c) => {
    const wanted = c.req.valid('json')
    await refuseUnlessMayMake(c, wanted)
    if (wanted.tenant !== undefined && !(await findTenant(dbOf(c), wanted.tenant)))
      throw invalid([{ path: 'tenant', message: 'there is no such tenant' }])
    const key = `mlc_${base64url.encode(crypto.getRandomValues(new Uint8Array(32)))}`
    const row: Key = {
      id: newId('k', now()),
      principal: wanted.principal,
      madeBy: c.get('caller').principal,
      scopes: wanted.scopes,
      tenant: wanted.tenant ?? null,
      createdAt: now(),
      revokedAt: null,
    }
    const action = { tenant: SERVICE_TENANT, name: 'key.create', details: { ...row } }
    await change(c, action, [insertKey(dbOf(c), row, await sha256(key))])
    return c.json({ ...row, key }, 201)
  },
)

/** Nobody hands out more than they have. */
const refuseUnlessMayMake = async (c: AdminContext, wanted: z.infer<typeof NewKey>): Promise<void> => {
  const { bootstrap, scopes, tenant } = c.get('caller')
  if (bootstrap) {
    if (await hasAdminKey(dbOf(c)))
      throw problem(403, 'admin_token_spent', 'there is an admin key already: use it, or revoke it first')
    return
  }
  const lacking = ['admin' as const, ...wanted.scopes].find((scope) => !scopes.has(scope))
  if (lacking) throw problem(403, 'scope_missing', `this key lacks the scope "${lacking}"`)
  if (tenant !== null && wanted.tenant !== tenant)
    throw problem(403, 'key_bound_to_tenant', 'this key only makes keys for its own tenant')
}

keys.openapi(
  createRoute({
    method: 'get',
    path: '/keys',
    summary: 'List keys, without the keys',
    middleware: [needs('admin'), unbound],
    request: { query: PageQuery },
    responses: answers(Paged(KeyView), 'Keys, newest first'),
  }),
  async (c) => {
    const { cursor, limit } = c.req.valid('query')
    const items = await listKeys(dbOf(c), cursor, limit)
    return c.json({ items, next: nextOf(items, limit, ({ id }) => id) }, 200)
  },
)

keys.openapi(
  createRoute({
    method: 'delete',
    path: '/keys/{id}',
    summary: 'Revoke a key',
    middleware: [needs('admin'), unbound],
    request: { params: InKey },
    responses: answers(z.object({ id: z.string(), revokedAt: z.number() }), 'It no longer opens anything'),
  }),
  async (c) => {
    const { id } = c.req.valid('param')
    const known = await findKey(dbOf(c), id)
    if (!known) throw notFound('key')
    const revokedAt = known.revokedAt ?? now()
    const details = { id, principal: known.principal, before: { revokedAt: known.revokedAt }, after: { revokedAt } }
    const action = { tenant: SERVICE_TENANT, name: 'key.revoke', details }
    await change(c, action, [revokeKey(dbOf(c), id, revokedAt)])
    return c.json({ id, revokedAt }, 200)
  },
)
