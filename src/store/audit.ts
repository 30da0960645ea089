import { and, asc, desc, eq, gt, sql } from 'drizzle-orm'
import { AuditEntry } from '../core/audit'
import type { Db } from './config'
import { audit } from './schema'

export interface AuditRow {
  seq: number
  entry: AuditEntry
}

/** A record has a handful of attempts; of one with thousands the last are shown. */
const LONGEST_TIMELINE = 500

const toRow = ({ seq, entry }: { seq: number; entry: string }): AuditRow => ({
  seq,
  entry: AuditEntry.parse(JSON.parse(entry)),
})

/** Named, because SQLite would rather walk all of the tenant: the table is its own primary key. */
const ofRecord = sql`${audit} indexed by audit_record`

/** Drizzle takes no columns as such where it is told an index. */
const FIELDS = { seq: sql<number>`${audit.seq}`, entry: sql<string>`${audit.entry}` }

/** Newest first. */
export const timelinePage = (db: Db, tenant: string, record: string) =>
  db
    .select(FIELDS)
    .from(ofRecord)
    .where(and(eq(audit.tenant, tenant), eq(audit.record, record)))
    .orderBy(desc(audit.seq))
    .limit(LONGEST_TIMELINE)

/** Oldest first. */
export const timelineOf = async (db: Db, tenant: string, record: string): Promise<AuditRow[]> =>
  (await timelinePage(db, tenant, record)).reverse().map(toRow)

export interface AuditFilter {
  /** Entries after this sequence. */
  cursor: number
  record?: string | undefined
  limit: number
}

export const auditPage = (db: Db, tenant: string, { cursor, record, limit }: AuditFilter) =>
  db
    .select(FIELDS)
    .from(record === undefined ? audit : ofRecord)
    .where(
      and(eq(audit.tenant, tenant), record === undefined ? undefined : eq(audit.record, record), gt(audit.seq, cursor)),
    )
    .orderBy(asc(audit.seq))
    .limit(limit)

/** Oldest first. */
export const listAudit = async (db: Db, tenant: string, filter: AuditFilter): Promise<AuditRow[]> =>
  (await auditPage(db, tenant, filter)).map(toRow)
