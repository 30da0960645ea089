import { DurableObject } from 'cloudflare:workers'
import { AuditEntry } from '../core/audit'
import { Failed, toFailure } from '../core/failure'
import type { NewJob } from '../core/job'
import type { Answered, PendingAction, ReplayOptions, TenantApi, TenantHealth, Tested } from '../core/tenant'
import type { Reference } from '../core/vendor'
import { checkEnv, type Env } from '../env'
import { now } from '../lib/clock'
import { newId } from '../lib/ids'
import { flowNamed } from '../registry'
import { Attempts, type AttemptTools, documentKey } from './attempt'
import { Documents } from './documents'
import { Drain, type Work } from './drain'
import { Inbox } from './inbox'
import { Links } from './links'
import { Outbox } from './outbox'
import { Polls } from './polls'
import { Session } from './session'
import { type Setup, Setups } from './setup'
import { migrate } from './storage'

const log = (event: string, facts: Record<string, unknown>): void => {
  // biome-ignore lint/suspicious/noConsole: Workers Logs collects the console
  console.error(JSON.stringify({ event, ...facts }))
}

/** One business: everything of it that calls out or changes the books happens here, one record at a time (design section 2). */
export class Tenant extends DurableObject<Env> implements TenantApi {
  readonly #inbox: Inbox
  readonly #documents: Documents
  readonly #outbox: Outbox
  readonly #setups: Setups
  readonly #attempts: Attempts
  readonly #polls: Polls
  readonly #drain: Drain

  constructor(state: DurableObjectState, env: Env) {
    super(state, env)
    checkEnv(env)
    migrate(state.storage)
    const { storage } = state
    const tenant = state.id.name ?? ''
    this.#inbox = new Inbox(storage.sql)
    this.#documents = new Documents(storage.sql)
    this.#outbox = new Outbox(storage, env.DB, tenant)
    this.#setups = new Setups(env, storage, tenant)
    const tools: AttemptTools = {
      storage,
      inbox: this.#inbox,
      links: new Links(storage.sql),
      documents: this.#documents,
      outbox: this.#outbox,
      setups: this.#setups,
      log: (event, facts) => log(event, { tenant, ...facts }),
    }
    this.#attempts = new Attempts(tools)
    this.#polls = new Polls(tools)
    this.#drain = new Drain({
      ...tools,
      carry: (setup, work) => this.#carry(setup, work),
      flush: () => this.#outbox.flush(),
    })
    // An alarm can be lost with a crash of the platform; an unconditional one would put off the alarm that woke us.
    void state.blockConcurrencyWhile(() => this.#drain.arm())
  }

  override async alarm(): Promise<void> {
    await this.#drain.run()
  }

  async #carry(setup: Setup, work: Work): Promise<void> {
    const [first] = work.jobs
    if (first?.kind === 'poll') await this.#polls.run(setup, first)
    else await this.#attempts.carry(setup, work.jobs)
  }

  async accept(jobs: NewJob[]): Promise<number> {
    const at = now()
    const taken = this.ctx.storage.transactionSync(() => jobs.filter((job) => this.#inbox.accept(job, at)).length)
    await this.#drain.arm()
    return taken
  }

  async configure(version: number, actions: PendingAction[]): Promise<void> {
    const { kv } = this.ctx.storage
    this.ctx.storage.transactionSync(() => {
      kv.put('config/version', Math.max(version, kv.get<number>('config/version') ?? 0))
      this.#inbox.wakeWaiting('reconnect', now())
      this.#enter(actions)
    })
    await this.#soon()
  }

  async note(actions: PendingAction[]): Promise<void> {
    this.ctx.storage.transactionSync(() => this.#enter(actions))
    await this.#soon()
  }

  #enter(actions: PendingAction[]): void {
    for (const { id, entry } of actions)
      if (this.#inbox.fresh(`action|${id}`, now())) this.#outbox.add(AuditEntry.parse(JSON.parse(entry)), null)
  }

  /** The outbox is emptied by the drain, so there is a run even where no job is due. */
  async #soon(): Promise<void> {
    await this.ctx.storage.setAlarm(Date.now())
  }

  async replay(record: string, options: ReplayOptions, actor: string): Promise<Answered<{ queued: true }>> {
    const queued = this.#inbox.replay(record, options, { by: 'replay', id: actor }, newId('x', now()), now())
    if (!queued) return refuse(noRecord(record))
    await this.#drain.arm()
    return { ok: true, value: { queued: true } }
  }

  source(record: string): Promise<Answered<{ sourceId: string; readAt: number; body: string }>> {
    return answer(async () => {
      const job = this.#inbox.byId(record)
      const setup = await this.#setups.current()
      const integration = setup.config.integrations.get(job?.integration ?? '')
      const flow = flowNamed(job?.flow ?? '')
      if (!job || !integration || !flow) throw new Failed(noRecord(record))
      const stored = await this.#documents.get(setup.key, documentKey(integration, flow, job.source_id))
      if (!stored) throw new Failed(noRecord(record))
      return { sourceId: job.source_id, readAt: stored.readAt, body: JSON.stringify(stored.body) }
    })
  }

  reach(connection: string, sealed?: string): Promise<Answered<Tested>> {
    return answer(async () => {
      const line = await this.#setups.line(await this.#setups.current(), connection, sealed)
      const started = now()
      const account = await line.vendor.account(new Session(line), line.credentials)
      return { account, ms: now() - started }
    })
  }

  references(connection: string, kind: string): Promise<Answered<Reference[]>> {
    return answer(async () => {
      const line = await this.#setups.line(await this.#setups.current(), connection)
      const list = line.vendor.references[kind]
      if (!list)
        throw new Failed({
          kind: 'rejected',
          code: 'no_such_list',
          message: `${line.vendor.name} has no list ${kind}`,
          remedy: `Ask for one of: ${Object.keys(line.vendor.references).join(', ')}.`,
        })
      return list(new Session(line))
    })
  }

  async poke(): Promise<void> {
    await this.#drain.arm()
    if (this.#outbox.waiting > 0) await this.#soon()
  }

  async health(): Promise<TenantHealth> {
    return { ...this.#inbox.counts(), outbox: this.#outbox.waiting }
  }
}

const noRecord = (record: string) =>
  ({
    kind: 'rejected',
    code: 'no_record',
    message: `there is no record ${record}`,
    remedy: 'List the records to find its id.',
  }) as const

const refuse = (failure: Extract<Answered<never>, { ok: false }>['failure']): Answered<never> => ({
  ok: false,
  failure,
})

const answer = async <T>(work: () => Promise<T>): Promise<Answered<T>> => {
  try {
    return { ok: true, value: await work() }
  } catch (thrown) {
    const failure = toFailure(thrown)
    if (failure.kind === 'bug') log('bug', { stack: thrown instanceof Error ? thrown.stack : String(thrown) })
    return refuse(failure)
  }
}
