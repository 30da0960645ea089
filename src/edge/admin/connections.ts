import { createRoute, z } from '@hono/zod-openapi'
import { type Account, Account as AccountShape, Environment, type Vendor, VendorName } from '../../core/vendor'
import { checkEnv } from '../../env'
import { now } from '../../lib/clock'
import { newId } from '../../lib/ids'
import { invalid, issuesOf, type ProblemError, problem } from '../../lib/problem'
import { seal, unwrapKey } from '../../lib/seal'
import { vendors } from '../../registry'
import type { ConnectionConfig } from '../../store/config'
import {
  connectAccount,
  deleteConnection,
  findConnection,
  holderOf,
  insertConnection,
  isUsed,
  listConnections,
  setWebhookSecret,
  updateConnection,
} from '../../store/connections'
import { forgetDoors } from '../doors'
import { tenantOf } from '../tenants'
import { type AdminContext, answers, bodyOf, dbOf, InConnection, InTenant, made, makeApi, notFound } from './api'
import { needs, withinTenant } from './auth'
import { change } from './change'
import { theTenant } from './tenants'

const Settings = z
  .record(z.string(), z.unknown())
  .openapi({ description: 'What the vendor needs to know, e.g. businessId' })

const ConnectionView = z
  .object({
    id: z.string(),
    vendor: VendorName,
    environment: Environment,
    name: z.string(),
    account: AccountShape.nullable(),
    settings: Settings,
    state: z.enum(['new', 'ready', 'reconnect']),
    credentials: z.enum(['set', 'missing']),
    webhookSecret: z.enum(['set', 'missing']),
    webhookPath: z.string(),
  })
  .openapi('Connection')

const NewConnection = z
  .strictObject({
    vendor: VendorName,
    environment: Environment.default('production'),
    name: z.string().min(1).max(200),
    settings: Settings.default({}),
  })
  .openapi({ example: { vendor: 'wave', environment: 'production', name: 'Wave', settings: {} } })

const Reached = z.object({ account: AccountShape, ms: z.number() }).openapi('Reached')

const viewOf = (connection: ConnectionConfig): z.infer<typeof ConnectionView> => ({
  id: connection.id,
  vendor: connection.vendor,
  environment: connection.environment,
  name: connection.name,
  account: connection.account,
  settings: connection.settings,
  state: connection.state,
  credentials: connection.credentials === null ? 'missing' : 'set',
  webhookSecret: connection.webhookSecret === null ? 'missing' : 'set',
  webhookPath: `/webhooks/${connection.vendor}/${connection.id}`,
})

export const theConnection = async (c: AdminContext, tenant: string, id: string): Promise<ConnectionConfig> => {
  const connection = await findConnection(dbOf(c), tenant, id)
  if (!connection) throw notFound('connection')
  return connection
}

const vendorOf = (name: VendorName): Vendor => {
  const vendor = vendors[name]
  if (!vendor) throw invalid([{ path: 'vendor', message: `${name} is not supported yet` }])
  return vendor
}

const checkSettings = (c: AdminContext, vendor: Vendor, settings: Record<string, unknown>): void => {
  const parsed = vendor.settings.safeParse(settings)
  if (!parsed.success) throw invalid(issuesOf(parsed.error, 'settings'))
  if (settings.baseUrl !== undefined && !checkEnv(c.env).customBaseUrls)
    throw invalid([{ path: 'settings.baseUrl', message: 'only in development (ALLOW_CUSTOM_BASE_URLS)' }])
}

const BASE = '/tenants/{tenant}/connections'
const ONE = `${BASE}/{connection}`

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
    checkSettings(c, vendorOf(wanted.vendor), wanted.settings)
    const id = newId('c', now())
    const action = { tenant, name: 'connection.create', details: { id, ...wanted } }
    await change(c, action, [insertConnection(dbOf(c), { id, tenant, ...wanted }, now())])
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
  async (c) => c.json({ items: (await listConnections(dbOf(c), c.req.valid('param').tenant)).map(viewOf) }, 200),
)

connections.openapi(
  createRoute({
    method: 'get',
    path: ONE,
    summary: 'Show a vendor account',
    middleware: [needs('read'), withinTenant],
    request: { params: InConnection },
    responses: answers(ConnectionView, 'The connection, never with credentials'),
  }),
  async (c) => {
    const { tenant, connection } = c.req.valid('param')
    return c.json(viewOf(await theConnection(c, tenant, connection)), 200)
  },
)

connections.openapi(
  createRoute({
    method: 'patch',
    path: ONE,
    summary: 'Change name or settings',
    middleware: [needs('admin'), withinTenant],
    request: {
      params: InConnection,
      ...bodyOf(z.strictObject({ name: z.string().min(1).max(200).optional(), settings: Settings.optional() })),
    },
    responses: answers(ConnectionView, 'The connection'),
  }),
  async (c) => {
    const { tenant, connection } = c.req.valid('param')
    const known = await theConnection(c, tenant, connection)
    const before = { name: known.name, settings: known.settings }
    const wanted = c.req.valid('json')
    const after = { name: wanted.name ?? before.name, settings: wanted.settings ?? before.settings }
    checkSettings(c, vendorOf(known.vendor), after.settings)
    const action = { tenant, name: 'connection.update', details: { id: known.id, before, after } }
    await change(c, action, [updateConnection(dbOf(c), known.id, after)])
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
    responses: answers(z.object({ id: z.string() }), 'It is gone, with its credentials'),
  }),
  async (c) => {
    const { tenant, connection } = c.req.valid('param')
    const { id, vendor } = await theConnection(c, tenant, connection)
    if (await isUsed(dbOf(c), id))
      throw problem(409, 'in_use', 'an integration uses this connection: delete that first')
    await change(c, { tenant, name: 'connection.delete', details: { id, vendor } }, [deleteConnection(dbOf(c), id)])
    return c.json({ id }, 200)
  },
)

connections.openapi(
  createRoute({
    method: 'put',
    path: `${ONE}/credentials`,
    summary: 'Store credentials, after they were tried at the vendor',
    middleware: [needs('admin'), withinTenant],
    request: { params: InConnection, ...bodyOf(z.record(z.string(), z.unknown())) },
    responses: answers(Reached, 'They work; this company was reached'),
  }),
  async (c) => {
    const { tenant, connection } = c.req.valid('param')
    const known = await theConnection(c, tenant, connection)
    const parsed = vendorOf(known.vendor).credentials.safeParse(c.req.valid('json'))
    if (!parsed.success) throw invalid(issuesOf(parsed.error))
    const sealed = await sealFor(c, known, 'credentials', JSON.stringify(parsed.data))
    const reached = await reach(c, known, sealed)
    const action = { tenant, name: 'connection.credentials', details: { id: known.id, account: reached.account } }
    await change(c, action, [connectAccount(dbOf(c), known.id, reached.account, sealed)])
    return c.json(reached, 200)
  },
)

connections.openapi(
  createRoute({
    method: 'put',
    path: `${ONE}/webhook-secret`,
    summary: 'Store the secret that the vendor signs its webhooks with',
    middleware: [needs('admin'), withinTenant],
    request: { params: InConnection, ...bodyOf(z.strictObject({ secret: z.string().min(1).max(1000) })) },
    responses: answers(ConnectionView, 'The connection'),
  }),
  async (c) => {
    const { tenant, connection } = c.req.valid('param')
    const known = await theConnection(c, tenant, connection)
    const sealed = await sealFor(c, known, 'webhook-secret', c.req.valid('json').secret)
    const action = { tenant, name: 'connection.webhook-secret', details: { id: known.id } }
    await change(c, action, [setWebhookSecret(dbOf(c), known.id, sealed)])
    forgetDoors()
    return c.json(viewOf(await theConnection(c, tenant, connection)), 200)
  },
)

connections.openapi(
  createRoute({
    method: 'post',
    path: `${ONE}/test`,
    summary: 'Call the real system with the stored credentials',
    middleware: [needs('operate'), withinTenant],
    request: { params: InConnection },
    responses: answers(Reached, 'This company was reached'),
  }),
  async (c) => {
    const { tenant, connection } = c.req.valid('param')
    const known = await theConnection(c, tenant, connection)
    const reached = await reach(c, known)
    const action = { tenant, name: 'connection.test', details: { id: known.id, account: reached.account } }
    await change(c, action, [connectAccount(dbOf(c), known.id, reached.account)])
    return c.json(reached, 200)
  },
)

const sealFor = async (
  c: AdminContext,
  { id, tenant }: ConnectionConfig,
  what: string,
  text: string,
): Promise<string> => {
  const { dataKey } = await theTenant(c, tenant)
  const key = await unwrapKey(checkEnv(c.env).keyring, tenant, dataKey)
  return seal(key, `connection/${id}/${what}`, text)
}

/** Who answers. The account is pinned at first contact, and has one connection in a deployment. */
const reach = async (
  c: AdminContext,
  known: ConnectionConfig,
  sealed?: string,
): Promise<{ account: Account; ms: number }> => {
  const answered = await tenantOf(c.env, known.tenant).reach(known.id, sealed)
  if (!answered.ok) throw refused(answered.failure)
  const { account, ms } = answered.value
  if (known.account && known.account.id !== account.id)
    throw problem(
      409,
      'other_account',
      `these credentials reach ${account.name}; this connection stands for ${known.account.name}. Make a new connection for another company`,
    )
  const holder = await holderOf(dbOf(c), known, account.id)
  if (holder) throw problem(409, 'account_taken', `${account.name} is connected already (${holder})`)
  return { account, ms }
}

const refused = ({ kind, message, remedy }: { kind: string; message: string; remedy: string }): ProblemError =>
  ['unauthorised', 'rejected', 'malformed'].includes(kind)
    ? problem(422, 'credentials_refused', `${message} — ${remedy}`)
    : problem(503, 'vendor_unreachable', `${message} — nothing was stored; try again`)
