import { env } from 'cloudflare:workers'
import { type SQL, sql } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { toBase64Url } from '../../src/lib/bytes'
import { firstId, newId } from '../../src/lib/ids'
import { auditPage, timelinePage } from '../../src/store/audit'
import { openDb } from '../../src/store/config'
import { causesPage, type Place, placeOf, toPlace } from '../../src/store/failures'
import { project } from '../../src/store/journal'
import { type Walk, walksOf } from '../../src/store/record-walks'
import {
  boundQuery,
  listRecords,
  type RecordFilter,
  type RecordPage,
  rowsQuery,
  toCursor,
} from '../../src/store/records'

const db = openDb(env.DB)

/** How SQLite goes about it. */
const planOf = async (query: { toSQL(): { sql: string; params: unknown[] } }): Promise<string[]> => {
  const { sql, params } = query.toSQL()
  const { results } = await env.DB.prepare(`explain query plan ${sql}`)
    .bind(...params)
    .all<{ detail: string }>()
  return results.map(({ detail }) => detail)
}

const planOfSql = async (query: SQL): Promise<string[]> =>
  (await db.all<{ detail: string }>(sql`explain query plan ${query}`)).map(({ detail }) => detail)

const all: RecordFilter = {
  integration: 'i_1',
  flow: 'a/b',
  status: 'failed',
  code: 'unmapped',
  from: 1,
  to: 2,
  q: 'INV-1',
}
const only = (...names: (keyof RecordFilter)[]): RecordFilter =>
  Object.fromEntries(names.map((name) => [name, all[name]]))
const first = (filter: RecordFilter): Walk => {
  const [walk] = walksOf('t_1', filter)
  if (!walk) throw new Error('no way leads there')
  return walk
}

describe('a page of records', () => {
  it.each([
    [only(), 'PRIMARY KEY (tenant=? AND id>? AND id<?)'],
    [only('from', 'to'), 'PRIMARY KEY (tenant=? AND id>? AND id<?)'],
    [{ status: 'done' }, 'PRIMARY KEY (tenant=? AND id>? AND id<?)'],
    [{ ...only('flow'), status: 'done' }, 'records_flow (tenant=? AND flow=? AND id>? AND id<?)'],
    [only('status'), 'records_state (tenant=? AND state=? AND id>? AND id<?)'],
    [only('code'), 'records_code (tenant=? AND code=? AND id>? AND id<?)'],
    [only('code', 'status', 'flow'), 'records_code (tenant=? AND code=? AND id>? AND id<?)'],
    [only('flow'), 'records_flow (tenant=? AND flow=? AND id>? AND id<?)'],
    [only('integration'), 'records_integration (tenant=? AND integration=? AND id>? AND id<?)'],
    [only('status', 'flow', 'integration', 'from'), 'records_state (tenant=? AND state=? AND id>? AND id<?)'],
    [all, 'records_source (tenant=? AND source_id=? AND id>? AND id<?)'],
  ])('is found through an index, in its order: %j', async (filter, index) => {
    const plan = (await planOfSql(rowsQuery(first(filter), 10, ['r_1'], ['r_0']))).join('\n')
    expect(plan).toContain(index)
    expect(plan).not.toMatch(/SCAN|TEMP B-TREE/)
  })

  it('with q goes on by number, from its beginning or between two places', async () => {
    const [, walk] = walksOf('t_1', all)
    if (!walk) throw new Error('no way leads by number')
    const begun = (await planOfSql(rowsQuery(walk, 10, undefined))).join('\n')
    const between = (await planOfSql(rowsQuery(walk, 10, ['INV-1', 'r_1'], ['INV-2', 'r_2']))).join('\n')
    expect(begun).toContain('records_number (tenant=? AND source_number>? AND source_number<?)')
    expect(between).toContain('records_number (tenant=? AND (source_number,id)>(?,?) AND (source_number,id)<(?,?))')
    expect(begun + between).not.toMatch(/SCAN|TEMP B-TREE/)
  })

  it('ends where it has looked at enough, which is told from the index alone', async () => {
    for (const walk of [all, only('status', 'flow'), only('code', 'flow'), { status: 'done' }].flatMap((filter) =>
      walksOf('t_1', filter),
    )) {
      const plan = (await planOfSql(boundQuery(walk, undefined))).join('\n')
      expect(plan).toContain(walk.index.startsWith('sqlite') ? 'PRIMARY KEY' : `COVERING INDEX ${walk.index}`)
      expect(plan).not.toContain('TEMP B-TREE')
    }
  })
})

const NONE = { integration: 'i_1', flow: 'a/b', targetId: '', targetNumber: '', reason: '', text: '', remedy: '' }

const stored = (tenant: string, states: { id: string; at: number; sourceNumber: string; [more: string]: unknown }[]) =>
  project(
    db,
    tenant,
    states.map((state, seq) => ({
      seq: seq + 1,
      record: state.id,
      entry: '{}',
      mac: '',
      alert: null,
      state: JSON.stringify({ ...NONE, sourceId: state.id, state: 'done', code: '', version: '', ...state }),
    })),
  )

/** All pages, one after the other. */
const walked = async (tenant: string, filter: RecordFilter, limit: number) => {
  const pages: string[][] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page: RecordPage = await listRecords(db, tenant, filter, limit, toCursor(cursor))
    pages.push(page.rows.map(({ sourceNumber }) => sourceNumber))
    cursor = page.next
  }
  return pages
}

describe('records that several filters mean together', () => {
  const rare = 'a/rare'
  beforeAll(async () => {
    const many = Array.from({ length: 2_500 }, (_, n) => ({
      id: `r_${String(n).padStart(5, '0')}`,
      at: 1,
      sourceNumber: `N-${String(n).padStart(5, '0')}`,
      state: n === 200 ? 'done' : 'held',
      ...(n === 100 && { flow: rare }),
    }))
    await stored('t_rare', many)
  })

  it.each([
    [{ status: 'held', flow: rare }, [[], [], ['N-00100']]],
    [{ status: 'done' }, [[], [], ['N-00200']]],
    [{ status: 'done', flow: rare }, [[]]],
    [{ q: 'N-', flow: rare }, [['N-00100'], [], []]],
    [{ q: 'N-0', flow: 'none' }, [[], [], []]],
    [{ flow: rare }, [['N-00100']]],
  ])('are looked for among a thousand at a time: %j', async (filter, pages) => {
    expect(await walked('t_rare', filter, 10)).toEqual(pages)
  })

  it('are each shown once, in pages of any size', async () => {
    const numbers = (await walked('t_rare', { q: 'N-0' }, 100)).flat()
    expect([numbers.length, new Set(numbers).size]).toEqual([2_500, 2_500])
    expect(numbers).toEqual([...numbers].sort())
    const newest = (await walked('t_rare', { status: 'held', integration: 'i_1' }, 77)).flat()
    expect(newest).toEqual(numbers.filter((number) => number !== 'N-00200').reverse())
  })

  it('are found by source id first, and not once more by number', async () => {
    await stored('t_both', [
      { id: 'r_1', at: 1, sourceNumber: '7', sourceId: '7' },
      { id: 'r_2', at: 1, sourceNumber: '71', sourceId: 'x' },
      { id: 'r_3', at: 1, sourceNumber: 'A', sourceId: '7' },
    ])
    for (const limit of [1, 2, 3]) expect((await walked('t_both', { q: '7' }, limit)).flat()).toEqual(['A', '7', '71'])
  })

  it('go on behind a cursor of ours alone', () => {
    for (const cursor of ['', 'x', '💩', toBase64Url('["a"]'), toBase64Url('[-1]'), toBase64Url('[0.5,"x"]')])
      expect(toCursor(cursor)).toBeUndefined()
    expect(toCursor(toBase64Url('[1,"7","r_1"]'))).toEqual([1, '7', 'r_1'])
  })
})

describe('records by the time they were first seen', () => {
  beforeAll(async () => {
    await stored(
      't_time',
      [1_000, 2_000, 3_000].map((at) => ({ id: newId('r', at), at, sourceNumber: String(at) })),
    )
  })

  it.each([
    [{ from: 2_000 }, ['3000', '2000']],
    [{ from: 2_001 }, ['3000']],
    [{ to: 2_000 }, ['2000', '1000']],
    [{ from: 1_001, to: 2_999 }, ['2000']],
  ])('%j', async (range, numbers) => {
    const { rows } = await listRecords(db, 't_time', range, 10)
    expect(rows.map(({ sourceNumber }) => sourceNumber)).toEqual(numbers)
  })

  it('bounds: the first id of a moment is below all that are made then', () => {
    expect(firstId('r', 5) < newId('r', 5)).toBe(true)
    expect(firstId('r', 5) > newId('r', 4)).toBe(true)
  })
})

describe('a page of causes', () => {
  const after: Place = ['a/b', 'unmapped', 'Map it.', 'i_1']
  it.each([
    [{}, 'tenant=? AND state=?'],
    [{ after }, 'tenant=? AND state=? AND (flow,code,remedy,integration)>(?,?,?,?)'],
    [{ flow: 'a/b', after }, 'tenant=? AND state=? AND flow=?'],
    [{ code: 'unmapped' }, 'tenant=? AND state=?'],
    [{ flow: 'a/b', code: 'unmapped', integration: 'i_1', after }, 'tenant=? AND state=? AND flow=? AND code=?'],
  ])('is grouped while its index is walked, and stops at its limit: %j', async (filter, range) => {
    const plan = (await planOf(causesPage(db, 't_1', { state: 'failed', limit: 10, ...filter }))).join('\n')
    expect(plan).toContain(`COVERING INDEX records_cause (${range}`)
    expect(plan).not.toContain('TEMP B-TREE')
  })

  it('goes on behind a cursor with any letters, and takes no other', () => {
    const cause = { integration: 'i_1', count: 1, firstAt: 1, lastAt: 1, example: 'r_1' }
    const odd = { flow: 'a/b', code: 'c', remedy: 'Map “Büro & Café” (+1) → 💩', ...cause }
    expect(placeOf(odd)).toMatch(/^[\w-]+$/)
    expect(toPlace(placeOf(odd))).toEqual([odd.flow, odd.code, odd.remedy, odd.integration])
    for (const cursor of ['', 'x', '💩', toBase64Url('["a"]'), toBase64Url('{')])
      expect(toPlace(cursor)).toBeUndefined()
  })
})

describe('a page of the audit', () => {
  it.each([
    [{ cursor: 5, limit: 10 }, 'PRIMARY KEY (tenant=? AND seq>?)'],
    [{ cursor: 5, record: 'r_1', limit: 10 }, 'audit_record (tenant=? AND record=? AND seq>?)'],
  ])('is found through an index: %j', async (filter, index) => {
    const plan = (await planOf(auditPage(db, 't_1', filter))).join('\n')
    expect(plan).toContain(index)
    expect(plan).not.toContain('TEMP B-TREE')
  })

  it('or the timeline of a record', async () => {
    const plan = (await planOf(timelinePage(db, 't_1', 'r_1'))).join('\n')
    expect(plan).toContain('audit_record (tenant=? AND record=?)')
    expect(plan).not.toContain('TEMP B-TREE')
  })
})
