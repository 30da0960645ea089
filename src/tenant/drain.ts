import type { AnyFlow } from '../core/flow'
import { now, pause, realTime } from '../lib/clock'
import { trace } from '../lib/trace'
import { flowNamed } from '../registry'
import type { IntegrationConfig } from '../store/config'
import { BEHIND, type Due, type Inbox, type JobRow, LIVE, LOOKING } from './inbox'
import type { Links } from './links'
import { SHORT_WAIT_MS } from './session'
import { type Setup, type Setups, sidesOf } from './setup'

/** Records worked on side by side, for each integration and in all: one slow vendor leaves room for the others. */
const LANES_EACH = 2
const LANES = 6
const PICK = 16
/** How long one run of the alarm goes on; the platform allows 15 minutes. */
const SLICE_MS = 25_000
/** Set before the work, so that a run that dies is followed by another. */
const DEAD_MAN_MS = 60_000
/** Work on one record that has not ended by then has lost its turn. */
const LONGEST_WORK_MS = 10 * 60_000
/** A record is not begun while its vendors would stop it half-way. */
const ROOM_FOR_A_RECORD = 4
/** A backfill only uses what live work leaves: this many calls have to be free. */
const ROOM_FOR_HISTORY = 28
const RETRY_MS = 10_000
/** What D1 is told of goes in batches: so many rows, or what there is after this time, at the latest with the end of the run. */
const BATCH_ROWS = 50
const BATCH_MS = 1_000
/** Started so often without coming to an end: it may be what kills the object. */
const SUSPECT_TRIES = 2

/** Live work comes first; a backfill only starts while there is room for more than that. */
const SHARES = [
  { priority: LIVE, room: ROOM_FOR_A_RECORD, evenPaused: false },
  { priority: BEHIND, room: ROOM_FOR_HISTORY, evenPaused: false },
  { priority: LOOKING, room: ROOM_FOR_HISTORY, evenPaused: true },
]

type Share = (typeof SHARES)[number]

/** All due jobs of one source record. */
export interface Work {
  record: string
  /** Work that has the same is not done beside it: the two flows of a document that is carried both ways. */
  lock: string
  integration: string
  jobs: JobRow[]
}

type Picked = Omit<Work, 'jobs'> & { jobs: Due[] }

export interface DrainTools {
  storage: DurableObjectStorage
  inbox: Inbox
  outbox: { readonly waiting: number }
  setups: Pick<Setups, 'current' | 'waitFor'>
  links: Pick<Links, 'ofTarget'>
  /** Stops making calls and does not end the jobs once `signal` is aborted. */
  carry(setup: Setup, work: Work, signal: AbortSignal): Promise<void>
  flush(): Promise<void>
  /** Before the first work after a start. */
  check(): Promise<void>
  log(event: string, facts: Record<string, unknown>): void
}

interface Running {
  integration: string
  alone: boolean
  ended: Promise<void>
}

/**
 * Works through what is due. Runs from the alarm; never throws, because the platform gives up an alarm for ever after six
 * throws (platform sheet 3). Never two jobs of one record at once.
 */
export class Drain {
  readonly #tools: DrainTools
  readonly #running = new Map<string, Running>()
  /** When each integration was served last, as a count: whoever waited longest comes first. */
  readonly #served = new Map<string, number>()
  #starts = 0
  /** When D1 was last told something, on the real clock. */
  #flushed = 0
  #run: Promise<void> | null = null
  #setup: Setup | null = null
  #ring: () => void = () => {}

  constructor(tools: DrainTools) {
    this.#tools = tools
  }

  run(): Promise<void> {
    this.#run ??= this.#guarded().finally(() => {
      this.#run = null
    })
    return this.#run
  }

  /** Sees to it that the alarm is set no later than `at`, and that a run in work hears of it. */
  async arm(at: number): Promise<void> {
    this.#ring()
    const alarm = await this.#tools.storage.getAlarm()
    const due = realTime(Math.max(at, now()))
    if (alarm === null || alarm > due) await this.#tools.storage.setAlarm(due)
  }

  async #guarded(): Promise<void> {
    const { storage, log } = this.#tools
    await storage.setAlarm(Date.now() + DEAD_MAN_MS)
    let failed = false
    try {
      await this.#work()
    } catch (thrown) {
      log('drain_failed', { error: trace(thrown) })
      failed = true
    }
    // No await between looking and setting: what is accepted later finds this alarm and sets an earlier one.
    const next = failed && this.#isLeft() ? now() + RETRY_MS : this.#next()
    if (next === null) await storage.deleteAlarm()
    else await storage.setAlarm(realTime(next))
  }

  #isLeft(): boolean {
    return this.#tools.inbox.earliest() !== null || this.#tools.outbox.waiting > 0
  }

  async #work(): Promise<void> {
    const until = Date.now() + SLICE_MS
    await this.#tools.check()
    while (this.#tools.inbox.earliest() !== null || this.#running.size > 0) {
      this.#setup = await this.#tools.setups.current()
      for (const work of this.#pick(this.#setup)) this.#start(this.#setup, work)
      // What is still in work goes on beside the next run; it is not waited for, since it may be a vendor that hangs.
      if (this.#running.size === 0 || Date.now() > until) break
      const isLeft = this.#tools.outbox.waiting > 0
      await this.#somethingHappens(isLeft ? Math.min(until, this.#flushed + BATCH_MS) : until)
      if (this.#isBatch()) void this.#flush()
    }
    await this.#flush()
  }

  #isBatch(): boolean {
    const { waiting } = this.#tools.outbox
    return waiting >= BATCH_ROWS || (waiting > 0 && Date.now() >= this.#flushed + BATCH_MS)
  }

  /** A record comes to its end, new work arrives, or the slice is over. */
  async #somethingHappens(until: number): Promise<void> {
    const { promise: bell, resolve } = Promise.withResolvers<void>()
    this.#ring = resolve
    const timer = setTimeout(resolve, Math.max(0, until - Date.now()) + 1)
    await Promise.race([bell, ...[...this.#running.values()].map(({ ended }) => ended)])
    clearTimeout(timer)
  }

  async #flush(): Promise<void> {
    this.#flushed = Date.now()
    try {
      await this.#tools.flush()
    } catch (thrown) {
      this.#tools.log('outbox_waits', { error: thrown instanceof Error ? thrown.name : 'error' })
    }
  }

  /** When there is something to do again; null = nothing by itself. */
  #next(): number | null {
    const { inbox, outbox } = this.#tools
    if (this.#running.size > 0) return now()
    const times = outbox.waiting > 0 ? [now() + RETRY_MS] : []
    const config = this.#setup?.config
    if (!config) return inbox.earliest() === null ? (times[0] ?? null) : now()
    for (const integration of config.integrations.values())
      for (const share of SHARES) {
        const due = inbox.nextDue(integration.id, share.priority)
        const wait = this.#waitOf(integration, config, share)
        if (due !== null && wait !== Number.POSITIVE_INFINITY) times.push(Math.max(due, now() + wait))
      }
    return times.length === 0 ? null : Math.min(...times)
  }

  /** How long an integration has to wait for room for so many calls; for ever while it is paused. */
  #waitOf(integration: IntegrationConfig, config: Setup['config'], { room, evenPaused }: Share): number {
    if (integration.state === 'paused' && !evenPaused) return Number.POSITIVE_INFINITY
    const sides = [integration.sourceConnection, integration.targetConnection]
    const wait = Math.max(...sides.map((side) => this.#tools.setups.waitFor(config, side, room)))
    return wait > SHORT_WAIT_MS ? wait : 0
  }

  /** What can be started now: live work first; a backfill gets what it leaves. */
  #pick({ config }: Setup): Work[] {
    if ([...this.#running.values()].some(({ alone }) => alone)) return []
    const works = new Map<string, Picked>()
    for (const share of SHARES)
      for (const integration of this.#inTurn(config))
        if (this.#waitOf(integration, config, share) === 0) this.#pickOf(integration, share.priority, works)
    return this.#suspectAlone([...works.values()]).map((work) => ({
      ...work,
      jobs: work.jobs.flatMap(({ key }) => this.#tools.inbox.get(key) ?? []),
    }))
  }

  #inTurn({ integrations }: Setup['config']): IntegrationConfig[] {
    const served = ({ id }: IntegrationConfig) => this.#served.get(id) ?? 0
    return [...integrations.values()].sort((a, b) => served(a) - served(b))
  }

  /** Work that did not come to its end before runs alone, so that only the one that kills the object is blamed for it. */
  #suspectAlone(works: Picked[]): Picked[] {
    const suspect = works.find(isSuspect)
    if (!suspect) return works
    return this.#running.size === 0 ? [suspect] : []
  }

  #pickOf(integration: IntegrationConfig, priority: number, works: Map<string, Picked>): void {
    const busy = () =>
      [...this.#running.values(), ...works.values()].filter((work) => work.integration === integration.id).length
    if (busy() >= LANES_EACH) return
    for (const job of this.#tools.inbox.due(integration.id, priority, now(), PICK)) {
      const record = recordOf(job, integration)
      const known = works.get(record)
      if (known) known.jobs.push(job)
      else if (busy() < LANES_EACH && works.size + this.#running.size < LANES) {
        const lock = this.#lockOf(job, integration, record)
        const taken = this.#running.has(lock) || [...works.values()].some((work) => work.lock === lock)
        if (!taken) works.set(record, { record, lock, integration: integration.id, jobs: [job] })
      }
    }
  }

  /** A document that is carried both ways is one, whichever side of it a job reads. */
  #lockOf(job: Due, integration: IntegrationConfig, record: string): string {
    const there = flowNamed(flowNamed(job.flow)?.mirrors?.flow ?? '')
    const other = there && this.#tools.links.ofTarget(integration.id, there.name, job.source_id)
    if (!other) return record
    const key = keyOf(integration, there, other.sourceId)
    // Either of two that mirror each other comes to the same lock.
    return there.mirrors?.flow === job.flow && record < key ? record : key
  }

  #start(setup: Setup, work: Work): void {
    this.#starts += 1
    this.#served.set(work.integration, this.#starts)
    const lost = new AbortController()
    const timer = setTimeout(() => lost.abort(), LONGEST_WORK_MS)
    const ended = Promise.race([this.#tools.carry(setup, work, lost.signal), aborted(lost.signal)])
      .catch((thrown) => {
        this.#tools.log('work_failed', { record: work.record, error: trace(thrown) })
        return pause(RETRY_MS)
      })
      .finally(() => {
        clearTimeout(timer)
        this.#running.delete(work.lock)
      })
    this.#running.set(work.lock, { integration: work.integration, alone: isSuspect(work), ended })
  }
}

const isSuspect = ({ jobs }: Picked): boolean => jobs.some(({ tries }) => tries >= SUSPECT_TRIES)

/** A record that two flows or integrations read is one record. */
const recordOf = (job: Due, integration: IntegrationConfig): string => {
  const flow = flowNamed(job.flow)
  if (job.kind !== 'carry' || !flow) return job.key
  return keyOf(integration, flow, job.source_id)
}

const keyOf = (integration: IntegrationConfig, flow: AnyFlow, sourceId: string): string =>
  `${sidesOf(integration, flow).source}|${flow.source.type}|${sourceId}`

const aborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('work took too long'))))
