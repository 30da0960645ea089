import { describe, expect, it } from 'vitest'
import { retryAfter } from '../../src/lib/retry-after'

const NOW = Date.UTC(2026, 2, 2, 10, 0, 0)

describe('Retry-After', () => {
  it.each([
    ['30', 30_000],
    ['60 Seconds', 60_000],
    ['Mon, 02 Mar 2026 10:02:00 GMT', 120_000],
    ['Mon, 02 Mar 2026 09:00:00 GMT', 1_000],
    ['0', 1_000],
    ['99999999', 3_600_000],
    ['soon', 60_000],
    [null, 60_000],
  ])('%s', (header, ms) => {
    expect(retryAfter(header, NOW)).toBe(ms)
  })
})
