import { and, asc, eq, inArray, lte, ne, or } from 'drizzle-orm'
import type { Account } from '../core/vendor'
import { type ConnectionConfig, type Db, toConnection } from './config'
import { connections, hooks, integrations, references } from './schema'

export const findConnection = async (db: Db, tenant: string, id: string): Promise<ConnectionConfig | undefined> => {
  const [row] = await db
    .select()
    .from(connections)
    .where(and(eq(connections.id, id), eq(connections.tenant, tenant)))
  return row && toConnection(row)
}

/** A business has a handful. */
export const listConnections = async (db: Db, tenant: string): Promise<ConnectionConfig[]> =>
  (await db.select().from(connections).where(eq(connections.tenant, tenant)).orderBy(asc(connections.id))).map(
    toConnection,
  )

export const insertConnection = (
  db: Db,
  row: Pick<ConnectionConfig, 'id' | 'tenant' | 'vendor' | 'environment' | 'name' | 'settings'>,
  createdAt: number,
) => db.insert(connections).values({ ...row, settings: JSON.stringify(row.settings), state: 'new', createdAt })

export const updateConnection = (
  db: Db,
  id: string,
  { name, settings, clientCertificate }: Pick<ConnectionConfig, 'name' | 'settings' | 'clientCertificate'>,
) =>
  db
    .update(connections)
    .set({ name, settings: JSON.stringify(settings), clientCertificate })
    .where(eq(connections.id, id))

export interface Connected {
  account: Account
  /** Sealed. */
  credentials?: string | undefined
  grant?: string | null
  state: ConnectionConfig['state']
}

/** Credentials that worked, and the company they reach. New ones are looked after at once: what waited for them is done. */
export const connectAccount = (db: Db, id: string, { account, credentials, grant, state }: Connected) =>
  db
    .update(connections)
    .set({
      accountId: account.id,
      account: JSON.stringify(account),
      state,
      ...(credentials && { credentials, checkedAt: 0 }),
      ...(grant !== undefined && { grant }),
    })
    .where(eq(connections.id, id))

/** An app of the connection's own, or whatever else cannot be tried before a consent. */
export const storeCredentials = (db: Db, id: string, credentials: string) =>
  db.update(connections).set({ credentials }).where(eq(connections.id, id))

export const setState = (db: Db, id: string, state: ConnectionConfig['state']) =>
  db.update(connections).set({ state }).where(eq(connections.id, id))

/** Whether another connection uses the tokens of this grant as well. */
export const sharesGrant = async (db: Db, { id, grant }: Pick<ConnectionConfig, 'id' | 'grant'>): Promise<boolean> => {
  if (grant === null) return false
  const rows = await db
    .select({ id: connections.id })
    .from(connections)
    .where(and(eq(connections.grant, grant), ne(connections.id, id)))
    .limit(1)
  return rows.length > 0
}

export const setWebhookSecret = (db: Db, id: string, webhookSecret: string) =>
  db.update(connections).set({ webhookSecret }).where(eq(connections.id, id))

export const deleteConnection = (db: Db, id: string) => [
  db.delete(connections).where(eq(connections.id, id)),
  db.delete(references).where(eq(references.connection, id)),
  db.delete(hooks).where(eq(hooks.connection, id)),
]

/** Another connection of this deployment that stands for the same company. */
export const holderOf = async (db: Db, connection: ConnectionConfig, account: string): Promise<string | undefined> => {
  const [row] = await db
    .select({ id: connections.id })
    .from(connections)
    .where(
      and(
        eq(connections.vendor, connection.vendor),
        eq(connections.environment, connection.environment),
        eq(connections.accountId, account),
        ne(connections.id, connection.id),
      ),
    )
  return row?.id
}

export const isUsed = async (db: Db, id: string): Promise<boolean> => {
  const rows = await db
    .select({ id: integrations.id })
    .from(integrations)
    .where(or(eq(integrations.sourceConnection, id), eq(integrations.targetConnection, id)))
    .limit(1)
  return rows.length > 0
}

/** Those that were looked after longest ago, and not since `before`; without credentials there is nothing to look at. */
export const leastChecked = (db: Db, before: number, limit: number) =>
  db
    .select({ id: connections.id, tenant: connections.tenant, grant: connections.grant })
    .from(connections)
    .where(and(lte(connections.checkedAt, before), eq(connections.state, 'ready')))
    .orderBy(asc(connections.checkedAt))
    .limit(limit)

/** It is looked after at the next minute, unless it just was. */
export const checkSoon = (db: Db, id: string, before: number) =>
  db
    .update(connections)
    .set({ checkedAt: 0 })
    .where(and(eq(connections.id, id), lte(connections.checkedAt, before)))

export const markChecked = (db: Db, ids: string[], at: number) =>
  db.update(connections).set({ checkedAt: at }).where(inArray(connections.id, ids))
