import { describe, expect, it } from 'vitest'
import type { Listed } from '../../../src/core/flow'
import { type Request, stampOf, walkSince } from '../../../src/vendors/cin7/since-walk'

const NOW = Date.parse('2026-03-02T10:00:00.000Z')

const item = (id: string, version: string): Listed => ({ change: { type: 'purchase', id, event: 'listed' }, version })

/** Walks until the end, or through all pages that are given. */
const walk = async (
  cursor: string | null,
  pages: { items: Listed[]; done: boolean }[],
  { since = null, at = NOW }: { since?: string | null; at?: number } = {},
) => {
  const asked: Request[] = []
  let next = cursor
  for (const page of pages) {
    const answer = await walkSince(next, since, at, async ({ since, page: number, before }) => {
      asked.push({ since, page: number, before })
      return page
    })
    next = answer.next
  }
  return { asked, cursor: next }
}

describe('stamps', () => {
  it('are comparable, however many digits they come with, and UTC where no zone is given', () => {
    expect(stampOf('2018-04-19T04:03:06.52Z')).toBe('2018-04-19T04:03:06.520Z')
    expect(stampOf('2017-11-28T06:10:37.5462677Z')).toBe('2017-11-28T06:10:37.546Z')
    expect(stampOf('2021-11-02T11:44:45.21')).toBe('2021-11-02T11:44:45.210Z')
    expect(stampOf('')).toBe('')
  })
})

describe('a walk over what changed', () => {
  it('begins without a filter, and asks for each page once', async () => {
    const { asked } = await walk(null, [
      { items: [item('a', '2026-03-01T09:00:00.000Z'), item('b', '2026-02-01T09:00:00.000Z')], done: false },
      { items: [item('c', '2026-01-01T09:00:00.000Z')], done: true },
    ])
    expect(asked).toEqual([
      { since: null, page: 1, before: 0 },
      { since: null, page: 2, before: 2 },
    ])
  })

  it('begins where it is told to', async () => {
    const { asked } = await walk(null, [{ items: [], done: true }], { since: '2026-02-01T00:00:00Z' })
    expect(asked[0]?.since).toBe('2026-01-31T23:45:00.000')
  })

  it('goes on a quarter of an hour before the greatest stamp of the last one, in the documented form', async () => {
    const first = await walk(null, [
      { items: [item('a', '2026-03-01T09:00:00.000Z')], done: false },
      { items: [item('b', '2026-02-01T09:00:00.000Z')], done: true },
    ])
    const { asked } = await walk(first.cursor, [{ items: [], done: true }])
    expect(asked[0]).toEqual({ since: '2026-03-01T08:45:00.000', page: 1, before: 0 })
  })

  it('keeps its mark where nothing changed, and while pages are still to come', async () => {
    const first = await walk(null, [{ items: [item('a', '2026-03-01T09:00:00.000Z')], done: true }])
    const idle = await walk(first.cursor, [{ items: [], done: true }])
    const half = await walk(idle.cursor, [{ items: [item('a', '2026-03-02T09:00:00.000Z')], done: false }])
    expect(JSON.parse(half.cursor ?? '')).toMatchObject({
      mark: '2026-03-01T09:00:00.000Z',
      walk: { page: 2, before: 1 },
    })
  })

  it('does not put its mark beyond its own beginning: page 1 may have changed while page 2 was waited for', async () => {
    const start = await walkSince(null, null, NOW, async () => ({
      items: [item('a', '2026-03-01T09:00:00.000Z')],
      done: false,
    }))
    const end = await walkSince(start.next, null, NOW + 3_600_000, async () => ({
      items: [item('z', '2026-03-02T10:59:00.000Z')],
      done: true,
    }))
    expect(JSON.parse(end.next)).toEqual({ mark: '2026-03-02T10:00:00.000Z', walk: null })
  })

  it('never goes back', async () => {
    const first = await walk(null, [{ items: [item('a', '2026-03-01T09:00:00.000Z')], done: true }])
    const older = await walk(first.cursor, [{ items: [item('b', '2026-03-01T08:50:00.000Z')], done: true }])
    expect(JSON.parse(older.cursor ?? '')).toMatchObject({ mark: '2026-03-01T09:00:00.000Z' })
  })
})
