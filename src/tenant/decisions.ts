import { z } from 'zod'
import { AuditEntry } from '../core/audit'
import { rejected } from '../core/failure'
import type { AnyFlow } from '../core/flow'
import type { Actor } from '../core/job'
import type { Link } from '../core/ledger'
import type { Decision, FailedFilter, PendingAction, Replayed, ReplayOptions } from '../core/tenant'
import { now } from '../lib/clock'
import { newId } from '../lib/ids'
import { flowNamed } from '../registry'
import { keepTarget } from '../sync/keep'
import { type AttemptTools, codeAndText, documentKey } from './attempt'
import type { JobRow } from './inbox'
import type { Setup } from './setup'
import { ownerOf, recordState, type Standing } from './standing'
import { decideSteps, hasOpenWrite, linksOf } from './writes'

const Facts = z.object({ facts: z.object({ variant: z.string() }) })

/** What people decide about records that do not go through by themselves. Each is one transaction with its line in the audit. */
export class Decisions {
  readonly #tools: AttemptTools
  /** Lets go on what waited for the record. */
  readonly #follow: (job: JobRow, at: number) => void

  constructor(tools: AttemptTools, follow: (job: JobRow, at: number) => void) {
    this.#tools = tools
    this.#follow = follow
  }

  replay(key: string, options: ReplayOptions, actor: string): void {
    const { inbox, links, storage } = this.#tools
    const job = this.#known(key)
    const owner = ownerOf(job)
    if (options.newGeneration && hasOpenWrite(storage.sql, owner)) throw writeOpen(job)
    storage.transactionSync(() => {
      if (options.newGeneration) links.renew(owner)
      inbox.replay(key, options, { by: 'replay', id: actor }, newId('x', now()), now())
    })
  }

  replayFailed(filter: FailedFilter, most: number, options: ReplayOptions, actor: string): Replayed {
    const { inbox, storage } = this.#tools
    const at = now()
    const by: Actor = { by: 'replay', id: actor }
    return storage.transactionSync(() => {
      const { keys, count } = inbox.failedOnes(filter, most)
      const correlation = newId('x', at)
      for (const key of keys) inbox.replay(key, options, by, correlation, at)
      return { queued: keys.length, left: count - keys.length }
    })
  }

  /** Of a step that nothing can look up. */
  decide(key: string, decision: Decision, actor: string): void {
    const { inbox, storage } = this.#tools
    const job = this.#known(key)
    // A step that can be looked up has a due time: nobody has to decide about it, and deciding could post it twice.
    if (job.state !== 'uncertain' || job.due_at !== null) throw nothingToDecide(job)
    storage.transactionSync(() => {
      decideSteps(storage.sql, ownerOf(job), decision)
      const options = { reread: false, remap: false }
      inbox.replay(key, options, { by: 'key', id: actor }, newId('x', now()), now())
    })
  }

  /** Answers how many records of the stopped batch go on. */
  resume(batch: string): number {
    const { inbox, alerts, storage } = this.#tools
    const resumed = storage.transactionSync(() => {
      alerts.resolve(`batch/${batch}`, now())
      return inbox.resumeBatch(batch, now())
    })
    if (resumed === undefined) throw noBatch(batch)
    return resumed
  }

  async ignore(setup: Setup, key: string, reason: string, action: PendingAction): Promise<void> {
    const { storage, inbox, outbox, documents } = this.#tools
    const at = now()
    storage.transactionSync(() => {
      const job = this.#atRest(key)
      if (job.state !== 'failed' && job.state !== 'waiting') throw notInTrouble(job)
      const integration = setup.config.integrations.get(job.integration)
      const flow = flowNamed(job.flow)
      const hash = integration && flow ? documents.hash(documentKey(integration, flow, job.source_id)) : ''
      inbox.ignore(job.key, { hash, reason })
      this.#follow(job, at)
      outbox.add(entryOf(action, job), recordState(job, ignoredStanding(job, reason), at))
    })
  }

  async keepTarget(setup: Setup, key: string, action: PendingAction): Promise<void> {
    const { storage, inbox, links, outbox, documents } = this.#tools
    const seen = this.#inConflict(key)
    const integration = setup.config.integrations.get(seen.integration)
    const flow = flowNamed(seen.flow)
    const stored =
      integration && flow && (await documents.get(setup.key, documentKey(integration, flow, seen.source_id)))
    if (!flow || !stored) throw notStored(seen)
    const owner = ownerOf(seen)
    const link = disputed(linksOf(links, owner, flow.mirrors?.flow), seen)
    const kept = await keptLink(flow, stored.body, link)
    storage.transactionSync(() => {
      const job = this.#inConflict(key)
      // The decision was about what the person saw.
      if (job.asked !== seen.asked) throw inWork(job)
      links.put(owner, kept)
      const entry = entryOf(action, job)
      const details = { ...entry.details, variant: kept.variant, target: kept.target?.number ?? '' }
      inbox.keepMappings(job.key)
      inbox.replay(key, { reread: false, remap: false }, entry.actor, entry.correlation, now())
      outbox.add({ ...entry, details }, null)
    })
  }

  /** It runs again, and what somebody edited in the target is no reason to stop. What was built on it still is. */
  keepSource(key: string, action: PendingAction): void {
    const { storage, inbox, links, outbox } = this.#tools
    storage.transactionSync(() => {
      const job = this.#inConflict(key)
      const flow = flowNamed(job.flow)
      const { variant, target } = disputed(linksOf(links, ownerOf(job), flow?.mirrors?.flow), job)
      if (!flow?.use((opened) => opened.target.observed)) throw notOverwritten(job)
      const entry = entryOf(action, job)
      const seen = codeAndText(job.failure).text
      inbox.overwrite(job.key)
      inbox.replay(key, { reread: false, remap: false }, entry.actor, entry.correlation, now())
      outbox.add({ ...entry, details: { ...entry.details, variant, target: target?.number ?? '', seen } }, null)
    })
  }

  #inConflict(key: string): JobRow {
    const job = this.#atRest(key)
    if (job.state !== 'waiting' || job.reason !== 'conflict') throw notInConflict(job)
    return job
  }

  #known(key: string): JobRow {
    const job = this.#tools.inbox.get(key)
    if (!job) throw noRecord(key)
    return job
  }

  /** A record whose write has begun first comes to its end: what stands in the target would be forgotten. */
  #atRest(key: string): JobRow {
    const { storage } = this.#tools
    const job = this.#known(key)
    if (job.kind !== 'carry') throw noRecord(job.id)
    if (job.tries > 0) throw inWork(job)
    if (hasOpenWrite(storage.sql, ownerOf(job))) throw writeOpen(job)
    return job
  }
}

const keptLink = async (flow: AnyFlow, document: unknown, link: Link): Promise<Link> => {
  const kept = await flow.use((opened) => keepTarget(opened, document, link))
  if (!kept) throw goneInSource(link)
  return kept
}

/** The target that the conflict is about; one that was never carried to its end is nothing that could stay. */
const disputed = (links: Link[], job: JobRow): Link => {
  const named = Facts.safeParse(JSON.parse(job.failure ?? '{}')).data?.facts.variant
  const standing = links.filter(({ target, state }) => target && state !== 'removed' && state !== 'matched')
  const [link, other] = standing.filter(({ variant }) => named === undefined || variant === named)
  if (!link || other || (link.state === 'open' && link.version === '')) throw nothingStands(job)
  return link
}

const entryOf = (action: PendingAction, job: JobRow): AuditEntry => ({
  ...AuditEntry.parse(JSON.parse(action.entry)),
  integration: job.integration,
  flow: job.flow,
  record: job.id,
  sourceId: job.source_id,
  sourceNumber: job.source_number,
})

const ignoredStanding = (job: JobRow, reason: string): Standing => ({
  state: 'skipped',
  reason,
  dueAt: null,
  failure: null,
  waitsFor: null,
  version: job.version,
  sourceNumber: job.source_number,
  targetId: job.target_id,
  targetNumber: job.target_number,
})

export const noRecord = (record: string) =>
  rejected('no_record', `there is no record ${record}`, 'List the records to find its id.')

const noBatch = (batch: string) =>
  rejected('no_batch', `no batch ${batch} was stopped`, 'Only a batch that a failed record has stopped can be resumed.')

const nothingToDecide = ({ id }: JobRow) =>
  rejected(
    'nothing_to_decide',
    `record ${id} does not wait for a decision`,
    'Only a step whose outcome cannot be looked up is decided by a person.',
  )

const inWork = ({ id }: JobRow) =>
  rejected('in_work', `record ${id} is being worked on`, 'Look at it again in a moment, then decide.')

const writeOpen = ({ id }: JobRow) =>
  rejected(
    'write_open',
    `a write of record ${id} has not come to its end`,
    'Wait until it is done or failed, or replay it; then decide.',
  )

const notInTrouble = ({ id, state }: JobRow) =>
  rejected('not_in_trouble', `record ${id} is ${state}`, 'Only a record that failed or waits can be ignored.')

const notInConflict = ({ id, state }: JobRow) =>
  rejected(
    'not_in_conflict',
    `record ${id} is ${state}, not in conflict`,
    'Only a conflict is resolved; others are replayed or ignored.',
  )

const notStored = ({ id }: JobRow) =>
  rejected(
    'not_stored',
    `the source record of ${id} is not stored any more`,
    'Replay it with {"reread": true}, then decide.',
  )

const nothingStands = ({ id }: JobRow) =>
  rejected(
    'nothing_stands',
    `nothing that was carried for record ${id} stands in the target`,
    'Link it with what stands there (POST …/matches/accept), change it there and replay, or ignore the record.',
  )

const notOverwritten = ({ flow }: JobRow) =>
  rejected(
    'not_overwritten',
    `what ${flow} writes cannot be told from what somebody has built on it`,
    'Undo by hand in the target what was done there and replay, or resolve it with {"holds": "target"}.',
  )

const goneInSource = ({ target }: Link) =>
  rejected(
    'gone_in_source',
    `the source no longer has what ${target?.number ?? ''} stands for`,
    'Take it back in the target by hand and replay, or ignore the record: it is left as it is.',
  )
