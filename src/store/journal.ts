import { sql } from 'drizzle-orm'
import type { Db } from './config'

/** One outbox row on its way to D1: an audit entry, and the state of the record that it is about, if any. */
export interface Projected {
  seq: number
  entry: string
  mac: string
  record: string | null
  /** JSON of core/audit `RecordState`, or null. */
  state: string | null
}

/**
 * Puts a whole batch into D1 in one round trip, whatever its size: rows travel as one JSON parameter. Done twice it changes
 * nothing, because a failed write may have happened (platform sheet 4).
 */
export const project = async (db: Db, tenant: string, rows: Projected[]): Promise<void> => {
  const json = JSON.stringify(rows)
  const { $client } = db
  await $client.batch([$client.prepare(AUDIT).bind(tenant, json), $client.prepare(RECORDS).bind(tenant, json)])
}

const AUDIT = `
  insert into audit (tenant, seq, record, entry, mac)
  select ?1, value ->> 'seq', value ->> 'record', value ->> 'entry', value ->> 'mac' from json_each(?2) where true
  on conflict do nothing`

/** A row that is already newer in D1 stays. */
const RECORDS = `
  insert into records (tenant, id, integration, flow, source_id, source_number, target_id, target_number,
    state, reason, code, text, remedy, version, at, seq)
  select ?1, s ->> 'id', s ->> 'integration', s ->> 'flow', s ->> 'sourceId', s ->> 'sourceNumber',
    s ->> 'targetId', s ->> 'targetNumber', s ->> 'state', s ->> 'reason', s ->> 'code', s ->> 'text', s ->> 'remedy',
    s ->> 'version', s ->> 'at', seq
  from (select value ->> 'state' as s, value ->> 'seq' as seq from json_each(?2))
  where s is not null order by seq
  on conflict (tenant, id) do update set source_number = excluded.source_number, target_id = excluded.target_id,
    target_number = excluded.target_number, state = excluded.state, reason = excluded.reason, code = excluded.code,
    text = excluded.text, remedy = excluded.remedy, version = excluded.version, at = excluded.at, seq = excluded.seq
    where excluded.seq > records.seq`

/** The highest sequence that D1 holds for a tenant; 0 where there is none. */
export const highestSequence = async (db: Db, tenant: string): Promise<number> => {
  const [row] = await db.all<{ seq: number | null }>(sql`select max(seq) as seq from audit where tenant = ${tenant}`)
  return row?.seq ?? 0
}
