import { describe, expect, it } from 'vitest'
import { now } from '../../src/lib/clock'
import { randomOf } from '../chaos/random'
import {
  booksOf,
  FLOWS,
  type FlowKey,
  lose,
  map,
  openShop,
  poll,
  type Shop,
  writesTo,
} from '../support/freshbooks-cin7'
import { ACCOUNTS, change, quarterOf, SIZE } from '../support/freshbooks-quarter'
import { booksOfBoth } from '../support/freshbooks-quarter-books'
import { compare, itemsOf, reconciledFlows } from '../support/reconciliation'
import { passTime } from '../support/time'

const DAY_MS = 24 * 3_600_000
const SEED = 20260331

const open = async (quarter: object): Promise<Shop> => {
  const shop = await openShop({
    business: { ...quarter },
    cin7: { currencyRates: { EUR: '1.0875' } },
    settings: {
      rounding: { account: '404', limit: '0.05' },
      rates: [{ currency: 'EUR', from: '2020-01-01', rate: '1.0875' }],
    },
  })
  const entries = Object.entries(ACCOUNTS).map(([name, target]) => ({ code: shop.accounts.get(name), target }))
  await map(shop, 'account', entries)
  await map(shop, 'tax', [
    { code: 'HST+QST', target: 'GST on Income' },
    { code: 'HST+QST compounded', target: 'GST on Income' },
  ])
  const flows = Object.fromEntries(Object.values(FLOWS).map((flow) => [flow, { enabled: true, onFailure: 'continue' }]))
  await shop.admin.call('PATCH', `/v1/tenants/${shop.tenant}/integrations/${shop.integration}`, { flows })
  return shop
}

const pollAll = async (shop: Shop): Promise<void> => {
  const order: FlowKey[] = ['customer', 'supplier', 'sale', 'payment', 'purchase', 'billPayment', 'expense', 'journal']
  for (const flow of order) await poll(shop, flow)
}

const nameOf = (flow: string) => Object.entries(FLOWS).find(([, name]) => name === flow)?.[0] ?? flow

describe(`a quarter of ${Object.values(SIZE).join(', ')} documents`, () => {
  it('ends with Cin7 equal to FreshBooks’ own ledger to the cent, all else listed with its reason, and nothing left to do', {
    timeout: 300_000,
  }, async () => {
    const random = randomOf(SEED, 'freshbooks')
    const end = new Date(now()).toISOString().slice(0, 10)
    const shop = await open(quarterOf(random, end))
    await pollAll(shop)
    await change(shop, random, end)
    await lose(shop)
    await pollAll(shop)
    await passTime(DAY_MS + 60_000)
    await pollAll(shop)
    await pollAll(shop)

    const { freshbooks, cin7 } = await booksOfBoth(shop)
    expect(cin7).toEqual({
      sales: freshbooks.sales,
      received: freshbooks.received,
      costs: freshbooks.costs,
      journals: freshbooks.journals,
    })
    expect(Math.min(freshbooks.drafts, freshbooks.unmapped)).toBeGreaterThan(2)

    await compare(shop)
    const items = await itemsOf(shop)
    const flows = await reconciledFlows(shop)
    expect(flows.map(({ flow }) => nameOf(flow))).toEqual([
      'sale',
      'payment',
      'purchase',
      'billPayment',
      'expense',
      'journal',
    ])
    for (const { flow, counts, accounts } of flows) {
      expect({ flow: nameOf(flow), ...counts }).toMatchObject({ differs: 0, changed: 0, only_target: 0 })
      const complete = !items.some((item) => item.flow === flow && item.code === 'unmapped')
      if (complete)
        expect(
          accounts.filter(({ difference }) => Number(difference) !== 0),
          flow,
        ).toEqual([])
    }
    const missing = items.filter(({ status }) => status === 'only_source')
    expect(new Set(missing.map(({ code }) => code))).toEqual(new Set(['not_booked', 'unmapped']))
    expect(missing.filter(({ code }) => code === 'unmapped')).toHaveLength(freshbooks.unmapped)
    expect(items.filter(({ status, reason }) => status !== 'matched' && reason === '')).toEqual([])
    expect(items.filter(({ code }) => code === 'not_booked')).toHaveLength(freshbooks.drafts)

    const before = await booksOf(shop)
    await shop.world.forgetCalls()
    await pollAll(shop)
    for (const flow of ['customer', 'supplier', 'sale', 'payment', 'purchase', 'expense', 'journal'] as const)
      await poll(shop, flow, 'sweep')
    await compare(shop)
    expect(await writesTo(shop, 'cin7')).toEqual([])
    expect(await booksOf(shop)).toEqual(before)
  })
})
