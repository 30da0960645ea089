import { type SQL, sql } from 'drizzle-orm'
import { AuditEntry } from '../core/audit'
import type { Db } from './config'

export interface AuditRow {
  seq: number
  entry: AuditEntry
}

/** A record has a handful of attempts; of one with thousands the last are shown. */
const LONGEST_TIMELINE = 500

interface StoredRow {
  seq: number
  entry: string
}

const toRow = ({ seq, entry }: StoredRow): AuditRow => ({
  seq,
  entry: AuditEntry.parse(JSON.parse(entry)),
})

/** The entry that the record names, and all others by their index, which is named because SQLite would rather walk all of the tenant. */
const ofRecord = (tenant: string, record: string, after: number, order: SQL, limit: number): SQL => sql`
  select seq, entry from audit where tenant = ${tenant} and seq > ${after}
    and seq = (select first from records where tenant = ${tenant} and id = ${record})
  union all
  select seq, entry from audit indexed by audit_record
    where tenant = ${tenant} and record = ${record} and again = 1 and seq > ${after}
  order by seq ${order} limit ${limit}`

/** Newest first. */
export const timelineQuery = (tenant: string, record: string): SQL =>
  ofRecord(tenant, record, Number.MIN_SAFE_INTEGER, sql`desc`, LONGEST_TIMELINE)

/** Oldest first. */
export const timelineOf = async (db: Db, tenant: string, record: string): Promise<AuditRow[]> =>
  (await db.all<StoredRow>(timelineQuery(tenant, record))).reverse().map(toRow)

export interface AuditFilter {
  /** Entries after this sequence. */
  cursor: number
  record?: string | undefined
  limit: number
}

export const auditQuery = (tenant: string, { cursor, record, limit }: AuditFilter): SQL =>
  record === undefined
    ? sql`select seq, entry from audit where tenant = ${tenant} and seq > ${cursor} order by seq limit ${limit}`
    : ofRecord(tenant, record, cursor, sql`asc`, limit)

/** Oldest first. */
export const listAudit = async (db: Db, tenant: string, filter: AuditFilter): Promise<AuditRow[]> =>
  (await db.all<StoredRow>(auditQuery(tenant, filter))).map(toRow)
