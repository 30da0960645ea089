import { describe, expect, it } from 'vitest'
import { fromEastern, fromUtc } from '../../../src/vendors/freshbooks/stamps'

describe('a stamp of New York', () => {
  it('is told in UTC, in summer and in winter, to the microsecond', () => {
    expect(fromEastern('2020-11-16 21:27:03')).toBe('2020-11-17T02:27:03.000000Z')
    expect(fromEastern('2021-04-16 10:31:58.480684')).toBe('2021-04-16T14:31:58.480684Z')
    expect(fromEastern('2021-04-16 10:31:58.5')).toBe('2021-04-16T14:31:58.500000Z')
    expect(fromEastern('2021-01-01 00:00:00')).toBe('2021-01-01T05:00:00.000000Z')
  })

  it('of the hour that comes twice is one stamp for all of it, newer than what is before and older than what comes after', () => {
    const twice = ['2026-11-01 01:00:00', '2026-11-01 01:10:00', '2026-11-01 01:30:00', '2026-11-01 01:59:59.999999']
    expect(new Set(twice.map(fromEastern))).toEqual(new Set(['2026-11-01T06:59:59.999999Z']))
    expect(fromEastern('2026-11-01 00:59:59')).toBe('2026-11-01T04:59:59.000000Z')
    expect(fromEastern('2026-11-01 02:00:00')).toBe('2026-11-01T07:00:00.000000Z')
  })

  it('of the hour that is left out in spring keeps its place', () => {
    expect(fromEastern('2026-03-08 01:59:59')).toBe('2026-03-08T06:59:59.000000Z')
    expect(fromEastern('2026-03-08 02:30:00')).toBe('2026-03-08T07:30:00.000000Z')
    expect(fromEastern('2026-03-08 03:00:00')).toBe('2026-03-08T07:00:00.000000Z')
  })
})

describe('a stamp of bills and bill vendors', () => {
  it('is UTC as it stands', () => {
    expect(fromUtc('2020-10-06 14:22:49')).toBe('2020-10-06T14:22:49.000000Z')
    expect(fromUtc('2026-11-01 01:30:00')).toBe('2026-11-01T01:30:00.000000Z')
  })
})
