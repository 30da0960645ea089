import { asc, eq, inArray, sql } from 'drizzle-orm'
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

/** Tenants that were not told of something, with their current version. */
export const tenantsPending = (db: Db, limit: number): Promise<{ tenant: string; version: number }[]> =>
  db
    .selectDistinct({ tenant: pendingActions.tenant, version: tenants.version })
    .from(pendingActions)
    .innerJoin(tenants, eq(tenants.id, pendingActions.tenant))
    .limit(limit)

/** Oldest first. */
export const pendingOf = (db: Db, tenant: string, limit: number): Promise<{ id: string; entry: string }[]> =>
  db
    .select({ id: pendingActions.id, entry: pendingActions.entry })
    .from(pendingActions)
    .where(eq(pendingActions.tenant, tenant))
    .orderBy(asc(pendingActions.id))
    .limit(limit)
