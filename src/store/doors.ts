import { and, eq, or } from 'drizzle-orm'
import type { PairName } from '../core/pair'
import type { Environment, VendorName } from '../core/vendor'
import { type Db, toConnection, toIntegration } from './config'
import { connections, integrations, tenants } from './schema'

/** What the edge needs to know of a connection to take a webhook for it. */
export interface Door {
  tenant: string
  dataKey: string
  connection: string
  vendor: VendorName
  environment: Environment
  settings: unknown
  account: string
  /** Sealed; null where none was stored. */
  webhookSecret: string | null
  clientCertificate: boolean
  integrations: { id: string; pair: PairName }[]
}

export type DoorKey = { connection: string } | { vendor: VendorName; environment: Environment; account: string }

/** Two round trips; the edge remembers the answer for a while. */
export const findDoor = async (db: Db, key: DoorKey): Promise<Door | undefined> => {
  const match =
    'connection' in key
      ? eq(connections.id, key.connection)
      : and(
          eq(connections.vendor, key.vendor),
          eq(connections.environment, key.environment),
          eq(connections.accountId, key.account),
        )
  const [row] = await db
    .select({ connection: connections, dataKey: tenants.dataKey })
    .from(connections)
    .innerJoin(tenants, eq(tenants.id, connections.tenant))
    .where(match)
  if (!row) return undefined
  const { id, tenant, vendor, environment, settings, account, webhookSecret } = toConnection(row.connection)
  const using = await db
    .select()
    .from(integrations)
    .where(or(eq(integrations.sourceConnection, id), eq(integrations.targetConnection, id)))
  return {
    tenant,
    dataKey: row.dataKey,
    connection: id,
    vendor,
    environment,
    settings,
    account: account?.id ?? '',
    webhookSecret,
    clientCertificate: row.connection.clientCertificate,
    integrations: using.map(toIntegration).map((integration) => ({ id: integration.id, pair: integration.pair })),
  }
}
