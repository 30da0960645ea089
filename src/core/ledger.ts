import type { Failure } from './failure'
import type { Mirrored, Need, TargetApi, TargetRef } from './flow'
import type { Guards, Offer } from './guard'
import type { ReadApi } from './vendor'

/** Whose links and writes: one record of one flow of one integration. */
export interface Owner {
  integration: string
  flow: string
  sourceId: string
}

/**
 * Which target record stands for which variant of a source record. `wanted` = another record needs this variant; `open` = a
 * write began, and the target may be half-built; `linked` = the target stands for the source; `removed` = it was taken back;
 * `matched` = a person said so, and the target was not looked at yet.
 */
export interface Link {
  variant: string
  generation: number
  revision: number
  state: 'wanted' | 'open' | 'linked' | 'removed' | 'matched'
  target: TargetRef | null
  /** Hash of the source fields that were last carried. */
  fingerprint: string
  /** The vendor's stamp of what was last carried. */
  version: string
}

export type WriteOp = 'create' | 'update' | 'remove'

/** What a write is to bring into the target. */
export interface WriteContent {
  op: WriteOp
  variant: string
  draft: unknown
  fingerprint: string
  version: string
}

/** What a write has to be approved and reserved by. */
export interface Guarded {
  guards: Guards
  offer: Offer
  /** Whose calendar the limits of a day go by. */
  zone: string
}

/** A write in work. Its steps are recorded before and after each mutating call. */
export interface OpenWrite {
  content: WriteContent
  /** The target as known when the write began; null for a create. */
  target: TargetRef | null
  api: TargetApi
  /** A look-up found that a step had happened although its answer was lost. */
  adopted(): boolean
  /** To be called in the transaction that ends the attempt. */
  done(target: TargetRef): void
  /** `failure` = why; what was reserved for it is free again. */
  failed(failure: Failure): void
  /** It goes on another time: what has happened so far is stored. */
  save(): void
}

/** What another flow has made of a record that both read. */
export interface Shared {
  /** It stands in the target. */
  stands: boolean
  /** A write of it has not come to its end. */
  begun: boolean
  /** Nothing is to be done about it there: it was carried, passed over, or never heard of. */
  atRest: boolean
}

/** What carrying a record may ask of the tenant's storage. */
export interface Books {
  links(): Link[]
  linked(need: Need): TargetRef | undefined
  /** Of the flow that this one goes back. */
  mirrored(): Mirrored | undefined
  /** Of two flows that mirror each other: the opening match proposes something for this record, and nobody has decided yet. */
  undecided(): boolean
  /** Why somebody has withdrawn what was asked for. */
  withdrawn(): string | undefined
  /** What the flow that shares its records with this one has made of this record. */
  shared(flow: string): Shared
  /** Reads the target. */
  readonly api: ReadApi
  /** What a person has matched was found in the target. */
  adopt(link: Link): void
  /** Writes that an earlier attempt left open, with the draft they were opened with. */
  pending(): Promise<OpenWrite[]>
  /** `beside` = all variants that the record has now: those are not forgotten if it comes no further than this one. */
  /** `guarded` = it has to pass these; else it fails, or waits for approval, and nothing was begun. */
  open(content: WriteContent, beside?: string[], guarded?: Guarded): Promise<OpenWrite>
}
