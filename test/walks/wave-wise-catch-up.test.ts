import { createScheduledController, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { tick } from '../../src/edge/cron'
import { compare, itemsOf, reconciledFlows } from '../support/reconciliation'
import { settle } from '../support/settle'
import { stubOf } from '../support/tenant'
import { passTime } from '../support/time'
import { booksOf, news, openWiseBooks, payLena, recordsIn, tell, type WiseBooks } from '../support/wave-wise'
import { bill, receive } from '../support/wave-wise-receipts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const FLOW = 'wave-wise/transfer-to-transaction'

interface Holdings {
  agrees: boolean
  items: { name: string; currency: string; source: string; target: string; difference: string }[]
}
interface Alert {
  kind: string
  text: string
}

let books: WiseBooks
beforeEach(async () => {
  books = await openWiseBooks()
})

const act = (action: string, input: object) => books.world.act('wise', action, input)
const path = (rest: string) => `/v1/tenants/${books.tenant}/integrations/${books.integration}${rest}`

const paid = async (): Promise<string> => {
  const transfer = String(await payLena(books))
  await act('fund-transfer', { transfer })
  return transfer
}

const poll = async () => {
  const job = {
    kind: 'poll',
    integration: books.integration,
    flow: FLOW,
    actor: { by: 'poll' },
    correlation: 'x',
  } as const
  await stubOf(books.tenant).accept([job])
  await settle(books.tenant)
}

describe('what no webhook has told', () => {
  it('of a transfer under way is seen by the next hourly poll', async () => {
    const transfer = await paid()
    await tell(books, await news(books))
    await poll()
    await passTime(HOUR)
    await payLena(books)
    await poll()
    await act('advance-transfer', { transfer, to: 'bounced_back' })
    await news(books)
    await passTime(HOUR)
    await poll()
    const record = (await recordsIn(books, 'transfer-to-transaction')).find(({ sourceId }) => sourceId === transfer)
    const { timeline } = await books.admin.call<{ timeline: { text: string }[] }>(
      'GET',
      `/v1/tenants/${books.tenant}/records/${record?.id}`,
    )
    expect(timeline.map(({ text }) => text).join()).toContain('bounced_back')
  })
})

describe('the timeline of a transfer', () => {
  it('says why Wise could not pay it out, and what Wise asks', async () => {
    const transfer = await paid()
    await act('advance-transfer', { transfer, to: 'bounced_back' })
    await act('fail-payout', { transfer, code: 'WRONG_ACCOUNT_NUMBER' })
    await tell(books, await news(books))
    const [record] = await recordsIn(books, 'transfer-to-transaction')
    const { timeline } = await books.admin.call<{ timeline: { text: string }[] }>(
      'GET',
      `/v1/tenants/${books.tenant}/records/${record?.id}`,
    )
    expect(timeline.map(({ text }) => text).at(-1)).toMatch(/bounced_back: \w.* \w/)
  })
})

describe('what both sides hold', () => {
  const held = () => books.admin.call<Holdings>('GET', path('/holdings'))
  const alerts = async () => {
    const { items } = await books.admin.call<{ items: Alert[] }>('GET', `/v1/tenants/${books.tenant}/alerts`)
    return items.filter(({ kind }) => kind === 'holdings_differ')
  }
  const day = async () => {
    await passTime(DAY)
    await tick(createScheduledController(), env)
    await settle(books.tenant)
  }

  it('is shown with its difference, and raised once a day until it agrees', async () => {
    await act('spend', { currency: 'USD', amount: '25000' })
    await act('spend', { currency: 'EUR', amount: '500' })
    await news(books)
    expect(await held()).toMatchObject({ agrees: true, items: [{ difference: '0' }, { difference: '0' }] })
    await act('top-up', { currency: 'USD', amount: '70' })
    const told = await news(books)
    expect(await held()).toMatchObject({
      agrees: false,
      items: [{ name: 'Wise USD', currency: 'USD', source: '0', target: '70', difference: '70' }, { difference: '0' }],
    })
    await day()
    expect(await alerts()).toMatchObject([{ text: 'Wise USD: 0 USD in the books, 70 USD there (70)' }])
    await tell(books, told)
    await day()
    expect(await alerts()).toEqual([])
  })
})

describe('the reconciliation', () => {
  it('shows by the id of a transfer its entries, and the movements that were booked with it', async () => {
    const transfer = await paid()
    await act('advance-transfer', { transfer, to: 'bounced_back' })
    await act('advance-transfer', { transfer, to: 'funds_refunded' })
    await tell(books, await news(books))
    await compare(books)
    const rows = await itemsOf(books, `about=${transfer}`)
    expect(rows.filter(({ flow }) => flow === FLOW)).toMatchObject([
      { sourceId: transfer, status: 'matched', source: { total: '1000' }, target: { total: '1000' } },
      { sourceId: transfer, status: 'matched', source: { total: '-1000' }, target: { total: '-1000' } },
    ])
    expect(rows.filter(({ flow }) => flow.endsWith('balance-to-transaction'))).toMatchObject([
      { sourceNumber: transfer, code: 'not_booked', reason: expect.stringContaining(transfer) },
      { sourceNumber: transfer, code: 'not_booked' },
    ])
    expect(await itemsOf(books, 'about=1')).toEqual([])
  })

  it('names what Wise has not told yet as missing', async () => {
    const transfer = await paid()
    await tell(books, await news(books))
    await act('advance-transfer', { transfer, to: 'funds_refunded' })
    const told = await news(books)
    const states = await Promise.all(
      told.map(async (one) => ((await one.clone().text()).includes('balances#') ? [] : [one])),
    )
    await tell(books, states.flat())
    await compare(books)
    expect(await itemsOf(books, `about=${transfer}&status=only_source`)).toMatchObject(
      expect.arrayContaining([expect.objectContaining({ flow: FLOW, code: 'wise_refund_not_told' })]),
    )
  })

  it('has a receipt once: as a payment, or as a movement', async () => {
    await bill(books, 'INV-1042', '80')
    await receive(books, '80', 'INV-1042')
    await receive(books, '12.50', 'a gift')
    await compare(books)
    const sums = (await reconciledFlows(books)).map(({ flow, agrees, currencies }) => [
      flow.split('/')[1],
      agrees,
      currencies.map(({ source, target }) => [source, target]),
    ])
    expect(sums).toEqual([
      ['invoice-to-transfer', true, []],
      ['transfer-to-transaction', true, []],
      ['receipt-to-payment', true, [['80', '80']]],
      ['balance-to-transaction', true, [['12.5', '12.5']]],
    ])
  })
})

describe('what events have told', () => {
  const kept = () =>
    runInDurableObject(
      stubOf(books.tenant),
      (_, { storage }) => storage.sql.exec('select 1 from tidings').toArray().length,
    )
  const later = async (days: number) => {
    await passTime(days * DAY)
    await runInDurableObject(stubOf(books.tenant), (tenant) => tenant.poke())
  }

  it('is kept as long as the records themselves, and a replay after that changes nothing', async () => {
    const transfer = await paid()
    await act('advance-transfer', { transfer, to: 'bounced_back' })
    await act('advance-transfer', { transfer, to: 'funds_refunded' })
    await tell(books, await news(books))
    const before = await booksOf(books)
    expect(await kept()).toBeGreaterThan(0)
    await later(80)
    expect(await kept()).toBeGreaterThan(0)
    await later(11)
    expect(await kept()).toBe(0)
    const [record] = await recordsIn(books, 'transfer-to-transaction')
    await books.admin.call('POST', `/v1/tenants/${books.tenant}/records/${record?.id}/replay`, { reread: true })
    await settle(books.tenant)
    expect(await recordsIn(books, 'transfer-to-transaction')).toMatchObject([{ state: 'done' }])
    expect(await booksOf(books)).toEqual(before)
  })
})
