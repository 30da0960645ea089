import { env } from 'cloudflare:workers'
import { type SQL, sql } from 'drizzle-orm'
import { SQLiteSyncDialect } from 'drizzle-orm/sqlite-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { toBase64Url } from '../../src/lib/bytes'
import { firstId, newId } from '../../src/lib/ids'
import { auditQuery, timelineOf, timelineQuery } from '../../src/store/audit'
import { openDb } from '../../src/store/config'
import { causesPage, type Place, placeOf, toPlace } from '../../src/store/failures'
import { project } from '../../src/store/journal'
import { flowsQuery, integrationsQuery } from '../../src/store/record-kinds'
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
const KINDS = [{ integration: 'i_1', flow: 'a/b' }]
const first = (filter: RecordFilter): Walk => {
  const [[walk] = []] = walksOf('t_1', filter, KINDS)
  if (!walk) throw new Error('no way leads there')
  return walk
}

describe('a page of records', () => {
  it.each([
    [only(), 'PRIMARY KEY (tenant=? AND id>? AND id<?)'],
    [only('from', 'to'), 'PRIMARY KEY (tenant=? AND id>? AND id<?)'],
    [{ status: 'done' }, 'PRIMARY KEY (tenant=? AND id>? AND id<?)'],
    [{ ...only('flow'), status: 'done' }, 'records_kind (tenant=? AND integration=? AND flow=? AND id>? AND id<?)'],
    [only('status'), 'records_state (tenant=? AND state=? AND id>? AND id<?)'],
    [only('code'), 'records_code (tenant=? AND code=? AND id>? AND id<?)'],
    [only('code', 'status', 'flow'), 'records_code (tenant=? AND code=? AND id>? AND id<?)'],
    [only('flow'), 'records_kind (tenant=? AND integration=? AND flow=? AND id>? AND id<?)'],
    [only('integration'), 'records_kind (tenant=? AND integration=? AND flow=? AND id>? AND id<?)'],
    [only('status', 'flow', 'integration', 'from'), 'records_state (tenant=? AND state=? AND id>? AND id<?)'],
    [all, 'records_source (tenant=? AND source_id=? AND id>? AND id<?)'],
  ])('is found through an index, in its order: %j', async (filter, index) => {
    const plan = (await planOfSql(rowsQuery(first(filter), 10, ['r_1'], ['r_0']))).join('\n')
    expect(plan).toContain(index)
    expect(plan).not.toMatch(/SCAN|TEMP B-TREE/)
  })

  it('with q goes on by number, from its beginning or between two places', async () => {
    const [, [walk] = []] = walksOf('t_1', all, [])
    if (!walk) throw new Error('no way leads by number')
    const begun = (await planOfSql(rowsQuery(walk, 10, undefined))).join('\n')
    const between = (await planOfSql(rowsQuery(walk, 10, ['INV-1', 'r_1'], ['INV-2', 'r_2']))).join('\n')
    expect(begun).toContain('records_number (tenant=? AND source_number>? AND source_number<?)')
    expect(between).toContain('records_number (tenant=? AND (source_number,id)>(?,?) AND (source_number,id)<(?,?))')
    expect(begun + between).not.toMatch(/SCAN|TEMP B-TREE/)
  })

  it('ends where it has looked at enough, which is told from the index alone', async () => {
    for (const walk of [all, only('status', 'flow'), only('code', 'flow'), { status: 'done' }].flatMap((filter) =>
      walksOf('t_1', filter, KINDS).flat(),
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

describe('records of several kinds', () => {
  const KINDS = [
    ['i_1', 'a/b'],
    ['i_1', 'a/c'],
    ['i_2', 'a/b'],
    ['i_2', 'a/d'],
  ] as const
  beforeAll(async () => {
    const many = Array.from({ length: 3_000 }, (_, n) => {
      const [integration, flow] = KINDS[n % 7] ?? KINDS[0]
      return { id: `r_${String(n).padStart(5, '0')}`, at: 1, sourceNumber: String(n), integration, flow }
    })
    await stored('t_kinds', many)
  })
  const meant = (integration?: string, flow?: string) =>
    Array.from({ length: 3_000 }, (_, n) => ({ number: String(n), kind: KINDS[n % 7] ?? KINDS[0] }))
      .filter(({ kind }) => (integration ?? kind[0]) === kind[0] && (flow ?? kind[1]) === kind[1])
      .map(({ number }) => number)
      .reverse()

  it.each([
    ['i_1', undefined],
    ['i_2', undefined],
    [undefined, 'a/b'],
    [undefined, 'a/d'],
    ['i_2', 'a/b'],
    ['i_2', 'a/c'],
    ['i_3', undefined],
    [undefined, 'none'],
  ])('are shown newest first, each once: %s %s', async (integration, flow) => {
    const filter = { ...(integration && { integration }), ...(flow && { flow }) }
    expect((await walked('t_kinds', filter, 100)).flat()).toEqual(meant(integration, flow))
    expect((await walked('t_kinds', { ...filter, status: 'done' }, 70)).flat()).toEqual(meant(integration, flow))
  })

  it('are told apart by a look for each, however many records there are', async () => {
    const rowsRead = async (query: SQL) => {
      const { sql: text, params } = new SQLiteSyncDialect().sqlToQuery(query)
      const { results, meta } = await env.DB.prepare(text)
        .bind(...params)
        .all<{ name: string }>()
      return { names: results.map(({ name }) => name), few: meta.rows_read < 20 }
    }
    expect(await rowsRead(integrationsQuery('t_kinds'))).toEqual({ names: ['i_1', 'i_2'], few: true })
    expect(await rowsRead(flowsQuery('t_kinds', 'i_2'))).toEqual({ names: ['a/b', 'a/d'], few: true })
    expect(await rowsRead(flowsQuery('t_kinds', 'i_9'))).toEqual({ names: [], few: true })
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
    [{ cursor: 5, record: 'r_1', limit: 10 }, 'PRIMARY KEY (tenant=? AND seq=?)'],
  ])('is found through an index: %j', async (filter, index) => {
    const plan = (await planOfSql(auditQuery('t_1', filter))).join('\n')
    expect(plan).toContain(index)
    expect(plan).not.toContain('TEMP B-TREE')
  })

  it('or the timeline of a record', async () => {
    const plan = (await planOfSql(timelineQuery('t_1', 'r_1'))).join('\n')
    expect(plan).toContain('audit_record (tenant=? AND record=? AND seq>?)')
    expect(plan).not.toMatch(/SCAN (audit|records)|TEMP B-TREE/)
  })
})

describe('the timeline of a record', () => {
  const ENTRY = { at: 1, kind: 'attempt', actor: { by: 'poll' }, outcome: 'done', correlation: 'x' }
  const row = (seq: number, record: string | null, hasState: boolean) => ({
    seq,
    record,
    entry: JSON.stringify({ ...ENTRY, text: `entry ${seq}` }),
    mac: '',
    alert: null,
    state: hasState
      ? JSON.stringify({
          ...NONE,
          id: record,
          sourceId: 's',
          sourceNumber: '',
          state: 'done',
          code: '',
          version: '',
          at: 1,
        })
      : null,
  })
  const seqs = async (tenant: string, record: string) =>
    (await timelineOf(db, tenant, record)).map(({ seq, entry }) => [seq, entry.text])
  const indexed = async (tenant: string) => {
    const query = db.$client.prepare('select seq from audit where tenant = ? and again = 1 order by seq').bind(tenant)
    return (await query.all<{ seq: number }>()).results.map(({ seq }) => seq)
  }

  it('has every entry, in batches however they are cut and sent again, and the first costs no entry of an index', async () => {
    const rows = [
      row(1, 'r_1', true),
      row(2, null, false),
      row(3, 'r_1', false),
      row(4, 'r_2', false),
      row(5, 'r_2', true),
      row(6, 'r_1', true),
      row(7, 'r_2', true),
    ]
    for (const [at, cuts] of [[7], [1, 7], [3, 7], [4, 5, 7], [1, 2, 3, 4, 5, 6, 7]].entries()) {
      const tenant = `t_line${at}`
      let from = 0
      for (const to of cuts) {
        const batch = rows.slice(from, to)
        await project(db, tenant, batch)
        await project(db, tenant, batch)
        from = to
      }
      expect(await seqs(tenant, 'r_1')).toEqual([1, 3, 6].map((seq) => [seq, `entry ${seq}`]))
      expect(await seqs(tenant, 'r_2')).toEqual([4, 5, 7].map((seq) => [seq, `entry ${seq}`]))
      expect(await indexed(tenant)).toEqual([3, 4, 6, 7])
    }
  })

  it('goes on behind a cursor', async () => {
    await project(db, 't_line', [row(1, 'r_1', true), row(2, 'r_1', false), row(3, 'r_1', false), row(4, 'r_1', true)])
    const page = async (cursor: number, limit: number) =>
      (await db.all<{ seq: number }>(auditQuery('t_line', { cursor, record: 'r_1', limit }))).map(({ seq }) => seq)
    expect([await page(0, 2), await page(2, 2), await page(4, 2)]).toEqual([[1, 2], [3, 4], []])
  })
})
