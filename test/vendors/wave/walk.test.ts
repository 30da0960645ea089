import { describe, expect, it } from 'vitest'
import { PAGE_SIZE, step } from '../../../src/vendors/wave/walk'

interface Row {
  id: string
  stamp: string
}

const at = (ms: number): string => new Date(Date.UTC(2026, 2, 2, 12) + ms).toISOString()
const rows = (count: number, stamp: (n: number) => number, prefix = 'r'): Row[] =>
  Array.from({ length: count }, (_, n) => ({ id: `${prefix}${n}`, stamp: at(stamp(n)) }))

/** A list as Wave serves it: filtered, oldest first, by page number. `inclusive` and `counted` are what the sheet leaves open. */
const list = (all: Row[], { inclusive = false, counted = true } = {}) => {
  const requests: { after: string | null; page: number }[] = []
  const ask = async (request: { after: string | null; page: number }) => {
    requests.push(request)
    const { after, page } = request
    const found = all
      .filter(({ stamp }) => after === null || stamp > after || (inclusive && stamp === after))
      .sort((a, b) => (a.stamp < b.stamp ? -1 : a.stamp > b.stamp ? 1 : 0))
    return {
      rows: found.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE).map(({ id, stamp }) => ({
        change: { type: 'invoice', id, event: 'listed' },
        version: stamp,
      })),
      totalPages: counted ? Math.max(1, Math.ceil(found.length / PAGE_SIZE)) : null,
    }
  }
  return { ask, requests, all }
}

/** Walks to the end, as the engine does: one step per run, the cursor kept as text. `between` changes the list after a step. */
const walk = async (
  source: ReturnType<typeof list>,
  from: string | null = null,
  between: (step: number) => void = () => {},
) => {
  const seen = new Map<string, string>()
  let cursor = from
  for (let n = 1; n <= 100; n++) {
    const page = await step(cursor, null, source.ask)
    for (const { change, version } of page.items) seen.set(change.id, version)
    cursor = page.next
    if (page.done) return { seen, cursor, steps: n }
    between(n)
  }
  throw new Error('the walk does not end')
}

const touch = (all: Row[], id: string, stamp: string) => {
  const row = all.find((one) => one.id === id)
  if (row) row.stamp = stamp
}

describe.each([
  { inclusive: false, counted: true },
  { inclusive: true, counted: true },
  { inclusive: false, counted: false },
  { inclusive: true, counted: false },
])('a walk over changes ($inclusive inclusive, $counted counted)', (open) => {
  it('starts without a filter and sees every row once the end is reached', async () => {
    const source = list(
      rows(130, (n) => n * 1000),
      open,
    )
    const { seen } = await walk(source)
    expect(source.requests[0]).toEqual({ after: null, page: 1 })
    expect(seen.size).toBe(130)
  })

  it('asks for page 1 again, just before the last stamp', async () => {
    const source = list(
      rows(130, (n) => n * 1000),
      open,
    )
    await walk(source)
    expect(source.requests[1]).toEqual({ after: at(49_000 - 1), page: 1 })
    expect(source.requests.every(({ page }) => page === 1)).toBe(true)
  })

  it('sees all rows that share a stamp, however many', async () => {
    const source = list(
      [...rows(20, (n) => n, 'a'), ...rows(170, () => 5000, 'tie'), ...rows(30, (n) => 6000 + n, 'z')],
      open,
    )
    expect((await walk(source)).seen.size).toBe(220)
  })

  it('gets on where stamps lie one millisecond apart', async () => {
    const source = list([...rows(49, () => 0, 'a'), ...rows(60, () => 1, 'b'), ...rows(10, () => 2, 'c')], open)
    expect((await walk(source)).seen.size).toBe(119)
  })

  it('loses no row when others move to the end during the walk', async () => {
    const source = list(
      rows(160, (n) => n * 1000),
      open,
    )
    const { seen } = await walk(source, null, (n) => {
      if (n <= 3) touch(source.all, `r${n * 5}`, at(500_000 + n))
    })
    expect(seen.size).toBe(160)
    expect(seen.get('r5')).toBe(at(500_001))
  })

  it('starts the next poll five minutes before the greatest stamp it saw', async () => {
    const source = list(
      rows(60, (n) => n * 60_000),
      open,
    )
    const { cursor } = await walk(source)
    source.requests.length = 0
    const { seen } = await walk(source, cursor)
    expect(source.requests[0]).toEqual({ after: at(59 * 60_000 - 300_000), page: 1 })
    expect([...seen.keys()]).toContain('r59')
    expect(seen.size).toBeLessThan(10)
  })

  it('keeps its mark when a poll finds nothing', async () => {
    const source = list(
      rows(1, () => 0),
      open,
    )
    const { cursor } = await walk(source)
    source.all.length = 0
    expect((await walk(source, cursor)).cursor).toBe(cursor)
  })
})

describe('within rows of one stamp, where only page numbers are left', () => {
  it('loses no row when one of them moves away', async () => {
    const source = list(rows(170, () => 0))
    const moved: string[] = []
    const first = await walk(source, null, (n) => {
      const id = `r${n}`
      moved.push(id)
      touch(source.all, id, at(10_000 + n))
    })
    const next = await walk(source, first.cursor)
    const all = new Map([...first.seen, ...next.seen])
    expect(all.size).toBe(170)
    for (const id of moved) expect(all.get(id)).toBe(source.all.find((row) => row.id === id)?.stamp)
  })

  it('loses no row where Wave does not count the pages and later rows follow', async () => {
    const source = list([...rows(120, () => 0, 'tie'), ...rows(50, () => 400_000, 'z')], { counted: false })
    const first = await walk(source, null, (n) => {
      if (n === 2) touch(source.all, 'tie0', at(400_001))
    })
    const next = await walk(source, first.cursor)
    expect(new Set([...first.seen.keys(), ...next.seen.keys()]).size).toBe(170)
  })

  it('reads the numbered pages from the last back to the first, onto which rows may have slid', async () => {
    const source = list(rows(170, () => 0))
    await walk(source)
    expect(source.requests.map(({ page }) => page)).toEqual([1, 1, 4, 3, 2, 1])
  })
})

describe('a cursor', () => {
  it('begins where it is told to, less the overlap', async () => {
    const source = list(rows(1, () => 0))
    await step(null, '2026-03-01', source.ask)
    expect(source.requests[0]).toEqual({ after: '2026-02-28T23:55:00.000Z', page: 1 })
  })

  it('that cannot be read starts from the beginning: twice is safe, never is not', async () => {
    const source = list(rows(1, () => 0))
    await step('{"old":1}', null, source.ask)
    expect(source.requests[0]).toEqual({ after: null, page: 1 })
  })
})
