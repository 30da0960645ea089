import { describe, expect, it } from 'vitest'
import { mostGone, worthCarrying } from '../../src/sync/poll'

const row = (id: string, version: string, date?: string) => ({
  change: { type: 'invoice', id, event: 'listed' },
  version,
  ...(date && { date }),
})
const ids = (rows: { change: { id: string } }[]) => rows.map(({ change }) => change.id)

describe('which listed rows make a job', () => {
  const items = [row('a', '2', '2026-02-01'), row('b', '2', '2025-12-31'), row('c', '2')]

  it('takes what was never seen, unless it is from before the start date', () => {
    expect(ids(worthCarrying(items, '2026-01-01', () => undefined))).toEqual(['a', 'c'])
  })

  it('takes what has another stamp than when it was last seen, however old its date', () => {
    expect(ids(worthCarrying(items, '2026-01-01', () => ({ row: '1', willBeRead: false })))).toEqual(['a', 'b', 'c'])
  })

  it('passes over what was seen in this state, and what will be read anyway', () => {
    expect(worthCarrying(items, '2026-01-01', () => ({ row: '2', willBeRead: false }))).toEqual([])
    expect(worthCarrying(items, '2026-01-01', () => ({ row: '', willBeRead: true }))).toEqual([])
  })

  it('takes what shows something else under the same stamp', () => {
    const paid = { ...row('a', '2'), row: 'PAID 0' }
    const seen = (shown: string) => () => ({ row: shown, willBeRead: false })
    expect(worthCarrying([paid], '', seen('2 PAID 0'))).toEqual([])
    expect(worthCarrying([paid], '', seen('2 SENT 400'))).toEqual([paid])
  })
})

describe('how many records a sweep may take back by itself', () => {
  it('is five, or one in fifty where that is more', () => {
    expect([0, 250, 299, 300, 10_000].map(mostGone)).toEqual([5, 5, 5, 6, 200])
  })
})
