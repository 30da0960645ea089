import type { Db } from './config'

/** One outbox row on its way to D1: an audit entry, and the state of the record that it is about, if any. */
export interface Projected {
  seq: number
  entry: string
  mac: string
  record: string | null
  /** JSON of core/audit `RecordState`, or null. */
  state: string | null
  /** JSON of core/audit `Alert`, or null. */
  alert: string | null
}

/**
 * Puts a whole batch into D1 in one round trip, whatever its size: rows travel as one JSON parameter. Done twice it changes
 * nothing, because a failed write may have happened (platform sheet 4).
 */
export const project = async (db: Db, tenant: string, rows: Projected[]): Promise<void> => {
  const json = JSON.stringify(rows.map((row, at) => ({ ...row, opens: opens(rows, at) })))
  const { $client } = db
  const told = rows.some(({ alert }) => alert !== null)
  await $client.batch([
    $client.prepare(AUDIT).bind(tenant, json),
    $client.prepare(RECORDS).bind(tenant, json),
    ...(told ? [NOTICES, ALERTS, RECONNECTS].map((query) => $client.prepare(query).bind(tenant, json)) : []),
  ])
}

/** Whether the record comes into being with this row, unless it is there already. */
const opens = (rows: Projected[], at: number): boolean => {
  const { record, state } = rows[at] ?? {}
  return state !== null && rows.findIndex((row) => row.record === record && row.state !== null) === at
}

/** Before the records: which of them are there already is seen as it was. */
const AUDIT = `
  insert into audit (tenant, seq, record, entry, mac, again)
  select ?1, value ->> 'seq', value ->> 'record', value ->> 'entry', value ->> 'mac',
    value ->> 'record' is not null and not (value ->> 'opens'
      and not exists (select 1 from records where tenant = ?1 and id = value ->> 'record'))
  from json_each(?2) where true
  on conflict do nothing`

/** A row that is already newer in D1 stays. */
const RECORDS = `
  insert into records (tenant, id, integration, flow, source_id, source_number, target_id, target_number,
    state, reason, code, text, remedy, version, at, since, seq, first)
  select ?1, s ->> 'id', s ->> 'integration', s ->> 'flow', s ->> 'sourceId', s ->> 'sourceNumber',
    s ->> 'targetId', s ->> 'targetNumber', s ->> 'state', s ->> 'reason', s ->> 'code', s ->> 'text', s ->> 'remedy',
    s ->> 'version', s ->> 'at', s ->> 'at', seq, seq
  from (select value ->> 'state' as s, value ->> 'seq' as seq from json_each(?2))
  where s is not null order by seq
  on conflict (tenant, id) do update set source_number = excluded.source_number, target_id = excluded.target_id,
    target_number = excluded.target_number, state = excluded.state, reason = excluded.reason, code = excluded.code,
    text = excluded.text, remedy = excluded.remedy, version = excluded.version, at = excluded.at,
    since = iif(records.state = excluded.state and records.code = excluded.code, records.since, excluded.at),
    seq = excluded.seq
    where excluded.seq > records.seq`

/** For each target that wants to know, in the transaction of the alert itself; a batch sent twice tells nothing twice. */
const NOTICES = `
  insert into alert_notices (target, tenant, cause, seq, due_at, tries)
  select alert_targets.id, ?1, a ->> 'cause', told.seq, a ->> 'at', 0
  from (select value ->> 'alert' as a, value ->> 'seq' as seq from json_each(?2)) as told
  join alert_targets on (alert_targets.tenant is null or alert_targets.tenant = ?1)
    and (kinds = '[]' or exists (select 1 from json_each(kinds) where value = a ->> 'kind'))
  where a is not null and not exists
    (select 1 from alerts where alerts.tenant = ?1 and alerts.cause = a ->> 'cause' and alerts.seq >= told.seq)
  order by told.seq
  on conflict (target, tenant, cause) do update set seq = excluded.seq, due_at = excluded.due_at, tries = 0`

/** One row per cause: raised again, it counts up; a batch sent twice does not. */
const ALERTS = `
  insert into alerts (tenant, cause, kind, integration, text, remedy, first_at, last_at, count, resolved_at, seq)
  select ?1, a ->> 'cause', a ->> 'kind', a ->> 'integration', a ->> 'text', a ->> 'remedy', a ->> 'at', a ->> 'at', 1,
    iif(a ->> 'resolved', a ->> 'at', null), seq
  from (select value ->> 'alert' as a, value ->> 'seq' as seq from json_each(?2))
  where a is not null order by seq
  on conflict (tenant, cause) do update set text = excluded.text, remedy = excluded.remedy, last_at = excluded.last_at,
    count = alerts.count + iif(excluded.resolved_at is null, 1, 0), resolved_at = excluded.resolved_at, seq = excluded.seq
    where excluded.seq > alerts.seq`

/** Whether a connection's credentials are taken is known by its tenant, which tells it by an alert. */
const RECONNECTS = `
  update connections set state = told.state
  from (select substr(a ->> 'cause', 11) as id, iif(a ->> 'resolved', 'ready', 'reconnect') as state, max(seq) from
    (select value ->> 'alert' as a, value ->> 'seq' as seq from json_each(?2))
    where a ->> 'kind' = 'reconnect' group by id) as told
  where connections.id = told.id and connections.tenant = ?1 and connections.state in ('ready', 'reconnect')`

/** The end of a tenant's audit in D1; undefined where there is none. */
export const lastAudit = async (db: Db, tenant: string): Promise<{ seq: number; mac: string } | undefined> => {
  const query = db.$client.prepare('select seq, mac from audit where tenant = ? order by seq desc limit 1')
  return (await query.bind(tenant).first<{ seq: number; mac: string }>()) ?? undefined
}

export interface AuditRow {
  seq: number
  entry: string
  mac: string
}

export const auditRows = async (db: Db, tenant: string, after: number, limit: number): Promise<AuditRow[]> => {
  const query = 'select seq, entry, mac from audit where tenant = ? and seq > ? order by seq limit ?'
  const { results } = await db.$client.prepare(query).bind(tenant, after, limit).all<AuditRow>()
  return results
}

/** Up to where a tenant's audit was pruned. */
export interface Checkpoint {
  seq: number
  mac: string
  signature: string
}

export const auditCheckpoint = async (db: Db, tenant: string): Promise<Checkpoint | undefined> => {
  const query = db.$client.prepare('select seq, mac, signature from audit_checkpoints where tenant = ?')
  return (await query.bind(tenant).first<Checkpoint>()) ?? undefined
}

/** What is pruned goes in the transaction that puts the checkpoint in its place. */
export const cutAudit = async (db: Db, tenant: string, { seq, mac, signature }: Checkpoint, at: number) => {
  const { $client } = db
  await $client.batch([
    $client
      .prepare('insert or replace into audit_checkpoints (tenant, seq, mac, signature, at) values (?, ?, ?, ?, ?)')
      .bind(tenant, seq, mac, signature, at),
    $client.prepare('delete from audit where tenant = ? and seq <= ?').bind(tenant, seq),
  ])
}
