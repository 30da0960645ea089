import { z } from 'zod'
import { Actor } from './job'

/** A call as the audit keeps it: no ids, no bodies. */
export const RequestMade = z.object({
  vendor: z.string(),
  method: z.string(),
  route: z.string(),
  status: z.number(),
  ms: z.number(),
})
export type RequestMade = z.infer<typeof RequestMade>

/** One line of the audit: an attempt, or what an operator did. */
export const AuditEntry = z.object({
  at: z.number(),
  kind: z.enum(['attempt', 'poll', 'action', 'ignored', 'alert']),
  actor: Actor,
  integration: z.string().optional(),
  flow: z.string().optional(),
  record: z.string().optional(),
  sourceId: z.string().optional(),
  sourceNumber: z.string().optional(),
  targetId: z.string().optional(),
  targetNumber: z.string().optional(),
  /** `done`, `skipped`, … for attempts; the name of the action otherwise. */
  outcome: z.string(),
  code: z.string().optional(),
  text: z.string().optional(),
  remedy: z.string().optional(),
  requests: z.array(RequestMade).default([]),
  correlation: z.string(),
  /** SHA-256 of the stored source record, hex. */
  bodyHash: z.string().optional(),
  /** For actions: what changed, without secrets. For failures: what a person needs to decide. */
  details: z.record(z.string(), z.unknown()).optional(),
})
export type AuditEntry = z.infer<typeof AuditEntry>

/** The state of one record as people see it. */
export const RecordState = z.object({
  id: z.string(),
  integration: z.string(),
  flow: z.string(),
  sourceId: z.string(),
  sourceNumber: z.string(),
  targetId: z.string(),
  targetNumber: z.string(),
  state: z.string(),
  reason: z.string(),
  code: z.string(),
  text: z.string(),
  remedy: z.string(),
  version: z.string(),
  at: z.number(),
})
export type RecordState = z.infer<typeof RecordState>

export const AlertKind = z.enum([
  'batch_stopped',
  'reconnect',
  'consent_ends',
  'breaker_open',
  'stream_stalled',
  'set_aside',
  'sweep_stopped',
  'webhooks',
  'mapping_lapsed',
  'record_failed',
  'dead_letter',
  'recovery',
  'books_differ',
  'holdings_differ',
  'account_notice',
  'backlog',
  'database_full',
  'alert_target_away',
])
export type AlertKind = z.infer<typeof AlertKind>

/** Something an operator has to know of, one per cause. `resolved` = it is over. */
export const Alert = z.object({
  cause: z.string(),
  kind: AlertKind,
  integration: z.string(),
  text: z.string(),
  remedy: z.string(),
  at: z.number(),
  resolved: z.boolean(),
})
export type Alert = z.infer<typeof Alert>
