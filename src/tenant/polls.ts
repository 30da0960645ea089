import type { AuditEntry, RequestMade } from '../core/audit'
import { type Failure, toFailure } from '../core/failure'
import type { Page } from '../core/flow'
import { Actor, type Outcome } from '../core/job'
import { now } from '../lib/clock'
import { timeOf } from '../lib/ids'
import { nextDue } from '../lib/schedule'
import { trace } from '../lib/trace'
import { flowNamed } from '../registry'
import type { IntegrationConfig } from '../store/config'
import { nextPage, worthCarrying } from '../sync/poll'
import { afterFailure } from '../sync/retry'
import type { AttemptTools } from './attempt'
import { type JobRow, jobKey, MOST_STARTS } from './inbox'
import { Session } from './session'
import type { Setup } from './setup'
import type { Standing } from './standing'

/** A list that was not read to its end for this many rounds of its schedule is stalled. */
const MISSED_ROUNDS = 3

/** What has to be known to read a page. */
interface Walk {
  job: JobRow
  integration: IntegrationConfig
  /** Everything there is, and not only what changed. */
  history: boolean
  requests: RequestMade[]
}

/** Reads one page of a list per run, and remembers how far it came: a walk of any length survives a reset in the middle. */
export class Polls {
  readonly #tools: AttemptTools

  constructor(tools: AttemptTools) {
    this.#tools = tools
  }

  async run(setup: Setup, job: JobRow, signal: AbortSignal): Promise<void> {
    const integration = setup.config.integrations.get(job.integration)
    const flow = flowNamed(job.flow)
    if (!integration || !flow || !integration.flows[flow.name]?.enabled)
      return void this.#tools.inbox.finish(job, now(), standing('skipped'))
    if (job.tries >= MOST_STARTS) return this.#setAside(job)
    this.#tools.inbox.start(job.key)
    const walk: Walk = { job, integration, history: job.kind === 'backfill', requests: [] }
    try {
      const session = new Session(await this.#tools.setups.line(setup, integration.sourceConnection), signal)
      const page = await flow
        .use((opened) => nextPage(opened, session, this.#cursor(walk)))
        .finally(() => walk.requests.push(...session.requests))
      signal.throwIfAborted()
      this.#took(walk, page)
    } catch (thrown) {
      signal.throwIfAborted()
      this.#failed(walk, thrown)
    }
  }

  #cursor(walk: Walk): string | null {
    const [row] = this.#tools.storage.sql
      .exec<{ cursor: string }>(
        'select cursor from cursors where integration = ? and flow = ?',
        walk.job.integration,
        stream(walk),
      )
      .toArray()
    return row?.cursor ?? null
  }

  /** What was found and how far the list was read are one transaction: a mark never passes a row that has no job (promise 7). */
  #took(walk: Walk, page: Page<string>): void {
    const { storage, inbox, alerts } = this.#tools
    const { job, integration, history } = walk
    const at = now()
    const found = worthCarrying(page.items, history ? '' : integration.startDate, (sourceId) => {
      const row = inbox.get(jobKey(job.integration, job.flow, sourceId))
      // A backfill is what carries the records that wait for their start date.
      if (history && row?.reason === 'start_date') return undefined
      return (
        row && { version: row.version, willBeRead: row.state === 'queued' && row.news > row.read && row.tries === 0 }
      )
    })
    storage.transactionSync(() => {
      for (const { change } of found)
        inbox.accept(
          {
            kind: 'carry',
            integration: job.integration,
            flow: job.flow,
            sourceId: change.id,
            batch: batchOf(job),
            history,
            actor: { by: 'poll' },
            correlation: job.correlation,
          },
          at,
        )
      this.#mark(walk, page, at)
      inbox.finish(job, at, standing('done', page.done ? null : at))
      if (found.length > 0) this.#note(walk, 'found', `${found.length} ${history ? 'to carry' : 'changed'}`, at)
      if (page.done) alerts.resolve(stalled(walk), at)
    })
  }

  /** A finished backfill starts from the beginning the next time. */
  #mark(walk: Walk, page: Page<string>, at: number): void {
    const { sql } = this.#tools.storage
    const { integration } = walk.job
    if (walk.history && page.done)
      sql.exec('delete from cursors where integration = ? and flow = ?', integration, stream(walk))
    else sql.exec('insert or replace into cursors values (?, ?, ?, ?)', integration, stream(walk), page.next, at)
  }

  #failed(walk: Walk, thrown: unknown): void {
    const failure = toFailure(thrown)
    const { job } = walk
    if (failure.kind === 'bug') this.#tools.log('bug', { poll: job.key, stack: trace(thrown) })
    const at = now()
    const outcome = afterFailure(failure, { ageMs: at - job.since, retries: job.retries, random: Math.random() })
    this.#tools.storage.transactionSync(() => {
      this.#tools.inbox.finish(job, at, afterOutcome(outcome, failure, at))
      this.#note(walk, outcome.state, failure.message, at, failure.code)
      if (this.#isStalled(walk, at)) this.#raise(walk, failure, at)
    })
  }

  #isStalled({ job, integration }: Walk, at: number): boolean {
    const schedule = integration.flows[job.flow]?.schedule ?? integration.schedule
    let late = this.#lastRead(job)
    for (let round = 0; round < MISSED_ROUNDS; round += 1) late = nextDue(schedule, late)
    return at > late
  }

  /** When a page was last read; since it exists, where none ever was. */
  #lastRead(job: JobRow): number {
    const [row] = this.#tools.storage.sql
      .exec<{ at: number }>('select at from cursors where integration = ? and flow = ?', job.integration, job.flow)
      .toArray()
    return row?.at ?? timeOf(job.id)
  }

  #setAside(job: JobRow): void {
    const at = now()
    const text = `reading the list of ${job.flow} was started ${job.tries} times without coming to an end`
    this.#tools.storage.transactionSync(() => {
      this.#tools.inbox.finish(job, at, standing('failed'))
      this.#tools.alerts.raise({
        cause: `set_aside/${job.key}`,
        kind: 'set_aside',
        integration: job.integration,
        text,
        remedy: 'It is tried again at the next round of its schedule. Report it.',
        at,
      })
    })
  }

  #raise(walk: Walk, { message, remedy }: Failure, at: number): void {
    this.#tools.alerts.raise({
      cause: stalled(walk),
      kind: 'stream_stalled',
      integration: walk.job.integration,
      text: `${walk.job.flow} has not been read to its end since ${new Date(this.#lastRead(walk.job)).toISOString()}: ${message}`,
      remedy,
      at,
    })
  }

  #note({ job, requests }: Walk, outcome: string, text: string, at: number, code?: string): void {
    const entry: AuditEntry = {
      at,
      kind: 'poll',
      actor: Actor.parse(JSON.parse(job.actor)),
      integration: job.integration,
      flow: job.flow,
      outcome,
      text,
      ...(code && { code }),
      requests,
      correlation: job.correlation,
    }
    this.#tools.outbox.add(entry, null)
  }
}

/** A backfill walks beside the polls, with a mark of its own. */
const stream = ({ job, history }: Walk): string => (history ? `${job.flow}~backfill` : job.flow)

/** The records of one flow that one run found: polls of several flows have one correlation. */
const batchOf = ({ correlation, flow }: JobRow): string => `${correlation}.${flow.replace('/', '.')}`

const stalled = ({ job }: Walk): string => `stream/${job.integration}/${job.flow}`

const afterOutcome = (outcome: Outcome, failure: Failure, at: number): Standing => ({
  ...standing(outcome.state, 'waitMs' in outcome && outcome.waitMs !== null ? at + outcome.waitMs : null),
  failure,
  reason: outcome.state === 'waiting' ? outcome.reason : '',
})

const standing = (state: Standing['state'], dueAt: number | null = null): Standing => ({
  state,
  dueAt,
  reason: '',
  failure: null,
  waitsFor: null,
  version: '',
  sourceNumber: '',
  targetId: '',
  targetNumber: '',
})
