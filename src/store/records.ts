import { and, desc, eq, gte, inArray, lt, type SQL, sql } from 'drizzle-orm'
import { type SQLiteColumn, unionAll } from 'drizzle-orm/sqlite-core'
import { firstId } from '../lib/ids'
import type { Db } from './config'
import { records } from './schema'

export type RecordRow = typeof records.$inferSelect

export interface RecordFilter {
  integration?: string | undefined
  flow?: string | undefined
  status?: string | undefined
  /** Of the failure, or of what it waits for. */
  code?: string | undefined
  /** First seen at or after, milliseconds since 1970. */
  from?: number | undefined
  /** First seen at or before. */
  to?: number | undefined
  /** Source number, exact or its beginning; or source id, exact. */
  q?: string | undefined
  cursor?: string | undefined
  limit: number
}

/** One narrow index leads; the unary plus keeps SQLite from choosing another that reads far more rows. */
const conditionsOf = (db: Db, tenant: string, filter: RecordFilter): (SQL | undefined)[] => {
  const { q, code, status, flow, integration } = filter
  const lead = q ? 'q' : code ? 'code' : status ? 'status' : flow ? 'flow' : 'integration'
  const is = (name: string, column: SQLiteColumn, value: string | undefined) =>
    value === undefined ? undefined : lead === name ? sql`${column} = ${value}` : sql`+${column} = ${value}`
  const id = q ? sql`+${records.id}` : sql`${records.id}`
  return [
    q === undefined ? undefined : inArray(records.id, named(db, tenant, q)),
    is('code', records.code, code),
    // Said once more, because a partial index is only used where its own condition is.
    lead === 'code' ? sql`${records.code} <> ''` : undefined,
    is('status', records.state, status),
    is('flow', records.flow, flow),
    is('integration', records.integration, integration),
    filter.from === undefined ? undefined : sql`${id} >= ${firstId('r', filter.from)}`,
    filter.to === undefined ? undefined : sql`${id} < ${firstId('r', filter.to + 1)}`,
    filter.cursor === undefined ? undefined : sql`${id} < ${filter.cursor}`,
  ]
}

/**
 * A range instead of `like`, whose patterns end at 50 bytes and meet no index. `union all`, because SQLite would sort for a
 * `union` and read all records of the tenant in that order.
 */
const named = (db: Db, tenant: string, q: string) => {
  return unionAll(
    db
      .select({ id: records.id })
      .from(records)
      .where(and(eq(records.tenant, tenant), gte(records.sourceNumber, q), lt(records.sourceNumber, `${q}\uffff`))),
    db
      .select({ id: records.id })
      .from(records)
      .where(and(eq(records.tenant, tenant), eq(records.sourceId, q))),
  )
}

export const recordsPage = (db: Db, tenant: string, filter: RecordFilter) =>
  db
    .select()
    .from(records)
    .where(and(eq(records.tenant, tenant), ...conditionsOf(db, tenant, filter)))
    .orderBy(desc(records.id))
    .limit(filter.limit)

/** Newest first; the id is sortable by time of making, so pages stay stable while records are added. */
export const listRecords = (db: Db, tenant: string, filter: RecordFilter): Promise<RecordRow[]> =>
  recordsPage(db, tenant, filter)

export const findRecord = async (db: Db, tenant: string, id: string): Promise<RecordRow | undefined> => {
  const [row] = await db
    .select()
    .from(records)
    .where(and(eq(records.tenant, tenant), eq(records.id, id)))
  return row
}
