import { describe, expect, it } from 'vitest'
import type { Failure } from '../../src/core/failure'
import { afterFailure, isDefinite, type Trouble } from '../../src/sync/retry'

const said = { code: 'c', message: 'm', remedy: 'r' }
const transient: Failure = { kind: 'transient', ...said }
const HOUR = 3_600_000

const trouble = (over: Partial<Trouble> = {}): Trouble => ({ ageMs: 0, retries: 0, random: 0, ...over })

describe('what becomes of a failure', () => {
  it('waits as the vendor says when throttled', () => {
    expect(afterFailure({ kind: 'throttled', waitMs: 31_000, ...said }, trouble())).toMatchObject({
      state: 'waiting',
      reason: 'rate_limit',
      waitMs: 31_000,
    })
  })

  it('waits longer with each try, spread by chance over the whole span, and gives up by age alone', () => {
    const waitOf = (retries: number, random: number): number => {
      const outcome = afterFailure(transient, trouble({ retries, random }))
      return 'waitMs' in outcome ? (outcome.waitMs ?? 0) : 0
    }
    expect([0, 1, 2, 3, 10, 50].map((retries) => waitOf(retries, 1))).toEqual([
      2_500, 4_500, 8_500, 16_500, 1_800_500, 1_800_500,
    ])
    expect(waitOf(10, 0)).toBe(500)
    expect(afterFailure(transient, trouble({ ageMs: 23 * HOUR, retries: 500 })).state).toBe('waiting')
    expect(afterFailure(transient, trouble({ ageMs: 25 * HOUR }))).toEqual({ state: 'failed', failure: transient })
  })

  it('leaves an outcome that cannot be looked up to a person', () => {
    expect(afterFailure({ kind: 'uncertain', waitMs: null, ...said }, trouble({ ageMs: 30 * HOUR }))).toMatchObject({
      state: 'uncertain',
      waitMs: null,
    })
  })

  it('lets jobs wait for new credentials instead of failing', () => {
    expect(afterFailure({ kind: 'unauthorised', ...said }, trouble({ ageMs: 48 * HOUR }))).toMatchObject({
      state: 'waiting',
      reason: 'reconnect',
    })
  })

  it('fails at once what no repetition can mend', () => {
    for (const kind of ['rejected', 'malformed', 'closed_period', 'bug'] as const) {
      expect(afterFailure({ kind, ...said }, trouble()).state).toBe('failed')
      expect(isDefinite({ kind, ...said })).toBe(true)
    }
    expect(isDefinite({ kind: 'uncertain', waitMs: 5, ...said })).toBe(false)
    expect(isDefinite(transient)).toBe(false)
  })
})
