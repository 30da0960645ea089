import { createRoute, z } from '@hono/zod-openapi'
import { checkEnv } from '../../env'
import { now } from '../../lib/clock'
import { newId } from '../../lib/ids'
import { newDataKey, wrapKey } from '../../lib/seal'
import { findTenant, insertTenant, listTenants, renameTenant, type TenantRow } from '../../store/tenants'
import { SERVICE_TENANT } from '../tenants'
import {
  type AdminContext,
  answers,
  bodyOf,
  dbOf,
  InTenant,
  made,
  makeApi,
  nextOf,
  notFound,
  Paged,
  PageQuery,
} from './api'
import { needs, unbound, withinTenant } from './auth'
import { change } from './change'

const TenantView = z
  .object({ id: z.string(), name: z.string(), version: z.number(), createdAt: z.number() })
  .openapi('Tenant')
const NewTenant = z
  .strictObject({ name: z.string().min(1).max(200) })
  .openapi({ example: { name: 'Harbour Lane Trading' } })

const viewOf = ({ id, name, version, createdAt }: Omit<TenantRow, 'pokedAt'>) => ({ id, name, version, createdAt })

export const theTenant = async (c: AdminContext, id: string): Promise<TenantRow> => {
  const tenant = await findTenant(dbOf(c), id)
  if (!tenant) throw notFound('tenant')
  return tenant
}

export const tenants = makeApi()

tenants.openapi(
  createRoute({
    method: 'post',
    path: '/tenants',
    summary: 'Add a business',
    middleware: [needs('admin'), unbound],
    request: bodyOf(NewTenant),
    responses: made(TenantView, 'The tenant, with a data key of its own'),
  }),
  async (c) => {
    const { name } = c.req.valid('json')
    const id = newId('t', now())
    const dataKey = await wrapKey(checkEnv(c.env).keyring, id, newDataKey())
    const row = { id, name, version: 1, dataKey, createdAt: now() }
    const action = { tenant: SERVICE_TENANT, name: 'tenant.create', details: { id, name } }
    await change(c, action, [insertTenant(dbOf(c), row)])
    return c.json(viewOf(row), 201)
  },
)

tenants.openapi(
  createRoute({
    method: 'get',
    path: '/tenants',
    summary: 'List businesses',
    middleware: [needs('read'), unbound],
    request: { query: PageQuery },
    responses: answers(Paged(TenantView), 'Tenants in the order they were added'),
  }),
  async (c) => {
    const { cursor = '', limit } = c.req.valid('query')
    const rows = await listTenants(dbOf(c), cursor, limit)
    const items = rows.filter(({ id }) => id !== SERVICE_TENANT).map(viewOf)
    return c.json({ items, next: nextOf(rows, limit, ({ id }) => id) }, 200)
  },
)

tenants.openapi(
  createRoute({
    method: 'get',
    path: '/tenants/{tenant}',
    summary: 'Show a business',
    middleware: [needs('read'), withinTenant],
    request: { params: InTenant },
    responses: answers(TenantView, 'The tenant'),
  }),
  async (c) => c.json(viewOf(await theTenant(c, c.req.valid('param').tenant)), 200),
)

tenants.openapi(
  createRoute({
    method: 'patch',
    path: '/tenants/{tenant}',
    summary: 'Rename a business',
    middleware: [needs('admin'), withinTenant],
    request: { params: InTenant, ...bodyOf(NewTenant) },
    responses: answers(TenantView, 'The tenant'),
  }),
  async (c) => {
    const before = await theTenant(c, c.req.valid('param').tenant)
    const { name } = c.req.valid('json')
    const details = { before: { name: before.name }, after: { name } }
    await change(c, { tenant: before.id, name: 'tenant.update', details }, [renameTenant(dbOf(c), before.id, name)])
    return c.json(viewOf(await theTenant(c, before.id)), 200)
  },
)
