import { describe, expect, it } from 'vitest'
import { isSchedule, nextDue } from '../../src/lib/schedule'

describe('a schedule', () => {
  it('is a cron expression in UTC or a number of seconds', () => {
    expect(nextDue('*/15 * * * *', Date.UTC(2026, 2, 2, 10, 7))).toBe(Date.UTC(2026, 2, 2, 10, 15))
    expect(nextDue('*/15 * * * *', Date.UTC(2026, 2, 2, 10, 15))).toBe(Date.UTC(2026, 2, 2, 10, 30))
    expect(nextDue('0 6 * * 1', Date.UTC(2026, 2, 3))).toBe(Date.UTC(2026, 2, 9, 6))
    expect(nextDue('900', 1_000)).toBe(901_000)
  })

  it('is refused where it makes no sense or asks more often than each minute', () => {
    expect(['*/15 * * * *', '60', '3600'].every(isSchedule)).toBe(true)
    expect(['', 'soon', '99 * * * *', '10', '-5'].some(isSchedule)).toBe(false)
  })
})
