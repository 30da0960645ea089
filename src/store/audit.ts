import { and, asc, desc, eq, gt } from 'drizzle-orm'
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

/** Oldest first. */
export const timelineOf = async (db: Db, tenant: string, record: string): Promise<AuditRow[]> => {
  const rows = await db
    .select({ seq: audit.seq, entry: audit.entry })
    .from(audit)
    .where(and(eq(audit.tenant, tenant), eq(audit.record, record)))
    .orderBy(desc(audit.seq))
    .limit(LONGEST_TIMELINE)
  return rows.reverse().map(toRow)
}

export interface AuditFilter {
  /** Entries after this sequence. */
  cursor: number
  record?: string | undefined
  limit: number
}

export const auditPage = (db: Db, tenant: string, { cursor, record, limit }: AuditFilter) =>
  db
    .select({ seq: audit.seq, entry: audit.entry })
    .from(audit)
    .where(
      and(eq(audit.tenant, tenant), record === undefined ? undefined : eq(audit.record, record), gt(audit.seq, cursor)),
    )
    .orderBy(asc(audit.seq))
    .limit(limit)

/** Oldest first. */
export const listAudit = async (db: Db, tenant: string, filter: AuditFilter): Promise<AuditRow[]> =>
  (await auditPage(db, tenant, filter)).map(toRow)
