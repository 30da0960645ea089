import type { Mirrored, Need, TargetApi, TargetRef } from './flow'
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
  failed(): void
  /** It goes on another time: what has happened so far is stored. */
  save(): void
}

/** What carrying a record may ask of the tenant's storage. */
export interface Books {
  links(): Link[]
  linked(need: Need): TargetRef | undefined
  /** Of the flow that this one goes back. */
  mirrored(): Mirrored | undefined
  /** Of two flows that mirror each other: the opening match proposes something for this record, and nobody has decided yet. */
  undecided(): boolean
  /** Reads the target. */
  readonly api: ReadApi
  /** What a person has matched was found in the target. */
  adopt(link: Link): void
  /** Writes that an earlier attempt left open, with the draft they were opened with. */
  pending(): Promise<OpenWrite[]>
  /** `beside` = all variants that the record has now: those are not forgotten if it comes no further than this one. */
  open(content: WriteContent, beside?: string[]): Promise<OpenWrite>
}
