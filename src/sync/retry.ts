import type { Failure } from '../core/failure'
import type { Outcome } from '../core/job'

const HOUR = 3_600_000
const GIVE_UP_AFTER = 24 * HOUR
const LEAST_WAIT = 500
const FIRST_WAIT = 2_000
const LONGEST_WAIT = HOUR / 2
const RECONNECT_CHECK = HOUR

/** How an unknown outcome is looked up: at once, then after each of these; after the last one the same body is sent again. */
export const LOOK_UP_WAITS = [5_000, 30_000, 120_000, 600_000]

/** How a record stands when it fails: since when it is in trouble, how often it was tried, and chance in [0, 1). */
export interface Trouble {
  ageMs: number
  retries: number
  random: number
}

/** What becomes of a failure. */
export const afterFailure = (failure: Failure, { ageMs, retries, random }: Trouble): Outcome => {
  switch (failure.kind) {
    case 'throttled':
      return { state: 'waiting', reason: 'rate_limit', waitMs: failure.waitMs, failure }
    case 'transient':
      if (ageMs > GIVE_UP_AFTER) return { state: 'failed', failure }
      return { state: 'waiting', reason: 'outage', waitMs: backoff(retries, random), failure }
    case 'uncertain':
      return { state: 'uncertain', waitMs: failure.waitMs, failure }
    case 'unauthorised':
      return { state: 'waiting', reason: 'reconnect', waitMs: RECONNECT_CHECK, failure }
    case 'dependency':
      return { state: 'waiting', reason: 'dependency', waitMs: null, failure }
    case 'waits':
      return { state: 'waiting', reason: failure.reason, waitMs: failure.waitMs, failure }
    case 'conflict':
      return { state: 'waiting', reason: 'conflict', waitMs: null, failure }
    case 'withdrawn':
      return { state: 'skipped', reason: failure.message }
    case 'unmapped':
    case 'rejected':
    case 'malformed':
    case 'totals':
    case 'closed_period':
    case 'bug':
      return { state: 'failed', failure }
  }
}

/** Exponential, with full jitter: what failed together does not come back together. */
const backoff = (retries: number, random: number): number =>
  LEAST_WAIT + Math.round(random * Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** Math.min(retries, 20)))

/**
 * True where the vendor has certainly not taken the content, and sending it again unchanged makes no sense. What has to be approved
 * anew comes with other terms.
 */
export const isDefinite = (failure: Failure): boolean =>
  failure.kind === 'conflict' ||
  failure.kind === 'withdrawn' ||
  (failure.kind === 'waits' && failure.reason === 'approval') ||
  afterFailure(failure, { ageMs: 0, retries: 0, random: 0 }).state === 'failed'

/** True where the call has not left, or the vendor has not looked at it: it comes again as it is. */
export const isDeferral = ({ kind }: Failure): boolean =>
  kind === 'throttled' || kind === 'transient' || kind === 'unauthorised'
