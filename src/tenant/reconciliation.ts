import type { RequestMade } from '../core/audit'
import { toFailure } from '../core/failure'
import { type AnyFlow, canReconcile } from '../core/flow'
import type { ReconcileJob } from '../core/job'
import { ALL_TIME, type Window } from '../core/reconciliation'
import { now } from '../lib/clock'
import { trace } from '../lib/trace'
import { flowNamed } from '../registry'
import type { IntegrationConfig } from '../store/config'
import { rowOf } from '../sync/record'
import { afterFailure } from '../sync/retry'
import type { AttemptTools } from './attempt'
import { type JobRow, jobKey, MOST_STARTS } from './inbox'
import { answerOf } from './reconciliation-answer'
import { Comparison } from './reconciliation-compare'
import { note, report, setAside } from './reconciliation-report'
import { Rest } from './reconciliation-rest'
import { type Lists, type Progress, ReconciliationStore, sourceRow, unbegun } from './reconciliation-store'
import { Session } from './session'
import { type Setup, sidesOf } from './setup'
import { afterOutcome, listStanding } from './standing'

const EVERY_MS = 24 * 3_600_000

/** One run of the job. */
interface Run {
  setup: Setup
  job: JobRow
  integration: IntegrationConfig
  flow: AnyFlow
  progress: Progress
  requests: RequestMade[]
  signal: AbortSignal
}

/** What is to be stored of a run: in one transaction, together with its end. */
type Stored = { next: Progress; store(): void }

/**
 * Compares both sides, a page of a list or a few documents per run: the source as it is stored, the target as it stands. A target
 * document is read again only where its stamp is another than at the last comparison.
 */
export class Reconciliations {
  readonly #tools: AttemptTools
  readonly #store: ReconciliationStore
  readonly #comparison: Comparison
  readonly #remainder: Rest
  /** Of the comparison in work; read again from the store after a restart. */
  readonly #lists = new Map<string, { startedAt: number; lists: Lists }>()

  constructor(tools: AttemptTools) {
    this.#tools = tools
    this.#store = new ReconciliationStore(tools.storage.sql)
    this.#comparison = new Comparison(tools, this.#store)
    this.#remainder = new Rest(tools, this.#store)
  }

  readonly answer = (integration: IntegrationConfig, flows: AnyFlow[], query: Parameters<typeof answerOf>[3]) =>
    answerOf(this.#store, integration, flows.filter(canReconcile), query)

  /** Asked for: the source's list is walked too. One in work over the same window goes on; another window starts anew. */
  ask({ integration, flow, from, to }: ReconcileJob, at: number): void {
    const window = { from: from ?? ALL_TIME.from, to: to ?? ALL_TIME.to }
    const known = this.#store.get({ integration, flow })
    const isUnderWay = known && known.stage !== 'done' && isSame(known.window, window)
    const walks = flowNamed(flow)?.use(({ source }) => source.all !== undefined)
    if (!isUnderWay) this.#begin(known ?? unbegun({ integration, flow }, at), walks ? 'source' : 'target', window, at)
  }

  /** Once a day behind a poll that came to its end: what polls and sweeps keep up with need not be listed again. */
  afterPoll(flow: AnyFlow, { integration, correlation }: JobRow, at: number): void {
    if (!canReconcile(flow)) return
    const known = this.#store.get({ integration, flow: flow.name })
    if (!known) this.#store.put(unbegun({ integration, flow: flow.name }, at))
    if (known?.stage !== 'done' || known.startedAt + EVERY_MS > at) return
    this.#begin(known, 'target', ALL_TIME, at)
    const job = { kind: 'reconcile', integration, flow: flow.name, correlation, actor: { by: 'service' } } as const
    this.#tools.inbox.accept(job, at)
  }

  #begin(known: Progress, stage: 'source' | 'target', window: Window, at: number): void {
    this.#store.dropLists(known)
    this.#store.put({ ...known, stage, window, cursor: '', startedAt: at })
  }

  async run(setup: Setup, job: JobRow, signal: AbortSignal): Promise<void> {
    const integration = setup.config.integrations.get(job.integration)
    const flow = flowNamed(job.flow)
    const progress = this.#store.get(job)
    const { inbox } = this.#tools
    if (!integration || !flow || !progress || progress.stage === 'done' || !integration.flows[flow.name]?.enabled)
      return void inbox.finish(job, now(), listStanding(progress?.stage === 'done' ? 'done' : 'skipped'))
    if (job.tries >= MOST_STARTS) return this.#setAside(job)
    inbox.start(job.key)
    const run: Run = { setup, job, integration, flow, progress, requests: [], signal }
    try {
      const stored = await this.#step(run)
      signal.throwIfAborted()
      this.#took(run, stored)
    } catch (thrown) {
      signal.throwIfAborted()
      this.#failed(run, thrown)
    }
  }

  #step(run: Run): Promise<Stored> {
    const { stage } = run.progress
    if (stage === 'source') return this.#sourcePage(run)
    if (stage === 'target') return this.#targetPage(run)
    return stage === 'records' ? this.#records(run) : Promise.resolve(this.#rest(run))
  }

  async #session({ setup, signal }: Run, connection: string): Promise<Session> {
    return new Session(await this.#tools.setups.line(setup, connection), signal)
  }

  async #sourcePage(run: Run): Promise<Stored> {
    const { progress, integration, flow } = run
    const session = await this.#session(run, sidesOf(integration, flow).source)
    const page = await flow
      .use(async ({ source }) => source.all?.(session, progress.cursor || null))
      .finally(() => run.requests.push(...session.requests))
    if (!page) return { next: { ...progress, stage: 'target', cursor: '' }, store: () => {} }
    const next: Progress = page.done ? { ...progress, stage: 'target', cursor: '' } : { ...progress, cursor: page.next }
    const rows = page.items.map((item) => sourceRow(item, rowOf))
    return { next, store: () => this.#store.addPage(progress, 'source', rows) }
  }

  async #targetPage(run: Run): Promise<Stored> {
    const { progress, integration, flow } = run
    const session = await this.#session(run, sidesOf(integration, flow).target)
    const page = await flow
      .use(async ({ target }) => target.list?.(session, progress.cursor || null))
      .finally(() => run.requests.push(...session.requests))
    if (!page) throw new Error(`${flow.target.vendor} ${flow.target.type} has no list`)
    const next: Progress = page.done
      ? { ...progress, stage: 'records', cursor: '' }
      : { ...progress, cursor: page.next }
    return { next, store: () => this.#store.addPage(progress, 'target', page.rows) }
  }

  async #records(run: Run): Promise<Stored> {
    const { progress, integration, flow } = run
    const session = await this.#session(run, sidesOf(integration, flow).target)
    const batch = await this.#comparison
      .batch({ ...run, session, lists: this.#listsOf(progress) })
      .finally(() => run.requests.push(...session.requests))
    const next: Progress = batch.done
      ? { ...progress, stage: 'rest', cursor: '' }
      : { ...progress, cursor: batch.cursor }
    return { next, store: batch.store }
  }

  #rest(run: Run): Stored {
    const { progress } = run
    const lists = this.#listsOf(progress)
    const next: Progress = { ...progress, stage: 'done', covered: progress.window, asOf: progress.startedAt }
    return { next, store: () => this.#remainder.put({ ...run, lists }) }
  }

  #listsOf(progress: Progress): Lists {
    const key = jobKey(progress.integration, progress.flow, '')
    const known = this.#lists.get(key)
    if (known?.startedAt === progress.startedAt) return known.lists
    const lists = this.#store.lists(progress)
    this.#lists.set(key, { startedAt: progress.startedAt, lists })
    return lists
  }

  /** A comparison that was asked for anew meanwhile goes on with its own first step. */
  #took({ job, integration, flow, progress, requests }: Run, { next, store }: Stored): void {
    const { storage, inbox } = this.#tools
    const at = now()
    storage.transactionSync(() => {
      const isCurrent = this.#store.get(progress)?.startedAt === progress.startedAt
      if (isCurrent) {
        store()
        this.#store.put(next)
      }
      const isOver = isCurrent && next.stage === 'done'
      inbox.finish(job, at, listStanding('done', isOver ? null : at))
      if (!isOver) return
      this.#store.dropLists(progress)
      this.#lists.delete(jobKey(progress.integration, progress.flow, ''))
      const query = { ...ALL_TIME, status: 'only_source', limit: Number.MAX_SAFE_INTEGER } as const
      const { flows, items } = answerOf(this.#store, integration, [flow], query)
      const gone = items.filter(({ code }) => code === 'gone_in_target').length
      for (const found of flows) report(this.#tools, job, { ...found, gone }, requests, at)
    })
  }

  #failed({ job, requests }: Run, thrown: unknown): void {
    const failure = toFailure(thrown)
    if (failure.kind === 'bug') this.#tools.log('bug', { reconciliation: job.key, stack: trace(thrown) })
    const at = now()
    const outcome = afterFailure(failure, { ageMs: at - job.since, retries: job.retries, random: Math.random() })
    this.#tools.storage.transactionSync(() => {
      this.#tools.inbox.finish(job, at, afterOutcome(outcome, failure, at))
      note(this.#tools, job, { outcome: outcome.state, text: failure.message, code: failure.code }, requests, at)
    })
  }

  #setAside(job: JobRow): void {
    const at = now()
    this.#tools.storage.transactionSync(() => {
      this.#tools.inbox.finish(job, at, listStanding('failed'))
      setAside(this.#tools, job, at)
    })
  }
}

const isSame = (a: Window, b: Window): boolean => a.from === b.from && a.to === b.to
