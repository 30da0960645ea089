import { describe, expect, it } from 'vitest'
import {
  act,
  booksOf,
  callsTo,
  done,
  lose,
  map,
  openShop,
  poll,
  type Row,
  recordOf,
  recordsOf,
  type Shop,
  usd,
  writesTo,
} from '../support/freshbooks-cin7'
import { only } from '../support/wave-cin7'

const RENT: Row = { category: 'Rent', description: 'March', quantity: '1', unit_cost: usd('500.00') }
const POSTERS: Row = {
  category: 'Advertising',
  description: 'Posters',
  quantity: '3',
  unit_cost: usd('20.00'),
  tax_name1: 'HST',
  tax_percent1: '13',
}

/** A bill over 567.80. */
const aBill = (over: Row = {}): Row => ({
  vendor: 'Staples',
  bill_number: 'S-77',
  issue_date: '2026-03-01',
  due_offset_days: 30,
  currency_code: 'USD',
  language: 'en',
  lines: [RENT, POSTERS],
  ...over,
})

const billed = async (opening: Parameters<typeof openShop>[0] = {}, bill: Row = {}): Promise<[Shop, number]> => {
  const shop = await openShop(opening)
  return [shop, (await done(shop, 'create-bill', aBill(bill))).id]
}

const thePurchase = async (shop: Shop) => only((await booksOf(shop)).purchases)
const liveInvoice = async (shop: Shop) =>
  only((await thePurchase(shop)).Invoice.filter(({ Status }) => Status !== 'VOIDED'))

const pay = async (shop: Shop, billid: number, amount: string, over: Row = {}): Promise<number> => {
  const paid = { billid, amount: usd(amount), paid_date: '2026-03-20', payment_type: 'Check', ...over }
  const { id } = await act(shop, 'create-bill_payment', paid)
  await poll(shop, 'billPayment')
  return id
}
const amounts = async (shop: Shop): Promise<number[]> =>
  (await booksOf(shop)).purchasePayments.map(({ Amount }) => Amount)

describe('a bill of FreshBooks', () => {
  it('becomes an authorised service purchase under the number of the vendor, costs on the mapped accounts', async () => {
    const [shop] = await billed()
    expect(only((await booksOf(shop)).suppliers.filter(({ Name }) => Name === 'Staples'))).toMatchObject({
      Currency: 'USD',
    })
    expect(await thePurchase(shop)).toMatchObject({ Type: 'Service Purchase' })
    expect(await liveInvoice(shop)).toMatchObject({
      InvoiceNumber: 'S-77',
      Status: 'AUTHORISED',
      InvoiceDate: '2026-03-01T00:00:00',
      Total: 567.8,
      AdditionalCharges: [
        { Account: '404', Total: 500, Tax: 0, TaxRule: 'BAS Excluded' },
        { Account: '400', Total: 60, Tax: 7.8, TaxRule: 'Tax on Purchases' },
      ],
    })
    expect(await recordOf(shop, 'purchase')).toMatchObject({ state: 'done', reason: 'created', sourceNumber: 'S-77' })
  })

  it('is not written again, whatever comes again', async () => {
    const [shop] = await billed()
    await shop.world.forgetCalls()
    await poll(shop, 'purchase')
    await poll(shop, 'billPayment')
    await poll(shop, 'purchase', 'sweep')
    expect(await writesTo(shop, 'cin7')).toEqual([])
  })

  it('costs one read of FreshBooks and five calls to Cin7', async () => {
    const [shop] = await billed()
    await shop.world.forgetCalls()
    const { id } = await done(shop, 'create-bill', aBill({ bill_number: 'S-78' }))
    expect(await callsTo(shop, 'freshbooks')).toEqual([`GET /bills/bills/${id}`])
    expect(await callsTo(shop, 'cin7')).toEqual([
      'POST /advanced-purchase',
      'POST /purchase/order',
      'POST /advanced-purchase/invoice',
      'GET /advanced-purchase',
      'POST /advanced-purchase/invoice',
    ])
  })

  it('edited is posted again; deleted is voided; restored is made anew', async () => {
    const [shop, id] = await billed()
    await done(shop, 'edit-bill', { id, changes: { lines: [RENT] } })
    expect(await liveInvoice(shop)).toMatchObject({ Total: 500 })
    await done(shop, 'delete-bill', { id })
    expect(await thePurchase(shop)).toMatchObject({ Status: 'VOIDED' })
    await done(shop, 'restore-bill', { id })
    expect((await booksOf(shop)).purchases.map(({ Status }) => Status === 'VOIDED')).toEqual([true, false])
  })

  it('deleted without a webhook is found by the poll', async () => {
    const [shop, id] = await billed()
    await poll(shop, 'purchase')
    await act(shop, 'delete-bill', { id })
    await lose(shop)
    await poll(shop, 'purchase')
    expect(await thePurchase(shop)).toMatchObject({ Status: 'VOIDED' })
  })

  it('with a category that nobody mapped says so', async () => {
    const shop = await openShop()
    await done(shop, 'create-bill', aBill({ lines: [{ ...RENT, category: 'Office Expenses & Postage' }] }))
    expect(await recordOf(shop, 'purchase')).toMatchObject({
      state: 'failed',
      code: 'unmapped',
      text: expect.stringContaining('Office Expenses & Postage'),
    })
  })

  it('of goods is a purchase of their product', async () => {
    const shop = await openShop()
    await map(shop, 'stock', [{ code: shop.categories.get('Advertising'), target: 'Bread' }])
    await done(shop, 'create-bill', aBill())
    expect(await thePurchase(shop)).toMatchObject({ Type: 'Simple Purchase' })
    expect(await liveInvoice(shop)).toMatchObject({
      Total: 567.8,
      Lines: [{ SKU: 'Bread', Quantity: 3, Total: 60 }],
      AdditionalCharges: [{ Total: 500 }],
    })
  })
})

describe('a payment of a bill, of which no webhook tells', () => {
  it('is found by the poll, and becomes a payment of the purchase', async () => {
    const [shop, bill] = await billed()
    const id = await pay(shop, bill, '67.80')
    expect(only((await booksOf(shop)).purchasePayments)).toMatchObject({
      Amount: 67.8,
      Account: '713',
      DatePaid: '2026-03-20T00:00:00',
      Reference: expect.stringContaining(`FreshBooks bill payment ${id} · Check`),
    })
    await pay(shop, bill, '500')
    expect((await amounts(shop)).toSorted()).toEqual([500, 67.8])
    await poll(shop, 'billPayment')
    expect(await amounts(shop)).toHaveLength(2)
  })

  it('is found where the bill keeps its stamp, also where only its date moved', async () => {
    const [shop, bill] = await billed()
    await shop.world.switches({ 'freshbooks.bills.paymentTouchesBill': false })
    const id = await pay(shop, bill, '67.80')
    expect(await amounts(shop)).toEqual([67.8])
    await act(shop, 'edit-bill_payment', { id, changes: { paid_date: '2026-04-01' } })
    await poll(shop, 'billPayment')
    expect(only((await booksOf(shop)).purchasePayments)).toMatchObject({ DatePaid: '2026-04-01T00:00:00' })
  })

  it('deleted in FreshBooks is deleted in Cin7', async () => {
    const [shop, bill] = await billed()
    const id = await pay(shop, bill, '67.80')
    await act(shop, 'delete-bill_payment', { id })
    await poll(shop, 'billPayment')
    expect(await amounts(shop)).toEqual([])
  })

  it('goes with its bill, and comes back with it', async () => {
    const [shop, bill] = await billed()
    await pay(shop, bill, '67.80')
    await done(shop, 'delete-bill', { id: bill })
    expect([await amounts(shop), (await thePurchase(shop)).Status]).toEqual([[], 'VOIDED'])
    await done(shop, 'restore-bill', { id: bill })
    expect(await amounts(shop)).toEqual([67.8])
  })
})

describe('an expense', () => {
  const taxi = (over: Row = {}): Row => ({
    category: 'Advertising',
    amount: usd('113.00'),
    taxName1: 'HST',
    taxPercent1: '13',
    taxAmount1: usd('13.00'),
    date: '2026-03-05',
    vendor: 'City Taxi',
    notes: 'Airport',
    staffid: 1,
    ...over,
  })
  const tasks = async (shop: Shop) => (await booksOf(shop)).moneyTasks

  it('becomes money spent on its bank account', async () => {
    const shop = await openShop()
    const { id } = await done(shop, 'create-expense', taxi())
    expect(only(await tasks(shop))).toMatchObject({
      TaskType: 'Spend Money',
      Status: 'COMPLETED',
      BankAccount: '718',
      Date: '2026-03-05T00:00:00',
      Reference: expect.stringContaining(`FreshBooks expense ${id}`),
      Lines: [{ AccountCode: '400', Total: 100, Tax: 13, TaxRuleName: 'Tax on Purchases' }],
    })
    expect(await recordOf(shop, 'expense')).toMatchObject({ state: 'done', reason: 'created' })
  })

  it('becomes a service purchase where the settings say so', async () => {
    const shop = await openShop({
      cin7: { suppliers: [{ Name: 'Sundry' }] },
      settings: { expenses: { as: 'purchase' } },
    })
    await done(shop, 'create-expense', taxi())
    const failed = await recordOf(shop, 'expense')
    expect(failed).toMatchObject({ state: 'failed', remedy: expect.stringContaining('expenses.supplier') })
    const supplier = (await booksOf(shop)).suppliers.find(({ Name }) => Name === 'Sundry')?.ID
    const settings = (
      await shop.admin.call<{ settings: Row }>('GET', `/v1/tenants/${shop.tenant}/integrations/${shop.integration}`)
    ).settings
    await shop.admin.call('PATCH', `/v1/tenants/${shop.tenant}/integrations/${shop.integration}`, {
      settings: { ...settings, expenses: { as: 'purchase', supplier } },
    })
    await shop.admin.call('POST', `/v1/tenants/${shop.tenant}/records/${failed.id}/replay`, {})
    await poll(shop, 'expense')
    expect(await liveInvoice(shop)).toMatchObject({
      Total: 113,
      AdditionalCharges: [{ Account: '400', Total: 100, Tax: 13 }],
    })
  })

  it('edited is replaced, deleted is voided, though its stamp stays', async () => {
    const shop = await openShop()
    const { id } = await done(shop, 'create-expense', taxi())
    await done(shop, 'edit-expense', { id, changes: { date: '2026-03-06' } })
    expect((await tasks(shop)).map((task) => [task.Status, task.Date.slice(0, 10)]).toSorted()).toEqual([
      ['COMPLETED', '2026-03-06'],
      ['VOIDED', '2026-03-05'],
    ])
    await act(shop, 'delete-expense', { id })
    await lose(shop)
    await poll(shop, 'expense', 'sweep')
    expect((await tasks(shop)).map(({ Status }) => Status)).toEqual(['VOIDED', 'VOIDED'])
  })

  it('that FreshBooks matched with the payment of a bill is carried once, as that payment', async () => {
    const [shop, bill] = await billed()
    await pay(shop, bill, '567.80', { matched_with_expense: true })
    await done(shop, 'create-expense', taxi({ amount: usd('567.80'), bill_matches: [{ billid: bill }] }))
    expect([await amounts(shop), await tasks(shop)]).toEqual([[567.8], []])
    const { id } = await done(shop, 'create-expense', taxi())
    await done(shop, 'edit-expense', { id, changes: { bill_matches: [{ billid: bill }] } })
    expect(only(await tasks(shop))).toMatchObject({ Status: 'VOIDED' })
    expect(await recordsOf(shop, 'expense')).toHaveLength(2)
  })
})
