import { now, pause, realTime } from '../lib/clock'
import type { IntegrationConfig } from '../store/config'
import type { Inbox, JobRow } from './inbox'
import { SHORT_WAIT_MS } from './session'
import type { Setup, Setups } from './setup'

/** Records worked on side by side. Their calls still pass the gates. */
const LANES = 4
const PICK = 40
/** How long one run of the alarm goes on; the platform allows 15 minutes. */
const SLICE_MS = 25_000
/** Set before the work, so that a run that dies is followed by another. */
const DEAD_MAN_MS = 60_000
/** A record is not begun while its vendors would stop it half-way. */
const ROOM_FOR_A_RECORD = 4
const RETRY_MS = 10_000

/** All due jobs of one source record. */
export interface Work {
  record: string
  jobs: JobRow[]
}

export interface DrainTools {
  storage: DurableObjectStorage
  inbox: Inbox
  setups: Setups
  carry(setup: Setup, work: Work): Promise<void>
  flush(): Promise<void>
  log(event: string, facts: Record<string, unknown>): void
}

/**
 * Works through what is due. Runs from the alarm; never throws, because the platform gives up an alarm for ever after six
 * throws (platform sheet 3). Never two jobs of one record at once.
 */
export class Drain {
  readonly #tools: DrainTools
  readonly #running = new Map<string, Promise<void>>()
  #run: Promise<void> | null = null

  constructor(tools: DrainTools) {
    this.#tools = tools
  }

  run(): Promise<void> {
    this.#run ??= this.#guarded().finally(() => {
      this.#run = null
    })
    return this.#run
  }

  /** Sees to it that the alarm is set for the earliest due work. */
  async arm(): Promise<void> {
    const due = this.#tools.inbox.nextDue([])
    if (due === null) return
    const alarm = await this.#tools.storage.getAlarm()
    const at = realTime(Math.max(due, now()))
    if (alarm === null || alarm > at) await this.#tools.storage.setAlarm(at)
  }

  async #guarded(): Promise<void> {
    const { storage, log } = this.#tools
    await storage.setAlarm(Date.now() + DEAD_MAN_MS)
    let next: number | null
    try {
      next = await this.#work()
    } catch (thrown) {
      log('drain_failed', { error: thrown instanceof Error ? thrown.stack : String(thrown) })
      next = now() + RETRY_MS
    }
    if (next === null) await storage.deleteAlarm()
    else await storage.setAlarm(realTime(next))
  }

  /** Answers when there is something to do again; null = nothing by itself. */
  async #work(): Promise<number | null> {
    const until = Date.now() + SLICE_MS
    const { setups, inbox, carry } = this.#tools
    if (inbox.nextDue([]) === null) return (await this.#flush()) ? null : now() + RETRY_MS
    let setup = await setups.current()
    while (Date.now() < until) {
      setup = await setups.current()
      const blocked = this.#blocked(setup)
      for (const work of this.#pick(setup, [...blocked.keys()])) this.#start(work, carry(setup, work))
      if (this.#running.size === 0) break
      await Promise.race(this.#running.values())
    }
    await Promise.all(this.#running.values())
    const flushed = await this.#flush()
    return this.#next(setup, inbox, flushed)
  }

  async #flush(): Promise<boolean> {
    try {
      await this.#tools.flush()
      return true
    } catch (thrown) {
      this.#tools.log('outbox_waits', { error: thrown instanceof Error ? thrown.name : 'error' })
      return false
    }
  }

  #next(setup: Setup, inbox: Inbox, flushed: boolean): number | null {
    const blocked = this.#blocked(setup)
    const soonest = inbox.nextDue([...blocked.keys()])
    const ready = [...blocked.values()].filter((wait) => wait !== Number.POSITIVE_INFINITY)
    const waits = ready.length > 0 && inbox.nextDue(pausedOf(setup)) !== null ? [now() + Math.min(...ready)] : []
    const all = [...(soonest === null ? [] : [soonest]), ...waits, ...(flushed ? [] : [now() + RETRY_MS])]
    return all.length === 0 ? null : Math.min(...all)
  }

  /** Integrations that cannot go on now, and how long they have to wait; for ever while paused. */
  #blocked({ config }: Setup): Map<string, number> {
    const blocked = new Map<string, number>()
    for (const integration of config.integrations.values()) {
      const wait = this.#waitOf(integration, config)
      if (wait > 0) blocked.set(integration.id, wait)
    }
    return blocked
  }

  #waitOf(integration: IntegrationConfig, config: Setup['config']): number {
    if (integration.state === 'paused') return Number.POSITIVE_INFINITY
    const sides = [integration.sourceConnection, integration.targetConnection]
    const wait = Math.max(...sides.map((side) => this.#tools.setups.waitFor(config, side, ROOM_FOR_A_RECORD)))
    return wait > SHORT_WAIT_MS ? wait : 0
  }

  #pick({ config }: Setup, blocked: string[]): Work[] {
    const free = LANES - this.#running.size
    if (free <= 0) return []
    const works = new Map<string, Work>()
    for (const job of this.#tools.inbox.due(now(), blocked, PICK)) {
      const source = config.integrations.get(job.integration)?.sourceConnection ?? ''
      const record = job.kind === 'carry' ? `${source}|${job.source_id}` : job.key
      if (this.#running.has(record)) continue
      const work = works.get(record) ?? { record, jobs: [] }
      work.jobs.push(job)
      works.set(record, work)
    }
    return [...works.values()].slice(0, free)
  }

  #start(work: Work, running: Promise<void>): void {
    const ended = running
      .catch((thrown) => {
        this.#tools.log('work_failed', { record: work.record, error: thrown instanceof Error ? thrown.stack : 'error' })
        return pause(RETRY_MS)
      })
      .finally(() => this.#running.delete(work.record))
    this.#running.set(work.record, ended)
  }
}

const pausedOf = ({ config }: Setup): string[] =>
  [...config.integrations.values()].filter((integration) => integration.state === 'paused').map(({ id }) => id)
