import { describe, expect, it } from 'vitest'
import {
  act,
  booksOf,
  CONSULTING,
  callsTo,
  done,
  invoiced,
  lose,
  map,
  openShop,
  poll,
  type Row,
  recordOf,
  recordsOf,
  replay,
  type Shop,
  tell,
} from '../support/freshbooks-cin7'
import { only } from '../support/wave-cin7'

/** An invoice over 102.40, carried. */
const billed = async (opening: Parameters<typeof openShop>[0] = {}, invoice: Row = {}): Promise<[Shop, number]> => {
  const shop = await openShop(opening)
  return [shop, await invoiced(shop, invoice)]
}

const pay = (shop: Shop, invoice: number, amount: string, over: Row = {}) =>
  done(shop, 'pay-invoice', { invoice, amount, date: '2026-03-20', ...over })

const amounts = async (shop: Shop): Promise<number[]> => (await booksOf(shop)).payments.map(({ Amount }) => Amount)
const theSale = async (shop: Shop) => only((await booksOf(shop)).sales)

describe('a payment of a FreshBooks invoice', () => {
  it('becomes a payment of its sale, which is then paid', async () => {
    const [shop, invoice] = await billed()
    const { id } = await pay(shop, invoice, '102.40')
    expect(only((await booksOf(shop)).payments)).toMatchObject({
      Amount: 102.4,
      Account: '713',
      DatePaid: '2026-03-20T00:00:00',
      Reference: expect.stringContaining(`FreshBooks payment ${id} · Check`),
    })
    expect(await theSale(shop)).toMatchObject({ CombinedPaymentStatus: 'PAID' })
    expect(await recordOf(shop, 'payment')).toMatchObject({ state: 'done', reason: 'created' })
  })

  it('goes on the account that its type is mapped to', async () => {
    const [shop, invoice] = await billed()
    await map(shop, 'payment', [{ code: 'cash', target: '714' }])
    await pay(shop, invoice, '10', { type: 'Cash' })
    expect(only((await booksOf(shop)).payments)).toMatchObject({ Account: '714' })
  })

  it('in parts becomes as many payments, each once, whatever comes again', async () => {
    const [shop, invoice] = await billed()
    await pay(shop, invoice, '30')
    await pay(shop, invoice, '72.40')
    await poll(shop, 'payment')
    await poll(shop, 'sale')
    for (const record of await recordsOf(shop, 'payment')) await replay(shop, record, { reread: true })
    expect((await amounts(shop)).toSorted()).toEqual([30, 72.4])
  })

  it('costs one read of FreshBooks, and one read and one write in Cin7', async () => {
    const [shop, invoice] = await billed()
    await shop.world.forgetCalls()
    const { id } = await pay(shop, invoice, '30')
    expect(await callsTo(shop, 'freshbooks')).toEqual([`GET /payments/payments/${id}`])
    expect(await callsTo(shop, 'cin7')).toEqual(['GET /sale', 'POST /sale/payment'])
  })

  it('that comes before its sale has it carried first', async () => {
    const shop = await openShop()
    const { id } = await act(shop, 'create-invoice', {
      client: 'Harbour Lane',
      create_date: '2026-03-02',
      currency_code: 'USD',
      lines: [CONSULTING],
      status: 2,
    })
    await lose(shop)
    await pay(shop, id, '90.40')
    expect(await amounts(shop)).toEqual([90.4])
  })

  it('changed or deleted in FreshBooks is so in Cin7', async () => {
    const [shop, invoice] = await billed()
    const { id } = await pay(shop, invoice, '30')
    await done(shop, 'edit-payment', { id, changes: { amount: { amount: '40', code: 'USD' } } })
    expect(await amounts(shop)).toEqual([40])
    await done(shop, 'delete-payment', { id })
    expect(await amounts(shop)).toEqual([])
    expect(await theSale(shop)).toMatchObject({ CombinedPaymentStatus: 'UNPAID' })
    await done(shop, 'restore-payment', { id })
    expect(await amounts(shop)).toEqual([40])
  })

  it('deleted without a webhook is found by the sweep', async () => {
    const [shop, invoice] = await billed()
    const { id } = await pay(shop, invoice, '30')
    await act(shop, 'delete-payment', { id })
    await lose(shop)
    await poll(shop, 'payment', 'sweep')
    expect(await amounts(shop)).toEqual([])
  })
})

describe('credit of a client', () => {
  it('that was overpaid: what FreshBooks counts on the invoice is carried, the rest is not made up', async () => {
    const [shop, invoice] = await billed()
    await pay(shop, invoice, '150')
    expect(only((await booksOf(shop)).payments)).toMatchObject({
      Amount: 102.4,
      Reference: expect.stringContaining('overpaid'),
    })
  })

  it('that pays an invoice goes on the account of credits, and never on the bank', async () => {
    const opening = { settings: { creditAccount: '714' } }
    const [shop, first] = await billed(opening)
    await pay(shop, first, '150')
    const second = await invoiced(shop)
    await pay(shop, second, '47.60', { from_credit: true, type: 'Credit' })
    const { payments } = await booksOf(shop)
    expect(payments.map(({ Amount, Account }) => [Amount, Account])).toEqual([
      [102.4, '713'],
      [47.6, '714'],
    ])
  })

  it('without such an account asks for one', async () => {
    const [shop, first] = await billed()
    await pay(shop, first, '150')
    const second = await invoiced(shop)
    await pay(shop, second, '47.60', { from_credit: true, type: 'Credit' })
    const failed = (await recordsOf(shop, 'payment')).find(({ state }) => state === 'failed')
    expect(failed).toMatchObject({ code: 'unmapped', remedy: expect.stringContaining('creditAccount') })
  })
})

describe('a paid invoice that is deleted in FreshBooks', () => {
  it('is not voided while its payment stands; once that is deleted too, the daily sweep does it', async () => {
    const [shop, invoice] = await billed()
    const { id } = await pay(shop, invoice, '30')
    await done(shop, 'delete-invoice', { id: invoice })
    expect(await recordOf(shop, 'sale')).toMatchObject({ state: 'waiting', reason: 'conflict', code: 'cin7_sale_paid' })
    expect(await amounts(shop)).toEqual([30])
    await done(shop, 'delete-payment', { id })
    await poll(shop, 'sale', 'sweep')
    expect(await theSale(shop)).toMatchObject({ Status: 'VOIDED' })
  })

  it('and restored stands as it stood, with its payment', async () => {
    const [shop, invoice] = await billed()
    await pay(shop, invoice, '30')
    await done(shop, 'delete-invoice', { id: invoice })
    await done(shop, 'restore-invoice', { id: invoice })
    await tell(shop)
    expect(await recordOf(shop, 'sale')).toMatchObject({ state: 'done' })
    expect(await amounts(shop)).toEqual([30])
    expect((await booksOf(shop)).sales).toHaveLength(1)
  })
})
