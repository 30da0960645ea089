import { describe, expect, it } from 'vitest'
import {
  act,
  booksOf,
  done,
  FLOWS,
  type FlowKey,
  invoiced,
  openShop,
  poll,
  type Shop,
  tell,
  usd,
  writesTo,
} from '../support/freshbooks-cin7'
import { compare, itemsOf, reconciledFlows } from '../support/reconciliation'
import { passTime } from '../support/time'
import { only } from '../support/wave-cin7'

const DAY_MS = 24 * 3_600_000
const POSTED: FlowKey[] = ['sale', 'payment', 'purchase', 'billPayment']

/** A paid invoice over 102.40 and a paid bill over 500.00, carried, and seen by a poll. */
const posted = async (): Promise<Shop> => {
  const shop = await openShop()
  const invoice = await invoiced(shop)
  await done(shop, 'pay-invoice', { invoice, amount: '102.40', date: '2026-03-20' })
  const { id } = await act(shop, 'create-bill', {
    vendor: 'Staples',
    bill_number: 'S-77',
    issue_date: '2026-03-01',
    due_offset_days: 30,
    currency_code: 'USD',
    language: 'en',
    lines: [{ category: 'Rent', description: 'March', quantity: '1', unit_cost: usd('500.00') }],
  })
  const paid = { billid: id, amount: usd('500.00'), paid_date: '2026-03-20', payment_type: 'Check' }
  await act(shop, 'create-bill_payment', paid)
  await tell(shop)
  await pollAll(shop)
  return shop
}

const pollAll = async (shop: Shop): Promise<void> => {
  for (const flow of POSTED) await poll(shop, flow)
}

/** A day later: what the polls find then, and what comes behind them by itself. */
const nextDay = async (shop: Shop): Promise<void> => {
  await passTime(DAY_MS + 60_000)
  await pollAll(shop)
}

const found = async (shop: Shop) =>
  (await reconciledFlows(shop)).flatMap(({ flow, state, agrees, counts }) =>
    POSTED.some((key) => FLOWS[key] === flow) ? [[flow, state, agrees, counts.matched]] : [],
  )

const itemOf = async (shop: Shop, key: FlowKey) =>
  only((await itemsOf(shop)).filter(({ flow, foreign }) => flow === FLOWS[key] && !foreign))

interface Alert {
  kind: string
  text: string
  resolvedAt: number | null
}

const alerts = async ({ admin, tenant }: Shop): Promise<Alert[]> =>
  (await admin.call<{ items: Alert[] }>('GET', `/v1/tenants/${tenant}/alerts`)).items.filter(
    ({ kind, resolvedAt }) => kind === 'books_differ' && resolvedAt === null,
  )

const cin7 = ({ world }: Shop, action: string, input: object): Promise<unknown> => world.act('cin7', action, input)

describe('what was posted is read back in Cin7 once a day, unasked', () => {
  it('and is confirmed: sales, purchases and the payments of both; nothing is written', async () => {
    const shop = await posted()
    await shop.world.forgetCalls()
    await nextDay(shop)
    expect(await found(shop)).toEqual(POSTED.map((key) => [FLOWS[key], 'done', true, 1]))
    expect(await alerts(shop)).toEqual([])
    expect(await writesTo(shop, 'cin7')).toEqual([])
  })

  it('a payment that somebody deleted there raises an alert', async () => {
    const shop = await posted()
    const { ID } = only((await booksOf(shop)).payments)
    await cin7(shop, 'delete-payment', { id: ID })
    await nextDay(shop)
    expect(await itemOf(shop, 'payment')).toMatchObject({ status: 'only_source', code: 'gone_in_target' })
    expect(await alerts(shop)).toEqual([expect.objectContaining({ text: expect.stringContaining(FLOWS.payment) })])
  })

  it('a sale that somebody voided there raises one too', async () => {
    const shop = await openShop()
    await invoiced(shop)
    await poll(shop, 'sale')
    await cin7(shop, 'void-sale', { sale: only((await booksOf(shop)).sales).ID })
    await nextDay(shop)
    expect(await itemOf(shop, 'sale')).toMatchObject({ status: 'only_source', code: 'gone_in_target' })
    expect(await alerts(shop)).toHaveLength(1)
  })
})

describe('payments of invoices in the comparison', () => {
  it('agree per account and customer, in the currency of the invoice', async () => {
    const shop = await posted()
    await compare(shop)
    expect(await itemOf(shop, 'payment')).toMatchObject({
      status: 'matched',
      source: { currency: 'USD', total: '102.4', accounts: { '713': '102.4' }, customer: { name: 'Harbour Lane' } },
      target: { currency: 'USD', accounts: { '713': '102.4' }, customer: { name: 'Harbour Lane' } },
    })
  })

  it('entered by hand in Cin7 are listed as made by others', async () => {
    const shop = await openShop()
    await invoiced(shop)
    const [invoice] = only((await booksOf(shop)).sales).Invoices
    await cin7(shop, 'pay-invoice', { taskId: invoice?.TaskID, amount: '12.00' })
    await compare(shop)
    const foreign = (await itemsOf(shop)).filter(({ flow }) => flow === FLOWS.payment)
    expect(foreign).toMatchObject([{ status: 'only_target', code: 'not_ours', foreign: true, target: { total: '12' } }])
  })
})
