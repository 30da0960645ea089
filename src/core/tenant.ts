import type { Failure } from './failure'
import type { NewJob } from './job'
import type { Account, Reference } from './vendor'

/** Errors lose their class on the way out of an object, so calls answer values. */
export type Answered<T> = { ok: true; value: T } | { ok: false; failure: Failure }

/** What an operator did, saved in D1 and on its way into the audit chain. `entry` is JSON of core/audit `AuditEntry`. */
export interface PendingAction {
  id: string
  entry: string
}

export interface Tested {
  account: Account
  ms: number
}

export interface ReplayOptions {
  /** Ask the source again instead of using the stored record. */
  reread: boolean
  /** Also apply changed mappings and settings to what is already posted. */
  remap: boolean
}

export interface TenantHealth {
  waiting: number
  failed: number
  oldestDue: number | null
  outbox: number
}

/** What others may ask of a tenant's object. */
export interface TenantApi {
  /** Stored when it returns. Answers how many were new. */
  accept(jobs: NewJob[]): Promise<number>
  /** The configuration in D1 is now at `version`; the actions enter the audit chain. Idempotent by action id. */
  configure(version: number, actions: PendingAction[]): Promise<void>
  /** Lines for the audit chain. Idempotent by id. */
  note(actions: PendingAction[]): Promise<void>
  /** Runs what a record still needs, from the stored source record. Answers once it is queued. */
  replay(record: string, options: ReplayOptions, actor: string): Promise<Answered<{ queued: true }>>
  /** The source record as it was read; `body` is JSON text. */
  source(record: string): Promise<Answered<{ sourceId: string; readAt: number; body: string }>>
  /** Calls the real system with the stored credentials, or with `sealed` ones that are not saved yet. */
  reach(connection: string, sealed?: string): Promise<Answered<Tested>>
  /** Reads a reference list now. */
  references(connection: string, kind: string): Promise<Answered<Reference[]>>
  /** Wakes the object if due work is late. */
  poke(): Promise<void>
  health(): Promise<TenantHealth>
}
