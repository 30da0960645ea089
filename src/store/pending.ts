import { eq, inArray, sql } from 'drizzle-orm'
import type { Db } from './config'
import { pendingActions, tenants } from './schema'

/** The tenant's version rises, and what was done waits to be heard of, in the batch of the change itself. */
export const versionRises = (db: Db, tenant: string) =>
  db
    .update(tenants)
    .set({ version: sql`${tenants.version} + 1` })
    .where(eq(tenants.id, tenant))
    .returning({ version: tenants.version })

export const insertPending = (db: Db, row: { id: string; tenant: string; entry: string; at: number }) =>
  db.insert(pendingActions).values({ ...row, version: sql`(select version from tenants where id = ${row.tenant})` })

export const deletePending = (db: Db, ids: string[]) => db.delete(pendingActions).where(inArray(pendingActions.id, ids))

export interface Pending {
  tenant: string
  version: number
  actions: { id: string; entry: string }[]
}

/** What tenants were not told yet, oldest first, with their current version. At most `limit` actions. */
export const pendingByTenant = async (db: Db, limit: number): Promise<Pending[]> => {
  const rows = await db
    .select({
      id: pendingActions.id,
      tenant: pendingActions.tenant,
      entry: pendingActions.entry,
      version: tenants.version,
    })
    .from(pendingActions)
    .innerJoin(tenants, eq(tenants.id, pendingActions.tenant))
    .orderBy(pendingActions.id)
    .limit(limit)
  return [...Map.groupBy(rows, ({ tenant }) => tenant)].map(([tenant, actions]) => ({
    tenant,
    version: actions[0]?.version ?? 0,
    actions: actions.map(({ id, entry }) => ({ id, entry })),
  }))
}
