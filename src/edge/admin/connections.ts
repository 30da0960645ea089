import { createRoute, z } from '@hono/zod-openapi'
import { now } from '../../lib/clock'
import { newId } from '../../lib/ids'
import { problem } from '../../lib/problem'
import type { ConnectionConfig } from '../../store/config'
import {
  deleteConnection,
  insertConnection,
  isUsed,
  listConnections,
  sharesGrant,
  updateConnection,
} from '../../store/connections'
import { hooksOf } from '../../store/hooks'
import { forgetDoors } from '../doors'
import { giveBack, grantOf } from '../oauth/connect'
import { tenantOf } from '../tenants'
import { type AdminContext, answers, bodyOf, dbOf, InConnection, InTenant, made, makeApi } from './api'
import { needs, withinTenant } from './auth'
import { change } from './change'
import {
  ConnectionDetail,
  ConnectionPatch,
  ConnectionView,
  changed,
  checkedSettings,
  NewConnection,
  theConnection,
  vendorOf,
  viewOf,
} from './connection-shapes'
import { theTenant } from './tenants'

const BASE = '/tenants/{tenant}/connections'
const ONE = `${BASE}/{connection}`

const Gone = z.object({
  id: z.string(),
  problems: z.array(z.string()).openapi({ description: 'What is left at the vendor, to be removed there' }),
})

export const connections = makeApi()

connections.openapi(
  createRoute({
    method: 'post',
    path: BASE,
    summary: 'Add a vendor account; credentials follow',
    middleware: [needs('admin'), withinTenant],
    request: { params: InTenant, ...bodyOf(NewConnection) },
    responses: made(ConnectionView, 'The connection'),
  }),
  async (c) => {
    const { id: tenant } = await theTenant(c, c.req.valid('param').tenant)
    const wanted = c.req.valid('json')
    const settings = checkedSettings(c, vendorOf(wanted.vendor), wanted.settings)
    const id = newId('c', now())
    const action = { tenant, name: 'connection.create', details: { id, ...wanted, settings } }
    await change(c, action, [insertConnection(dbOf(c), { id, tenant, ...wanted, settings }, now())])
    return c.json(viewOf(await theConnection(c, tenant, id)), 201)
  },
)

connections.openapi(
  createRoute({
    method: 'get',
    path: BASE,
    summary: 'List vendor accounts',
    middleware: [needs('read'), withinTenant],
    request: { params: InTenant },
    responses: answers(z.object({ items: z.array(ConnectionView) }), 'Connections, never with credentials'),
  }),
  async (c) => {
    const { id } = await theTenant(c, c.req.valid('param').tenant)
    return c.json({ items: (await listConnections(dbOf(c), id)).map(viewOf) }, 200)
  },
)

connections.openapi(
  createRoute({
    method: 'get',
    path: ONE,
    summary: 'Show a vendor account',
    middleware: [needs('read'), withinTenant],
    request: { params: InConnection },
    responses: answers(ConnectionDetail, 'The connection, never with credentials'),
  }),
  async (c) => {
    const { tenant, connection } = c.req.valid('param')
    const known = await theConnection(c, tenant, connection)
    const state = known.grant === null ? null : await grantOf(c.env, known.grant).state()
    const consent = state && { scope: state.scope, endsAt: state.chainEndsAt }
    return c.json({ ...viewOf(known), consent }, 200)
  },
)

connections.openapi(
  createRoute({
    method: 'patch',
    path: ONE,
    summary: 'Change name or settings, or demand a client certificate of its webhooks',
    middleware: [needs('admin'), withinTenant],
    request: {
      params: InConnection,
      ...bodyOf(ConnectionPatch),
    },
    responses: answers(ConnectionView, 'The connection'),
  }),
  async (c) => {
    const { tenant, connection } = c.req.valid('param')
    const known = await theConnection(c, tenant, connection)
    const { name, settings: old, clientCertificate } = known
    const wanted = c.req.valid('json')
    const settings = wanted.settings && checkedSettings(c, vendorOf(known.vendor), wanted.settings)
    const after = {
      name: wanted.name ?? name,
      settings: settings ?? old,
      clientCertificate: wanted.clientCertificate ?? clientCertificate,
    }
    const action = { tenant, name: 'connection.update', details: changed(known, after) }
    await change(c, action, [updateConnection(dbOf(c), known.id, after)])
    forgetDoors()
    return c.json(viewOf(await theConnection(c, tenant, connection)), 200)
  },
)

connections.openapi(
  createRoute({
    method: 'delete',
    path: ONE,
    summary: 'Remove a vendor account that no integration uses',
    middleware: [needs('admin'), withinTenant],
    request: { params: InConnection },
    responses: answers(Gone, 'It is gone, with its credentials'),
  }),
  async (c) => {
    const { tenant, connection } = c.req.valid('param')
    const known = await theConnection(c, tenant, connection)
    const { id, grant } = known
    if (await isUsed(dbOf(c), id))
      throw problem(409, 'in_use', 'an integration uses this connection: delete that first')
    const problems = await unhooked(c, known)
    const action = { tenant, name: 'connection.delete', details: { id, before: viewOf(known) } }
    await change(c, action, deleteConnection(dbOf(c), id))
    forgetDoors()
    if (grant !== null && !(await sharesGrant(dbOf(c), known))) await giveBack(c.env, grant, true)
    return c.json({ id, problems }, 200)
  },
)

/** While its credentials are there: afterwards the vendor would go on to send. Where that fails, the connection goes all the same. */
export const unhooked = async (c: AdminContext, { id, tenant, vendor }: ConnectionConfig): Promise<string[]> => {
  const hooks = await hooksOf(dbOf(c), id)
  if (hooks.length === 0) return []
  const removed = await tenantOf(c.env, tenant).unhook(id)
  return removed.ok
    ? []
    : [
        `its webhooks are still registered at ${vendor}, where they now fail; remove them there: ${removed.failure.message}`,
      ]
}
