import { describe, expect, it } from 'vitest'
import type { Failure } from '../../src/core/failure'
import { afterFailure, isDefinite } from '../../src/sync/retry'

const said = { code: 'c', message: 'm', remedy: 'r' }
const transient: Failure = { kind: 'transient', ...said }
const HOUR = 3_600_000

describe('what becomes of a failure', () => {
  it('waits as the vendor says when throttled', () => {
    expect(afterFailure({ kind: 'throttled', waitMs: 31_000, ...said }, 0, 0)).toMatchObject({
      state: 'waiting',
      reason: 'rate_limit',
      waitMs: 31_000,
    })
  })

  it('waits longer the longer it lasts, spread by chance, and gives up by age', () => {
    const waits = [0, 4_000, 60_000, 2 * HOUR].map((age) => afterFailure(transient, age, 0.999))
    const times = waits.map((outcome) => ('waitMs' in outcome ? (outcome.waitMs ?? 0) : 0))
    expect(times).toEqual([...times].sort((a, b) => a - b))
    expect(afterFailure(transient, 60_000, 0)).not.toEqual(afterFailure(transient, 60_000, 0.9))
    expect(afterFailure(transient, 25 * HOUR, 0)).toEqual({ state: 'failed', failure: transient })
  })

  it('leaves an outcome that cannot be looked up to a person', () => {
    expect(afterFailure({ kind: 'uncertain', waitMs: null, ...said }, 30 * HOUR, 0)).toMatchObject({
      state: 'uncertain',
      waitMs: null,
    })
  })

  it('lets jobs wait for new credentials instead of failing', () => {
    expect(afterFailure({ kind: 'unauthorised', ...said }, 48 * HOUR, 0)).toMatchObject({
      state: 'waiting',
      reason: 'reconnect',
    })
  })

  it('fails at once what no repetition can mend', () => {
    for (const kind of ['rejected', 'malformed', 'closed_period', 'bug'] as const) {
      expect(afterFailure({ kind, ...said }, 0, 0).state).toBe('failed')
      expect(isDefinite({ kind, ...said })).toBe(true)
    }
    expect(isDefinite({ kind: 'uncertain', waitMs: 5, ...said })).toBe(false)
    expect(isDefinite(transient)).toBe(false)
  })
})
