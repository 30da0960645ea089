import { eq, inArray } from 'drizzle-orm'
import { type DrizzleD1Database, drizzle } from 'drizzle-orm/d1'
import { z } from 'zod'
import { PairName } from '../core/pair'
import { Account, Environment, VendorName } from '../core/vendor'
import { connections, integrations, mappings, tenants } from './schema'

export type Db = DrizzleD1Database & { $client: D1Database }

export const openDb = (database: D1Database): Db => drizzle(database)

/** `onFailure`: whether a record that fails for good stops the rest of its batch. */
export const FlowSwitch = z.object({
  enabled: z.boolean(),
  schedule: z.string().optional(),
  onFailure: z.enum(['stop', 'continue']).optional(),
})

export interface ConnectionConfig {
  id: string
  tenant: string
  vendor: VendorName
  environment: Environment
  name: string
  account: Account | null
  settings: Record<string, unknown>
  credentials: string | null
  webhookSecret: string | null
  clientCertificate: boolean
  grant: string | null
  /** `confirm`: connected by consent for the first time; an admin has to say that the company is the right one. */
  state: 'new' | 'confirm' | 'ready' | 'reconnect'
}

export interface IntegrationConfig {
  id: string
  tenant: string
  pair: PairName
  sourceConnection: string
  targetConnection: string
  settings: Record<string, unknown>
  flows: Record<string, z.infer<typeof FlowSwitch>>
  schedule: string
  startDate: string
  state: 'active' | 'paused'
}

/** All that a tenant works by, as of one version. */
export interface TenantConfig {
  id: string
  name: string
  version: number
  dataKey: string
  connections: Map<string, ConnectionConfig>
  integrations: Map<string, IntegrationConfig>
  /** integration/kind/code → target code */
  mappings: Map<string, string>
}

const Loose = z.record(z.string(), z.unknown())

export const toConnection = (row: typeof connections.$inferSelect): ConnectionConfig => ({
  id: row.id,
  tenant: row.tenant,
  vendor: VendorName.parse(row.vendor),
  environment: Environment.parse(row.environment),
  name: row.name,
  account: row.account === null ? null : Account.parse(JSON.parse(row.account)),
  settings: Loose.parse(JSON.parse(row.settings)),
  credentials: row.credentials,
  webhookSecret: row.webhookSecret,
  clientCertificate: row.clientCertificate,
  grant: row.grant,
  state: z.enum(['new', 'confirm', 'ready', 'reconnect']).parse(row.state),
})

export const toIntegration = (row: typeof integrations.$inferSelect): IntegrationConfig => ({
  id: row.id,
  tenant: row.tenant,
  pair: PairName.parse(row.pair),
  sourceConnection: row.sourceConnection,
  targetConnection: row.targetConnection,
  settings: Loose.parse(JSON.parse(row.settings)),
  flows: z.record(z.string(), FlowSwitch).parse(JSON.parse(row.flows)),
  schedule: row.schedule,
  startDate: row.startDate,
  state: z.enum(['active', 'paused']).parse(row.state),
})

/** One round trip. Undefined where there is no such tenant. */
export const readConfig = async (db: Db, tenant: string): Promise<TenantConfig | undefined> => {
  const own = db.select({ id: integrations.id }).from(integrations).where(eq(integrations.tenant, tenant))
  const [[found], connectionRows, integrationRows, mappingRows] = await db.batch([
    db.select().from(tenants).where(eq(tenants.id, tenant)),
    db.select().from(connections).where(eq(connections.tenant, tenant)),
    db.select().from(integrations).where(eq(integrations.tenant, tenant)),
    db.select().from(mappings).where(inArray(mappings.integration, own)),
  ])
  if (!found) return undefined
  return {
    id: found.id,
    name: found.name,
    version: found.version,
    dataKey: found.dataKey,
    connections: new Map(connectionRows.map((row) => [row.id, toConnection(row)])),
    integrations: new Map(integrationRows.map((row) => [row.id, toIntegration(row)])),
    mappings: new Map(mappingRows.map((row) => [`${row.integration}/${row.kind}/${row.code}`, row.target])),
  }
}
