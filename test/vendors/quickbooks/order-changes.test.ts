import { describe, expect, it } from 'vitest'
import type { Page } from '../../../src/core/flow'
import { orderChanges } from '../../../src/vendors/quickbooks/order-changes'
import { purchaseOrders } from '../../../src/vendors/quickbooks/purchase-orders'
import type { Rig } from '../../sandbox/quickbooks/rig'
import { anOrder } from './drafts'
import { answer, scripted } from './scripted'
import { client, later, openQuickbooks } from './with-quickbooks'

const MINUTE = 60_000

const made = async (rig: Rig, number = 'PO-1') => {
  const marker = `mlc:quickbooks-cin7/purchase-to-order:${number}:order:g1`
  return purchaseOrders.create(client(rig, { marker }).api, anOrder({ number }))
}

/** Pages until nothing newer is left. */
const walk = async (rig: Rig, cursor: string | null) => {
  const { api, calls } = client(rig)
  const items: Page<string>['items'] = []
  for (let next = cursor; ; ) {
    const page = await orderChanges.changes(api, next, null)
    items.push(...page.items)
    next = page.next
    if (page.done) return { items, next, calls }
  }
}

describe('changes of purchase orders', () => {
  it('begin with all there are, with stamps that compare as text', async () => {
    const rig = openQuickbooks()
    const { id } = await made(rig)
    const { items } = await walk(rig, null)
    expect(items).toEqual([
      {
        change: { type: 'purchase-order', id, event: 'listed' },
        version: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z$/),
        row: '0',
        date: '2026-03-02',
        number: 'PO-1',
      },
    ])
  })

  it('are one call where nothing changed', async () => {
    const rig = openQuickbooks()
    await made(rig)
    later(rig, 10 * MINUTE)
    const { next } = await walk(rig, null)
    const idle = await walk(rig, next)
    expect(idle.items).toEqual([])
    expect(idle.calls.map(({ path }) => path)).toEqual(['/v3/company/9341453000000000001/cdc'])
  })

  it('are found once and then again within five minutes only, for it is not known when a change shows', async () => {
    const rig = openQuickbooks()
    const order = await made(rig)
    const first = await walk(rig, null)
    later(rig, 10 * MINUTE)
    rig.act('edit', { entity: 'PurchaseOrder', id: order.id, changes: { Memo: 'hurry' } })
    const second = await walk(rig, first.next)
    expect(second.items).toMatchObject([{ change: { id: order.id }, row: '1' }])
    later(rig, MINUTE)
    const third = await walk(rig, second.next)
    expect(third.items).toEqual(second.items)
    later(rig, 5 * MINUTE)
    const fourth = await walk(rig, third.next)
    later(rig, MINUTE)
    expect((await walk(rig, fourth.next)).items).toEqual([])
  })

  it('show a deletion, which a read then confirms', async () => {
    const rig = openQuickbooks()
    const order = await made(rig)
    const { next } = await walk(rig, null)
    later(rig, 10 * MINUTE)
    rig.act('delete', { entity: 'PurchaseOrder', id: order.id })
    expect((await walk(rig, next)).items).toMatchObject([
      { change: { type: 'purchase-order', id: order.id, event: 'purchase-order.deleted' }, row: 'deleted' },
    ])
    expect(await orderChanges.read(client(rig).api, order.id)).toBeNull()
  })

  it('more than 30 days old are read by listing everything', async () => {
    const rig = openQuickbooks()
    await made(rig)
    const { next } = await walk(rig, null)
    later(rig, 31 * 24 * 60 * MINUTE)
    const { items, calls, next: after } = await walk(rig, next)
    expect(items).toHaveLength(1)
    expect(calls.map(({ path }) => path.split('/').at(-1))).toEqual(['cdc', 'query'])
    expect((await walk(rig, after)).calls.map(({ path }) => path.split('/').at(-1))).toEqual(['cdc'])
  })

  it('are all listed for a sweep', async () => {
    const rig = openQuickbooks()
    const [one, two] = [await made(rig), await made(rig, 'PO-2')]
    const page = await orderChanges.all?.(client(rig).api, null)
    expect(page?.done).toBe(true)
    expect(page?.items.map(({ change }) => change.id).sort()).toEqual([one.id, two.id])
  })

  it('read one order, as it is kept and parsed again', async () => {
    const rig = openQuickbooks()
    const { id } = await made(rig)
    const order = await orderChanges.read(client(rig).api, id)
    expect(orderChanges.record.parse(JSON.parse(JSON.stringify(order)))).toEqual(order)
    expect(order && orderChanges.number(order)).toBe('PO-1')
  })
})

/** A company with many orders, one changed each minute, as change data capture and queries show it (sheet 7, 8). */
const busy = (orders: number, start = Date.parse('2026-11-01T00:00:00Z')) => {
  const stampOf = (at: number) => new Date(start + at * MINUTE).toISOString().replace('.000Z', '-00:00')
  const rows = Array.from({ length: orders }, (_, at) => ({
    Id: String(at),
    SyncToken: '0',
    TotalAmt: 1,
    VendorRef: { value: '56' },
    MetaData: { LastUpdatedTime: stampOf(at) },
  }))
  const time = stampOf(orders)
  return scripted(({ path, query }) => {
    if (path.endsWith('/cdc')) {
      const since = Date.parse(query?.changedSince ?? '')
      const found = rows.filter(({ MetaData }) => Date.parse(MetaData.LastUpdatedTime) >= since).slice(0, 1000)
      return answer(200, { CDCResponse: [{ QueryResponse: [found.length ? { PurchaseOrder: found } : {}] }], time })
    }
    const statement = query?.query ?? ''
    const [, from = '', , until = '', start = '1'] =
      /(?:>= '([^']+)')?( AND MetaData.LastUpdatedTime <= '([^']+)')? ORDERBY MetaData.LastUpdatedTime STARTPOSITION (\d+) MAXRESULTS 1000$/.exec(
        statement,
      ) ?? []
    const within = rows.filter(({ MetaData: { LastUpdatedTime: at } }) => {
      const instant = Date.parse(at)
      return (from === '' || instant >= Date.parse(from)) && (until === '' || instant <= Date.parse(until))
    })
    const page = within.slice(Number(start) - 1, Number(start) + 999)
    return answer(200, { QueryResponse: page.length ? { PurchaseOrder: page } : {}, time })
  })
}

const walkScripted = async ({ api, calls }: ReturnType<typeof busy>, cursor: string | null) => {
  const ids = new Set<string>()
  for (let next = cursor; ; ) {
    const page = await orderChanges.changes(api, next, null)
    for (const { change } of page.items) ids.add(change.id)
    next = page.next
    if (page.done) return { ids, calls, next }
  }
}

describe('more changes than one answer holds', () => {
  const since = (at: string) => JSON.stringify({ at: 'since', since: at, floor: at })

  it('are found by halving the window, and the older part by query: none is missing', async () => {
    const { ids, calls } = await walkScripted(busy(3500), since('2026-11-01T00:00:00.000Z'))
    expect(ids.size).toBe(3500)
    expect(calls.map(({ path }) => path.split('/').at(-1))).toEqual([
      'cdc',
      'cdc',
      'cdc',
      ...Array.from({ length: 3 }, () => 'query'),
    ])
  })

  it('go on from when the newest part was asked for', async () => {
    const { next } = await walkScripted(busy(3500), since('2026-11-01T00:00:00.000Z'))
    const mark = new Date(Date.parse('2026-11-01T00:00:00Z') + 3495 * MINUTE).toISOString()
    expect(JSON.parse(next)).toEqual({ at: 'since', since: mark, floor: mark })
  })

  it('a first walk reads page by page, each from the last stamp on', async () => {
    const { ids, calls } = await walkScripted(busy(2500), null)
    expect(ids.size).toBe(2500)
    expect(calls.map(({ query }) => query?.query?.includes('>='))).toEqual([false, true, true])
  })
})
