import { z } from 'zod'
import { Failed, type Failure, toFailure } from '../core/failure'
import type { Flow, Lookups, Mapped, Need, TargetRef } from '../core/flow'
import type { Outcome } from '../core/job'
import type { Books, Link, OpenWrite } from '../core/ledger'
import type { Candidate } from '../core/match'
import { sha256 } from '../lib/bytes'
import { canonical } from '../lib/json'
import { adoptMatched } from './adopt'
import { afterFailure, isDefinite, type Trouble } from './retry'
import { totalsFailure } from './totals'

/** One attempt at one flow of one source record. */
export interface Attempt {
  sourceId: string
  /** The source record as it was read; null = the source has no such record. */
  document: unknown
  /** It was missing in two direct reads, ten minutes apart, with the account proven readable (promise 8). */
  provenAbsent: boolean
  settings: unknown
  /** Business date; nothing older is carried by itself. */
  startDate: string
  /** Also write what a changed mapping alone would change. */
  remap: boolean
  lookups: Omit<Lookups, 'variants' | 'linked' | 'mirrored'>
  trouble: Trouble
  /** Carried although it is from before the start date, because somebody asked for it. */
  history: boolean
}

/** What came of it. `commit` belongs into the transaction that ends the attempt. */
export interface Carried {
  outcome: Outcome
  number: string
  version: string
  /** What a list would show of the record as it was read. */
  row: string
  /** How it stands in the source, for people; '' = not said. */
  state: string
  needs: Need[]
  /** It waits for this one, which is on its way already. */
  behind?: Pick<Need, 'flow' | 'sourceId'> | undefined
  commit(): void
}

type Ended = { outcome: Outcome; needs?: Need[]; behind?: Carried['behind']; commit?: () => void }

/**
 * The way of one record: skip · older? · unchanged? · needs · map · totals · write by steps · compare · link. (It was read
 * before: one read serves all flows.) A write that an earlier attempt left open is finished first, with its own draft.
 */
export const carry = async <R, D, S>(flow: Flow<R, D, S>, attempt: Attempt, books: Books): Promise<Carried> => {
  const seen: Seen = { number: '', version: '', row: '', state: '' }
  try {
    const finished = await finishPending(flow, books)
    if (attempt.document === null) return report(seen, await absent(flow, attempt, books, finished))
    const record = flow.source.record.parse(attempt.document)
    seen.number = flow.source.number(record)
    seen.version = flow.source.version(record)
    seen.state = flow.source.state?.(record) ?? ''
    seen.row = rowOf(seen.version, flow.source.row?.(record))
    if (flow.source.deleted?.(record))
      return report(
        seen,
        await absent(flow, { ...attempt, provenAbsent: true }, books, finished, 'deleted in the source'),
      )
    return report(seen, await carryRecord(flow, record, attempt, books, finished))
  } catch (thrown) {
    const failure = toFailure(thrown)
    if (failure.kind === 'bug') throw thrown
    return report(seen, { outcome: afterFailure(failure, attempt.trouble) })
  }
}

type Seen = Pick<Carried, 'number' | 'version' | 'row' | 'state'>

/** Two lists of one source may show more or less of a record; both show its stamp. */
export const rowOf = (version: string, row: string | undefined): string => (row ? `${version} ${row}` : version)

const report = (seen: Seen, ended: Ended): Carried => ({
  ...seen,
  outcome: ended.outcome,
  needs: ended.needs ?? [],
  behind: ended.behind,
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
  const version = flow.source.version(record)
  const known = books.links()
  const linked = linkedOnce(books)
  const lookups: Lookups = {
    ...attempt.lookups,
    variants: known.map((link) => link.variant),
    linked,
    mirrored: books.mirrored(),
  }
  const skip = flow.skip?.(record, settings, lookups) ?? withdrawnOf(flow, known, books)
  if (skip !== undefined) return skipped(skip)
  const aside = leftTo(flow, attempt, known, books)
  if (aside) return aside
  if (isOlder(version, known)) return unchanged(undefined, known)
  if (flow.agreed?.(record, settings, lookups)) return unchanged(finished, known)
  const prints = await printsOf(flow, record)
  const matched = await adoptMatched(flow, known, { version, parts: prints.parts, fingerprint: prints.of }, books)
  const links = matched ? books.links() : known
  const before = matched ? 'adopted' : finished
  const gone = goneFrom(prints.parts, links)
  // What cannot be changed stays as it is, whatever is mapped otherwise by now.
  const remap = attempt.remap && flow.target.update !== undefined
  if (!remap && gone.length === 0 && areCurrent(links, prints)) return unchanged(before, links)
  if ((!attempt.history || flow.guard) && isBeforeStart(flow.source.date(record), attempt.startDate, links))
    return beforeStart(attempt)

  const needs = (flow.needs?.(record, settings, lookups) ?? []).filter((need) => !linked(need))
  if (needs[0]) return waitFor(needs[0], needs, attempt)

  if (links.every(({ target }) => target === null) && books.undecided()) throw new Failed(undecided())

  const found = await seek(flow, record, settings, links, books)
  if (found?.length === 0) return skipped(`${flow.target.vendor} has nothing that it could belong to`)

  const drafted = flow.map(record, settings, found ? { ...lookups, found } : lookups)
  if (!Array.isArray(drafted)) throw new Failed(drafted)
  const mapped = drafted.filter(({ variant }) => isInTime(flow, record, variant, attempt, links))
  if (drafted.length > 0 && mapped.length === 0 && gone.length === 0) return beforeStart(attempt)
  for (const { draft } of mapped) {
    const failure = totalsFailure(flow.totals?.(record, draft) ?? [])
    if (failure) throw new Failed(failure)
  }
  // First: what takes the place of a part may not fit beside it (a corrected payment beside the wrong one).
  const how = flow.removes?.(settings) ?? false
  const removed = how === false ? undefined : await takeBackAll(flow, gone, { version, how }, books)
  return writeAll(
    flow,
    mapped,
    { links, prints, version, remap, finished: removed ?? before, settings, lookups },
    books,
  )
}

/** One attempt asks for the same customer and products several times, and sees them as they were at first. */
const linkedOnce = (books: Books): Lookups['linked'] => {
  const known = new Map<string, TargetRef | undefined>()
  return (need) => {
    const name = canonical(need)
    if (!known.has(name)) known.set(name, books.linked(need))
    return known.get(name)
  }
}

/** Only what somebody has asked for can be withdrawn. */
const withdrawnOf = <R, D, S>({ entry, guard }: Flow<R, D, S>, links: Link[], books: Books): string | undefined =>
  (entry || guard) && !links.some(standing) ? books.withdrawn() : undefined

/** What a link says needs no search. */
const seek = async <R, D, S>(
  { seeks, target }: Flow<R, D, S>,
  record: R,
  settings: S,
  links: Link[],
  { api }: Books,
): Promise<Candidate[] | undefined> =>
  seeks && target.search && links.every((link) => link.target === null)
    ? target.search(api, seeks(record, settings))
    : undefined

/** What the flow that shares the record has carried is none of this one's, and neither is what that one has still to decide. */
const leftTo = <R, D, S>(
  { shares }: Flow<R, D, S>,
  attempt: Attempt,
  links: Link[],
  books: Books,
): Ended | undefined => {
  if (!shares || links.some((link) => link.target && link.state !== 'matched')) return undefined
  const { stands, begun, atRest } = books.shared(shares.with)
  if (begun || (!shares.isFirst && !atRest)) return behind(shares.with, attempt)
  return stands ? skipped(`carried by ${shares.with}`) : undefined
}

/** Hash of the source fields that matter, of the whole record or of each part. */
interface Prints {
  parts: string[] | undefined
  of(variant: string): string
}

export const printsOf = async <R, D, S>(flow: Flow<R, D, S>, record: R): Promise<Prints> => {
  const parts = flow.parts?.(record)
  const hash = async (part: string) => sha256(canonical(flow.fingerprint(record, part)))
  if (!parts) {
    const whole = await hash('')
    return { parts, of: () => whole }
  }
  const hashes = new Map(
    await Promise.all(parts.map(async (part): Promise<[string, string]> => [part, await hash(part)])),
  )
  return { parts, of: (part) => hashes.get(part) ?? '' }
}

/** Parts that stand in the target and that the source no longer has. */
const goneFrom = (parts: string[] | undefined, links: Link[]): Link[] =>
  parts ? links.filter((link) => link.target && isOurs(link) && !parts.includes(link.variant)) : []

/** Neither taken back, nor somebody's that was not looked at yet. */
const isOurs = ({ state }: Link): boolean => state !== 'removed' && state !== 'matched'

interface Writing<S> {
  links: Link[]
  prints: Prints
  version: string
  remap: boolean
  finished: Action | undefined
  settings: S
  lookups: Lookups
}

/** Each variant that is new or changed is a write of its own; the last one is committed together with the end of the attempt. */
const writeAll = async <R, D, S>(
  flow: Flow<R, D, S>,
  mapped: Mapped<D>[],
  { links, prints, version, remap, finished, settings, lookups }: Writing<S>,
  books: Books,
): Promise<Ended> => {
  let commit = () => {}
  let action: Action = finished ?? 'unchanged'
  const targets: Target[] = []
  const variants = mapped.map(({ variant }) => variant)
  for (const { variant, draft } of mapped) {
    const link = links.find((known) => known.variant === variant)
    const fingerprint = prints.of(variant)
    if (!remap && link && isCurrent(link, fingerprint)) {
      if (link.target) targets.push(link.target)
      continue
    }
    commit()
    const op = standing(link) ? 'update' : 'create'
    const guarded = flow.guard && {
      guards: flow.guard.of(settings),
      offer: await flow.guard.offer(books.api, draft),
      zone: flow.guard.zone(lookups),
    }
    const write = await books.open({ op, variant, draft, fingerprint, version }, variants, guarded)
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
    const failure = toFailure(thrown)
    if (isDefinite(failure)) write.failed(failure)
    else write.save()
    if (failure.kind !== 'conflict') throw thrown
    // Whoever decides has to know which part of the record it is about.
    throw new Failed({ ...failure, facts: { variant: write.content.variant, ...failure.facts } })
  }
}

/** A write that was opened before there was more than one way holds null. */
const How = z.string().optional().catch(undefined)

const takeBack = async <R, D, S>(flow: Flow<R, D, S>, { api, target, content }: OpenWrite): Promise<Target> => {
  if (!target || !flow.target.remove) throw new Error('nothing to take back')
  await flow.target.remove(api, target, How.parse(content.draft))
  return target
}

type Action = 'created' | 'updated' | 'adopted' | 'removed' | 'unchanged'
type Target = NonNullable<Link['target']>

const DONE = { create: 'created', update: 'updated', remove: 'removed' } as const

const actionOf = (write: OpenWrite): Action => (write.adopted() ? 'adopted' : DONE[write.content.op])

/** A variant that another record needs is made all the same. */
const isOlder = (version: string, links: Link[]): boolean =>
  links.some((link) => link.version > version) && !links.some(({ state }) => state === 'wanted')

const isCurrent = (link: Link, fingerprint: string): boolean =>
  link.state === 'linked' && link.fingerprint === fingerprint

/** A whole record is current in all variants that it has; a record of parts in all its parts. */
const areCurrent = (links: Link[], { parts, of }: Prints): boolean => {
  if (!parts) return links.length > 0 && links.every((link) => isCurrent(link, of(link.variant)))
  return parts.every((part) => links.some((link) => link.variant === part && isCurrent(link, of(part))))
}

const unchanged = (finished: Action | undefined, links: Link[]): Ended => {
  const stand = links.filter(({ target, state }) => target && state !== 'removed')
  return finished || stand.length > 0 ? done(finished ?? 'unchanged', stand) : skipped('it has nothing to carry')
}

/** What was taken back is made anew. */
const standing = (link: Link | undefined): boolean => link?.target != null && link.state !== 'removed'

/** What is linked already may change; history that is not linked is left to a person. Master data has no date. */
const isBeforeStart = (date: string | null, startDate: string, links: Link[]): boolean =>
  date !== null && date < startDate && !links.some((link) => link.target)

/** A part as the whole: history that is not linked is left to a person. */
const isInTime = <R, D, S>(
  flow: Flow<R, D, S>,
  record: R,
  variant: string,
  { history, startDate }: Attempt,
  links: Link[],
): boolean =>
  history ||
  !isBeforeStart(
    flow.partDate?.(record, variant) ?? null,
    startDate,
    links.filter((link) => link.variant === variant),
  )

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

/** Absence is not deletion: only a second direct read, or the vendor's own word, says so; then what the settings allow is taken back. */
const absent = async <R, D, S>(
  flow: Flow<R, D, S>,
  attempt: Attempt,
  books: Books,
  finished: Action | undefined,
  word = 'the source has no such record',
): Promise<Ended> => {
  const linked = books.links().filter((link) => link.target && isOurs(link))
  if (linked.length === 0) return finished ? done(finished, books.links()) : skipped(word)
  const left = linked.map((link) => link.target?.number).join(', ')
  const how = flow.removes?.(flow.settings.parse(attempt.settings)) ?? false
  if (!flow.target.remove || how === false)
    return skipped(`the source no longer shows this record; ${left} is left as it is`)
  if (!attempt.provenAbsent) return waiting(missing(left), 'absence', ABSENCE_MS)
  await takeBackAll(flow, linked, { version: null, how }, books)
  return done('removed', linked)
}

const takeBackAll = async <R, D, S>(
  flow: Flow<R, D, S>,
  links: Link[],
  { version, how }: { version: string | null; how: boolean | string },
  books: Books,
): Promise<Action | undefined> => {
  const draft = typeof how === 'string' ? how : null
  for (const link of links) {
    const content = { variant: link.variant, draft, fingerprint: '', version: version ?? link.version }
    const write = await books.open({ op: 'remove', ...content })
    write.done(await run(flow, write))
  }
  return links.length > 0 ? 'removed' : undefined
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

const undecided = (): Failure => ({
  kind: 'conflict',
  code: 'match_undecided',
  message: 'the opening match found what may be the same on the other side, and nobody has decided yet',
  remedy:
    'Link it with the right one (POST …/matches/accept), or say that it is none of them (the same call without a target): then it is made.',
  facts: {},
})

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

const behind = (flow: string, { sourceId, trouble }: Attempt): Ended => {
  const failure: Failure = {
    kind: 'dependency',
    code: 'waits_for_other_flow',
    message: `${flow} has not decided yet whether this record is its own`,
    remedy: `Nothing to do here: decide about the same record of ${flow}, and this one goes on or is left to it.`,
    flow,
    sourceId,
    variant: '',
  }
  return { outcome: afterFailure(failure, trouble), behind: { flow, sourceId } }
}

const cannotChange = (vendor: string, target: Target): Failure => ({
  kind: 'conflict',
  code: 'target_cannot_change',
  message: `${vendor} cannot change ${target.number} once it exists`,
  remedy: `Correct ${target.number} in ${vendor} by hand, then resolve this record.`,
  facts: { target: target.number },
})
