import type { AuditEntry, RecordState, RequestMade } from '../core/audit'
import type { Failure } from '../core/failure'
import { Actor, type JobState, type Outcome } from '../core/job'
import type { Owner } from '../core/ledger'
import type { Carried } from '../sync/record'
import { type JobRow, jobKey } from './inbox'

/** An audit entry has to fit into D1 beside others of its batch. */
const LONGEST_TEXT = 2_000

/** How a job stands after an attempt. */
export interface Standing {
  state: JobState
  reason: string
  dueAt: number | null
  failure: Failure | null
  waitsFor: string | null
  /** What a list would show of the record as it was last read. */
  version: string
  sourceNumber: string
  targetId: string
  targetNumber: string
}

export const standingOf = (job: JobRow, { outcome, number, row, needs, behind }: Carried, at: number): Standing => {
  const known = {
    version: row || job.version,
    sourceNumber: number || job.source_number,
    targetId: job.target_id,
    targetNumber: job.target_number,
    failure: null,
    dueAt: null,
    waitsFor: null,
    reason: '',
  }
  switch (outcome.state) {
    case 'done':
      return {
        ...known,
        state: 'done',
        reason: outcome.action,
        targetId: outcome.targetId,
        targetNumber: outcome.targetNumber,
      }
    case 'skipped':
    case 'held':
      return { ...known, state: outcome.state, reason: outcome.reason }
    case 'failed':
      return { ...known, state: 'failed', failure: outcome.failure }
    case 'waiting':
    case 'uncertain': {
      const dueAt = outcome.waitMs === null ? null : at + outcome.waitMs
      const need = needs[0] ?? behind
      const waitsFor = need ? jobKey(job.integration, need.flow, need.sourceId) : null
      const reason = outcome.state === 'waiting' ? outcome.reason : ''
      return { ...known, state: outcome.state, reason, failure: outcome.failure, dueAt, waitsFor }
    }
  }
}

export const entryOf = (
  job: JobRow,
  end: Standing,
  /** How the record stands in the source, in its words. */
  state: string,
  requests: RequestMade[],
  bodyHash: string,
  at: number,
): AuditEntry => ({
  at,
  kind: 'attempt',
  actor: Actor.parse(JSON.parse(job.actor)),
  integration: job.integration,
  flow: job.flow,
  record: job.id,
  sourceId: job.source_id,
  sourceNumber: end.sourceNumber,
  targetId: end.targetId,
  targetNumber: end.targetNumber,
  outcome: end.state,
  text: [end.failure?.message ?? end.reason, state].filter(Boolean).join(' · ').slice(0, LONGEST_TEXT),
  ...(end.failure && { code: end.failure.code, remedy: end.failure.remedy, ...detailsOf(end.failure) }),
  requests,
  correlation: job.correlation,
  ...(bodyHash && { bodyHash }),
})

/** What a person needs beside the words to decide: both versions, the codes, the figures. */
const detailsOf = (failure: Failure): Pick<AuditEntry, 'details'> => {
  switch (failure.kind) {
    case 'conflict':
      return { details: failure.facts }
    case 'unmapped':
      return { details: { codes: failure.codes } }
    case 'totals':
      return { details: { differences: failure.differences } }
    default:
      return {}
  }
}

/** The row that people see of a job. */
export const recordState = (job: JobRow, end: Standing, at: number): RecordState => ({
  id: job.id,
  integration: job.integration,
  flow: job.flow,
  sourceId: job.source_id,
  sourceNumber: end.sourceNumber,
  targetId: end.targetId,
  targetNumber: end.targetNumber,
  state: end.state,
  reason: end.reason,
  code: end.failure?.code ?? '',
  text: end.failure?.message ?? '',
  remedy: end.failure?.remedy ?? '',
  version: end.version,
  at,
})

export const ownerOf = ({ integration, flow, source_id }: JobRow): Owner => ({ integration, flow, sourceId: source_id })

/** How a job that reads lists stands after a failure. */
export const afterOutcome = (outcome: Outcome, failure: Failure, at: number): Standing => ({
  ...listStanding(outcome.state, 'waitMs' in outcome && outcome.waitMs !== null ? at + outcome.waitMs : null),
  failure,
  reason: outcome.state === 'waiting' ? outcome.reason : '',
})

/** How a job that reads lists stands. */
export const listStanding = (state: Standing['state'], dueAt: number | null = null): Standing => ({
  state,
  dueAt,
  reason: '',
  failure: null,
  waitsFor: null,
  version: '',
  sourceNumber: '',
  targetId: '',
  targetNumber: '',
})
