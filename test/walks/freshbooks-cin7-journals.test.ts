import { describe, expect, it } from 'vitest'
import { now } from '../../src/lib/clock'
import { addDays } from '../../src/lib/dates'
import {
  act,
  booksOf,
  callsTo,
  invoiced,
  openShop,
  poll,
  type Row,
  recordOf,
  recordsOf,
  replay,
  type Shop,
  writesTo,
} from '../support/freshbooks-cin7'
import { passTime } from '../support/time'
import { only } from '../support/wave-cin7'

/** A poll looks 90 days back. */
const daysAgo = (days: number): string => addDays(new Date(now()).toISOString().slice(0, 10), -days)
const DAY = daysAgo(20)

const anEntry = (over: Row = {}): Row => ({
  name: 'Owner draw',
  description: 'March',
  currency_code: 'USD',
  user_entered_date: DAY,
  details: [
    { account: 'Owner Equity', debit: '100.00' },
    { account: 'Rent', debit: '50.01' },
    { account: 'Petty Cash', credit: '120.00' },
    { account: 'Advertising', credit: '30.01' },
  ],
  ...over,
})

const entered = async (shop: Shop, over: Row = {}): Promise<number> => {
  const { id } = await act(shop, 'create-journal-entry', anEntry(over))
  await poll(shop, 'journal')
  return id
}

const journals = async (shop: Shop) => (await booksOf(shop)).journals
const standing = async (shop: Shop) => (await journals(shop)).filter(({ Status }) => Status === 'COMPLETED')

describe('a manual journal entry', () => {
  it('is found by the poll, and becomes a completed journal of pairs', async () => {
    const shop = await openShop()
    const id = await entered(shop)
    expect(only(await journals(shop))).toMatchObject({
      Status: 'COMPLETED',
      Currency: 'USD',
      EffectiveDate: `${DAY}T00:00:00`,
      Narration: 'FreshBooks journal entry · Owner draw · March',
      Lines: [
        { Debit: '801', Credit: '714', Amount: 100 },
        { Debit: '404', Credit: '714', Amount: 20 },
        { Debit: '404', Credit: '400', Amount: 30.01 },
      ],
    })
    expect(await recordOf(shop, 'journal')).toMatchObject({
      sourceId: `${id}@${DAY}`,
      sourceNumber: 'Owner draw',
      state: 'done',
      reason: 'created',
    })
  })

  it('is told from what FreshBooks books itself, and carried once', async () => {
    const shop = await openShop()
    await invoiced(shop)
    await act(shop, 'create-bill', {
      vendor: 'Staples',
      issue_date: DAY,
      due_offset_days: 0,
      currency_code: 'USD',
      language: 'en',
      lines: [{ category: 'Rent', description: 'x', quantity: '1', unit_cost: { amount: '5.00', code: 'USD' } }],
    })
    await entered(shop)
    await poll(shop, 'journal')
    await poll(shop, 'journal', 'sweep')
    expect(await recordsOf(shop, 'journal')).toHaveLength(1)
    expect(await journals(shop)).toHaveLength(1)
  })

  it('costs one read of its day, and two calls to Cin7', async () => {
    const shop = await openShop()
    await entered(shop)
    await act(shop, 'create-journal-entry', anEntry({ user_entered_date: daysAgo(19) }))
    await shop.world.forgetCalls()
    await poll(shop, 'journal')
    expect(await callsTo(shop, 'cin7')).toEqual(['POST /journal', 'PUT /journal'])
  })

  it('edited is replaced: the old journal is voided', async () => {
    const shop = await openShop()
    const id = await entered(shop)
    const details = [
      { account: 'Owner Equity', debit: '80.00' },
      { account: 'Petty Cash', credit: '80.00' },
    ]
    await act(shop, 'edit-journal-entry', { id, changes: { details } })
    await poll(shop, 'journal')
    expect((await journals(shop)).map(({ Status }) => Status).toSorted()).toEqual(['COMPLETED', 'VOIDED'])
    expect(only(await standing(shop))).toMatchObject({ Lines: [{ Debit: '801', Credit: '714', Amount: 80 }] })
  })

  it('deleted is voided, once a second read ten minutes later has proven it', async () => {
    const shop = await openShop()
    const id = await entered(shop)
    await act(shop, 'delete-journal-entry', { id })
    await shop.world.forgetCalls()
    await poll(shop, 'journal')
    expect(only(await journals(shop))).toMatchObject({ Status: 'VOIDED' })
    expect(await recordOf(shop, 'journal')).toMatchObject({ state: 'done', reason: 'removed' })
  })

  it('given another day is one journal on that day', async () => {
    const shop = await openShop()
    const id = await entered(shop)
    await act(shop, 'edit-journal-entry', { id, changes: { user_entered_date: daysAgo(10) } })
    await poll(shop, 'journal')
    expect(only(await standing(shop))).toMatchObject({ EffectiveDate: `${daysAgo(10)}T00:00:00` })
  })

  it('that was deleted long ago is found by the sweep', async () => {
    const shop = await openShop()
    const old = daysAgo(400)
    const id = await entered(shop, { user_entered_date: old })
    await act(shop, 'delete-journal-entry', { id })
    await passTime(60_000)
    await poll(shop, 'journal', 'sweep')
    expect(only(await journals(shop))).toMatchObject({ Status: 'VOIDED' })
  })

  it('that was edited long ago, or entered for then, is found by the sweep too', async () => {
    const shop = await openShop()
    const id = await entered(shop, { user_entered_date: daysAgo(400) })
    await act(shop, 'edit-journal-entry', { id, changes: { description: 'corrected' } })
    await act(shop, 'create-journal-entry', anEntry({ user_entered_date: daysAgo(300) }))
    await poll(shop, 'journal')
    expect(await standing(shop)).toHaveLength(1)
    await poll(shop, 'journal', 'sweep')
    expect((await standing(shop)).map(({ Narration }) => Narration).toSorted()).toEqual([
      'FreshBooks journal entry · Owner draw · March',
      'FreshBooks journal entry · Owner draw · corrected',
    ])
  })

  it('on accounts that nobody mapped says which, and goes through once they are', async () => {
    const shop = await openShop({ mapped: false })
    await entered(shop)
    const record = await recordOf(shop, 'journal')
    expect(record).toMatchObject({ state: 'failed', code: 'unmapped', text: expect.stringContaining('Petty Cash') })
    const entries = ['Owner Equity', 'Rent', 'Petty Cash', 'Advertising'].map((name, at) => ({
      code: shop.accounts.get(name),
      target: ['801', '404', '714', '400'][at] ?? '',
    }))
    const base = `/v1/tenants/${shop.tenant}/integrations/${shop.integration}/mappings/account`
    await shop.admin.call('PUT', base, { entries })
    await replay(shop, record)
    expect(await standing(shop)).toHaveLength(1)
    await shop.world.forgetCalls()
    await poll(shop, 'journal')
    expect(await writesTo(shop, 'cin7')).toEqual([])
  })
})
