import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Limiter, type Saved } from '../../src/tenant/limiter'
import { runs } from './runs'

const event = fc.record({ later: fc.nat({ max: 9_000 }), calls: fc.nat({ max: 30 }), restart: fc.boolean() })
const blocked = fc.constantFrom(0, 0, 0, 45_000)

/** 55 a minute, and at most 20 in ten seconds. */
const LIMITS = [
  { calls: 55, perMs: 60_000 },
  { calls: 20, perMs: 10_000 },
]

const atMostIn = (granted: number[], perMs: number): number =>
  granted.reduce((most, start) => Math.max(most, granted.filter((at) => at >= start && at < start + perMs).length), 0)

it('no window ever holds more calls than its limit, at any rhythm and over restarts; nor does one leave while it is blocked', () =>
  fc.assert(
    fc.property(fc.array(fc.tuple(event, blocked), { maxLength: 40, size: 'max' }), (events) => {
      let saved: Saved | undefined
      const keep = (state: Saved) => {
        saved = structuredClone(state)
      }
      const granted: number[] = []
      let [now, until] = [0, 0]
      let limiter = new Limiter(LIMITS, undefined, now, keep)
      for (const [{ later, calls, restart }, block] of events) {
        now += later
        if (restart) limiter = new Limiter(LIMITS, saved, now, keep)
        if (block > 0) {
          until = Math.max(until, now + block)
          limiter.block(until)
        }
        for (let call = 0; call < calls && limiter.waitFor(now) === 0; call += 1) {
          limiter.take(now)
          expect(now).toBeGreaterThanOrEqual(until)
          granted.push(now)
        }
      }
      for (const { calls, perMs } of LIMITS) expect(atMostIn(granted, perMs)).toBeLessThanOrEqual(calls)
      // What it says to wait is enough.
      const wait = limiter.waitFor(now)
      expect(limiter.waitFor(now + wait)).toBe(0)
    }),
    runs(300),
  ))
