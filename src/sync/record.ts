import { Failed, type Failure, toFailure } from '../core/failure'
import type { Flow, Lookups, Mapped, Need } from '../core/flow'
import type { Outcome } from '../core/job'
import type { Books, Link, OpenWrite } from '../core/ledger'
import { sha256 } from '../lib/bytes'
import { canonical } from '../lib/json'
import { afterFailure, isDefinite, type Trouble } from './retry'
import { totalsFailure } from './totals'

/** One attempt at one flow of one source record. */
export interface Attempt {
  /** The source record as it was read; null = the source has no such record. */
  document: unknown
  /** It was missing in two direct reads, ten minutes apart, with the account proven readable (promise 8). */
  provenAbsent: boolean
  settings: unknown
  /** Business date; nothing older is carried by itself. */
  startDate: string
  /** Also write what a changed mapping alone would change. */
  remap: boolean
  lookups: Omit<Lookups, 'variants' | 'linked'>
  trouble: Trouble
  /** Carried although it is from before the start date, because somebody asked for it. */
  history: boolean
}

/** What came of it. `commit` belongs into the transaction that ends the attempt. */
export interface Carried {
  outcome: Outcome
  number: string
  version: string
  needs: Need[]
  commit(): void
}

type Ended = { outcome: Outcome; needs?: Need[]; commit?: () => void }

/**
 * The way of one record: skip · older? · unchanged? · needs · map · totals · write by steps · compare · link. (It was read
 * before: one read serves all flows.) A write that an earlier attempt left open is finished first, with its own draft.
 */
export const carry = async <R, D, S>(flow: Flow<R, D, S>, attempt: Attempt, books: Books): Promise<Carried> => {
  const seen = { number: '', version: '' }
  try {
    const finished = await finishPending(flow, books)
    if (attempt.document === null) return report(seen, await absent(flow, attempt, books, finished))
    const record = flow.source.record.parse(attempt.document)
    seen.number = flow.source.number(record)
    seen.version = flow.source.version(record)
    return report(seen, await carryRecord(flow, record, attempt, books, finished))
  } catch (thrown) {
    const failure = toFailure(thrown)
    if (failure.kind === 'bug') throw thrown
    return report(seen, { outcome: afterFailure(failure, attempt.trouble) })
  }
}

const report = (seen: { number: string; version: string }, ended: Ended): Carried => ({
  ...seen,
  outcome: ended.outcome,
  needs: ended.needs ?? [],
  commit: ended.commit ?? (() => {}),
})

const carryRecord = async <R, D, S>(
  flow: Flow<R, D, S>,
  record: R,
  attempt: Attempt,
  books: Books,
  finished: Action | undefined,
): Promise<Ended> => {
  const settings = flow.settings.parse(attempt.settings)
  const links = books.links()
  const skip = flow.skip?.(record, settings)
  if (skip !== undefined) return skipped(skip)
  if (isOlder(flow.source.version(record), links)) return done('unchanged', links)
  const fingerprint = await sha256(canonical(flow.fingerprint(record)))
  if (!attempt.remap && isCurrent(links, fingerprint)) return done(finished ?? 'unchanged', links)
  if (!attempt.history && isBeforeStart(flow.source.date(record), attempt.startDate, links)) return beforeStart(attempt)

  const lookups: Lookups = {
    ...attempt.lookups,
    variants: links.map((link) => link.variant),
    linked: (need) => books.linked(need),
  }
  const needs = (flow.needs?.(record, settings, lookups) ?? []).filter((need) => !books.linked(need))
  if (needs[0]) return waitFor(needs[0], needs, attempt)

  const mapped = flow.map(record, settings, lookups)
  if (!Array.isArray(mapped)) throw new Failed(mapped)
  for (const { draft } of mapped) {
    const failure = totalsFailure(flow.totals?.(record, draft) ?? [])
    if (failure) throw new Failed(failure)
  }
  const content = { fingerprint, version: flow.source.version(record) }
  return writeAll(flow, mapped, { links, content, remap: attempt.remap, finished }, books)
}

interface Writing {
  links: Link[]
  content: { fingerprint: string; version: string }
  remap: boolean
  finished: Action | undefined
}

/** Each variant that is new or changed is a write of its own; the last one is committed together with the end of the attempt. */
const writeAll = async <R, D, S>(
  flow: Flow<R, D, S>,
  mapped: Mapped<D>[],
  { links, content, remap, finished }: Writing,
  books: Books,
): Promise<Ended> => {
  let commit = () => {}
  let action: Action = finished ?? 'unchanged'
  const targets: Target[] = []
  const variants = mapped.map(({ variant }) => variant)
  for (const { variant, draft } of mapped) {
    const link = links.find((known) => known.variant === variant)
    if (!remap && link && isCurrent([link], content.fingerprint)) {
      if (link.target) targets.push(link.target)
      continue
    }
    commit()
    const write = await books.open({ ...content, op: standing(link) ? 'update' : 'create', variant, draft }, variants)
    const target = await run(flow, write)
    commit = () => write.done(target)
    action = actionOf(write)
    targets.push(target)
  }
  return { outcome: doneWith(action, targets), commit }
}

const finishPending = async <R, D, S>(flow: Flow<R, D, S>, books: Books): Promise<Action | undefined> => {
  let action: Action | undefined
  for (const write of await books.pending()) {
    write.done(await run(flow, write))
    action = actionOf(write)
  }
  return action
}

const run = async <R, D, S>(flow: Flow<R, D, S>, write: OpenWrite): Promise<Target> => {
  try {
    if (write.content.op === 'remove') return await takeBack(flow, write)
    const draft = flow.target.draft.parse(write.content.draft)
    if (!write.target) return await flow.target.create(write.api, draft)
    if (!flow.target.update) throw new Failed(cannotChange(flow.target.vendor, write.target))
    return await flow.target.update(write.api, write.target, draft)
  } catch (thrown) {
    if (isDefinite(toFailure(thrown))) write.failed()
    throw thrown
  }
}

const takeBack = async <R, D, S>(flow: Flow<R, D, S>, { api, target }: OpenWrite): Promise<Target> => {
  if (!target || !flow.target.remove) throw new Error('nothing to take back')
  await flow.target.remove(api, target)
  return target
}

type Action = 'created' | 'updated' | 'adopted' | 'removed' | 'unchanged'
type Target = NonNullable<Link['target']>

const DONE = { create: 'created', update: 'updated', remove: 'removed' } as const

const actionOf = (write: OpenWrite): Action => (write.adopted() ? 'adopted' : DONE[write.content.op])

/** A variant that another record needs is made all the same. */
const isOlder = (version: string, links: Link[]): boolean =>
  links.some((link) => link.version > version) && !links.some(({ state }) => state === 'wanted')

const isCurrent = (links: Link[], fingerprint: string): boolean =>
  links.length > 0 && links.every((link) => link.state === 'linked' && link.fingerprint === fingerprint)

/** What was taken back is made anew. */
const standing = (link: Link | undefined): boolean => link?.target != null && link.state !== 'removed'

/** What is linked already may change; history that is not linked is left to a person. Master data has no date. */
const isBeforeStart = (date: string | null, startDate: string, links: Link[]): boolean =>
  date !== null && date < startDate && !links.some((link) => link.target)

const done = (action: Action, links: Link[]): Ended => ({
  outcome: doneWith(
    action,
    links.flatMap((link) => link.target ?? []),
  ),
})

const doneWith = (action: Action, targets: Target[]): Outcome => ({
  state: 'done',
  action,
  targetId: targets.map((target) => target.id).join(' '),
  targetNumber: targets.map((target) => target.number).join(' '),
})

/** Absence is not deletion: only a second direct read says so, and then only what the settings allow is taken back. */
const absent = async <R, D, S>(
  flow: Flow<R, D, S>,
  attempt: Attempt,
  books: Books,
  finished: Action | undefined,
): Promise<Ended> => {
  const linked = books.links().filter((link) => link.target && link.state !== 'removed')
  if (linked.length === 0) return finished ? done(finished, books.links()) : skipped('the source has no such record')
  const left = linked.map((link) => link.target?.number).join(', ')
  if (!flow.target.remove || !flow.removes?.(flow.settings.parse(attempt.settings)))
    return skipped(`the source no longer shows this record; ${left} is left as it is`)
  if (!attempt.provenAbsent) return waiting(missing(left), 'absence', ABSENCE_MS)
  for (const { variant, version } of linked) {
    const write = await books.open({ op: 'remove', variant, draft: null, fingerprint: '', version })
    write.done(await run(flow, write))
  }
  return done('removed', linked)
}

/** How long after the first a second read has to come. */
export const ABSENCE_MS = 10 * 60_000

const missing = (left: string): Failure => ({
  kind: 'transient',
  code: 'missing_in_source',
  message: `the source does not show this record; ${left} stands in the target`,
  remedy: 'Nothing to do: it is read once more, and taken back if it is really gone.',
})

const skipped = (reason: string): Ended => ({ outcome: { state: 'skipped', reason } })

const waiting = (failure: Failure, reason: 'absence' | 'start_date', waitMs: number | null): Ended => ({
  outcome: { state: 'waiting', reason, waitMs, failure },
})

const beforeStart = ({ startDate }: Attempt): Ended =>
  waiting(
    {
      kind: 'rejected',
      code: 'before_start_date',
      message: `dated before the start date ${startDate}`,
      remedy: 'It may already be in the target’s books. Match it with its target record, or move the start date.',
    },
    'start_date',
    null,
  )

const waitFor = (need: Need, needs: Need[], attempt: Attempt): Ended => {
  const failure: Failure = {
    kind: 'dependency',
    code: 'waits_for_other_record',
    message: `needs ${need.flow} ${need.variant} first`,
    remedy: 'Nothing to do: it goes on once the other record is carried. See that record if it has failed.',
    ...need,
  }
  return { outcome: afterFailure(failure, attempt.trouble), needs }
}

const cannotChange = (vendor: string, target: Target): Failure => ({
  kind: 'conflict',
  code: 'target_cannot_change',
  message: `${vendor} cannot change ${target.number} once it exists`,
  remedy: `Correct ${target.number} in ${vendor} by hand, then resolve this record.`,
  facts: { target: target.number },
})
