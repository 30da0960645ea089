import { describe, expect, it } from 'vitest'
import { Meter } from '../../src/tenant/meter'

const NOON = Date.parse('2026-03-02T12:00:00Z')
const DAY = 86_400_000

describe('a meter', () => {
  it('counts reads and writes of a day', () => {
    const meter = new Meter(undefined, NOON)
    for (const kind of ['read', 'write', 'read'] as const) meter.count(kind, NOON)
    expect(meter.today(NOON)).toEqual({ day: '2026-03-02', reads: 2, writes: 1 })
  })

  it('begins anew at midnight UTC', () => {
    const meter = new Meter({ day: '2026-03-02', reads: 7, writes: 1 }, NOON)
    meter.count('read', NOON + DAY)
    expect(meter.today(NOON + DAY)).toEqual({ day: '2026-03-03', reads: 1, writes: 0 })
  })

  it('goes on from what was written down', () => {
    const meter = new Meter({ day: '2026-03-02', reads: 7, writes: 1 }, NOON)
    meter.count('write', NOON)
    expect(meter.today(NOON)).toEqual({ day: '2026-03-02', reads: 7, writes: 2 })
    expect(meter.today(NOON + DAY)).toEqual({ day: '2026-03-03', reads: 0, writes: 0 })
  })
})
