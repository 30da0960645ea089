import { describe, expect, it } from 'vitest'
import { Limiter, type Saved } from '../../src/tenant/limiter'

const LIMIT = [{ calls: 55, perMs: 60_000 }]

describe('the limiter', () => {
  it('grants as many as the window allows and then says how long to wait', () => {
    const limiter = new Limiter(LIMIT, undefined, 0, () => {})
    for (let n = 0; n < 55; n += 1) {
      expect(limiter.waitFor(n * 10)).toBe(0)
      limiter.take(n * 10)
    }
    expect(limiter.waitFor(1_000)).toBe(59_000)
    expect(limiter.waitFor(60_000)).toBe(0)
    expect(limiter.waitFor(60_000, 4)).toBe(30)
  })

  it('never has more than the limit inside any window, whatever the rhythm', () => {
    const limiter = new Limiter(LIMIT, undefined, 0, () => {})
    const granted: number[] = []
    for (let now = 0; now < 300_000; now += 137) {
      if (limiter.waitFor(now) > 0) continue
      limiter.take(now)
      granted.push(now)
    }
    for (const start of granted)
      expect(granted.filter((at) => at >= start && at < start + 60_000).length).toBeLessThanOrEqual(55)
    expect(granted.length).toBeGreaterThanOrEqual(55 * 5)
  })

  it('remembers across a restart, and takes what it did not write down as used now', () => {
    let saved: Saved | undefined
    const first = new Limiter(LIMIT, undefined, 0, ({ stamps, blockedUntil }) => {
      saved = { stamps: [...stamps], blockedUntil }
    })
    for (let n = 0; n < 35; n += 1) first.take(n)
    const second = new Limiter(LIMIT, saved, 1_000, () => {})
    let granted = 0
    while (second.waitFor(1_000) === 0) {
      second.take(1_000)
      granted += 1
    }
    expect(granted + 35).toBeLessThanOrEqual(55)
    expect(granted).toBeGreaterThanOrEqual(10)
  })

  it('writes down one row for ten calls, and none for a window of a second', () => {
    let writes = 0
    const counted = new Limiter(LIMIT, undefined, 0, () => {
      writes += 1
    })
    for (let n = 0; n < 50; n += 1) counted.take(n)
    expect(writes).toBe(5)
    const short = new Limiter([{ calls: 1, perMs: 1_000 }], undefined, 0, () => {
      writes += 1
    })
    short.take(0)
    expect(writes).toBe(5)
  })

  it('waits as long as the vendor asks, for the whole connection', () => {
    const limiter = new Limiter(LIMIT, undefined, 0, () => {})
    limiter.block(30_000)
    expect(limiter.waitFor(1_000)).toBe(29_000)
    limiter.block(10_000)
    expect(limiter.waitFor(1_000)).toBe(29_000)
  })

  it('does not forget over a restart how long the vendor asked it to wait', () => {
    let saved: Saved | undefined
    const first = new Limiter(LIMIT, undefined, 0, (state) => {
      saved = state
    })
    first.block(30_000)
    expect(new Limiter(LIMIT, saved, 1_000, () => {}).waitFor(1_000)).toBe(29_000)
  })
})
