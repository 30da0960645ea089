import { describe, expect, it } from 'vitest'
import type { Listed } from '../../../src/core/flow'
import { type Request, walkSince } from '../../../src/vendors/acumatica/since-walk'

const START = Date.parse('2026-03-04T14:00:00Z')
const MINUTE = 60_000

const iso = (at: number): string => `${new Date(at).toISOString().slice(0, 23)}0000Z`

interface Row {
  id: string
  at: number
}

/** A list in the order of its ids, whatever the stamps. `lies` = the filter finds nothing. */
const listing = (rows: Row[], lies = false) => {
  const asked: Request[] = []
  const ask = async (request: Request): Promise<Listed[]> => {
    asked.push(request)
    const { window, skip, top } = request
    const inside = ({ at }: Row) =>
      !window || (!lies && at > window.after && (window.until === null || at <= window.until))
    const found = rows.filter(inside).sort((a, b) => (a.id < b.id ? -1 : 1))
    return found
      .slice(skip, top === null ? undefined : skip + top)
      .map(({ id, at }) => ({ change: { type: 'vendor', id, event: 'listed' }, version: iso(at) }))
  }
  return { asked, ask }
}

/** A walk to its end; `between` happens after each step. */
const walk = async (
  ask: (request: Request) => Promise<Listed[]>,
  from: string | null,
  now = START,
  between: (step: number) => void = () => {},
) => {
  const found = new Map<string, string>()
  let cursor = from
  for (let step = 1; step < 60; step += 1) {
    const page = await walkSince(cursor, now, ask)
    for (const { change, version } of page.items) found.set(change.id, version)
    cursor = page.next
    if (page.done) return { found, cursor, steps: step }
    between(step)
  }
  throw new Error('it does not end')
}

const rowsOf = (count: number, at: (n: number) => number): Row[] =>
  Array.from({ length: count }, (_, n) => ({ id: String(((n * 7919) % count) + 10_000), at: at(n) }))

describe('the first walk', () => {
  it('reads everything by pages that overlap', async () => {
    const rows = rowsOf(1_200, (n) => START - n * MINUTE)
    const { ask, asked } = listing(rows)
    const { found } = await walk(ask, null)
    expect(found.size).toBe(1_200)
    expect(asked.map(({ window, skip, top }) => [window, skip, top])).toEqual([
      [null, 0, 500],
      [null, 475, 500],
      [null, 950, 500],
    ])
  })

  it('leaves its mark no later than where it began: what changed on a page that was read is found the next time', async () => {
    const rows = rowsOf(700, (n) => START - (n + 20) * MINUTE)
    const { ask } = listing(rows)
    const first = rows.find(({ id }) => id === '10000')
    const last = rows.find(({ id }) => id === '10699')
    if (!first || !last) throw new Error('no rows')
    const { cursor, found } = await walk(ask, null, START, () => {
      first.at = START + 1_000
      last.at = START + 60 * MINUTE
    })
    expect(found.get(first.id)).not.toBe(iso(first.at))
    expect((await walk(ask, cursor, START + 61 * MINUTE)).found.get(first.id)).toBe(iso(first.at))
  })
})

describe('a later walk', () => {
  const marked = async (rows: Row[]) => (await walk(listing(rows).ask, null)).cursor

  it('asks for what changed since its mark, a few minutes before it', async () => {
    const rows = rowsOf(20, (n) => START - (n + 1) * MINUTE)
    const { ask, asked } = listing(rows)
    const { found, steps } = await walk(ask, await marked(rows))
    expect([steps, found.size]).toEqual([1, 10])
    expect(asked).toEqual([{ window: { after: START - 11 * MINUTE, until: null }, skip: 0, top: 500 }])
  })

  it('divides a window that is too full by its stamps, the earlier half first', async () => {
    const rows = rowsOf(3, (n) => START - n * MINUTE)
    const cursor = await marked(rows)
    const all = [...rows, ...rowsOf(1_800, (n) => START + (n + 1) * 1_000).map(({ id, at }) => ({ id: `x${id}`, at }))]
    const { ask, asked } = listing(all)
    const { found } = await walk(ask, cursor)
    expect(found.size).toBe(1_803)
    const untils = asked.map(({ window }) => window?.until ?? Number.POSITIVE_INFINITY)
    expect(untils.some((until) => Number.isFinite(until))).toBe(true)
    expect(asked.every(({ skip }) => skip === 0)).toBe(true)
    expect(asked.length).toBeLessThan(16)
  })

  it('reads without a limit what was changed in one moment by the thousand', async () => {
    const rows = rowsOf(3, (n) => START - n * MINUTE)
    const cursor = await marked(rows)
    const all = [...rows, ...rowsOf(1_300, () => START + 5_000).map(({ id, at }) => ({ id: `x${id}`, at }))]
    const { ask, asked } = listing(all)
    expect((await walk(ask, cursor)).found.size).toBe(1_303)
    expect(asked.some(({ top }) => top === null)).toBe(true)
  })

  it('loses no row that changes or goes while it is under way', async () => {
    const rows = rowsOf(3, (n) => START - n * MINUTE)
    const cursor = await marked(rows)
    const changing = rowsOf(2_000, (n) => START + (n + 1) * 1_000)
    const all = [...rows, ...changing]
    const { ask } = listing(all)
    let clock = START + 3_000_000
    const { found } = await walk(ask, cursor, START, (step) => {
      clock += 1_000
      all.splice(3 + step, 7)
      for (const row of changing.slice(step * 40, step * 40 + 20)) row.at = clock
    })
    for (const { id, at } of all) if (at > START) expect(found.has(id), id).toBe(true)
    for (const { id, at } of all) if (at > START) expect(found.get(id)).toBe(iso(at))
  })

  it('goes through all pages where the filter does not find what has to be there', async () => {
    const rows = rowsOf(600, (n) => START - n * MINUTE)
    const cursor = await marked(rows)
    const { ask, asked } = listing([...rows, { id: 'new', at: START + MINUTE }], true)
    const { found } = await walk(ask, cursor, START + 2 * MINUTE)
    expect(found.get('new')).toBe(iso(START + MINUTE))
    expect(asked.map(({ window }) => window === null)).toEqual([false, true, true])
  })

  it('keeps its mark where nothing is there any more, and starts anew with a cursor that it does not know', async () => {
    const cursor = await marked([{ id: '1', at: START }])
    expect((await walk(listing([]).ask, cursor)).cursor).toBe(cursor)
    expect((await walk(listing([{ id: '1', at: START }]).ask, '7')).found.size).toBe(1)
  })
})
