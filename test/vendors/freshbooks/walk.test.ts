import { describe, expect, it } from 'vitest'
import type { Page, Source } from '../../../src/core/flow'
import type { Call } from '../../../src/core/vendor'
import { bills } from '../../../src/vendors/freshbooks/bills'
import { clients } from '../../../src/vendors/freshbooks/clients'
import { payments } from '../../../src/vendors/freshbooks/payments'
import { vendors } from '../../../src/vendors/freshbooks/vendors'
import { billRow, clientRow, paymentRow, vendorRow } from './rows'
import { ACCOUNT, listed, scripted } from './scripted'

type Row = Record<string, unknown>

/** The list as FreshBooks filters it: by vis_state, and by whole days of `updated`. Newest first. */
const shown = (rows: Row[], { query = {} }: Call): Row[] =>
  rows
    .filter(({ vis_state }) => (query['search[vis_state]'] ? vis_state === 1 : vis_state !== 1))
    .filter(({ updated }) => String(updated).slice(0, 10) >= (query['search[updated_min]'] ?? ''))
    .sort((a, b) => Number(b.id) - Number(a.id))

const till = (rows: () => Row[], key = 'payments') => scripted((call) => listed(key, shown(rows(), call), call))

const asked = ({ query = {} }: Call) =>
  [query.page, query['search[updated_min]'] ?? 'all', query['search[vis_state]'] ? 'deleted' : 'standing'].join(' ')

/** To its end; `between` happens after each page. */
const walk = async (
  run: ReturnType<typeof till>,
  page: (cursor: string | null) => Promise<Page<string>>,
  cursor: string | null,
  between = () => {},
) => {
  const ids: string[] = []
  run.calls.length = 0
  for (let at = cursor; ; between()) {
    const { items, next, done } = await page(at)
    ids.push(...items.map(({ change }) => change.id))
    at = next
    if (done) return { ids, cursor: next, asked: run.calls.map(asked) }
    expect(run.calls.length).toBeLessThan(50)
  }
}
const polled = <R>(run: ReturnType<typeof till>, source: Source<R>, cursor: string | null, between?: () => void) =>
  walk(run, (at) => source.changes(run.api, at, null), cursor, between)

const many = (count: number, change: Row = {}): Row[] =>
  Array.from({ length: count }, (_, at) => paymentRow({ id: at + 1, logid: at + 1, ...change }))

const numbers = (from: number, to: number): string[] =>
  Array.from({ length: from - to + 1 }, (_, at) => String(from - at))

describe('a poll', () => {
  it('reads everything the first time, and then what was updated since the day before the newest stamp, deleted ones too', async () => {
    const rows = [paymentRow({ id: 1, updated: '2026-03-10 09:00:00' }), paymentRow({ id: 2, vis_state: 2 })]
    const run = till(() => rows)
    const first = await polled(run, payments, null)
    expect(first).toMatchObject({ ids: ['2', '1'], asked: ['1 all standing'] })
    rows.push(paymentRow({ id: 3, updated: '2026-03-16 23:59:59', vis_state: 1 }))
    rows.push(paymentRow({ id: 4, updated: '2026-03-18 00:10:00' }))
    const second = await polled(run, payments, first.cursor)
    expect(second).toMatchObject({ ids: ['4', '2', '3'], asked: ['1 2026-03-16 standing', '1 2026-03-16 deleted'] })
    expect((await polled(run, payments, second.cursor)).asked[0]).toBe('1 2026-03-17 standing')
  })

  it('asks for 100 rows a page, with the query as FreshBooks spells it', async () => {
    const run = till(() => many(1))
    await payments.changes(run.api, null, '2026-01-05')
    expect(run.calls).toEqual([
      {
        method: 'GET',
        path: `/accounting/account/${ACCOUNT}/payments/payments`,
        route: '/accounting/account/{account}/payments/payments',
        query: { page: '1', per_page: '100', 'search[updated_min]': '2026-01-04' },
      },
    ])
  })

  it('reads all pages before the mark moves', async () => {
    const run = till(() => many(250))
    const first = await payments.changes(run.api, null, null)
    expect(first).toMatchObject({ done: false, items: { length: 100 } })
    const again = await payments.changes(run.api, JSON.stringify({ mark: null, walk: null }), null)
    expect(again.items).toEqual(first.items)
    expect(await polled(run, payments, first.next)).toMatchObject({
      ids: numbers(150, 1),
      asked: ['2 all standing', '3 all standing'],
    })
  })

  it('misses nothing where rows are added meanwhile', async () => {
    const rows = many(250)
    const run = till(() => rows)
    const { ids } = await polled(run, payments, null, () => rows.push(paymentRow({ id: rows.length + 1 })))
    expect(new Set(ids)).toEqual(new Set(numbers(250, 1)))
  })

  it('starts again where the list became shorter, since others slid onto pages that were read', async () => {
    const rows = many(250)
    const run = till(() => rows)
    let left = 1
    const { ids, asked } = await polled(run, payments, null, () => {
      if (left-- > 0) Object.assign(rows[240] ?? {}, { vis_state: 1 })
    })
    expect(asked).toEqual(['1', '2', '1', '2', '3'].map((page) => `${page} all standing`))
    expect(new Set(ids)).toEqual(new Set(numbers(250, 1)))
  })

  it('of an empty list ends, and finds what comes later', async () => {
    const rows: Row[] = []
    const run = till(() => rows)
    const { cursor, ids } = await polled(run, payments, null)
    expect(ids).toEqual([])
    rows.push(paymentRow())
    expect((await polled(run, payments, cursor)).ids).toEqual(['235'])
  })

  it('of bills reads all of them each time, and the deleted ones from the second time on', async () => {
    const run = till(() => [billRow(), billRow({ id: 44, vis_state: 1 })], 'bills')
    const first = await polled(run, bills, null)
    expect(first).toMatchObject({ ids: ['43'], asked: ['1 all standing'] })
    expect(await polled(run, bills, first.cursor)).toMatchObject({
      ids: ['43', '44'],
      asked: ['1 all standing', '1 all deleted'],
    })
  })

  it('of clients and vendors does not ask for deleted ones', async () => {
    const people = till(() => [clientRow()], 'clients')
    const { cursor } = await polled(people, clients, null)
    expect((await polled(people, clients, cursor)).asked).toEqual(['1 2020-11-15 standing'])
    const firms = till(() => [vendorRow()], 'bill_vendors')
    const walked = await polled(firms, vendors, null)
    expect(await polled(firms, vendors, walked.cursor)).toMatchObject({ ids: ['7'], asked: ['1 all standing'] })
  })
})

describe('a sweep', () => {
  it('reads everything that stands, and begins at the top the next time', async () => {
    const rows = [...many(120), paymentRow({ id: 121, vis_state: 1 })]
    const run = till(() => rows)
    const sweep = (cursor: string | null) => walk(run, (at) => payments.all?.(run.api, at) ?? fail(), cursor)
    const first = await sweep(null)
    expect(first).toMatchObject({ ids: numbers(120, 1), asked: ['1 all standing', '2 all standing'] })
    expect(await sweep(first.cursor)).toMatchObject({ ids: numbers(120, 1) })
  })
})

const fail = (): never => expect.fail('it cannot be swept')
