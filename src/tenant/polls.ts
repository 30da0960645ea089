import { z } from 'zod'
import type { AuditEntry, RequestMade } from '../core/audit'
import { type Failure, toFailure } from '../core/failure'
import { type AnyFlow, type Listed, leadOf, type Page } from '../core/flow'
import { Actor } from '../core/job'
import { now } from '../lib/clock'
import { timeOf } from '../lib/ids'
import { nextDue } from '../lib/schedule'
import { trace } from '../lib/trace'
import { flowNamed } from '../registry'
import type { IntegrationConfig } from '../store/config'
import { nextPage, type WalkKind, worthCarrying } from '../sync/poll'
import { afterFailure } from '../sync/retry'
import type { AttemptTools } from './attempt'
import { isFollowedBy } from './followers'
import { batchOf, type JobRow, jobKey, MOST_STARTS } from './inbox'
import { Session } from './session'
import { pairOf, type Setup, sidesOf } from './setup'
import { afterOutcome, listStanding as standing } from './standing'
import { Sweeps, type Swept, streamOf } from './sweeps'

/** A list that was not read to its end for this many rounds of its schedule is stalled. */
const MISSED_ROUNDS = 3

/** What has to be known to read a page. */
interface Walk {
  job: JobRow
  integration: IntegrationConfig
  flow: AnyFlow
  kind: WalkKind
  requests: RequestMade[]
}

/** What else is to happen when a poll came to its end; part of its transaction. */
type AfterPoll = (flow: AnyFlow, job: JobRow, at: number) => void

/** What a list says of a record of another kind than its own, to a flow that posts such. */
type Tell = (job: JobRow, flow: AnyFlow, listed: Listed, at: number) => void

/** Reads one page of a list per run, and remembers how far it came: a walk of any length survives a reset in the middle. */
export class Polls {
  readonly #tools: AttemptTools
  readonly #sweeps: Sweeps
  readonly #afterPoll: AfterPoll
  readonly #tell: Tell

  constructor(tools: AttemptTools, afterPoll: AfterPoll, tell: Tell) {
    this.#tools = tools
    this.#afterPoll = afterPoll
    this.#tell = tell
    this.#sweeps = new Sweeps(tools)
  }

  /** A person says how many records may be gone. */
  allow(integration: string, flow: string, atMost: number): void {
    this.#sweeps.allow(integration, flow, atMost)
  }

  async run(setup: Setup, job: JobRow, signal: AbortSignal): Promise<void> {
    const integration = setup.config.integrations.get(job.integration)
    const flow = flowNamed(job.flow)
    if (!integration || !flow || !integration.flows[flow.name]?.enabled)
      return void this.#tools.inbox.finish(job, now(), standing('skipped'))
    if (job.tries >= MOST_STARTS) return this.#setAside(job)
    this.#tools.inbox.start(job.key)
    const walk: Walk = { job, integration, flow, kind: WalkName.parse(job.kind), requests: [] }
    try {
      const session = new Session(await this.#tools.setups.line(setup, sidesOf(integration, flow).source), signal)
      const page = await flow
        .use((opened) => nextPage(opened, walk.kind, session, this.#cursor(walk)))
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
    return row?.cursor || null
  }

  /** What was found and how far the list was read are one transaction: a mark never passes a row that has no job (promise 7). */
  #took(walk: Walk, page: Page<string>): void {
    const { storage, inbox, alerts } = this.#tools
    const { job, kind } = walk
    const at = now()
    const flows = kind === 'sweep' ? siblings(walk) : [job.flow]
    const listed = flows.flatMap((flow) =>
      this.#worth(walk, flow, ownOf(walk, page.items)).map(({ change }) => ({
        flow: this.#readBy(walk, flow, change.id),
        id: change.id,
      })),
    )
    const found = [...new Map(listed.map((one) => [`${one.flow} ${one.id}`, one])).values()]
    storage.transactionSync(() => {
      for (const { flow, id } of found) this.#carry(walk, flow, id, at)
      for (const { flow, item } of besides(walk, page.items)) this.#tell(job, flow, item, at)
      this.#mark(walk, page, at)
      if (kind === 'sweep') this.#swept(walk, flows, page, at)
      inbox.finish(job, at, standing('done', page.done ? null : at))
      if (found.length > 0) this.#note(walk, 'found', `${found.length} ${WORDS[kind]}`, at)
      if (page.done && kind !== 'sweep') alerts.resolve(stalled(walk), at)
      if (page.done && kind === 'poll') this.#sweepInTime(walk, at)
      if (page.done && kind === 'poll') this.#afterPoll(walk.flow, job, at)
    })
  }

  #worth(walk: Walk, flow: string, items: Page<string>['items']): Page<string>['items'] {
    const { integration, kind } = walk
    const history = kind === 'backfill'
    return worthCarrying(items, history ? '' : integration.startDate, (sourceId) => {
      const row = this.#known(walk, flow, sourceId)
      // A backfill is what carries the records that wait for their start date.
      if (history && row?.reason === 'start_date') return undefined
      return row && { row: row.version, willBeRead: willBeRead(row) }
    })
  }

  /** A record that a flow never had to do with is read by the flow that it follows, where that is on. */
  #readBy(walk: Walk, flow: string, sourceId: string): string {
    const lead = this.#lead(walk, flow)
    return lead && !this.#tools.inbox.get(jobKey(walk.job.integration, flow, sourceId)) ? lead : flow
  }

  /** What that one has read says something about this flow only if it was asked then, or is going to be. */
  #known(walk: Walk, flow: string, sourceId: string): JobRow | undefined {
    const { inbox } = this.#tools
    const reader = this.#readBy(walk, flow, sourceId)
    const row = inbox.get(jobKey(walk.job.integration, reader, sourceId))
    return reader === flow || (row && (willBeRead(row) || isFollowedBy(row, flow))) ? row : undefined
  }

  #lead({ integration, kind }: Walk, name: string): string | undefined {
    const flow = flowNamed(name)
    // A backfill is of the flows that a person named.
    const lead = flow && kind !== 'backfill' ? leadOf(pairOf(integration).flows, flow)?.name : undefined
    return lead !== undefined && integration.flows[lead]?.enabled ? lead : undefined
  }

  #carry({ job, kind }: Walk, flow: string, sourceId: string, at: number): void {
    const { integration, correlation } = job
    const history = kind === 'backfill'
    const carry = {
      kind: 'carry',
      integration,
      flow,
      sourceId,
      history,
      correlation,
      batch: batchOf(job, flow),
    } as const
    this.#tools.inbox.accept({ ...carry, actor: { by: 'poll' } }, at)
  }

  #swept(walk: Walk, flows: string[], page: Page<string>, at: number): void {
    const { integration, flow: lead, correlation } = walk.job
    const swept: Swept = { integration, lead, flows, correlation }
    this.#sweeps.saw(swept, page.items, at)
    if (page.done) this.#sweeps.end(swept, at)
  }

  /** The first flow that lives from a list sweeps it for all. */
  #sweepInTime(walk: Walk, at: number): void {
    const { integration, flow, correlation } = walk.job
    const canSweep = walk.flow.use(({ source }) => source.all !== undefined)
    if (!canSweep || siblings(walk)[0] !== flow || !this.#sweeps.isDue(integration, flow, at)) return
    this.#tools.inbox.accept({ kind: 'sweep', integration, flow, correlation, actor: { by: 'service' } }, at)
  }

  /** A finished backfill starts from the beginning the next time. */
  #mark(walk: Walk, page: Page<string>, at: number): void {
    const { sql } = this.#tools.storage
    const { integration } = walk.job
    if (walk.kind === 'backfill' && page.done)
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
      if (walk.kind !== 'sweep' && this.#isStalled(walk, at)) this.#raise(walk, failure, at)
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

const willBeRead = ({ state, news, read, tries }: JobRow): boolean => state === 'queued' && news > read && tries === 0

const WalkName = z.enum(['poll', 'backfill', 'sweep'])

const WORDS = { poll: 'changed', backfill: 'to carry', sweep: 'changed without a word' } as const

/** A backfill and a sweep walk beside the polls, each with a mark of its own. */
const stream = ({ job, kind }: Walk): string =>
  ({ poll: job.flow, backfill: `${job.flow}~backfill`, sweep: streamOf(job.flow) })[kind]

/** The flows of this integration that are on and live from the same list, in the order of the pair. */
const siblings = ({ integration, flow }: Walk): string[] =>
  pairOf(integration)
    .flows.filter(({ name, source }) => {
      const same = source.vendor === flow.source.vendor && source.type === flow.source.type
      return same && integration.flows[name]?.enabled
    })
    .map(({ name }) => name)

/** Flows of this integration that post what stands in the list of another kind of record. */
const besides = ({ integration, flow }: Walk, items: Listed[]): { flow: AnyFlow; item: Listed }[] => {
  const posting = pairOf(integration).flows.filter(
    ({ name, target }) =>
      target.vendor === flow.source.vendor && target.type !== flow.source.type && integration.flows[name]?.enabled,
  )
  return items.flatMap((item) =>
    posting.filter(({ target }) => target.type === item.change.type).map((one) => ({ flow: one, item })),
  )
}

const ownOf = (walk: Walk, items: Listed[]): Listed[] => {
  const others = new Set(besides(walk, items).map(({ item }) => item))
  return items.filter((item) => !others.has(item))
}

const stalled = ({ job }: Walk): string => `stream/${job.integration}/${job.flow}`
