import { runInDurableObject } from 'cloudflare:test'
import { beforeEach, describe, expect, it } from 'vitest'
import { receive } from '../support/deliver'
import { settle } from '../support/settle'
import { restart, stubOf } from '../support/tenant'
import { passTime } from '../support/time'
import { booksOf, news, openWiseBooks, payLena, recordsIn, tell, type WiseBooks } from '../support/wave-wise'

interface Alert {
  kind: string
  text: string
}

let books: WiseBooks
beforeEach(async () => {
  books = await openWiseBooks()
})

const act = (action: string, input: object) => books.world.act('wise', action, input)
const of = (transfer: number) => ({ transfer: String(transfer) })

/** Creates the transfer and takes the money; what Wise sends of it is left for the test. */
const paid = async (): Promise<number> => {
  const transfer = await payLena(books)
  await act('fund-transfer', of(transfer))
  return transfer
}

describe('a transfer that was paid on wise.com', () => {
  it('is booked once when the money leaves the balance, and its later states change nothing', async () => {
    const transfer = await paid()
    await tell(books, await news(books))
    const first = await booksOf(books)
    expect(first.transactions).toMatchObject([
      {
        externalId: `mlc:wave-wise/transfer-to-transaction:${transfer}:paid:g1`,
        description: `Wise transfer ${transfer} · INV-1042`,
        anchor: { amount: '1000', direction: 'WITHDRAWAL' },
      },
    ])
    expect(first.balances['Wise USD']).toBe('-1000')
    await act('advance-transfer', { ...of(transfer), to: 'outgoing_payment_sent' })
    await tell(books, await news(books))
    expect(await booksOf(books)).toEqual(first)
    expect(await recordsIn(books, 'transfer-to-transaction')).toMatchObject([
      { state: 'done', sourceNumber: String(transfer) },
    ])
    expect(await recordsIn(books, 'balance-to-transaction')).toMatchObject([
      { state: 'skipped', reason: `of transfer ${transfer}: booked with it` },
    ])
  })

  it('waits for its money without an entry', async () => {
    await payLena(books)
    await tell(books, await news(books))
    expect((await booksOf(books)).transactions).toEqual([])
    expect(await recordsIn(books, 'transfer-to-transaction')).toMatchObject([
      { state: 'skipped', reason: 'incoming_payment_waiting: nothing has left a balance for it' },
    ])
  })

  it('that bounces and is refunded leaves nothing in the books, in whatever order Wise tells of it', async () => {
    const transfer = await paid()
    await act('advance-transfer', { ...of(transfer), to: 'bounced_back' })
    await act('fail-payout', of(transfer))
    await act('advance-transfer', { ...of(transfer), to: 'funds_refunded' })
    const all = await news(books)
    await tell(books, [...all.toReversed(), ...all])
    const { balances, transactions } = await booksOf(books)
    expect(balances).toEqual({})
    expect(transactions).toHaveLength(2)
    expect(await recordsIn(books, 'transfer-to-transaction')).toMatchObject([{ state: 'done' }])
  })

  it('says in its notes why the money came back, where Wise has told it by then', async () => {
    const transfer = await paid()
    await act('advance-transfer', { ...of(transfer), to: 'bounced_back' })
    await act('fail-payout', { ...of(transfer), code: 'WRONG_ACCOUNT_NUMBER' })
    await act('advance-transfer', { ...of(transfer), to: 'funds_refunded' })
    await tell(books, await news(books))
    const [, back] = (await booksOf(books)).transactions
    expect(back?.notes).toMatch(/^1000\.00 USD came back; the payment was refunded: \w/)
  })

  it('and cannot be paid out raises an alert with the reason, until the money is back', async () => {
    const openAlerts = async () => {
      const path = `/v1/tenants/${books.tenant}/alerts`
      const { items } = await books.admin.call<{ items: Alert[] }>('GET', path)
      return items.filter(({ kind }) => kind === 'account_notice')
    }
    const transfer = await paid()
    await act('advance-transfer', { ...of(transfer), to: 'bounced_back' })
    await passTime(1000)
    await act('fail-payout', { ...of(transfer), code: 'WRONG_ACCOUNT_NUMBER' })
    await tell(books, await news(books))
    expect(await openAlerts()).toMatchObject([
      { text: expect.stringContaining(`could not pay out transfer ${transfer}`) },
    ])
    await passTime(1000)
    await act('advance-transfer', { ...of(transfer), to: 'funds_refunded' })
    await tell(books, await news(books))
    expect(await openAlerts()).toEqual([])
  })

  it('and refunded is waited for until Wise says what came back, and then failed with what to do', async () => {
    const transfer = await paid()
    await tell(books, await news(books))
    await act('advance-transfer', { ...of(transfer), to: 'funds_refunded' })
    const told = await news(books)
    const states = []
    for (const one of told) if (!(await one.clone().text()).includes('balances#')) states.push(one)
    await tell(books, states)
    expect(await recordsIn(books, 'transfer-to-transaction')).toMatchObject([
      { state: 'failed', code: 'wise_refund_not_told', remedy: expect.stringContaining('by hand') },
    ])
    await tell(books, told)
    expect(await recordsIn(books, 'transfer-to-transaction')).toMatchObject([{ state: 'done' }])
    expect((await booksOf(books)).balances).toEqual({})
  })

  it('is found by polling where every webhook was lost', async () => {
    const transfer = await paid()
    await news(books)
    const flow = 'wave-wise/transfer-to-transaction'
    const job = { kind: 'poll', integration: books.integration, flow, actor: { by: 'poll' }, correlation: 'x' } as const
    await stubOf(books.tenant).accept([job])
    await settle(books.tenant)
    expect((await booksOf(books)).transactions).toMatchObject([
      { externalId: `mlc:${flow}:${transfer}:paid:g1`, anchor: { amount: '1000' } },
    ])
    expect(transfer).toBeGreaterThan(0)
  })
})

describe('an entry whose answer was lost', () => {
  it('is never sent again by itself: a person says what became of it', async () => {
    await paid()
    const told = await news(books)
    await books.world.fault({ vendor: 'wave', body: 'moneyTransactionCreate', kind: 'drop-after' })
    await tell(books, told)
    expect((await booksOf(books)).transactions).toHaveLength(1)
    const [record] = await recordsIn(books, 'transfer-to-transaction')
    expect(record).toMatchObject({ state: 'uncertain', remedy: expect.stringContaining('Look there yourself') })
    await restart(books.tenant)
    await tell(books, told)
    await settle(books.tenant)
    expect((await booksOf(books)).transactions).toHaveLength(1)
  })
})

describe('a movement of a balance', () => {
  it('is booked for a person to sort, once, however often it is delivered', async () => {
    await act('top-up', { currency: 'EUR', amount: '70' })
    const all = await news(books)
    await tell(books, [...all, ...all])
    const { balances, transactions } = await booksOf(books)
    expect(balances).toEqual({ 'Wise EUR': '70', Clearing: '70' })
    expect(transactions).toHaveLength(1)
  })

  it('is previewed from what was told, since nothing shows it again', async () => {
    await act('top-up', { currency: 'EUR', amount: '70' })
    await tell(books, await news(books))
    const [{ sourceId } = { sourceId: '' }] = await recordsIn(books, 'balance-to-transaction')
    const path = `/v1/tenants/${books.tenant}/integrations/${books.integration}/preview`
    const asked = { flow: 'wave-wise/balance-to-transaction', sourceId }
    const { items } = await books.admin.call<{ items: { outcome: string }[] }>('POST', path, asked)
    expect(items).toMatchObject([{ sourceId, outcome: 'unchanged', number: expect.stringContaining('BNK-') }])
  })

  it('by card goes where the rules say', async () => {
    books = await openWiseBooks((account) => ({ rules: [{ channel: 'CARD', account: account('Meals') }] }))
    await act('spend', { currency: 'USD', amount: '12.40' })
    await tell(books, await news(books))
    expect((await booksOf(books)).balances).toEqual({ 'Wise USD': '-12.4', Meals: '12.4' })
  })

  it('is sealed from the door on: neither queue nor storage holds it in clear', async () => {
    await act('top-up', { currency: 'EUR', amount: '70.77' })
    const [one] = await news(books)
    if (!one) throw new Error('nothing was sent')
    const { messages } = await receive(one.clone())
    expect(JSON.stringify(messages)).toContain('tidings')
    expect(JSON.stringify(messages)).not.toContain('70.77')
    await tell(books, [one])
    const kept = await runInDurableObject(stubOf(books.tenant), (_, { storage }) =>
      JSON.stringify(storage.sql.exec('select * from tidings').toArray()),
    )
    expect(kept).toContain('balance-movement')
    expect(kept).not.toContain('70.77')
  })
})

describe('the switches', () => {
  it('with a pending account: booked there, reversed and booked for good when sent', async () => {
    books = await openWiseBooks((account) => ({ pendingAccount: account('Pending') }))
    const transfer = await paid()
    await tell(books, await news(books))
    const before = (await booksOf(books)).balances
    expect(before.Pending).toBeDefined()
    expect(before.Payouts).toBeUndefined()
    await act('advance-transfer', { ...of(transfer), to: 'outgoing_payment_sent' })
    await tell(books, await news(books))
    const after = await booksOf(books)
    expect(after.balances.Pending).toBeUndefined()
    expect(after.balances['Wise USD']).toBe('-1000')
    expect(after.transactions).toHaveLength(3)
  })

  it('with a bank feed in Wave, nothing is booked', async () => {
    books = await openWiseBooks(() => ({ bankFeed: true }))
    await paid()
    await act('top-up', { currency: 'EUR', amount: '70' })
    await tell(books, await news(books))
    expect((await booksOf(books)).transactions).toEqual([])
    expect((await recordsIn(books)).map(({ state }) => state)).not.toContain('failed')
  })

  it('a Wave account in another currency than its balance is refused when the settings are saved', async () => {
    const wrong = { balance: books.balance('USD'), currency: 'USD', account: books.account('Wise EUR') }
    const path = `/v1/tenants/${books.tenant}/integrations/${books.integration}`
    const { settings } = await books.admin.call<{ settings: object }>('GET', path)
    const { status, body } = await books.admin.ask('PATCH', path, { settings: { ...settings, balances: [wrong] } })
    expect(status).toBe(422)
    expect(JSON.stringify(body)).toContain('cannot be used for: currency:USD')
  })
})
