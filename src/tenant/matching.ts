import type { RequestMade } from '../core/audit'
import { toFailure } from '../core/failure'
import { type AnyFlow, canMatch } from '../core/flow'
import type { MatchJob } from '../core/job'
import type { Match, Matches, MatchQuery, Terms } from '../core/match'
import { now } from '../lib/clock'
import { trace } from '../lib/trace'
import { flowNamed } from '../registry'
import type { IntegrationConfig } from '../store/config'
import { propose } from '../sync/match'
import { afterFailure } from '../sync/retry'
import { type AttemptTools, lookupsOf } from './attempt'
import { type JobRow, MOST_STARTS } from './inbox'
import { MatchingStore, type Progress } from './matching-store'
import { note } from './reconciliation-report'
import { Session } from './session'
import { type Setup, sidesOf } from './setup'
import { afterOutcome, listStanding } from './standing'

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

/** The opening match: reads both lists, a page per run, and proposes which records are the same. It links nothing by itself. */
export class Matching {
  readonly #tools: AttemptTools
  readonly store: MatchingStore

  constructor(tools: AttemptTools) {
    this.#tools = tools
    this.store = new MatchingStore(tools.storage.sql)
  }

  answer({ id }: IntegrationConfig, flows: AnyFlow[], query: MatchQuery): Matches {
    return {
      flows: flows.filter(canMatch).map(({ name: flow }) => {
        const known = this.store.get({ integration: id, flow })
        const running = known && known.stage !== 'done' && known.stage !== 'failed'
        const state = running ? 'running' : known?.stage === 'failed' ? 'failed' : known ? 'done' : 'never'
        const counts = this.store.counts({ integration: id, flow })
        return { flow, state, asOf: known?.asOf ?? null, counts, problem: known?.problem ?? '' }
      }),
      ...this.store.page(id, query),
    }
  }

  /** Asked for: both lists are read anew. */
  ask({ integration, flow }: MatchJob, at: number): void {
    const known = this.store.get({ integration, flow })
    this.store.dropLists({ integration, flow })
    this.store.put({
      integration,
      flow,
      stage: 'source',
      cursor: '',
      startedAt: at,
      asOf: known?.asOf ?? null,
      problem: '',
    })
  }

  async run(setup: Setup, job: JobRow, signal: AbortSignal): Promise<void> {
    const { inbox } = this.#tools
    const integration = setup.config.integrations.get(job.integration)
    const flow = flowNamed(job.flow)
    const progress = this.store.get(job)
    if (!integration || !flow || !progress || progress.stage === 'done')
      return void inbox.finish(job, now(), listStanding(progress?.stage === 'done' ? 'done' : 'skipped'))
    inbox.start(job.key)
    const run: Run = { setup, job, integration, flow, progress, requests: [], signal }
    try {
      if (job.tries >= MOST_STARTS) throw new Error('started too often without coming to an end')
      const stored = await this.#step(run).finally(() => signal.throwIfAborted())
      this.#took(run, stored)
    } catch (thrown) {
      signal.throwIfAborted()
      this.#failed(run, thrown)
    }
  }

  #step(run: Run): Promise<Stored> {
    return run.progress.stage === 'source' ? this.#sourcePage(run) : this.#targetPage(run)
  }

  async #sourcePage(run: Run): Promise<Stored> {
    const { setup, integration, flow, progress, signal } = run
    const session = new Session(await this.#tools.setups.line(setup, sidesOf(integration, flow).source), signal)
    const cursor = progress.cursor || null
    const page = await flow
      .use(({ source }) => source.all?.(session, cursor) ?? source.changes(session, cursor, null))
      .finally(() => run.requests.push(...session.requests))
    const base = baseOf(lookupsOf(setup, integration, flow).sourceAccount)
    const rows = page.items.flatMap(({ change, terms }) => (terms ? [{ id: change.id, terms: base(terms) }] : []))
    const next: Progress = page.done ? { ...progress, stage: 'target', cursor: '' } : { ...progress, cursor: page.next }
    return { next, store: () => this.store.addPage(progress, 'source', rows) }
  }

  async #targetPage(run: Run): Promise<Stored> {
    const { setup, integration, flow, progress, signal } = run
    const session = new Session(await this.#tools.setups.line(setup, sidesOf(integration, flow).target), signal)
    const page = await flow
      .use(async ({ target }) => target.candidates?.(session, progress.cursor || null))
      .finally(() => run.requests.push(...session.requests))
    const base = baseOf(lookupsOf(setup, integration, flow).targetAccount)
    const rows = (page?.rows ?? []).map((row) => ({ ...row, terms: base(row.terms) }))
    const add = () => this.store.addPage(progress, 'target', rows)
    if (page && !page.done) return { next: { ...progress, cursor: page.next }, store: add }
    const next: Progress = { ...progress, stage: 'done', cursor: '', asOf: progress.startedAt }
    return {
      next,
      store: () => {
        add()
        this.store.replace(progress, this.#proposals(run))
        this.store.dropLists(progress)
      },
    }
  }

  /** What is linked already is left out on both sides. */
  #proposals({ flow, progress, integration }: Run): Match[] {
    const { sources, candidates } = this.store.lists(progress)
    const linked = this.store.linked(progress)
    const free = candidates.filter(({ id }) => !linked.target.has(id))
    const matches = flow.use(({ matching, settings }) => {
      if (!matching) return []
      const known = settings.parse(integration.settings)
      const told = <T extends { terms: Terms }>(row: T): T => ({
        ...row,
        terms: matching.terms?.(row.terms, known) ?? row.terms,
      })
      return propose(flow.name, matching, sources.map(told), free.map(told))
    })
    const known = new Set([...linked.source].map((one) => one.slice(0, one.indexOf(' '))))
    return matches.filter(({ sourceId, variant, sure }) =>
      sure === 'none' ? !known.has(sourceId) : !linked.source.has(`${sourceId} ${variant}`),
    )
  }

  /** A match that was asked for anew meanwhile goes on with its own first page. */
  #took({ job, progress, requests }: Run, { next, store }: Stored): void {
    const { storage, inbox } = this.#tools
    const at = now()
    storage.transactionSync(() => {
      const isCurrent = this.store.get(progress)?.startedAt === progress.startedAt
      if (isCurrent) {
        store()
        this.store.put(next)
      }
      const isOver = isCurrent && next.stage === 'done'
      inbox.finish(job, at, listStanding('done', isOver ? null : at))
      if (isOver) note(this.#tools, job, { outcome: 'matched', text: this.#summary(progress) }, requests, at)
    })
  }

  #summary(progress: Progress): string {
    const counts = Object.entries(this.store.counts(progress))
    return counts.flatMap(([sure, many]) => (many > 0 ? [`${many} ${sure}`] : [])).join(', ')
  }

  #failed({ job, progress, requests }: Run, thrown: unknown): void {
    const failure = toFailure(thrown)
    if (failure.kind === 'bug') this.#tools.log('bug', { match: job.key, stack: trace(thrown) })
    const at = now()
    const outcome = afterFailure(failure, { ageMs: at - job.since, retries: job.retries, random: Math.random() })
    const problem = `${failure.message} — ${failure.remedy}`
    this.#tools.storage.transactionSync(() => {
      this.#tools.inbox.finish(job, at, afterOutcome(outcome, failure, at))
      if (outcome.state === 'failed') this.store.put({ ...progress, stage: 'failed', problem })
      note(this.#tools, job, { outcome: outcome.state, text: failure.message, code: failure.code }, requests, at)
    })
  }
}

/** What shows no currency is in the company's own. */
const baseOf =
  ({ baseCurrency }: { baseCurrency: string | null }) =>
  (terms: Terms): Terms => ({ ...terms, currency: terms.currency || (baseCurrency ?? '') })
