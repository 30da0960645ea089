import { DurableObject } from 'cloudflare:workers'
import { z } from 'zod'
import { type Alert, AuditEntry } from '../core/audit'
import { type Approval, type Payout, Who } from '../core/guard'
import type { Actor, NewJob } from '../core/job'
import type { Owner } from '../core/ledger'
import type { Linked, Matches, MatchQuery, Wanted } from '../core/match'
import type { Holding } from '../core/pair'
import type { PreviewQuery } from '../core/preview'
import type { Reconciliation, ReconciliationQuery } from '../core/reconciliation'
import type {
  Answered,
  Decision,
  Exported,
  ExportedTable,
  FailedFilter,
  HookCheck,
  PendingAction,
  Replayed,
  ReplayOptions,
  ShownEntry,
  TenantApi,
  TenantHealth,
  Tested,
  Trial,
  Verified,
} from '../core/tenant'
import type { Account, Reference } from '../core/vendor'
import { checkEnv, type Env } from '../env'
import { now } from '../lib/clock'
import { log, logUsual } from '../lib/log'
import { flowNamed } from '../registry'
import { openDb } from '../store/config'
import { Alerts } from './alerts'
import { answer } from './answer'
import { Attempts, type AttemptTools, documentKey } from './attempt'
import { Chores } from './chores'
import { breakerAlert, reconnectAlert } from './connection-alerts'
import { Decisions, noRecord } from './decisions'
import { Desk } from './desk'
import { Documents } from './documents'
import { Drain, type Work } from './drain'
import { Entered } from './entered'
import { exportPage } from './export'
import { GuardStore } from './guards'
import { Health } from './health'
import { Inbox } from './inbox'
import { Linking } from './linking'
import { Links } from './links'
import { Matching } from './matching'
import { Named } from './named'
import { Outbox } from './outbox'
import { Polls } from './polls'
import { Previews } from './previews'
import { Reconciliations } from './reconciliation'
import { Recovery } from './recovery'
import { pairOf, type Setup, Setups } from './setup'
import { migrate } from './storage'
import { TidingsStore } from './tidings'
import { Told } from './told'
import { Visits } from './visits'

/** One business: everything of it that calls out or changes the books happens here, one record at a time (design section 2). */
export class Tenant extends DurableObject<Env> implements TenantApi {
  readonly #inbox: Inbox
  readonly #links: Links
  readonly #documents: Documents
  readonly #tidings: TidingsStore
  readonly #outbox: Outbox
  readonly #alerts: Alerts
  readonly #recovery: Recovery
  readonly #setups: Setups
  readonly #attempts: Attempts
  readonly #decisions: Decisions
  readonly #named: Named
  readonly #previews: Previews
  readonly #polls: Polls
  readonly #reconciliations: Reconciliations
  readonly #matching: Matching
  readonly #linking: Linking
  readonly #told: Told
  readonly #desk: Desk
  readonly #drain: Drain
  readonly #health: Health
  readonly #chores: Chores
  readonly #visits: Visits

  constructor(state: DurableObjectState, env: Env) {
    super(state, env)
    checkEnv(env)
    migrate(state.storage)
    const { storage } = state
    const tenant = state.id.name ?? ''
    this.#inbox = new Inbox(storage.sql)
    this.#documents = new Documents(storage.sql)
    this.#tidings = new TidingsStore(storage.sql)
    this.#outbox = new Outbox(storage, env.DB, tenant)
    const alerts = new Alerts(this.#outbox, storage.kv)
    this.#alerts = alerts
    this.#setups = new Setups(env, storage, tenant, {
      onBreaker: (connection, open) => breakerAlert(alerts, connection, open),
      onRefused: (connection, failure) => reconnectAlert(alerts, connection, failure),
      onConfig: (integrations) => this.#inbox.dropOrphans(integrations),
    })
    const recovery = new Recovery(env.DB, tenant, storage.kv, this.#outbox, alerts)
    this.#recovery = recovery
    this.#links = new Links(storage.sql)
    const tools: AttemptTools = {
      storage,
      inbox: this.#inbox,
      links: this.#links,
      guards: new GuardStore(storage.sql),
      entered: new Entered(storage.sql),
      documents: this.#documents,
      tidings: this.#tidings,
      outbox: this.#outbox,
      alerts,
      setups: this.#setups,
      recovery,
      log: (event, facts) => log(event, { tenant, ...facts }),
      logUsual: (event, facts) => logUsual(event, { tenant, ...facts }),
    }
    this.#health = new Health(storage.sql)
    this.#chores = new Chores({ ...tools, health: this.#health })
    this.#attempts = new Attempts(tools)
    this.#named = new Named(openDb(env.DB), tenant, this.#inbox, () => this.#tell())
    this.#decisions = new Decisions(tools, (job, at) => this.#attempts.follow(job, at))
    this.#previews = new Previews(tools)
    this.#reconciliations = new Reconciliations(tools)
    this.#matching = new Matching(tools)
    this.#linking = new Linking(tools, this.#matching.store)
    this.#told = new Told(tools)
    this.#desk = new Desk(tools)
    this.#visits = new Visits(env, this.#setups)
    this.#polls = new Polls(
      tools,
      (flow, job, at) => this.#reconciliations.afterPoll(flow, job, at),
      (job, flow, listed, at) => this.#told.listed(job, flow, listed, at),
    )
    this.#drain = new Drain({
      ...tools,
      carry: (setup, work, signal) => this.#carry(setup, work, signal),
      flush: () => this.#outbox.flush(),
      check: () => recovery.check(),
    })
    // An alarm can be lost with a crash of the platform; an unconditional one would put off the alarm that woke us.
    const due = this.#inbox.earliest()
    if (due !== null) void state.blockConcurrencyWhile(() => this.#drain.arm(due))
  }

  override async alarm(): Promise<void> {
    await this.#drain.run()
  }

  async #carry(setup: Setup, work: Work, signal: AbortSignal): Promise<void> {
    const [first] = work.jobs
    if (first?.kind === 'reconcile') await this.#reconciliations.run(setup, first, signal)
    else if (first?.kind === 'match') await this.#matching.run(setup, first, signal)
    else if (first?.kind === 'told') await this.#told.run(setup, first, signal)
    else if (first && first.kind !== 'carry') await this.#polls.run(setup, first, signal)
    else await this.#attempts.carry(setup, work.jobs, signal)
  }

  async accept(jobs: NewJob[]): Promise<number> {
    const at = now()
    for (const job of jobs)
      if (job.kind === 'sweep' && job.atMost !== undefined) this.#polls.allow(job.integration, job.flow, job.atMost)
    const taken = this.ctx.storage.transactionSync(() => {
      for (const job of jobs) {
        if (job.kind === 'reconcile') this.#reconciliations.ask(job, at)
        if (job.kind === 'match') this.#matching.ask(job, at)
        if (job.kind === 'carry' && job.tidings) this.#tidings.keep(job.tidings, at)
      }
      const wanted = jobs.filter((job) => job.kind !== 'told' || this.#told.concerns(job, at))
      return wanted.filter((job) => this.#inbox.accept(job, at)).length
    })
    await this.#drain.arm(at)
    return taken
  }

  async configure(version: number, actions: PendingAction[]): Promise<void> {
    const { kv } = this.ctx.storage
    this.ctx.storage.transactionSync(() => {
      kv.put('config/version', Math.max(version, kv.get<number>('config/version') ?? 0))
      for (const reason of ['reconnect', 'start_date']) this.#inbox.wakeWaiting(reason, now())
      this.#enter(actions)
    })
    await this.#soon()
  }

  async note(actions: PendingAction[]): Promise<void> {
    this.ctx.storage.transactionSync(() => this.#enter(actions))
    await this.#soon()
  }

  async alert(alert: Alert): Promise<void> {
    this.#alerts.hear(alert)
    await this.#soon()
  }

  #enter(actions: PendingAction[]): void {
    for (const { id, entry } of actions) {
      if (this.#inbox.fresh(`action|${id}`, now())) {
        const told = AuditEntry.parse(JSON.parse(entry))
        this.#outbox.add(told, null)
        this.#desk.heard(told)
      }
    }
  }

  /** The outbox is emptied by the drain, so there is a run even where no job is due. */
  async #soon(): Promise<void> {
    await this.ctx.storage.setAlarm(Date.now())
  }

  replay(record: string, options: ReplayOptions, actor: string): Promise<Answered<{ queued: true }>> {
    return answer(async () => {
      this.#decisions.replay(await this.#named.keyOf(record), options, actor)
      await this.#drain.arm(now())
      return QUEUED
    })
  }

  async replayFailed(filter: FailedFilter, most: number, options: ReplayOptions, actor: string): Promise<Replayed> {
    const replayed = this.#decisions.replayFailed(filter, most, options, actor)
    if (replayed.queued > 0) await this.#drain.arm(now())
    return replayed
  }

  ignore(record: string, reason: string, action: PendingAction): Promise<Answered<{ ignored: true }>> {
    return answer(async () => {
      const key = await this.#named.keyOf(record)
      await this.#decisions.ignore(await this.#setups.current(), key, reason, action)
      await this.#soon()
      return { ignored: true }
    })
  }

  keepTarget(record: string, action: PendingAction): Promise<Answered<{ queued: true }>> {
    return answer(async () => {
      const key = await this.#named.keyOf(record)
      await this.#decisions.keepTarget(await this.#setups.current(), key, action)
      await this.#drain.arm(now())
      return QUEUED
    })
  }

  keepSource(record: string, action: PendingAction): Promise<Answered<{ queued: true }>> {
    return answer(async () => {
      this.#decisions.keepSource(await this.#named.keyOf(record), action)
      await this.#drain.arm(now())
      return QUEUED
    })
  }

  preview(integration: string, query: PreviewQuery): Promise<Answered<string>> {
    return answer(async () =>
      JSON.stringify(await this.#previews.run(await this.#setups.current(), integration, query)),
    )
  }

  decide(record: string, decision: Decision, actor: string): Promise<Answered<{ queued: true }>> {
    return answer(async () => {
      this.#decisions.decide(await this.#named.keyOf(record), decision, actor)
      await this.#drain.arm(now())
      return QUEUED
    })
  }

  resume(batch: string): Promise<Answered<{ resumed: number }>> {
    return answer(async () => {
      const resumed = this.#decisions.resume(batch)
      await this.#soon()
      return { resumed }
    })
  }

  async verify(): Promise<Verified> {
    await this.#tell()
    return this.#outbox.verify()
  }

  async #tell(): Promise<void> {
    await this.#recovery.check()
    await this.#outbox.flush()
  }

  source(record: string): Promise<Answered<{ sourceId: string; readAt: number; body: string }>> {
    return answer(async () => {
      const job = this.#inbox.get(await this.#named.keyOf(record))
      const setup = await this.#setups.current()
      const integration = setup.config.integrations.get(job?.integration ?? '')
      const flow = flowNamed(job?.flow ?? '')
      const key = job && integration && flow && documentKey(integration, flow, job.source_id)
      const stored = key && (await this.#documents.get(setup.key, key))
      if (!job || !stored) throw noRecord(record)
      return { sourceId: job.source_id, readAt: stored.readAt, body: JSON.stringify(stored.body) }
    })
  }

  reach(connection: string, trial: Trial = {}): Promise<Answered<Tested>> {
    return answer(() => this.#visits.reach(connection, trial))
  }

  companies(connection: string, trial: Trial): Promise<Answered<Account[]>> {
    return answer(() => this.#visits.companies(connection, trial))
  }

  identity(connection: string, trial: Trial): Promise<Answered<string>> {
    return answer(() => this.#visits.identity(connection, trial))
  }

  references(connection: string, kind: string): Promise<Answered<Reference[]>> {
    return answer(() => this.#visits.references(connection, kind))
  }

  holdings(integration: string): Promise<Answered<Holding[]>> {
    return answer(() => this.#visits.holdings(integration))
  }

  hooks(connection: string): Promise<Answered<HookCheck>> {
    return answer(() => this.#visits.hooks(connection))
  }

  unhook(connection: string): Promise<Answered<null>> {
    return answer(() => this.#visits.unhook(connection))
  }

  async reconciliation(integration: string, query: ReconciliationQuery): Promise<Reconciliation> {
    const { config } = await this.#setups.current()
    const known = config.integrations.get(integration)
    if (!known) return { flows: [], items: [], next: null }
    return this.#reconciliations.answer(known, pairOf(known).flows, query)
  }

  async matches(integration: string, query: MatchQuery): Promise<Matches> {
    const { config } = await this.#setups.current()
    const known = config.integrations.get(integration)
    if (!known) return { flows: [], items: [], next: null }
    return this.#matching.answer(known, pairOf(known).flows, query)
  }

  async link(integration: string, wanted: Wanted, actor: Actor, correlation: string): Promise<Linked> {
    const { config } = await this.#setups.current()
    const known = config.integrations.get(integration)
    const flows = known ? pairOf(known).flows : []
    const linked = this.#linking.link({ integration, flows, actor, correlation }, wanted)
    await this.#drain.arm(now())
    return linked
  }

  enter(owner: Owner, entry: string, action: PendingAction): Promise<Answered<null>> {
    return answer(async () => {
      await this.#desk.enter(await this.#setups.current(), owner, Entry.parse(JSON.parse(entry)), action)
      await this.#drain.arm(now())
      return null
    })
  }

  withdraw(owner: Owner, reason: string, action: PendingAction): Promise<Answered<null>> {
    return answer(async () => {
      this.#desk.withdraw(owner, reason, action)
      await this.#drain.arm(now())
      return null
    })
  }

  async approvals(integration: string): Promise<Approval[]> {
    return this.#desk.approvals(integration)
  }

  approve(
    integration: string,
    subject: string,
    hash: string,
    by: Who,
    action: PendingAction,
  ): Promise<Answered<Approval>> {
    return answer(async () => {
      const approval = await this.#desk.approve(integration, subject, hash, by, action)
      await this.#drain.arm(now())
      return approval
    })
  }

  async payouts(integration: string, flow: string): Promise<Payout[]> {
    return this.#desk.payouts(integration, flow)
  }

  async shown(integration: string, flow: string): Promise<ShownEntry[]> {
    return this.#desk.shown(integration, flow)
  }

  async poke(): Promise<void> {
    const due = this.#inbox.earliest()
    if (due !== null) await this.#drain.arm(due)
    await this.#chores.run(now())
    if (this.#outbox.waiting > 0) await this.#soon()
  }

  async exported(table: ExportedTable, after: string | null): Promise<Exported> {
    const { key } = await this.#setups.current()
    return exportPage(this.ctx.storage.sql, key, table, after)
  }

  async erase(reason: string): Promise<void> {
    await this.ctx.storage.deleteAlarm()
    await this.ctx.storage.deleteAll()
    await this.ctx.storage.sync()
    this.ctx.abort(reason)
  }

  /** The next start finds out what it does not know of any more (recovery.ts). */
  async restore(at: number, reason: string): Promise<void> {
    const { storage } = this.ctx
    await storage.onNextSessionRestoreBookmark(await storage.getBookmarkForTime(at))
    this.ctx.abort(reason)
  }

  async health(integrations: string[] = []): Promise<TenantHealth> {
    const each = integrations.map((integration) => this.#health.of(integration, now()))
    const metered = this.#setups.metered(now())
    return { ...this.#health.all(), outbox: this.#outbox.waiting, integrations: each, metered }
  }
}

const QUEUED = { queued: true } as const

const Entry = z.object({
  variant: z.string(),
  body: z.unknown(),
  shown: z.record(z.string(), z.string()),
  by: Who,
})
