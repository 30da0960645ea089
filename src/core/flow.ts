import { z } from 'zod'
import type { Difference, Failure } from './failure'
import type { Cost, Guards, Offer } from './guard'
import type { Candidate, Terms } from './match'
import type { Booked, Figures, TargetRow } from './reconciliation'
import type { Call, Change, ReadApi, VendorName } from './vendor'

/** A page of what changed. `next` continues the walk; `done` says that nothing newer is left. */
export interface Page<Cursor> {
  items: Listed[]
  next: Cursor
  done: boolean
}

/** A row of a list: enough to know whether the record was seen in this state. */
export interface Listed {
  change: Change
  /** The vendor's stamp of the record, comparable as text. */
  version: string
  /** What else the row shows of the record's state; a record is read again where it differs from what was read. */
  row?: string
  /** Business date, where the list shows it: rows before the start date are passed over. */
  date?: string
  /** What people call it, where the list shows it. */
  number?: string
  /** For the opening match, where the list shows it. */
  terms?: Terms
}

/** A page of a target's list; `next` continues it. */
export interface TargetPage {
  rows: TargetRow[]
  next: string
  done: boolean
}

/** A page of what could be matched; `next` continues it. */
export interface CandidatePage {
  rows: Candidate[]
  next: string
  done: boolean
}

/** Where a flow reads. A source cannot write: it is only ever given a `ReadApi`. */
export interface Source<R> {
  vendor: VendorName
  type: string
  /** Webhook events that concern it; other events of the same type are ignored. */
  record: z.ZodType<R>
  /**
   * `null` = the vendor says that there is no such record. `told` = what its events have said that no reading shows (`Change.tells`),
   * in the order of their keys (absent = none); where nothing can be read, that is all there is.
   */
  read(api: ReadApi, id: string, told?: unknown[]): Promise<R | null>
  /**
   * One page after the cursor; `cursor` is what an earlier page answered, `since` where a first walk starts. Records of other kinds
   * may be among them: who has posted such is told.
   */
  changes(api: ReadApi, cursor: string | null, since: string | null): Promise<Page<string>>
  /** The vendor's stamp, comparable as text: strictly smaller means older. */
  version(record: R): string
  /** What people call it. */
  number(record: R): string
  /** How it stands there, in the vendor's words: each attempt says so on the timeline. */
  state?(record: R): string
  /** Business date, for the start date; `null` for master data. */
  date(record: R): string | null
  /**
   * Everything there is, a page at a time: for what `changes` cannot show (a deletion, a payment that does not move the stamp).
   * A sweep walks it once a day (tenant/sweeps.ts).
   */
  all?(api: ReadApi, cursor: string | null): Promise<Page<string>>
  /** What a list row would show of this record, where that is more than its version (`Listed.row`). */
  row?(record: R): string
  /** The vendor's own word that the record was deleted or voided: no second read has to prove it. */
  deleted?(record: R): boolean
}

/** The target record as the link knows it. `facts` is what the target needs to find its way (ids of parts, totals). */
export interface TargetRef {
  id: string
  number: string
  facts: Record<string, string>
}

interface Step<T> {
  name: string
  answer: z.ZodType<T>
  /** Did it happen? `null` = not found. Absent = cannot be known, a person decides. */
  find?(): Promise<T | null>
  /** It is sent once: not found is no proof, and a person decides. Else the same call is sent again after the last look-up. */
  once?: true
  /** Where a person may decide: what the step answered, from the id that was found in the target. */
  adopt?(targetId: string): T
  /** This step brings the target into being: from now on a failure can name it. */
  born?(answer: T): TargetRef
}

interface Unkeyed {
  keyed?: undefined
  call(): Call
}

/**
 * For vendors with an idempotency key: a UUID, the same whenever this step of this revision is sent again, and another one once the
 * vendor has refused the content: what was refused must not be answered by the refusal that it kept.
 */
interface Keyed {
  keyed: true
  call(key: string): Call
}

/** One mutating call, declared as data: the engine seals and stores it before it leaves. */
export type StepPlan<T> = Step<T> & (Keyed | Unkeyed)

/** What a target may do: read, and take steps. */
export interface TargetApi extends ReadApi {
  step<T>(plan: StepPlan<T>): Promise<T>
  /** Source id, variant and generation in one text; written into the target so that it can be found again. */
  readonly marker: string
  /**
   * How far a step of this write has come; undefined = it was never sent. `sent` = its outcome is not known; `deferred` = it was to be
   * sent, and only patience or a token was asked for.
   */
  stepState(name: string): 'sent' | 'deferred' | 'refused' | 'told' | 'done' | undefined
  /** The most that this write may cost, as it was approved and reserved; undefined = it is not to move money. */
  allowed(): Cost | undefined
  /** Why somebody has withdrawn what it brings about: nothing more is begun, and what can be taken back is. */
  withdrawn(): string | undefined
  /** Stops before the document reaches the books: names what differs and what stands in the target. */
  refuseUnless(differences: Difference[], standing: string): void
}

/** A record that was made by others, and what it is called. */
export interface Adopted {
  target: TargetRef
  terms: Terms
}

/** Where a flow writes. A member that is absent is something the vendor cannot do. */
export interface Target<D> {
  vendor: VendorName
  type: string
  /** A draft is stored with the write that it opens, and read back after a crash. */
  draft: z.ZodType<D>
  create(api: TargetApi, draft: D): Promise<TargetRef>
  update?(api: TargetApi, target: TargetRef, draft: D): Promise<TargetRef>
  /** Void, delete or flag, as the flow's `removes` said in `how`; a document that somebody works on is a conflict. */
  remove?(api: TargetApi, target: TargetRef, how?: string): Promise<void>
  /**
   * Facts that say how it looked when it was last carried: edits are told by them, and without them nothing counts as one. So a person
   * can settle a conflict by saying that the source holds; what was built on it (payments, shipments) is no edit. Absent = nobody can.
   */
  observed?: readonly string[]
  /** For reconciliation: all documents of this kind, whoever made them. */
  list?(api: ReadApi, cursor: string | null): Promise<TargetPage>
  /** For reconciliation: what stands in the books of one that we posted; null = it is gone. */
  booked?(api: ReadApi, target: TargetRef): Promise<Booked | null>
  /** Events of its webhooks that may mean that somebody changed what we posted: it is looked at again (`booked`). */
  disturbs?: string[]
  /** Whether a list shows what we posted in the very state in which we left it: then nobody has to look at it again. */
  asLeft?(listed: Listed, target: TargetRef): boolean
  /** For the opening match: all that stands there, whoever made it. */
  candidates?(api: ReadApi, cursor: string | null): Promise<CandidatePage>
  /** For flows that seek: what stands there and could be meant, as far as a few reads show. */
  search?(api: ReadApi, terms: Terms): Promise<Candidate[]>
  /** Somebody's record that a person has linked with a source record; null = there is no such one. */
  adopt?(api: ReadApi, id: string): Promise<Adopted | null>
}

/** Another record that has to be there first. */
export interface Need {
  flow: string
  sourceId: string
  variant: string
}

/** The document of the other side that this very record stands for, because the mirrored flow carried it here. */
export interface Mirrored {
  sourceId: string
  variant: string
  /** This record, with what the mirrored flow knows of it. */
  target: TargetRef
}

/** Of a flow that goes back. */
export interface Mirroring {
  /** Name of the other flow. */
  flow: string
  /** What that flow's link is to know once something was carried back: facts that take the place of its own. */
  agrees(target: TargetRef): Record<string, string>
}

/** What was entered: `id` is another one each time, `at` ms since 1970, `body` as the flow's `entry` took it. */
export const Entered = <T extends z.ZodType>(body: T) => z.object({ id: z.string(), at: z.number(), body })

export type EntryKind = 'payment' | 'recipient'

/** What a person enters, checked (a `ZodError` says what is wrong). `shown` = all that anybody sees of it again. */
export interface Taken {
  variant: string
  shown: Record<string, string>
  body: unknown
}

/** What `map` may know beside the record and the settings. All of it was looked up before. */
export interface Lookups {
  /** The target code a person chose, or undefined. */
  mapped(kind: string, code: string): string | undefined
  /** The target record of another flow's record, if it was carried. */
  linked(need: Need): TargetRef | undefined
  /** For flows with `mirrors`; undefined = the record was not made by that flow. */
  mirrored?: Mirrored | undefined
  /** What people have entered for this record, by variant: JSON of `Entered`. Kept sealed, and shown nowhere. */
  entered?: Record<string, unknown>
  /** Variants of this record that exist or that other records need. */
  variants: string[]
  /** For flows that seek: what was found, at least one. Undefined = it was not sought, because a link says what is meant. */
  found?: Candidate[]
  sourceAccount: KnownAccount
  targetAccount: KnownAccount
}

/** What a flow may know of a pinned company. `timeZone` = IANA name; absent or null = not known. */
export interface KnownAccount {
  id: string
  baseCurrency: string | null
  timeZone?: string | null
}

export interface Mapped<D> {
  variant: string
  draft: D
}

/** How records that stand on both sides from before are linked. */
export interface Matching<S = unknown> {
  /** The variant that the target record would be, e.g. its currency. Undefined = it cannot be one. Not asked where there are parts. */
  variant(candidate: Terms): string | undefined
  /** What a link does: `align` = the target is brought up to the source; `keep` = it stays as it is until the source changes. */
  brings: 'align' | 'keep'
  /** By what a record is known, where that is a matter of the settings; asked of both lists. */
  terms?(terms: Terms, settings: S): Terms
}

/** Of two flows of a pair that read the same records. */
export interface Sharing {
  /** The other one. */
  with: string
  /** It decides; the other carries what it has left, and waits until it has decided. */
  isFirst: boolean
}

/** One arrow of a pair. */
export interface Flow<R, D, S> {
  /** `pair/arrow`; also the path of its file. */
  name: string
  source: Source<R>
  target: Target<D>
  settings: z.ZodType<S>
  /**
   * The flow of this pair that it goes back: what people change in a document that that flow made is carried to where it came from.
   * The link is that flow's, seen from the other side, so its target is never created; the two never work on one document at once.
   * Where two flows mirror each other, each also makes what the other side lacks: what one of them links is linked for both, with the
   * same facts; the other then looks at it; and what the opening match left open waits for a person.
   */
  mirrors?: Mirroring
  /** A record is carried by this flow or by that one, and never by both. */
  shares?: Sharing
  /** Switched off until somebody switches it on. */
  isOff?: boolean
  /**
   * For a flow that reads the same records as one before it in its pair, and has nothing to do with most of them: whether it has
   * with this one. Asked when the other flow has read it; while it says no, and never said yes, the flow leaves no trace of it.
   */
  concerns?(record: R, settings: S): boolean
  /** A reason in words, or undefined to go on. */
  skip?(record: R, settings: S, lookups: Lookups): string | undefined
  /** Of a mirrored record: it says what both sides last agreed on, whichever of them said it first. */
  agreed?(record: R, settings: S, lookups: Lookups): boolean
  needs?(record: R, settings: S, lookups: Lookups): Need[]
  /** What it belongs to stands in the target and is to be found by this (`Target.search`); where nothing is, it is not carried. */
  seeks?(record: R, settings: S): Terms
  /**
   * The parts of the record that each become a target document of their own, by variant (payments of an invoice). One that a full
   * read no longer shows was taken away by the source. Absent = the record is one whole, in as many variants as `map` says.
   */
  parts?(record: R): string[]
  /** Business date of a part, where parts have dates of their own: one from before the start date does not come with a younger one. */
  partDate?(record: R, part: string): string
  /** The fields that matter to this flow, of the record or of one part: nothing is written while they stay the same. */
  fingerprint(record: R, part: string): unknown
  map(record: R, settings: S, lookups: Lookups): Mapped<D>[] | Failure
  /** Whether, and perhaps how, a record or part that is gone in the source is taken back; else it is left and said so. */
  removes?(settings: S): boolean | string
  /**
   * Nothing is begun before it was approved as the guards demand, and their limits are reserved together with the intent. `offer` only
   * reads. `zone` = where the day of the limits begins and ends, IANA name; '' = UTC. History is no reason to pass by the start date.
   */
  guard?: { of(settings: S): Guards; offer(api: ReadApi, draft: D): Promise<Offer>; zone(lookups: Lookups): string }
  /** What people enter for its records by the admin API, as `payment` or `recipient`. */
  entry?: { kind: EntryKind; take(body: unknown): Taken }
  /** Its drafts hold what nobody may see again: a preview shows which calls would go out, not what they carry. */
  sealed?: true
  /** Figures of source and draft that have to agree before anything is sent. */
  totals?(record: R, draft: D): Difference[]
  /** For reconciliation: what each variant of the record is to say in the target's books. */
  figures?(record: R, settings: S, lookups: Lookups): { variant: string; figures: Figures }[]
  /** Absent = a person cannot link its records. */
  matching?: Matching<S>
}

/** What everyone may know of a flow without its types; `use` opens it where the types belong together. */
export interface AnyFlow {
  name: string
  source: { vendor: VendorName; type: string }
  target: { vendor: VendorName; type: string }
  mirrors?: Mirroring
  isOff?: boolean
  use<T>(visit: <R, D, S>(flow: Flow<R, D, S>) => T): T
}

export const anyFlow = <R, D, S>(flow: Flow<R, D, S>): AnyFlow => ({
  name: flow.name,
  source: { vendor: flow.source.vendor, type: flow.source.type },
  target: { vendor: flow.target.vendor, type: flow.target.type },
  ...(flow.mirrors !== undefined && { mirrors: flow.mirrors }),
  ...(flow.isOff !== undefined && { isOff: flow.isOff }),
  use: (visit) => visit(flow),
})

/** The flow of a pair that reads a record for this one as well, and asks it whether it is concerned; undefined = none does. */
export const leadOf = (flows: AnyFlow[], flow: AnyFlow): AnyFlow | undefined => {
  if (!follows(flow)) return undefined
  const { vendor, type } = flow.source
  return flows.find((other) => !follows(other) && other.source.vendor === vendor && other.source.type === type)
}

const follows = (flow: AnyFlow): boolean => flow.use(({ concerns }) => concerns !== undefined)

/** Whether records of both sides can be proposed to each other. */
export const canMatch = (flow: AnyFlow): boolean =>
  flow.use(({ target, matching, parts }) => matching !== undefined && target.candidates !== undefined && !parts)

/** Whether a person can say which target record a record of it is. */
export const canLink = (flow: AnyFlow): boolean =>
  flow.use(({ target, matching }) => matching !== undefined && target.adopt !== undefined)

/** Whether both sides of a flow can be compared. */
export const canReconcile = (flow: AnyFlow): boolean =>
  flow.use(({ target, figures }) => target.list !== undefined && target.booked !== undefined && figures !== undefined)
