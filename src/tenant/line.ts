import type { AuditEntry } from '../core/audit'
import type { JobRow } from './inbox'
import type { Standing } from './standing'

/**
 * What the log says of one attempt, in one line: every id, and figures. Words and numbers of documents, which may name people, stay
 * in the audit; `correlation` finds them there, and the webhook or call that it all began with.
 */
export const lineOf = (job: JobRow, end: Standing, entry: AuditEntry): Record<string, unknown> => ({
  correlation: entry.correlation,
  by: entry.actor.by,
  byId: entry.actor.id ?? '',
  integration: job.integration,
  flow: job.flow,
  record: job.id,
  sourceId: job.source_id,
  targetId: end.targetId,
  batch: job.batch,
  version: end.version,
  bodyHash: entry.bodyHash ?? '',
  state: end.state,
  code: entry.code ?? '',
  waitsFor: end.waitsFor ?? '',
  dueAt: end.dueAt,
  sinceMs: entry.at - job.since,
  starts: job.tries,
  retries: job.retries,
  calls: entry.requests.length,
  callsMs: entry.requests.reduce((sum, { ms }) => sum + ms, 0),
  requests: entry.requests.map(
    ({ vendor, method, route, status, ms }) => `${vendor} ${method} ${route} ${status} ${ms}`,
  ),
})
