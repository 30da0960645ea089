import { z } from 'zod'
import type { RequestMade } from '../core/audit'
import { type Failure, toFailure } from '../core/failure'
import type { AnyFlow, Lookups } from '../core/flow'
import { Actor, type Outcome, recordKey } from '../core/job'
import type { Owner } from '../core/ledger'
import { now } from '../lib/clock'
import { trace } from '../lib/trace'
import type { IntegrationConfig } from '../store/config'
import { ABSENCE_MS, type Carried, carry } from '../sync/record'
import { afterFailure, type Trouble } from '../sync/retry'
import type { Alerts } from './alerts'
import type { Documents } from './documents'
import type { Entered } from './entered'
import { Followers } from './followers'
import type { GuardStore } from './guards'
import { Ignored, type Inbox, type JobRow, MOST_STARTS } from './inbox'
import { lineOf } from './line'
import type { Links } from './links'
import { linkBack, mutualOf } from './mutual'
import type { Outbox } from './outbox'
import type { Recovery } from './recovery'
import { type Line, Session } from './session'
import { pairOf, type Setup, type Setups, sidesOf } from './setup'
import { entryOf, ownerOf, recordState, type Standing, standingOf } from './standing'
import type { TidingsStore } from './tidings'
import { hasOpenWrite, Ledger } from './writes'

export interface AttemptTools {
  storage: DurableObjectStorage
  inbox: Inbox
  links: Links
  guards: GuardStore
  entered: Entered
  documents: Documents
  tidings: TidingsStore
  outbox: Outbox
  alerts: Alerts
  setups: Setups
  recovery: Recovery
  log(event: string, facts: Record<string, unknown>): void
  logUsual(event: string, facts: Record<string, unknown>): void
}

/** What one read gave, for all flows of the record. */
export type Read = { document: unknown; hash: string; provenAbsent: boolean; wasRead: boolean } | { failure: Failure }

/** One flow of one record, with what its configuration says. */
export interface Task {
  job: JobRow
  integration: IntegrationConfig
  flow: AnyFlow
}

/** More records than ever wait in a row for each other. */
const LONGEST_CHAIN = 50

/** Carries one source record: one read, then every due flow of it, in the order of the pair. */
export class Attempts {
  readonly #tools: AttemptTools

  readonly #followers: Followers

  constructor(tools: AttemptTools) {
    this.#tools = tools
    this.#followers = new Followers(tools)
  }

  async carry(setup: Setup, jobs: JobRow[], signal: AbortSignal): Promise<void> {
    const requests: RequestMade[] = []
    let read: Promise<Read> | undefined
    const tasks = this.#tasks(setup, jobs)
    for (const { job } of tasks) this.#tools.inbox.start(job.key)
    // Each followed by what follows it, which the one read serves as well.
    for (const task of tasks) {
      read ??= this.#read(setup, task, jobs, requests, signal)
      const known = await read
      const followers = this.#followers.of(task, known, jobs).filter(({ job }) => this.#mayRun(job))
      for (const { job } of followers) this.#tools.inbox.start(job.key)
      await this.#one(setup, task, known, requests.splice(0), signal)
      for (const follower of followers) await this.#one(setup, follower, known, [], signal)
    }
  }

  /** What is to be done, in the order of the pair. Jobs that are not to run now come to their end here. */
  #tasks(setup: Setup, jobs: JobRow[]): Task[] {
    const tasks = jobs.flatMap((job) => {
      const integration = setup.config.integrations.get(job.integration)
      const flow = integration && pairOf(integration).flows.find(({ name }) => name === job.flow)
      const enabled = integration?.flows[job.flow]?.enabled ?? false
      const instead = this.#instead(job, enabled)
      // The others look for themselves then.
      if (integration && flow && !enabled) this.#followers.wake(job, integration, flow, jobs)
      if (instead) this.#end(job, plain(instead), [])
      return integration && flow && !instead ? [{ job, integration, flow }] : []
    })
    const order = ({ integration, flow }: Task) => pairOf(integration).flows.indexOf(flow)
    return tasks.sort((a, b) => order(a) - order(b))
  }

  /** One that is held, or may be what kills the object, is left to the drain. */
  #mayRun(job: JobRow): boolean {
    return job.due_at !== null && job.due_at <= now() && job.tries === 0 && !this.#instead(job, true)
  }

  #instead(job: JobRow, enabled: boolean): Outcome | undefined {
    if (!enabled) return { state: 'skipped', reason: 'the flow is switched off' }
    if (job.tries >= MOST_STARTS) return setAside(job)
    return this.#isHeld(job) ? { state: 'held', reason: 'a record of the same batch failed' } : undefined
  }

  /** What a poll found waits behind the failed record of its batch, unless a write of it has begun: that comes to its end. */
  #isHeld(job: JobRow): boolean {
    const { inbox, storage } = this.#tools
    if (!inbox.isStopped(job.batch) || Actor.parse(JSON.parse(job.actor)).by !== 'poll') return false
    const begins = job.state === 'queued' || job.state === 'waiting'
    return begins && !inbox.hasStopped(job) && !hasOpenWrite(storage.sql, ownerOf(job))
  }

  /** The stored record where no event came since it was read; else the source is asked. */
  async #read(
    setup: Setup,
    { integration, flow, job }: Task,
    jobs: JobRow[],
    requests: RequestMade[],
    signal: AbortSignal,
  ): Promise<Read> {
    const key = documentKey(integration, flow, job.source_id)
    try {
      const known = jobs.some(({ news, read }) => news > read)
        ? undefined
        : await this.#tools.documents.get(setup.key, key)
      if (known) return { document: known.body, hash: known.hash, provenAbsent: false, wasRead: false }
      const line = await this.#tools.setups.line(setup, sidesOf(integration, flow).source)
      const session = new Session(line, signal)
      try {
        const told = await this.#tools.tidings.of(setup.key, key)
        const document = await flow.use(({ source }): Promise<unknown> => source.read(session, job.source_id, told))
        const provenAbsent = document === null && (await isProven(job, line, session))
        const hash = await this.#tools.documents.put(setup.key, key, document, now())
        return { document, hash, provenAbsent, wasRead: true }
      } finally {
        requests.push(...session.requests)
      }
    } catch (thrown) {
      return { failure: this.#failureOf(thrown, job.id) }
    }
  }

  async #one(setup: Setup, task: Task, read: Read, requests: RequestMade[], signal: AbortSignal): Promise<void> {
    const { job } = task
    const trouble: Trouble = { ageMs: now() - job.since, retries: job.retries, random: Math.random() }
    signal.throwIfAborted()
    if ('failure' in read) return this.#end(job, plain(afterFailure(read.failure, trouble)), requests)
    const ignored = ignoredOf(job)
    if (ignored?.hash === read.hash)
      return this.#end(
        job,
        plain({ state: 'skipped', reason: ignored.reason }),
        requests,
        read,
        this.#followers.namesOf(task),
      )
    const carried = await this.#carryOne(setup, task, read, trouble, requests, signal).catch((thrown) =>
      plain(afterFailure(this.#failureOf(thrown, job.id), trouble)),
    )
    signal.throwIfAborted()
    this.#end(job, carried, requests, read, this.#followers.namesOf(task))
  }

  async #carryOne(
    setup: Setup,
    { job, integration, flow }: Task,
    { document, provenAbsent }: Exclude<Read, { failure: Failure }>,
    trouble: Trouble,
    requests: RequestMade[],
    signal: AbortSignal,
  ): Promise<Carried> {
    const session = new Session(await this.#tools.setups.line(setup, sidesOf(integration, flow).target), signal)
    const owner = ownerOf(job)
    const ledger = new Ledger(owner, {
      ...this.#tools,
      key: setup.key,
      session,
      mirrors: flow.mirrors,
      mutual: mutualOf(flow) !== undefined,
      mirrored: pairOf(integration).flows.some(({ mirrors }) => mirrors?.flow === flow.name),
      recovering: this.#tools.recovery.active,
      forgets: job.overwrite === 1 ? observedOf(flow) : [],
    })
    const attempt = {
      sourceId: job.source_id,
      document,
      provenAbsent,
      settings: integration.settings,
      startDate: integration.startDate,
      remap: job.remap === 1,
      history: job.history === 1,
      lookups: { ...lookupsOf(setup, integration, flow), ...(await this.#enteredFor(setup, flow, owner)) },
      trouble,
    }
    return flow.use((opened) => carry(opened, attempt, ledger)).finally(() => requests.push(...session.requests))
  }

  async #enteredFor({ key }: Setup, flow: AnyFlow, owner: Owner): Promise<Pick<Lookups, 'entered'>> {
    return flow.use(({ entry }) => entry) ? { entered: await this.#tools.entered.of(key, owner) } : {}
  }

  #failureOf(thrown: unknown, record: string): Failure {
    const failure = toFailure(thrown)
    if (failure.kind === 'bug') this.#tools.log('bug', { record, stack: trace(thrown) })
    return failure
  }

  /** The end of an attempt is one transaction: link and ledger, job, what it needs, wakes, holds or lets go on, audit. */
  #end(
    job: JobRow,
    carried: Carried,
    requests: RequestMade[],
    read?: { hash: string; wasRead: boolean },
    followed?: string,
  ): void {
    const { storage, inbox, outbox } = this.#tools
    const at = now()
    const end = this.#sensible(job, standingOf(job, carried, at))
    const entry = entryOf(job, end, carried.state, requests, read?.hash ?? '', at)
    storage.transactionSync(() => {
      carried.commit()
      linkBack(this.#tools, job, carried, at)
      for (const need of carried.needs) this.#request(job, need, at)
      const isOver = inbox.finish(job, at, end, read?.wasRead, followed)
      if (isOver && (end.state === 'done' || end.state === 'skipped')) this.follow(job, at)
      if (end.state === 'failed') this.#stop(job, end, at)
      if (end.failure?.code === 'set_aside') this.#aside(job, end, at)
      outbox.add(entry, recordState(job, end, at))
    })
    this.#tools.logUsual('attempt', lineOf(job, end, entry))
  }

  /** Waiting that can never end is a failure: records that wait for each other, or for what its own end did not bring. */
  #sensible(job: JobRow, end: Standing): Standing {
    if (end.waitsFor === null) return end
    const wokenInVain = job.reason === 'dependency' && job.waits_for === null && job.waited_for === end.waitsFor
    if (wokenInVain) return { ...end, ...failedWith(notBrought(end.failure?.message ?? '')) }
    let next: string | null = end.waitsFor
    for (let step = 0; next !== null && step < LONGEST_CHAIN; step += 1) {
      if (next === job.key) return { ...end, ...failedWith(circle(job)) }
      next = this.#tools.inbox.get(next)?.waits_for ?? null
    }
    return end
  }

  /** Records that waited for this one go on, and so does the batch that it had stopped. Part of the transaction that ends it. */
  follow(job: JobRow, at: number): void {
    const { inbox, alerts } = this.#tools
    inbox.wake(job.key, at)
    alerts.resolve(`set_aside/${job.key}`, at)
    if (job.failure && inbox.failedWith(job, codeOf(job.failure)) === 0)
      alerts.resolve(failedCause(job, codeOf(job.failure)), at)
    for (const batch of inbox.repaired(job)) {
      inbox.resumeBatch(batch, at)
      alerts.resolve(`batch/${batch}`, at)
    }
  }

  /** The rest of its batch is held, unless the flow goes on regardless; one alert for the batch, or for the cause. */
  #stop(job: JobRow, end: Standing, at: number): void {
    const { inbox, setups } = this.#tools
    if (job.batch === '' || setups.goesOn(job.integration, job.flow)) this.#failedAlone(job, end, at)
    else if (inbox.stopBatch(job, at)) this.#batchStopped(job, end, at)
  }

  #failedAlone(job: JobRow, { failure, sourceNumber }: Standing, at: number): void {
    if (!failure) return
    this.#tools.alerts.raise({
      cause: failedCause(job, failure.code),
      kind: 'record_failed',
      integration: job.integration,
      text: `${job.flow} ${sourceNumber} failed: ${failure.message}`,
      remedy: `${failure.remedy} Other records may have failed for the same reason: see failures with code ${failure.code}.`,
      at,
    })
  }

  #batchStopped(job: JobRow, { failure, sourceNumber }: Standing, at: number): void {
    this.#tools.alerts.raise({
      cause: `batch/${job.batch}`,
      kind: 'batch_stopped',
      integration: job.integration,
      text: `${job.flow} ${sourceNumber} failed: ${failure?.message ?? ''}`,
      remedy: `${failure?.remedy ?? ''} The rest of its batch waits: replay the failed record, or resume batch ${job.batch}.`,
      at,
    })
  }

  #aside({ key, integration }: JobRow, { failure }: Standing, at: number): void {
    this.#tools.alerts.raise({
      cause: `set_aside/${key}`,
      kind: 'set_aside',
      integration,
      text: failure?.message ?? '',
      remedy: failure?.remedy ?? '',
      at,
    })
  }

  #request(job: JobRow, need: Carried['needs'][number], at: number): void {
    this.#tools.links.want({ ...ownerOf(job), ...need }, need.variant)
    this.#tools.inbox.accept(
      {
        kind: 'carry',
        integration: job.integration,
        flow: need.flow,
        sourceId: need.sourceId,
        history: job.history === 1,
        actor: { by: 'dependency', id: job.id },
        correlation: job.correlation,
      },
      at,
      Math.min(job.since, at),
    )
  }
}

const Coded = z.object({ code: z.string(), message: z.string() })

const codeOf = (failure: string): string => Coded.parse(JSON.parse(failure)).code

/** Of a stored failure; both '' where there is none. */
export const codeAndText = (failure: string | null): { code: string; text: string } => {
  if (failure === null) return { code: '', text: '' }
  const { code, message } = Coded.parse(JSON.parse(failure))
  return { code, text: message }
}

/** A person has set it aside; until its content changes. */
const ignoredOf = ({ ignored }: JobRow): Ignored | undefined =>
  ignored === null ? undefined : Ignored.parse(JSON.parse(ignored))

/** Without these, nothing counts as an edit. */
const observedOf = (flow: AnyFlow): readonly string[] => flow.use(({ target }) => target.observed ?? [])

/** One alert for all records that fail with the same code. */
const failedCause = ({ integration, flow }: JobRow, code: string): string => `failed/${integration}/${flow}/${code}`

export const documentKey = (integration: IntegrationConfig, flow: AnyFlow, sourceId: string): string =>
  recordKey(sidesOf(integration, flow).source, flow.source.type, sourceId)

const plain = (outcome: Outcome): Carried => ({
  outcome,
  number: '',
  version: '',
  row: '',
  state: '',
  needs: [],
  commit: () => {},
})

/** Missing for the second time, long enough after the first, while the same credentials still open the same company. */
const isProven = async (job: JobRow, line: Line, session: Session): Promise<boolean> => {
  if (job.absent_at === null || now() - job.absent_at < ABSENCE_MS) return false
  return (await line.vendor.account(session, line.credentials)).id === line.account
}

const failedWith = (failure: Failure) =>
  ({ state: 'failed', reason: '', waitsFor: null, dueAt: null, failure }) as const

const notBrought = (need: string): Failure => ({
  kind: 'rejected',
  code: 'dependency_unmet',
  message: `${need}; that record came to its end without it`,
  remedy:
    'Look at the other record: its flow may be switched off, or the source does not show it. Then replay this one.',
})

const circle = (job: JobRow): Failure => ({
  kind: 'rejected',
  code: 'dependency_circle',
  message: `${job.flow} ${job.source_number} waits for records that wait for it`,
  remedy: 'Break the circle in the source, then replay the record.',
})

const setAside = (job: JobRow): Outcome => ({
  state: 'failed',
  failure: {
    kind: 'bug',
    code: 'set_aside',
    message: `started ${job.tries} times without coming to an end`,
    remedy: 'It was set aside so that other records go on. Report it; replay once a fixed version is deployed.',
  },
})

export const lookupsOf = ({ config }: Setup, integration: IntegrationConfig, flow: AnyFlow) => {
  const sides = sidesOf(integration, flow)
  const account = (connection: string) => {
    const pinned = config.connections.get(connection)?.account
    return { id: pinned?.id ?? '', baseCurrency: pinned?.baseCurrency ?? null, timeZone: pinned?.timeZone ?? null }
  }
  return {
    mapped: (kind: string, code: string) => config.mappings.get(`${integration.id}/${kind}/${code}`),
    sourceAccount: account(sides.source),
    targetAccount: account(sides.target),
  }
}
