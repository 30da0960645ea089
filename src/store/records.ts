import { and, asc, desc, eq, gte, lt, lte, or, type SQL } from 'drizzle-orm'
import { AuditEntry } from '../core/audit'
import type { Db } from './config'
import { audit, records } from './schema'

export type RecordRow = typeof records.$inferSelect

export interface RecordFilter {
  integration?: string | undefined
  flow?: string | undefined
  status?: string | undefined
  from?: number | undefined
  to?: number | undefined
  /** Source number, exact or its beginning; or source id, exact. */
  q?: string | undefined
  cursor?: string | undefined
  limit: number
}

const conditionsOf = (filter: RecordFilter): (SQL | undefined)[] => [
  filter.integration ? eq(records.integration, filter.integration) : undefined,
  filter.flow ? eq(records.flow, filter.flow) : undefined,
  filter.status ? eq(records.state, filter.status) : undefined,
  filter.from !== undefined ? gte(records.at, filter.from) : undefined,
  filter.to !== undefined ? lte(records.at, filter.to) : undefined,
  filter.cursor ? lt(records.id, filter.cursor) : undefined,
  filter.q
    ? or(
        and(gte(records.sourceNumber, filter.q), lt(records.sourceNumber, `${filter.q}\uffff`)),
        eq(records.sourceId, filter.q),
      )
    : undefined,
]

/** Newest first; the id is sortable by time of making, so pages stay stable while records are added. */
export const listRecords = (db: Db, tenant: string, filter: RecordFilter): Promise<RecordRow[]> =>
  db
    .select()
    .from(records)
    .where(and(eq(records.tenant, tenant), ...conditionsOf(filter)))
    .orderBy(desc(records.id))
    .limit(filter.limit)

export const findRecord = async (db: Db, tenant: string, id: string): Promise<RecordRow | undefined> =>
  (
    await db
      .select()
      .from(records)
      .where(and(eq(records.tenant, tenant), eq(records.id, id)))
  )[0]

export interface AuditRow {
  seq: number
  entry: AuditEntry
}

const toEntry = ({ seq, entry }: { seq: number; entry: string }): AuditRow => ({
  seq,
  entry: AuditEntry.parse(JSON.parse(entry)),
})

/** Oldest first. */
export const timelineOf = async (db: Db, tenant: string, record: string): Promise<AuditRow[]> => {
  const rows = await db
    .select({ seq: audit.seq, entry: audit.entry })
    .from(audit)
    .where(and(eq(audit.tenant, tenant), eq(audit.record, record)))
    .orderBy(desc(audit.seq))
    .limit(500)
  return rows.reverse().map(toEntry)
}

export const auditAfter = async (db: Db, tenant: string, seq: number, limit: number): Promise<AuditRow[]> => {
  const rows = await db
    .select({ seq: audit.seq, entry: audit.entry })
    .from(audit)
    .where(and(eq(audit.tenant, tenant), gte(audit.seq, seq + 1)))
    .orderBy(asc(audit.seq))
    .limit(limit)
  return rows.map(toEntry)
}
