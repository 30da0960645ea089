import { asc, eq, gt, inArray, lte } from 'drizzle-orm'
import type { Db } from './config'
import { tenants } from './schema'

export type TenantRow = typeof tenants.$inferSelect

export const findTenant = async (db: Db, id: string): Promise<TenantRow | undefined> =>
  (await db.select().from(tenants).where(eq(tenants.id, id)))[0]

export const listTenants = (db: Db, cursor: string, limit: number): Promise<TenantRow[]> =>
  db.select().from(tenants).where(gt(tenants.id, cursor)).orderBy(asc(tenants.id)).limit(limit)

export type NewTenant = typeof tenants.$inferInsert

export const insertTenant = (db: Db, row: NewTenant) => db.insert(tenants).values(row)

/** The reserved tenant is made when it is first needed; made twice it stays as it is. */
export const insertTenantOnce = (db: Db, row: NewTenant) => db.insert(tenants).values(row).onConflictDoNothing()

export const renameTenant = (db: Db, id: string, name: string) =>
  db.update(tenants).set({ name }).where(eq(tenants.id, id))

/** Those that were looked after longest ago, and not since `before`. */
export const leastPoked = async (db: Db, before: number, limit: number): Promise<string[]> =>
  (
    await db
      .select({ id: tenants.id })
      .from(tenants)
      .where(lte(tenants.pokedAt, before))
      .orderBy(asc(tenants.pokedAt))
      .limit(limit)
  ).map(({ id }) => id)

export const markPoked = (db: Db, ids: string[], at: number) =>
  db.update(tenants).set({ pokedAt: at }).where(inArray(tenants.id, ids))

export const replaceKey = (db: Db, id: string, dataKey: string) =>
  db.update(tenants).set({ dataKey }).where(eq(tenants.id, id))
