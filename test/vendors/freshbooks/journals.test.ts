import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Listed, Page } from '../../../src/core/flow'
import type { Call } from '../../../src/core/vendor'
import { journals } from '../../../src/vendors/freshbooks/journals'
import { creditRow, legRow, money } from './rows'
import { ACCOUNT, failureOf, listed, scripted } from './scripted'

type Row = Record<string, unknown>

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse('2026-03-31T12:00:00Z') })
})
afterEach(() => {
  vi.useRealTimers()
})

const dateOf = (row: Row): string => String(row.user_entered_date)

/** The details as FreshBooks filters them; `inclusive` = the last day belongs to the window. Newest first. */
const shown = (rows: Row[], { query = {} }: Call, inclusive: boolean): Row[] => {
  const [from, to] = [query['search[start_date]'] ?? '', query['search[end_date]'] ?? '']
  return rows
    .filter((row) => dateOf(row) >= from && (inclusive ? dateOf(row) <= to : dateOf(row) < to))
    .sort((a, b) => Number(b.detailid) - Number(a.detailid))
}

const books = (rows: () => Row[], inclusive = true) =>
  scripted((call) => {
    expect(call.path).toBe(`/accounting/account/${ACCOUNT}/journal_entries/journal_entry_details`)
    return listed('journal_entry_details', shown(rows(), call, inclusive), call)
  })

type Books = ReturnType<typeof books>

/** An entry of two legs. */
const entry = (entryid: number, date = '2026-03-14', amount = '100.00'): Row[] => [
  legRow(entryid * 10, entryid, { user_entered_date: date, debit: money(amount) }),
  creditRow(entryid * 10 + 1, entryid, amount, { user_entered_date: date }),
]

/** What FreshBooks books of an invoice by itself. */
const generated = (entryid: number, date: string): Row[] => [
  legRow(entryid * 10, entryid, { detail_type: 'sales', user_entered_date: date }, { invoiceid: 9, clientid: 12 }),
  legRow(entryid * 10 + 1, entryid, { detail_type: 'tax', user_entered_date: date }, { invoiceid: 9, clientid: 12 }),
]

const walk = async (
  run: Books,
  page: (cursor: string | null) => Promise<Page<string>>,
  cursor: string | null = null,
) => {
  const items: Listed[] = []
  for (let at = cursor, jobs = 1; ; jobs += 1) {
    run.calls.length = 0
    const answered = await page(at)
    expect(run.calls.length).toBeLessThanOrEqual(5)
    items.push(...answered.items)
    at = answered.next
    if (answered.done) return { items, ids: items.map(({ change }) => change.id), cursor: answered.next, jobs }
    expect(jobs).toBeLessThan(300)
  }
}
const polled = (run: Books, cursor: string | null = null) =>
  walk(run, (at) => journals.changes(run.api, at, null), cursor)
const swept = (run: Books) => walk(run, (at) => journals.all?.(run.api, at) ?? expect.fail('no sweep'))

describe('a manual journal entry', () => {
  it('is found among the legs of its day, whether or not the last day belongs to the window', async () => {
    const rows = [...entry(55), ...entry(56, '2026-03-15'), ...entry(57, '2026-03-13'), ...generated(58, '2026-03-14')]
    for (const inclusive of [true, false]) {
      const run = books(() => rows, inclusive)
      expect(await journals.read(run.api, '55@2026-03-14')).toEqual({
        id: '55@2026-03-14',
        entryid: '55',
        date: '2026-03-14',
        name: 'Depreciation',
        description: 'Monthly',
        legs: [
          { account: '601', label: '6000 4 Depreciation', debit: '100', credit: '0', currency: 'CAD' },
          { account: '105', label: '1500 5 Machines', debit: '0', credit: '100', currency: 'CAD' },
        ],
      })
      expect(run.calls.map(({ query }) => query)).toEqual([
        { 'search[start_date]': '2026-03-14', 'search[end_date]': '2026-03-15', page: '1', per_page: '100' },
      ])
    }
  })

  it('is none on another day, where it was not entered by hand, or under what is no id', async () => {
    const legs = [
      legRow(1, 60, { detail_type: 'bill' }),
      ...generated(61, '2026-03-14'),
      legRow(5, 62, {}, { expenseid: 4 }),
    ]
    const { api, calls } = books(() => [...entry(55), ...legs])
    for (const id of ['55@2026-03-15', '60@2026-03-14', '61@2026-03-14', '62@2026-03-14', '99@2026-03-14'])
      expect(await journals.read(api, id), id).toBeNull()
    calls.length = 0
    expect(await journals.read(api, '55')).toBeNull()
    expect(calls).toEqual([])
  })

  it('whose legs are on several pages is read whole', async () => {
    const legs = Array.from({ length: 250 }, (_, at) => legRow(1000 + at, 55))
    const { api, calls } = books(() => [...legs, ...entry(56)])
    expect((await journals.read(api, '55@2026-03-14'))?.legs).toHaveLength(250)
    expect(calls).toHaveLength(3)
  })

  it('is not believed where the list moved while it was read', async () => {
    const legs = Array.from({ length: 150 }, (_, at) => legRow(1000 + at, 55))
    const moves: ((rows: Row[]) => Row[])[] = [(rows) => rows.slice(1), (rows) => [...rows, ...entry(99)]]
    for (const move of moves) {
      let rows = legs
      const run = books(() => {
        const before = rows
        rows = move(rows)
        return before
      })
      expect(await failureOf(journals.read(run.api, '55@2026-03-14'))).toMatchObject({
        kind: 'transient',
        code: 'freshbooks_journal_moved',
      })
    }
  })

  it('shows each change of it in its row, and has no stamp', async () => {
    const [debit = {}, credit = {}] = entry(55)
    const variants = [
      [debit, credit],
      [{ ...debit, debit: money('101.00') }, credit],
      [{ ...debit, name: 'Other' }, credit],
      [{ ...debit, description: 'Yearly' }, credit],
      [{ ...debit, sub_account: { sub_accountid: 602, account_sub_name: 'x', account_sub_number: '5' } }, credit],
      [{ ...debit, debit: money('100.00', 'USD') }, credit],
    ]
    const seen = await Promise.all(
      variants.map(async (rows) => {
        const record = await journals.read(books(() => rows).api, '55@2026-03-14')
        if (!record) throw new Error('not found')
        expect(journals.version(record)).toBe('')
        return journals.row?.(record)
      }),
    )
    expect(new Set(seen).size).toBe(variants.length)
  })
})

describe('a poll of journal entries', () => {
  it('reads all windows the first time, each in one job that halves it until it fits', async () => {
    const rows = Array.from({ length: 1200 }, (_, at) => {
      const date = new Date(Date.UTC(2024, 0, 1) + at * 43_200_000).toISOString().slice(0, 10)
      return at % 40 === 0 ? entry(at + 1, date) : generated(at + 1, date)
    }).flat()
    const run = books(() => rows)
    const { ids, jobs, items } = await polled(run)
    const wanted = rows.filter(({ detail_type }) => detail_type === 'adjustment')
    expect(ids.toSorted()).toEqual(
      [
        ...new Set(wanted.map(({ entry, user_entered_date }) => `${Object(entry).entryid}@${user_entered_date}`)),
      ].toSorted(),
    )
    expect(jobs).toBeLessThan(30)
    expect(items[0]).toMatchObject({
      change: { type: 'journal', event: 'listed' },
      version: '',
      number: 'Depreciation',
      date: '2024-01-01',
    })
  })

  it('reads the last 90 days from then on, and what is dated in the future', async () => {
    const rows = [...entry(1, '2025-12-30'), ...entry(2, '2025-12-31'), ...entry(3, '2026-12-31')]
    const run = books(() => rows)
    const first = await polled(run)
    expect(first.ids).toEqual(['1@2025-12-30', '2@2025-12-31', '3@2026-12-31'])
    expect((await polled(run, first.cursor)).ids).toEqual(['2@2025-12-31', '3@2026-12-31'])
  })

  it('reads a day that is too long for one job all the same', async () => {
    const rows = Array.from({ length: 350 }, (_, at) => entry(at + 1)).flat()
    const run = books(() => rows)
    const walked: string[] = []
    for (let at: string | null = null; ; ) {
      const answered: Page<string> = await journals.changes(run.api, at, null)
      walked.push(...answered.items.map(({ change }) => change.id))
      at = answered.next
      if (answered.done) break
    }
    expect(walked).toHaveLength(350)
  })

  it('names an entry that is no longer there, or is on another day now, once', async () => {
    let rows = [...entry(1), ...entry(2), ...entry(3)]
    const run = books(() => rows)
    const first = await polled(run)
    rows = [...entry(1), ...entry(3, '2026-03-20')]
    const second = await polled(run, first.cursor)
    expect(second.items.filter(({ row }) => row === 'gone')).toEqual(
      ['2@2026-03-14', '3@2026-03-14'].map((id) => ({
        change: { type: 'journal', id, event: 'vanished' },
        version: '',
        row: 'gone',
        date: '2026-03-14',
      })),
    )
    expect(second.ids).toContain('3@2026-03-20')
    expect((await polled(run, second.cursor)).ids.toSorted()).toEqual(['1@2026-03-14', '3@2026-03-20'])
  })
})

describe('a sweep of journal entries', () => {
  it('reads everything, each time from the beginning', async () => {
    const rows = [...entry(1, '2019-05-01'), ...entry(2, '2026-03-14')]
    const run = books(() => rows)
    const { ids, cursor } = await swept(run)
    expect(ids).toEqual(['1@2019-05-01', '2@2026-03-14'])
    expect((await walk(run, (at) => journals.all?.(run.api, at) ?? expect.fail('no sweep'), cursor)).ids).toEqual(ids)
  })
})
