import type { Alert } from './audit'
import type { Failure } from './failure'
import type { Approval, Payout, Who } from './guard'
import type { Actor, NewJob } from './job'
import type { Owner } from './ledger'
import type { Linked, Matches, MatchQuery, Wanted } from './match'
import type { Holding } from './pair'
import type { PreviewQuery } from './preview'
import type { Reconciliation, ReconciliationQuery } from './reconciliation'
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
  /** What a person has to know before relying on it. */
  warnings: string[]
}

/** Credentials that are tried before they are saved, sealed as they will be stored; `account` = the company they are to reach. */
export interface Trial {
  sealed?: string
  account?: string
  /** As granted, where known. */
  scope?: string
}

/** What a person enters for a record: sealed, except for what is `shown`. */
export interface EnteredNow {
  variant: string
  body: unknown
  shown: Record<string, string>
  by: Who
}

export interface ShownEntry {
  sourceId: string
  variant: string
  shown: Record<string, string>
}

/** How the registered webhooks stand. `problems` = what could not be repaired, in words. */
export interface HookCheck {
  active: number
  problems: string[]
}

export interface ReplayOptions {
  /** Ask the source again instead of using the stored record. */
  reread: boolean
  /** Also apply changed mappings and settings to what is already posted. */
  remap: boolean
  /** The target was deleted on purpose: post again, with fresh keys. */
  newGeneration?: boolean
}

/** Failed records; what is left out does not matter. `unmapped` = they failed for want of one of these codes. */
export interface FailedFilter {
  integration?: string | undefined
  flow?: string | undefined
  code?: string | undefined
  remedy?: string | undefined
  unmapped?: { mapping: string; codes: string[] } | undefined
}

/** `left` = so many more stand failed for the same reason. */
export interface Replayed {
  queued: number
  left: number
}

/** What a person says of a step whose outcome cannot be looked up: it happened (and made this), or it did not. */
export type Decision = { happened: true; targetId: string } | { happened: false }

/** Whether the audit in D1 is what this tenant wrote. `seq` = the first entry where it is not. */
export type Verified = { ok: true; entries: number } | { ok: false; seq: number; problem: string }

/** Counts end at 10,000: that many or more. */
export interface IntegrationHealth {
  integration: string
  /** When a record or a list last came to its end as it should, to the minute. */
  lastSuccess: number | null
  /** How long the live work that has waited longest is due already, in milliseconds. */
  lag: number
  backlog: number
  failed: number
}

/** Calls that left on one connection since midnight (UTC), to within ten after a restart. */
export interface Metered {
  connection: string
  day: string
  reads: number
  writes: number
}

export interface TenantHealth {
  waiting: number
  failed: number
  oldestDue: number | null
  outbox: number
  integrations: IntegrationHealth[]
  metered: Metered[]
}

/** What the object holds of a tenant, beside what is in D1. */
export type ExportedTable = 'links' | 'writes' | 'documents' | 'tidings'

/** `rows` = JSON objects; `next` = where the next page begins, null at the end. */
export interface Exported {
  rows: string[]
  next: string | null
}

/** What others may ask of a tenant's object. */
export interface TenantApi {
  /** Stored when it returns. Answers how many were new. */
  accept(jobs: NewJob[]): Promise<number>
  /** The configuration in D1 is now at `version`; the actions enter the audit chain. Idempotent by action id. */
  configure(version: number, actions: PendingAction[]): Promise<void>
  /** Lines for the audit chain. Idempotent by id. */
  note(actions: PendingAction[]): Promise<void>
  /** Raises an alert of something outside this object, or says that it is over. Idempotent by cause; the newest by `at` holds. */
  alert(alert: Alert): Promise<void>
  /** Runs what a record still needs, from the stored source record. Answers once it is queued. */
  replay(record: string, options: ReplayOptions, actor: string): Promise<Answered<{ queued: true }>>
  /** The same for failed records, the longest known first; `most` = of this call, 0 to count them only. */
  replayFailed(filter: FailedFilter, most: number, options: ReplayOptions, actor: string): Promise<Replayed>
  /** A person sets a failed or waiting record aside, as it is now: its batch goes on; changed in the source, it is carried again. */
  ignore(record: string, reason: string, action: PendingAction): Promise<Answered<{ ignored: true }>>
  /** A person settles a conflict: the target stays as it is, and agrees with the source as it is now. Nothing is written. */
  keepTarget(record: string, action: PendingAction): Promise<Answered<{ queued: true }>>
  /** A person settles a conflict: the source holds, and what somebody edited in the target is written over. */
  keepSource(record: string, action: PendingAction): Promise<Answered<{ queued: true }>>
  /** What would come of records; nothing is written anywhere. JSON of core/preview `Previewed`. */
  preview(integration: string, query: PreviewQuery): Promise<Answered<string>>
  /** A person settles a step that nothing can look up. */
  decide(record: string, decision: Decision, actor: string): Promise<Answered<{ queued: true }>>
  /** Lets the held records of a stopped batch go on. */
  resume(batch: string): Promise<Answered<{ resumed: number }>>
  /** Recomputes the chain of the audit as it stands in D1. */
  verify(): Promise<Verified>
  /** The source record as it was read; `body` is JSON text. */
  source(record: string): Promise<Answered<{ sourceId: string; readAt: number; body: string }>>
  /** Calls the real system with the stored credentials, or with ones that are not saved yet. */
  reach(connection: string, trial?: Trial): Promise<Answered<Tested>>
  /** All companies that credentials reach. */
  companies(connection: string, trial: Trial): Promise<Answered<Account[]>>
  /** Who consented, where the vendor's chains of tokens belong to a person; else ''. */
  identity(connection: string, trial: Trial): Promise<Answered<string>>
  /** Reads a reference list now. */
  references(connection: string, kind: string): Promise<Answered<Reference[]>>
  /** What both sides hold, read now; empty where the pair has nothing of the kind. */
  holdings(integration: string): Promise<Answered<Holding[]>>
  /** Takes what a person enters for a record, and has it carried. `entry` = JSON of `EnteredNow`. */
  enter(owner: Owner, entry: string, action: PendingAction): Promise<Answered<null>>
  /** A payment that has no money yet is not to be made; `reason` in words for people. */
  withdraw(owner: Owner, reason: string, action: PendingAction): Promise<Answered<null>>
  /** What waits for approval, and what was approved. */
  approvals(integration: string): Promise<Approval[]>
  /** `hash` = of the terms that were seen. */
  approve(
    integration: string,
    subject: string,
    hash: string,
    by: Who,
    action: PendingAction,
  ): Promise<Answered<Approval>>
  /** What was asked to be paid by this flow. */
  payouts(integration: string, flow: string): Promise<Payout[]>
  /** What people may see of what was entered for a flow. */
  shown(integration: string, flow: string): Promise<ShownEntry[]>
  /** What the last comparison of both sides found. */
  reconciliation(integration: string, query: ReconciliationQuery): Promise<Reconciliation>
  /** What the last opening match proposes. */
  matches(integration: string, query: MatchQuery): Promise<Matches>
  /** Links records that a person says are the same. Nothing that is linked already changes. */
  link(integration: string, wanted: Wanted, actor: Actor, correlation: string): Promise<Linked>
  /** Compares the hooks of a connection with what the vendor has, registers, answers handshakes and switches on again. */
  hooks(connection: string): Promise<Answered<HookCheck>>
  /** Takes them off the vendor's list, before the connection goes. */
  unhook(connection: string): Promise<Answered<null>>
  /** Wakes the object if due work is late, and says so if it has been for long; prunes what has been kept long enough. */
  poke(): Promise<void>
  /** How it stands, in all and for these integrations. Cheap, however much there is. */
  health(integrations?: string[]): Promise<TenantHealth>
  /** A page of what it holds, without secrets. */
  exported(table: ExportedTable, after: string | null): Promise<Exported>
  /** Deletes all that it holds and stops the object, with what it has in memory: the call ends with this reason, as an error. */
  erase(reason: string): Promise<void>
  /** Puts the object back to what it was then. It stops itself with this reason. */
  restore(at: number, reason: string): Promise<void>
}
