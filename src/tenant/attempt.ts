import type { AuditEntry, RequestMade } from '../core/audit'
import { type Failure, toFailure } from '../core/failure'
import type { AnyFlow } from '../core/flow'
import { Actor, type Outcome } from '../core/job'
import type { Owner } from '../core/ledger'
import { now } from '../lib/clock'
import type { IntegrationConfig } from '../store/config'
import { type Carried, carry } from '../sync/record'
import { afterFailure } from '../sync/retry'
import type { Documents } from './documents'
import { type Inbox, type JobRow, jobKey, recordState, type Standing } from './inbox'
import type { Links } from './links'
import type { Outbox } from './outbox'
import { Session } from './session'
import { pairOf, type Setup, type Setups } from './setup'
import { Ledger } from './writes'

export interface AttemptTools {
  storage: DurableObjectStorage
  inbox: Inbox
  links: Links
  documents: Documents
  outbox: Outbox
  setups: Setups
  log(event: string, facts: Record<string, unknown>): void
}

/** What one read gave, for all flows of the record. */
type Read = { document: unknown; hash: string } | { failure: Failure }

/** Above this many starts without an end a job is set aside: it kills the object. */
const MOST_STARTS = 5

/** Carries one source record: one read, then every due flow of it, in the order of the pair. */
export class Attempts {
  readonly #tools: AttemptTools

  constructor(tools: AttemptTools) {
    this.#tools = tools
  }

  async carry(setup: Setup, jobs: JobRow[]): Promise<void> {
    const requests: RequestMade[] = []
    let read: Promise<Read> | undefined
    for (const { job, integration, flow } of this.#inOrder(setup, jobs)) {
      this.#tools.inbox.start(job.key)
      if (!integration || !flow || !integration.flows[flow.name]?.enabled) {
        this.#end(job, plain({ state: 'skipped', reason: 'the flow is switched off' }), requests, '')
        continue
      }
      read ??= this.#read(setup, integration, flow, jobs, requests)
      await this.#one(setup, integration, flow, job, await read, requests.splice(0))
    }
  }

  #inOrder(setup: Setup, jobs: JobRow[]) {
    return jobs
      .map((job) => {
        const integration = setup.config.integrations.get(job.integration)
        const flows = integration ? pairOf(integration).flows : []
        const index = flows.findIndex((flow) => flow.name === job.flow)
        return { job, integration, flow: flows[index], index }
      })
      .sort((a, b) => a.index - b.index)
  }

  /** The stored record where no event came since it was read; else the source is asked. */
  async #read(
    setup: Setup,
    integration: IntegrationConfig,
    flow: AnyFlow,
    jobs: JobRow[],
    requests: RequestMade[],
  ): Promise<Read> {
    const [job] = jobs
    const key = documentKey(integration, flow, job?.source_id ?? '')
    try {
      const known = jobs.some(({ fresh }) => fresh) ? undefined : await this.#tools.documents.get(setup.key, key)
      if (known) return { document: known.body, hash: known.hash }
      const session = new Session(await this.#tools.setups.line(setup, integration.sourceConnection))
      try {
        const document = await flow.use(({ source }): Promise<unknown> => source.read(session, job?.source_id ?? ''))
        if (document === null) return { document, hash: '' }
        return { document, hash: await this.#tools.documents.put(setup.key, key, document, now()) }
      } finally {
        requests.push(...session.requests)
      }
    } catch (thrown) {
      return { failure: this.#failureOf(thrown, job?.id ?? '') }
    }
  }

  async #one(
    setup: Setup,
    integration: IntegrationConfig,
    flow: AnyFlow,
    job: JobRow,
    read: Read,
    requests: RequestMade[],
  ): Promise<void> {
    if (job.tries >= MOST_STARTS) return this.#end(job, plain(setAside(job)), requests, '')
    const ageMs = now() - job.since
    if ('failure' in read) return this.#end(job, plain(afterFailure(read.failure, ageMs, Math.random())), requests, '')
    let carried: Carried
    try {
      const session = new Session(await this.#tools.setups.line(setup, integration.targetConnection))
      const owner: Owner = { integration: integration.id, flow: flow.name, sourceId: job.source_id }
      const ledger = new Ledger(owner, { ...this.#tools, key: setup.key, session })
      const attempt = {
        document: read.document,
        settings: integration.settings,
        startDate: integration.startDate,
        remap: job.remap === 1,
        lookups: lookupsOf(setup, integration),
        ageMs,
        random: Math.random(),
      }
      this.#want(owner, job)
      carried = await flow
        .use((opened) => carry(opened, attempt, ledger))
        .finally(() => requests.push(...session.requests))
    } catch (thrown) {
      carried = plain(afterFailure(this.#failureOf(thrown, job.id), ageMs, Math.random()))
    }
    this.#end(job, carried, requests, read.hash)
  }

  #want(owner: Owner, job: JobRow): void {
    const variants: unknown = JSON.parse(job.variants)
    if (!Array.isArray(variants)) return
    for (const variant of variants) this.#tools.links.want(owner, String(variant))
  }

  #failureOf(thrown: unknown, record: string): Failure {
    const failure = toFailure(thrown)
    if (failure.kind === 'bug')
      this.#tools.log('bug', { record, stack: thrown instanceof Error ? thrown.stack : String(thrown) })
    return failure
  }

  /** The end of an attempt is one transaction: link and ledger, job, what it needs or wakes, audit. */
  #end(job: JobRow, carried: Carried, requests: RequestMade[], bodyHash: string): void {
    const { storage, inbox, outbox } = this.#tools
    const at = now()
    const end = standingOf(job, carried, at)
    storage.transactionSync(() => {
      carried.commit()
      for (const need of carried.needs) this.#request(job, need, at)
      inbox.finish(job.key, at, end)
      if (end.state === 'done') inbox.wake(job.key, at)
      outbox.add(entryOf(job, end, carried.outcome, requests, bodyHash, at), recordState(job, end, at))
    })
  }

  #request(job: JobRow, need: Carried['needs'][number], at: number): void {
    this.#tools.inbox.accept(
      {
        kind: 'carry',
        integration: job.integration,
        flow: need.flow,
        sourceId: need.sourceId,
        variants: [need.variant],
        actor: { by: 'dependency', id: job.id },
        correlation: job.correlation,
      },
      at,
    )
  }
}

export const documentKey = (integration: IntegrationConfig, flow: AnyFlow, sourceId: string): string =>
  `${integration.sourceConnection}|${flow.source.type}|${sourceId}`

const plain = (outcome: Outcome): Carried => ({ outcome, number: '', version: '', needs: [], commit: () => {} })

const setAside = (job: JobRow): Outcome => ({
  state: 'failed',
  failure: {
    kind: 'bug',
    code: 'set_aside',
    message: `started ${job.tries} times without coming to an end`,
    remedy: 'It was set aside so that other records go on. Report it; replay once a fixed version is deployed.',
  },
})

const lookupsOf = ({ config }: Setup, integration: IntegrationConfig) => {
  const account = (connection: string) => {
    const pinned = config.connections.get(connection)?.account
    return { id: pinned?.id ?? '', baseCurrency: pinned?.baseCurrency ?? null }
  }
  return {
    mapped: (kind: string, code: string) => config.mappings.get(`${integration.id}/${kind}/${code}`),
    sourceAccount: account(integration.sourceConnection),
    targetAccount: account(integration.targetConnection),
  }
}

const standingOf = (job: JobRow, { outcome, number, version, needs }: Carried, at: number): Standing => {
  const known = {
    version: version || job.version,
    sourceNumber: number || job.source_number,
    targetId: job.target_id,
    targetNumber: job.target_number,
    failure: null,
    dueAt: null,
    waitsFor: null,
    reason: '',
  }
  switch (outcome.state) {
    case 'done':
      return {
        ...known,
        state: 'done',
        reason: outcome.action,
        targetId: outcome.targetId,
        targetNumber: outcome.targetNumber,
      }
    case 'skipped':
      return { ...known, state: 'skipped', reason: outcome.reason }
    case 'failed':
      return { ...known, state: 'failed', failure: outcome.failure }
    case 'waiting':
    case 'uncertain': {
      const dueAt = outcome.waitMs === null ? null : at + outcome.waitMs
      const [need] = needs
      const waitsFor = need ? jobKey(job.integration, need.flow, need.sourceId) : null
      const reason = outcome.state === 'waiting' ? outcome.reason : ''
      return { ...known, state: outcome.state, reason, failure: outcome.failure, dueAt, waitsFor }
    }
  }
}

const entryOf = (
  job: JobRow,
  end: Standing,
  outcome: Outcome,
  requests: RequestMade[],
  bodyHash: string,
  at: number,
): AuditEntry => ({
  at,
  kind: 'attempt',
  actor: Actor.parse(JSON.parse(job.actor)),
  integration: job.integration,
  flow: job.flow,
  record: job.id,
  sourceId: job.source_id,
  sourceNumber: end.sourceNumber,
  targetId: end.targetId,
  targetNumber: end.targetNumber,
  outcome: outcome.state,
  text: end.failure?.message ?? end.reason,
  ...(end.failure && { code: end.failure.code, remedy: end.failure.remedy }),
  requests,
  correlation: job.correlation,
  ...(bodyHash && { bodyHash }),
})
