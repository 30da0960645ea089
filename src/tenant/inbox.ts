import type { RecordState } from '../core/audit'
import type { Failure } from '../core/failure'
import type { Actor, JobState, NewJob } from '../core/job'
import type { ReplayOptions } from '../core/tenant'
import { newId } from '../lib/ids'

/** A job as it is stored. */
export type JobRow = {
  key: string
  id: string
  kind: string
  integration: string
  flow: string
  source_id: string
  state: string
  due_at: number | null
  reason: string
  failure: string | null
  again: number
  tries: number
  since: number
  fresh: number
  remap: number
  actor: string
  correlation: string
  variants: string
  waits_for: string | null
  version: string
  source_number: string
  target_id: string
  target_number: string
}

/** How a job stands after an attempt. */
export interface Standing {
  state: JobState
  reason: string
  dueAt: number | null
  failure: Failure | null
  waitsFor: string | null
  version: string
  sourceNumber: string
  targetId: string
  targetNumber: string
}

const POLL = '~poll'

export const jobKey = (integration: string, flow: string, sourceId: string): string =>
  `${integration}|${flow}|${sourceId}`

/** The tenant's list of work. Every method is synchronous: one call is one moment. */
export class Inbox {
  readonly #sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.#sql = sql
  }

  /** New work, merged with what is already there: a record in work runs once more (`again`). Answers whether it was taken. */
  accept(job: NewJob, at: number): boolean {
    if (job.kind === 'carry' && job.delivery && !this.fresh(`${job.integration}|${job.flow}|${job.delivery}`, at))
      return false
    const sourceId = job.kind === 'carry' ? job.sourceId : POLL
    const variants = JSON.stringify(job.kind === 'carry' ? job.variants : [])
    this.#sql.exec(
      `insert into jobs (key, id, kind, integration, flow, source_id, state, due_at, since, actor, correlation, variants)
       values (?, ?, ?, ?, ?, ?, 'queued', ?, ?, ?, ?, ?)
       on conflict (key) do update set again = 1, fresh = 1, due_at = min(coalesce(due_at, excluded.due_at), excluded.due_at),
         since = case when state in ('waiting', 'uncertain') then since else excluded.since end,
         actor = excluded.actor, correlation = excluded.correlation,
         variants = case when excluded.variants = '[]' then variants else excluded.variants end
       where state <> 'held'`,
      jobKey(job.integration, job.flow, sourceId),
      newId('r', at),
      job.kind,
      job.integration,
      job.flow,
      sourceId,
      at,
      at,
      JSON.stringify(job.actor),
      job.correlation,
      variants,
    )
    return true
  }

  /** Whether this id was not seen before. */
  fresh(delivery: string, at: number): boolean {
    const inserted = this.#sql.exec(
      'insert into deliveries values (?, ?) on conflict do nothing returning id',
      delivery,
      at,
    )
    return inserted.toArray().length === 1
  }

  /** Work that is due, oldest first, leaving out integrations that cannot go on now. */
  due(at: number, blocked: string[], limit: number): JobRow[] {
    return this.#sql
      .exec<JobRow>(
        `select * from jobs where due_at <= ? and integration not in (select value from json_each(?)) order by due_at limit ?`,
        at,
        JSON.stringify(blocked),
        limit,
      )
      .toArray()
  }

  /** When the next work is due, leaving out integrations that are paused. */
  nextDue(paused: string[]): number | null {
    const [row] = this.#sql
      .exec<{ at: number | null }>(
        `select min(due_at) as at from jobs where due_at is not null and integration not in (select value from json_each(?))`,
        JSON.stringify(paused),
      )
      .toArray()
    return row?.at ?? null
  }

  get(key: string): JobRow | undefined {
    return this.#sql.exec<JobRow>('select * from jobs where key = ?', key).toArray()[0]
  }

  byId(id: string): JobRow | undefined {
    return this.#sql.exec<JobRow>('select * from jobs where id = ?', id).toArray()[0]
  }

  /** Counted before the work starts, so that a job that kills the object is noticed. */
  start(key: string): void {
    this.#sql.exec('update jobs set tries = tries + 1, again = 0 where key = ?', key)
  }

  finish(key: string, now: number, end: Standing): void {
    this.#sql.exec(
      `update jobs set state = case again when 1 then 'queued' else ? end, due_at = case again when 1 then ? else ? end,
         reason = ?, failure = ?, waits_for = ?, version = ?, source_number = ?, target_id = ?, target_number = ?,
         tries = 0, fresh = again, remap = 0, since = case when ? in ('waiting', 'uncertain') then since else ? end
       where key = ?`,
      end.state,
      now,
      end.dueAt,
      end.reason,
      end.failure ? JSON.stringify(end.failure) : null,
      end.waitsFor,
      end.version,
      end.sourceNumber,
      end.targetId,
      end.targetNumber,
      end.state,
      now,
      key,
    )
  }

  /** Records that waited for this one go on. */
  wake(key: string, now: number): void {
    this.#sql.exec('update jobs set due_at = ?, waits_for = null where waits_for = ?', now, key)
  }

  /** After new credentials, a resumed integration or a repaired mapping of a connection. */
  wakeWaiting(reason: string, now: number): void {
    this.#sql.exec(`update jobs set due_at = ? where state = 'waiting' and reason = ?`, now, reason)
  }

  /** Runs a record again: from the stored source record, or (`reread`) from the source. */
  replay(id: string, options: ReplayOptions, actor: Actor, correlation: string, now: number): boolean {
    const changed = this.#sql.exec(
      `update jobs set due_at = ?, fresh = max(fresh, ?), remap = ?, actor = ?, correlation = ?, since = ?,
         state = case state when 'uncertain' then state else 'queued' end where id = ? returning id`,
      now,
      options.reread ? 1 : 0,
      options.remap ? 1 : 0,
      JSON.stringify(actor),
      correlation,
      now,
      id,
    )
    return changed.toArray().length === 1
  }

  counts(): { waiting: number; failed: number; oldestDue: number | null } {
    const [row] = this.#sql
      .exec<{ waiting: number; failed: number; oldest: number | null }>(
        `select coalesce(sum(due_at is not null), 0) as waiting, coalesce(sum(state = 'failed'), 0) as failed, min(due_at) as oldest
         from jobs where due_at is not null or state = 'failed'`,
      )
      .toArray()
    return { waiting: row?.waiting ?? 0, failed: row?.failed ?? 0, oldestDue: row?.oldest ?? null }
  }
}

/** The row that people see of a job. */
export const recordState = (job: JobRow, end: Standing, at: number): RecordState => ({
  id: job.id,
  integration: job.integration,
  flow: job.flow,
  sourceId: job.source_id,
  sourceNumber: end.sourceNumber,
  targetId: end.targetId,
  targetNumber: end.targetNumber,
  state: end.state,
  reason: end.reason,
  code: end.failure?.code ?? '',
  text: end.failure?.message ?? '',
  remedy: end.failure?.remedy ?? '',
  version: end.version,
  at,
})
