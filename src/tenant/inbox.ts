import { z } from 'zod'
import type { Actor, NewJob } from '../core/job'
import type { FailedFilter, ReplayOptions } from '../core/tenant'
import { idsInOrder } from '../lib/ids'
import type { Standing } from './standing'

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
  /** Counts what wanted this job to run; one that was asked again meanwhile runs once more. */
  asked: number
  /** Starts without an end. */
  tries: number
  retries: number
  since: number
  batch: string
  priority: number
  history: number
  /** Counts what said that the source has changed, and up to which of it the source was read. */
  news: number
  read: number
  remap: number
  /** A person has said that the source holds: what was edited in the target is written over. */
  overwrite: number
  actor: string
  correlation: string
  waits_for: string | null
  /** What it waited for when it last waited: waiting for the same again makes no sense. */
  waited_for: string | null
  absent_at: number | null
  version: string
  source_number: string
  target_id: string
  target_number: string
  /** JSON of `Ignored`: a person has set it aside as it was. */
  ignored: string | null
  /** Names of the flows that were on, and asked whether they are concerned, when the record was last looked at. */
  followed: string
}

/** What is looked at to choose what is begun: of every job that is due, while few of them are. */
export type Due = Pick<JobRow, 'key' | 'kind' | 'flow' | 'source_id' | 'tries'>

/** What was set aside: this content of the source record (its hash), and why. */
export const Ignored = z.object({ hash: z.string(), reason: z.string() })
export type Ignored = z.infer<typeof Ignored>

/** Where a job that looks at a document of the target stands in for a record. */
const toldId = (targetId: string): string => `~told ${targetId}`

/** The document that such a job looks at. */
export const targetOfTold = (sourceId: string): string => sourceId.slice(toldId('').length)

/** After this many starts without an end a job is set aside: it kills the object, or never ends. The first of them may not have been. */
export const MOST_STARTS = 8

/** How exact the time of the last success is: a written row is billed, a read one hardly. */
const SUCCESS_EXACT_MS = 60_000

/** More jobs than that are not remembered as untouched: their first start is written. */
const MOST_UNTOUCHED = 5_000

const Keys = z.array(z.string())

/** Live work, what is done behind it, and what only looks: that goes on while an integration is paused. */
export const LIVE = 0
export const BEHIND = 1
export const LOOKING = 2

const priorityOf = ({ kind }: NewJob, history: boolean): number => {
  if (kind === 'match') return LOOKING
  return history || ['sweep', 'reconcile', 'told'].includes(kind) ? BEHIND : LIVE
}

/** Where a job that is about a whole list stands in for a record. */
const listId = (kind: string): string => `~${kind}`

export const jobKey = (integration: string, flow: string, sourceId: string): string =>
  `${integration}|${flow}|${sourceId}`

/** The records of one flow that one run found: polls of several flows have one correlation. */
export const batchOf = ({ correlation }: Pick<JobRow, 'correlation'>, flow: string): string =>
  `${correlation}.${flow.replace('/', '.')}`

/** Each condition with its value; those without a value say nothing. */
const failedWhere = ({ integration, flow, code, remedy, unmapped }: FailedFilter): [string, string[]] => {
  const conditions: [string, string | undefined][] = [
    ['integration = ?', integration],
    ['flow = ?', flow],
    [`failure ->> '$.code' = ?`, code],
    [`failure ->> '$.remedy' = ?`, remedy],
    [`exists (select 1 from json_each(failure, '$.codes') where value ->> 'mapping' = ?`, unmapped?.mapping],
    [`value ->> 'code' in (select value from json_each(?)))`, unmapped && JSON.stringify(unmapped.codes)],
  ]
  const given = conditions.flatMap(([text, value]): [string, string][] => (value === undefined ? [] : [[text, value]]))
  const where = [`state = 'failed'`, `kind = 'carry'`, ...given.map(([text]) => text)]
  return [where.join(' and '), given.map(([, value]) => value)]
}

/** The tenant's list of work. Every method is synchronous: one call is one moment. */
export class Inbox {
  readonly #sql: SqlStorage
  /** Ids of one millisecond stay in the order in which they were made. */
  readonly #nextId = idsInOrder('r')
  /**
   * Keys of jobs that were made in this life of the object and not begun in it. They are stored with their first start counted, which
   * saves a billed row: who finds them in a later life cannot tell whether they were begun.
   */
  readonly #untouched = new Set<string>()

  constructor(sql: SqlStorage) {
    this.#sql = sql
  }

  /**
   * New work, merged with what is already there: a record in work runs once more (`again`); one that is held is read again when
   * it goes on; one that was set aside is not where a person asks for it. `place` = the time whose turn it has, where others already wait for it. Answers whether it was taken.
   */
  accept(job: NewJob, at: number, place = at): boolean {
    const carry = job.kind === 'carry' ? job : undefined
    if (carry?.delivery && !this.fresh(`${job.integration}|${job.flow}|${carry.sourceId}|${carry.delivery}`, at))
      return false
    const sourceId = carry?.sourceId ?? (job.kind === 'told' ? toldId(job.targetId) : listId(job.kind))
    const history = carry?.history || job.kind === 'backfill' ? 1 : 0
    const [key, id] = [jobKey(job.integration, job.flow, sourceId), this.#nextId(at)]
    const isRemembered = this.#untouched.size < MOST_UNTOUCHED || this.#untouched.has(key)
    const { id: stored } = this.#sql
      .exec<{ id: string }>(
        `insert into jobs (key, id, kind, integration, flow, source_id, state, due_at, since, batch, priority, history, actor,
         correlation, tries)
       values (?, ?, ?, ?, ?, ?, 'queued', ?, ?, ?, ?, ?, ?, ?, ?)
       on conflict (key) do update set news = news + 1, asked = asked + iif(state = 'held', 0, 1),
         due_at = iif(state = 'held', null, min(coalesce(due_at, excluded.due_at), excluded.due_at)),
         since = iif(state in ('waiting', 'uncertain'), since, excluded.since), retries = 0,
         state = iif(state in ('done', 'skipped', 'failed'), 'queued', state),
         batch = iif(state = 'held', batch, excluded.batch), priority = min(priority, excluded.priority),
         history = max(history, excluded.history), actor = excluded.actor, correlation = excluded.correlation,
         ignored = iif(?, null, ignored)
       returning id`,
        key,
        id,
        job.kind,
        job.integration,
        job.flow,
        sourceId,
        place,
        at,
        carry?.batch ?? '',
        priorityOf(job, history === 1),
        history,
        JSON.stringify(job.actor),
        job.correlation,
        isRemembered ? 1 : 0,
        job.actor.by === 'key' ? 1 : 0,
      )
      .one()
    if (isRemembered && stored === id) this.#untouched.add(key)
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

  /** Work of one integration that is due, in the order it was accepted. */
  due(integration: string, priority: number, at: number, limit: number): Due[] {
    return this.#sql
      .exec<Due>(
        'select key, kind, flow, source_id, tries from jobs where integration = ? and priority = ? and due_at <= ? order by due_at, id limit ?',
        integration,
        priority,
        at,
        limit,
      )
      .toArray()
      .map((row) => this.#seen(row))
  }

  nextDue(integration: string, priority: number): number | null {
    const [row] = this.#sql
      .exec<{ due_at: number }>(
        `select due_at from jobs where integration = ? and priority = ? and due_at is not null order by due_at limit 1`,
        integration,
        priority,
      )
      .toArray()
    return row?.due_at ?? null
  }

  /** Over all integrations. */
  earliest(): number | null {
    const [row] = this.#sql
      .exec<{ at: number | null }>('select min(due_at) as at from jobs where due_at is not null')
      .toArray()
    return row?.at ?? null
  }

  /** Work of integrations that are no more. */
  dropOrphans(known: string[]): void {
    this.#sql.exec(
      `update jobs set state = 'skipped', reason = 'the integration was deleted', due_at = null
       where due_at is not null and integration not in (select value from json_each(?))`,
      JSON.stringify(known),
    )
  }

  get(key: string): JobRow | undefined {
    const [row] = this.#sql.exec<JobRow>('select * from jobs where key = ?', key).toArray()
    return row && this.#seen(row)
  }

  #seen<Row extends Due>(row: Row): Row {
    return this.#untouched.has(row.key) ? { ...row, tries: 0 } : row
  }

  /** Counted before the work starts, so that a job that kills the object is noticed. */
  start(key: string): void {
    if (this.#untouched.delete(key)) return
    this.#sql.exec('update jobs set tries = tries + 1 where key = ?', key)
  }

  /**
   * The end of a run of `job`, as it was when the run began. `wasRead` = the source was read, and what it said is stored; `followed`
   * = what its flow reads for was asked. Answers whether this was the end: false where it was asked for again meanwhile.
   */
  finish(job: JobRow, now: number, end: Standing, wasRead = false, followed = job.followed): boolean {
    const isLast = ['done', 'skipped', 'failed'].includes(end.state) ? 1 : 0
    // A conflict that is there again is another one: about what cannot be written over.
    const isDecided = isLast === 1 || end.reason === 'conflict' ? 1 : 0
    this.#untouched.delete(job.key)
    // An absence is only proven by another read.
    const read = wasRead && end.reason !== 'absence' ? job.news : job.read
    const [row] = this.#sql
      .exec<{ asked: number }>(
        `update jobs set state = iif(asked > ?, 'queued', ?), due_at = iif(asked > ?, ?, ?),
         reason = ?, failure = ?, waits_for = ?, waited_for = ?, version = ?, source_number = ?, target_id = ?,
         target_number = ?, tries = 0, retries = iif(? = 'outage', retries + 1, 0), read = max(read, ?),
         absent_at = iif(? = 'absence', coalesce(absent_at, ?), null), remap = iif(? and asked = ?, 0, remap),
         overwrite = iif(?, 0, overwrite), followed = ?, since = iif(? in ('waiting', 'uncertain'), since, ?)
       where key = ? returning asked`,
        job.asked,
        end.state,
        job.asked,
        now,
        end.dueAt,
        end.reason,
        end.failure ? JSON.stringify(end.failure) : null,
        end.waitsFor,
        end.waitsFor,
        end.version,
        end.sourceNumber,
        end.targetId,
        end.targetNumber,
        end.reason,
        read,
        end.reason,
        now,
        isLast,
        job.asked,
        isDecided,
        followed,
        end.state,
        now,
        job.key,
      )
      .toArray()
    if (end.state === 'done') this.#succeeded(job.integration, now)
    return row?.asked === job.asked
  }

  #succeeded(integration: string, at: number): void {
    this.#sql.exec(
      `insert into successes values (?, ?) on conflict (integration) do update set at = excluded.at
       where excluded.at >= at + ${SUCCESS_EXACT_MS}`,
      integration,
      at,
    )
  }

  /** Records that waited for this one go on, in their old place: not behind what came later. */
  wake(key: string, now: number): void {
    const query = 'update jobs set due_at = min(since, ?), waits_for = null, asked = asked + 1 where waits_for = ?'
    this.#sql.exec(query, now, key)
  }

  /** After new credentials, a resumed integration or a repaired mapping of a connection. */
  wakeWaiting(reason: string, now: number): void {
    const query = `update jobs set due_at = min(since, ?), asked = asked + 1 where state = 'waiting' and reason = ?`
    this.#sql.exec(query, now, reason)
  }

  /** Runs a record again: from the stored source record, or (`reread`) from the source. */
  replay(
    key: string,
    options: Pick<ReplayOptions, 'reread' | 'remap'>,
    actor: Actor,
    correlation: string,
    now: number,
  ): void {
    this.#sql.exec(
      `update jobs set due_at = ?, asked = asked + 1, news = news + ?, remap = max(remap, ?), actor = ?, correlation = ?, since = ?,
         ignored = null, state = case state when 'uncertain' then state else 'queued' end where key = ?`,
      now,
      options.reread ? 1 : 0,
      options.remap ? 1 : 0,
      JSON.stringify(actor),
      correlation,
      now,
      key,
    )
  }

  /** A person sets it aside. */
  ignore(key: string, ignored: Ignored): void {
    this.#sql.exec(
      `update jobs set state = 'skipped', due_at = null, reason = ?, ignored = ?, failure = null, waits_for = null, waited_for = null,
         absent_at = null, remap = 0, overwrite = 0, retries = 0 where key = ?`,
      ignored.reason,
      JSON.stringify(ignored),
      key,
    )
  }

  /** Until it comes to its end, or to another conflict. */
  overwrite(key: string): void {
    this.#sql.exec('update jobs set overwrite = 1 where key = ?', key)
  }

  /** What was mapped and set meanwhile is left out again. */
  keepMappings(key: string): void {
    this.#sql.exec('update jobs set remap = 0 where key = ?', key)
  }

  /** Records that stand failed, the longest known first, and how many there are. */
  failedOnes(filter: FailedFilter, limit: number): { keys: string[]; count: number } {
    const [where, values] = failedWhere(filter)
    const { count } = this.#sql
      .exec<{ count: number }>(`select count(*) as count from jobs where ${where}`, ...values)
      .one()
    const query = `select key from jobs where ${where} order by id limit ?`
    const rows = this.#sql.exec<{ key: string }>(query, ...values, limit).toArray()
    return { keys: rows.map(({ key }) => key), count }
  }

  /** Records that wait for a person, or for money, because of this document of the target: somebody has changed it meanwhile. */
  wakeConflicts(integration: string, flow: string, targetId: string, now: number): void {
    const query = `update jobs set due_at = ?, asked = asked + 1 where state = 'waiting' and reason in ('conflict', 'funding') and integration = ?
      and flow = ? and (target_id = ? collate nocase or instr(lower(failure), lower(?)) > 0)`
    this.#sql.exec(query, now, integration, flow, targetId, targetId)
  }

  /** How many records of this flow stand failed with this code. */
  failedWith({ integration, flow }: JobRow, code: string): number {
    const query = `select count(*) as failed from jobs where state = 'failed' and integration = ? and flow = ?
      and failure ->> '$.code' = ?`
    return this.#sql.exec<{ failed: number }>(query, integration, flow, code).one().failed
  }

  /** A batch is known from its first failure on. */
  isStopped(batch: string): boolean {
    if (batch === '') return false
    return this.#sql.exec(`select 1 from batches where id = ? and state = 'stopped'`, batch).toArray().length === 1
  }

  /** Answers whether it was this failure that stopped it. */
  stopBatch({ batch, integration, flow, key }: JobRow, now: number): boolean {
    const [known] = this.#sql
      .exec<{ state: string; failed: string }>('select state, failed from batches where id = ?', batch)
      .toArray()
    const failed = new Set(known?.state === 'stopped' ? Keys.parse(JSON.parse(known.failed)) : [])
    failed.add(key)
    const list = JSON.stringify([...failed])
    this.#sql.exec(
      `insert or replace into batches values (?, ?, ?, 'stopped', ?, ?)`,
      batch,
      integration,
      flow,
      list,
      now,
    )
    return known?.state !== 'stopped'
  }

  /** This record is all right now. Answers the batches in which no failed record is left. */
  repaired({ key }: JobRow): string[] {
    const query = `select id, failed from batches where state = 'stopped'
      and exists (select 1 from json_each(failed) where value = ?)`
    return this.#sql
      .exec<{ id: string; failed: string }>(query, key)
      .toArray()
      .filter(({ id, failed }) => {
        const left = Keys.parse(JSON.parse(failed)).filter((other) => other !== key)
        this.#sql.exec('update batches set failed = ? where id = ?', JSON.stringify(left), id)
        return left.length === 0
      })
      .map(({ id }) => id)
  }

  /** Whether this record is one of those that stopped its batch. */
  hasStopped({ batch, key }: JobRow): boolean {
    const query = `select 1 from batches where id = ? and state = 'stopped'
      and exists (select 1 from json_each(failed) where value = ?)`
    return this.#sql.exec(query, batch, key).toArray().length === 1
  }

  /**
   * What was held goes on, in its order; and what a closed period has stopped, which was no fault of those records. Answers how many
   * records that are; undefined where there is no such batch.
   */
  resumeBatch(batch: string, now: number): number | undefined {
    const known = this.#sql
      .exec<{ failed: string }>(`update batches set state = 'running' where id = ? returning failed`, batch)
      .toArray()[0]
    if (!known) return undefined
    const closed = `update jobs set state = 'queued', due_at = ?, since = ?, asked = asked + 1 where state = 'failed'
      and failure ->> '$.kind' = 'closed_period' and key in (select value from json_each(?)) returning id`
    const held = `update jobs set state = 'queued', due_at = ? where state = 'held' and batch = ? returning id`
    const again = this.#sql.exec(closed, now, now, known.failed).toArray().length
    return again + this.#sql.exec(held, now, batch).toArray().length
  }
}
