import { z } from 'zod'
import type { Failure } from './failure'
import { PairName } from './pair'
import { VendorName } from './vendor'

/** `running` is not stored: a job that was running when the object died is queued, with its tries counted. */
export type JobState = 'queued' | 'done' | 'skipped' | 'failed' | 'waiting' | 'uncertain' | 'held'

export type WaitReason =
  | 'rate_limit'
  | 'outage'
  | 'dependency'
  | 'reconnect'
  | 'start_date'
  | 'approval'
  | 'funding'
  | 'conflict'
  | 'absence'

/** Who or what caused an attempt. */
export const Actor = z.object({
  by: z.enum(['webhook', 'poll', 'replay', 'key', 'dependency', 'service']),
  /** Key or event id. */
  id: z.string().optional(),
})
export type Actor = z.infer<typeof Actor>

/** What an event told, on its way: `record` = the record that it is of; `sealed` under the tenant's key, as it is kept. */
export const SealedTidings = z.object({ record: z.string(), key: z.string(), sealed: z.string() })
export type SealedTidings = z.infer<typeof SealedTidings>

/** A record that flows read, whichever of them: its document is kept under this. */
export const recordKey = (connection: string, type: string, id: string): string => `${connection}|${type}|${id}`

/** The identity in the seal. */
export const tidingsRow = (record: string, key: string): string => `tidings/${record}/${key}`

/** A record to carry: what the consumer hands to the tenant, and what a poll finds. */
export const CarryJob = z.object({
  kind: z.literal('carry'),
  integration: z.string(),
  flow: z.string(),
  sourceId: z.string(),
  actor: Actor,
  correlation: z.string(),
  /** The vendor's id of the message that said so; the same one twice is dropped. */
  delivery: z.string().optional(),
  tidings: SealedTidings.optional(),
  /** The batch it was found in; empty = a batch of one. */
  batch: z.string().default(''),
  /** Part of a backfill: done after live work, and carried although it is from before the start date. */
  history: z.boolean().default(false),
})

/** Reads what changed (`poll`), or everything there is (`backfill`). */
export const PollJob = z.object({
  kind: z.enum(['poll', 'backfill']),
  integration: z.string(),
  flow: z.string(),
  actor: Actor,
  correlation: z.string(),
})

/** Compares everything the source has with what is known of it: finds deletions and changes that nothing told of. */
export const SweepJob = z.object({
  kind: z.literal('sweep'),
  integration: z.string(),
  flow: z.string(),
  actor: Actor,
  correlation: z.string(),
  /** So many records may be gone: said by a person after a sweep had stopped because of them. */
  atMost: z.number().int().optional(),
})

/** Compares both sides. Business dates, all of them if left out. */
export const ReconcileJob = z.object({
  kind: z.literal('reconcile'),
  integration: z.string(),
  flow: z.string(),
  actor: Actor,
  correlation: z.string(),
  from: z.string().optional(),
  to: z.string().optional(),
})
export type ReconcileJob = z.infer<typeof ReconcileJob>

/** Reads both lists and proposes which records belong together. */
export const MatchJob = z.object({
  kind: z.literal('match'),
  integration: z.string(),
  flow: z.string(),
  actor: Actor,
  correlation: z.string(),
})
export type MatchJob = z.infer<typeof MatchJob>

/** The target told of a change of one of its records: what waited for it is tried again, and what we posted is looked at. */
export const ToldJob = z.object({
  kind: z.literal('told'),
  integration: z.string(),
  flow: z.string(),
  /** The target's id of it. */
  targetId: z.string(),
  event: z.string(),
  actor: Actor,
  correlation: z.string(),
})
export type ToldJob = z.infer<typeof ToldJob>

export const NewJob = z.discriminatedUnion('kind', [CarryJob, PollJob, SweepJob, ReconcileJob, MatchJob, ToldJob])
export type NewJob = z.input<typeof NewJob>

/** What travels through a pair's queue. Older and newer deployments read each other's: add, never change. */
export const Message = z.discriminatedUnion('kind', [
  z.object({
    v: z.literal(1),
    kind: z.literal('change'),
    tenant: z.string(),
    integration: z.string(),
    pair: PairName,
    vendor: VendorName,
    change: z.object({
      type: z.string(),
      id: z.string(),
      event: z.string(),
      eventId: z.string().optional(),
      tidings: SealedTidings.optional(),
    }),
    correlation: z.string(),
  }),
  z.object({
    v: z.literal(1),
    kind: z.literal('poll'),
    tenant: z.string(),
    integration: z.string(),
    pair: PairName,
    flows: z.array(z.string()),
    correlation: z.string(),
  }),
])
export type Message = z.infer<typeof Message>

/** What came of one attempt at one flow of one record. */
export type Outcome =
  | {
      state: 'done'
      action: 'created' | 'updated' | 'adopted' | 'removed' | 'unchanged'
      targetId: string
      targetNumber: string
    }
  | { state: 'skipped'; reason: string }
  | { state: 'held'; reason: string }
  | { state: 'failed'; failure: Failure }
  | { state: 'waiting'; reason: WaitReason; waitMs: number | null; failure: Failure }
  | { state: 'uncertain'; waitMs: number | null; failure: Failure }
