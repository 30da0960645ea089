import type { Failure } from '../core/failure'
import type { Outcome } from '../core/job'

const HOUR = 3_600_000
const GIVE_UP_AFTER = 24 * HOUR
const FIRST_WAIT = 2_000
const LONGEST_WAIT = HOUR / 2
const RECONNECT_CHECK = HOUR

/** How an unknown outcome is looked up: at once, then after each of these; after the last one the same body is sent again. */
export const LOOK_UP_WAITS = [5_000, 30_000, 120_000, 600_000]

/** What becomes of a failure. `ageMs` = since it first went wrong; `random` in [0, 1). */
export const afterFailure = (failure: Failure, ageMs: number, random: number, standing?: string): Outcome => {
  switch (failure.kind) {
    case 'throttled':
      return { state: 'waiting', reason: 'rate_limit', waitMs: failure.waitMs, failure }
    case 'transient':
      if (ageMs > GIVE_UP_AFTER) return { state: 'failed', failure }
      return { state: 'waiting', reason: 'outage', waitMs: backoff(ageMs, random), failure }
    case 'uncertain':
      return { state: 'uncertain', waitMs: failure.waitMs, failure }
    case 'unauthorised':
      return { state: 'waiting', reason: 'reconnect', waitMs: RECONNECT_CHECK, failure }
    case 'dependency':
      return { state: 'waiting', reason: 'dependency', waitMs: null, failure }
    case 'conflict':
      return { state: 'waiting', reason: 'conflict', waitMs: null, failure }
    case 'unmapped':
    case 'rejected':
    case 'malformed':
    case 'totals':
    case 'closed_period':
    case 'bug':
      return standing === undefined ? { state: 'failed', failure } : { state: 'failed', failure, standing }
  }
}

/** Grows with the age of the trouble, so that the waits double; jitter spreads what failed together. */
const backoff = (ageMs: number, random: number): number =>
  Math.round(Math.min(LONGEST_WAIT, Math.max(FIRST_WAIT, ageMs)) * (0.5 + random / 2))

/** True where the vendor has certainly not taken the content, and sending it again unchanged makes no sense. */
export const isDefinite = (failure: Failure): boolean =>
  afterFailure(failure, 0, 0).state === 'failed' || failure.kind === 'conflict'
