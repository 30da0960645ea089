import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, it } from 'vitest'
import { toBase64Url } from '../../src/lib/bytes'
import { firstId, newId } from '../../src/lib/ids'
import { auditPage } from '../../src/store/audit'
import { openDb } from '../../src/store/config'
import { causesPage, type Place, placeOf, toPlace } from '../../src/store/failures'
import { project } from '../../src/store/journal'
import { listRecords, type RecordFilter, recordsPage } from '../../src/store/records'

const db = openDb(env.DB)

/** How SQLite goes about it. */
const planOf = async (query: { toSQL(): { sql: string; params: unknown[] } }): Promise<string[]> => {
  const { sql, params } = query.toSQL()
  const { results } = await env.DB.prepare(`explain query plan ${sql}`)
    .bind(...params)
    .all<{ detail: string }>()
  return results.map(({ detail }) => detail)
}

const NUMBER = 'records_number (tenant=? AND source_number>? AND source_number<?)'
const all: RecordFilter = {
  integration: 'i_1',
  flow: 'a/b',
  status: 'done',
  code: 'unmapped',
  from: 1,
  to: 2,
  q: 'INV-1',
  cursor: 'r_1',
  limit: 10,
}
const only = (...names: (keyof RecordFilter)[]): RecordFilter => ({
  ...Object.fromEntries(names.map((name) => [name, all[name]])),
  limit: 10,
})

describe('a page of records', () => {
  it.each([
    [only(), 'sqlite_autoindex_records_1 (tenant=?)'],
    [only('cursor'), 'sqlite_autoindex_records_1 (tenant=? AND id<?)'],
    [only('from', 'to', 'cursor'), 'sqlite_autoindex_records_1 (tenant=? AND id>? AND id<?)'],
    [only('status', 'cursor'), 'records_state (tenant=? AND state=? AND id<?)'],
    [only('code', 'cursor'), 'records_code (tenant=? AND code=? AND id<?)'],
    [only('code', 'status', 'flow'), 'records_code (tenant=? AND code=?'],
    [only('flow', 'cursor'), 'records_flow (tenant=? AND flow=? AND id<?)'],
    [only('integration', 'cursor'), 'records_integration (tenant=? AND integration=? AND id<?)'],
    [only('status', 'flow', 'integration', 'from'), 'records_state (tenant=? AND state=? AND id>?)'],
    [only('q'), NUMBER],
    [all, NUMBER],
  ])('is found through an index: %j', async (filter, index) => {
    const plan = await planOf(recordsPage(db, 't_1', filter))
    expect(plan.join('\n')).toContain(index)
    expect(plan.filter((step) => step.startsWith('SCAN'))).toEqual([])
  })

  it('with q reads nothing but what is named so', async () => {
    const plan = await planOf(recordsPage(db, 't_1', all))
    expect(plan[0]).toContain('(tenant=? AND id=?)')
    expect(plan.join('\n')).toContain('records_source (tenant=? AND source_id=?)')
  })
})

describe('records by the time they were first seen', () => {
  beforeAll(async () => {
    const states = [1_000, 2_000, 3_000].map((at) => ({ id: newId('r', at), at }))
    const rest = { integration: '', flow: '', sourceId: '', targetId: '', targetNumber: '', state: 'done', reason: '' }
    const words = { code: '', text: '', remedy: '', version: '' }
    await project(
      db,
      't_time',
      states.map(({ id, at }, seq) => ({
        seq: seq + 1,
        record: id,
        entry: '{}',
        mac: '',
        alert: null,
        state: JSON.stringify({ ...rest, ...words, id, sourceNumber: String(at), at }),
      })),
    )
  })

  it.each([
    [{ from: 2_000 }, ['3000', '2000']],
    [{ from: 2_001 }, ['3000']],
    [{ to: 2_000 }, ['2000', '1000']],
    [{ from: 1_001, to: 2_999 }, ['2000']],
  ])('%j', async (range, numbers) => {
    const rows = await listRecords(db, 't_time', { ...range, limit: 10 })
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
    [{ cursor: 5, limit: 10 }, 'sqlite_autoindex_audit_1 (tenant=? AND seq>?)'],
    [{ cursor: 5, record: 'r_1', limit: 10 }, 'audit_record (tenant=? AND record=? AND seq>?)'],
  ])('is found through an index: %j', async (filter, index) => {
    const plan = (await planOf(auditPage(db, 't_1', filter))).join('\n')
    expect(plan).toContain(index)
    expect(plan).not.toContain('TEMP B-TREE')
  })
})
