import { z } from '@hono/zod-openapi'
import { Account, Environment, type Vendor, VendorName } from '../../core/vendor'
import { checkEnv } from '../../env'
import { invalid, issuesOf } from '../../lib/problem'
import { addressProblem } from '../../lib/public-address'
import { vendors } from '../../registry'
import type { ConnectionConfig } from '../../store/config'
import { findConnection } from '../../store/connections'
import { type AdminContext, dbOf, notFound } from './api'

const Settings = z
  .record(z.string(), z.unknown())
  .openapi({ description: 'What the vendor needs to know, e.g. businessId' })
const Name = z.string().min(1).max(200)

const Certificate = z.boolean().openapi({
  description: 'Webhooks are only taken with a client certificate that the zone has verified (mTLS)',
})

export const ConnectionView = z
  .object({
    id: z.string(),
    vendor: VendorName,
    environment: Environment,
    name: z.string(),
    account: Account.nullable(),
    settings: Settings,
    state: z.enum(['new', 'confirm', 'ready', 'reconnect']),
    credentials: z.enum(['set', 'missing']),
    webhookSecret: z.enum(['set', 'missing']),
    webhookPath: z.string(),
    clientCertificate: Certificate,
  })
  .openapi('Connection')

/** One connection, with what its consent says. */
export const ConnectionDetail = ConnectionView.extend({
  consent: z
    .object({
      scope: z.string(),
      endsAt: z.number().nullable().openapi({
        description: 'However often its tokens are renewed, milliseconds since 1970; null = not known, or never',
      }),
    })
    .nullable()
    .openapi({ description: 'Null where it was not connected by consent' }),
}).openapi('ConnectionDetail')

export const NewConnection = z
  .strictObject({
    vendor: VendorName,
    environment: Environment.default('production'),
    name: Name,
    settings: Settings.default({}),
  })
  .openapi({ example: { vendor: 'wave', environment: 'production', name: 'Wave', settings: {} } })

export const ConnectionPatch = z.strictObject({
  name: Name.optional(),
  settings: Settings.optional(),
  clientCertificate: Certificate.optional(),
})

export const Reached = z.object({ account: Account, ms: z.number(), warnings: z.array(z.string()) }).openapi('Reached')

/** Secrets only as whether they are there. */
export const viewOf = (connection: ConnectionConfig): z.infer<typeof ConnectionView> => ({
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
  clientCertificate: connection.clientCertificate,
})

/** For the audit: what changed of a connection, before and after, as people may see it. */
export const changed = (connection: ConnectionConfig, after: Partial<z.infer<typeof ConnectionView>>) => {
  const before = Object.entries(viewOf(connection)).filter(([name]) => Object.hasOwn(after, name))
  return { id: connection.id, before: Object.fromEntries(before), after }
}

export const theConnection = async (c: AdminContext, tenant: string, id: string): Promise<ConnectionConfig> => {
  const connection = await findConnection(dbOf(c), tenant, id)
  if (!connection) throw notFound('connection')
  return connection
}

export const vendorOf = (name: VendorName): Vendor => {
  const vendor = vendors[name]
  if (!vendor) throw invalid([{ path: 'vendor', message: `${name} is not supported yet` }])
  return vendor
}

/** A setting that the vendor does not know is refused: it would be believed to do something. */
export const checkedSettings = (
  c: AdminContext,
  vendor: Vendor,
  settings: Record<string, unknown>,
): Record<string, unknown> => {
  const parsed = vendor.settings.safeParse(settings)
  if (!parsed.success) throw invalid(issuesOf(parsed.error, 'settings'))
  const known: Record<string, unknown> = { ...parsed.data }
  const unknown = Object.keys(settings).filter((name) => !Object.hasOwn(known, name))
  if (unknown.length > 0)
    throw invalid(unknown.map((name) => ({ path: `settings.${name}`, message: `${vendor.name} has no such setting` })))
  if (known.baseUrl !== undefined && !checkEnv(c.env).customBaseUrls)
    throw invalid([{ path: 'settings.baseUrl', message: 'only in development (ALLOW_CUSTOM_BASE_URLS)' }])
  checkInstance(c, vendor, known)
  return known
}

/** The customer's own server: nobody is to send us, with credentials, into a private network or back to ourselves. */
const checkInstance = (c: AdminContext, { instance }: Vendor, known: Record<string, unknown>): void => {
  if (instance === undefined) return
  const ours = new URL(c.req.url).host
  const message = addressProblem(String(known[instance] ?? ''), ours, checkEnv(c.env).customBaseUrls)
  if (message !== undefined) throw invalid([{ path: `settings.${instance}`, message }])
}
