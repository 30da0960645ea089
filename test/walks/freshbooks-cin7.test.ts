import { beforeAll, describe, expect, it } from 'vitest'
import { now } from '../../src/lib/clock'
import {
  act,
  anInvoice,
  booksOf,
  CONSULTING,
  callsTo,
  done,
  invoiced,
  LOAVES,
  lose,
  map,
  openShop,
  poll,
  recordOf,
  recordsOf,
  replay,
  type Shop,
  tell,
  usd,
  writesTo,
} from '../support/freshbooks-cin7'
import { passTime } from '../support/time'
import { only } from '../support/wave-cin7'

const theSale = async (shop: Shop) => only((await booksOf(shop)).sales)
const theInvoice = async (shop: Shop) =>
  only((await theSale(shop)).Invoices.filter(({ Status }) => Status !== 'VOIDED'))

describe('an invoice that is sent in FreshBooks', () => {
  let shop: Shop
  let id: number
  beforeAll(async () => {
    shop = await openShop()
    id = (await done(shop, 'create-invoice', anInvoice())).id
  })

  it('is left alone as a draft', async () => {
    expect(await recordOf(shop, 'sale')).toMatchObject({ state: 'skipped', reason: expect.stringMatching(/^draft/) })
    expect((await booksOf(shop)).sales).toEqual([])
  })

  it('becomes an authorised sale, with the product where FreshBooks knows the SKU', async () => {
    await done(shop, 'send-invoice', { invoice: id })
    const { customers } = await booksOf(shop)
    expect(only(customers)).toMatchObject({ Name: 'Harbour Lane', Currency: 'USD' })
    expect(await theSale(shop)).toMatchObject({ CustomerReference: '0000001', CurrencyRate: 1 })
    expect(await theInvoice(shop)).toMatchObject({
      Status: 'AUTHORISED',
      InvoiceDate: '2026-03-02T00:00:00',
      Total: 102.4,
      Lines: [{ SKU: 'Bread', Quantity: 3, Price: 4, Tax: 0, TaxRule: 'Tax Exempt', Account: '200' }],
      AdditionalCharges: [{ Quantity: 2, Price: 40, Tax: 10.4, TaxRule: 'Tax on Sales', Account: '200' }],
    })
    expect(await recordOf(shop, 'sale')).toMatchObject({ state: 'done', reason: 'created', sourceNumber: '0000001' })
  })

  it('is not written again, whatever comes again; and FreshBooks is never written to', async () => {
    await shop.world.forgetCalls()
    await done(shop, 'view-invoice', { invoice: id })
    await poll(shop, 'sale')
    await poll(shop, 'sale')
    await replay(shop, await recordOf(shop, 'sale'), { reread: true })
    expect(await writesTo(shop, 'cin7')).toEqual([])
    expect(await writesTo(shop, 'freshbooks')).toEqual([])
  })

  it('costs two calls to FreshBooks and four to Cin7, beside one read-back', async () => {
    await shop.world.forgetCalls()
    const second = await invoiced(shop)
    const reads = await callsTo(shop, 'freshbooks')
    expect(reads.slice(-2)).toEqual([`GET /invoices/invoices/${second}`, 'GET /items/items'])
    expect(await callsTo(shop, 'cin7')).toEqual([
      'POST /sale',
      'POST /sale/order',
      'POST /sale/invoice',
      'GET /sale',
      'POST /sale/invoice',
    ])
  })
})

describe('what happens to an invoice afterwards', () => {
  it('edited: the sale is posted again, once, while it is untouched in Cin7', async () => {
    const shop = await openShop()
    const id = await invoiced(shop)
    await done(shop, 'edit-invoice', { id, changes: { lines: [{ ...LOAVES, qty: '5' }, CONSULTING] } })
    expect(await theInvoice(shop)).toMatchObject({ Total: 110.4, Lines: [{ Quantity: 5 }] })
    expect(await recordOf(shop, 'sale')).toMatchObject({ state: 'done', reason: 'updated' })
  })

  it('edited, while somebody worked on the sale in Cin7: a person decides', async () => {
    const shop = await openShop()
    const id = await invoiced(shop)
    await shop.world.act('cin7', 'ship-sale', { sale: (await theSale(shop)).ID })
    await done(shop, 'edit-invoice', { id, changes: { lines: [CONSULTING] } })
    expect(await recordOf(shop, 'sale')).toMatchObject({
      state: 'waiting',
      reason: 'conflict',
      code: 'cin7_sale_changed',
    })
    expect(await theInvoice(shop)).toMatchObject({ Total: 102.4 })
  })

  it('deleted: the sale is voided at once, by FreshBooks’ own word; restored: it is made anew', async () => {
    const shop = await openShop()
    const id = await invoiced(shop)
    await done(shop, 'delete-invoice', { id })
    expect(await theSale(shop)).toMatchObject({ Status: 'VOIDED' })
    expect(await recordOf(shop, 'sale')).toMatchObject({ state: 'done', reason: 'removed' })
    await done(shop, 'restore-invoice', { id })
    const { sales } = await booksOf(shop)
    expect(sales.map(({ Status }) => Status === 'VOIDED')).toEqual([true, false])
    expect(await recordOf(shop, 'sale')).toMatchObject({ state: 'done', reason: 'created' })
  })

  it('deleted without a webhook: the sweep finds it', async () => {
    const shop = await openShop()
    const id = await invoiced(shop)
    await act(shop, 'delete-invoice', { id })
    await lose(shop)
    await poll(shop, 'sale', 'sweep')
    expect(await theSale(shop)).toMatchObject({ Status: 'VOIDED' })
  })

  it('deleted, where the settings leave it: the sale stands', async () => {
    const shop = await openShop({ settings: { deleted: 'leave' } })
    const id = await invoiced(shop)
    await done(shop, 'delete-invoice', { id })
    expect(await theInvoice(shop)).toMatchObject({ Status: 'AUTHORISED' })
    expect(await recordOf(shop, 'sale')).toMatchObject({ state: 'skipped' })
  })

  it('changed without a webhook: the poll finds it', async () => {
    const shop = await openShop()
    const id = await invoiced(shop)
    await poll(shop, 'sale')
    await act(shop, 'edit-invoice', { id, changes: { lines: [CONSULTING] } })
    await lose(shop)
    await poll(shop, 'sale')
    expect(await theInvoice(shop)).toMatchObject({ Total: 90.4 })
  })
})

describe('an invoice that cannot be carried as it is', () => {
  it('says what to map, and goes through once it is mapped', async () => {
    const shop = await openShop({ mapped: false })
    await invoiced(shop)
    const record = await recordOf(shop, 'sale')
    expect(record).toMatchObject({ state: 'failed', code: 'unmapped', text: 'no Cin7 counterpart for: tax HST 13%' })
    await map(shop, 'tax', [{ code: 'HST 13%', target: 'Tax on Sales' }])
    await replay(shop, record)
    expect(await theInvoice(shop)).toMatchObject({ Total: 102.4 })
  })

  it('in a currency without a rate waits for one', async () => {
    const shop = await openShop({ cin7: { currencyRates: { EUR: '1.1' } } })
    const line = { name: 'Consulting', qty: '1', unit_cost: { amount: '100.00', code: 'EUR' } }
    await invoiced(shop, { currency_code: 'EUR', lines: [line] })
    expect(await recordOf(shop, 'sale')).toMatchObject({ state: 'failed', code: 'exchange_rate_missing' })
    expect((await booksOf(shop)).customers.map(({ Name }) => Name).toSorted()).toEqual([
      'Harbour Lane',
      'Harbour Lane (EUR)',
    ])
  })
})

describe('rounding', () => {
  it('FreshBooks rounds a tax once: the lines carry its cents', async () => {
    const shop = await openShop()
    const line = { name: 'Consulting', qty: '1', unit_cost: usd('9.99'), taxName1: 'HST', taxAmount1: '13' }
    await invoiced(shop, { lines: [1, 2, 3, 4].map((n) => ({ ...line, description: `part ${n}` })) })
    const { Total, AdditionalCharges } = await theInvoice(shop)
    expect([Total, AdditionalCharges.map(({ Tax }) => Tax)]).toEqual([45.15, [1.29, 1.3, 1.3, 1.3]])
  })

  it('a discount is a row for each tax rule', async () => {
    const shop = await openShop()
    await invoiced(shop, { discount_value: '15' })
    const { Total, AdditionalCharges } = await theInvoice(shop)
    expect(Total).toBe(87.04)
    expect(AdditionalCharges.filter(({ Account }) => Account === '260').map(({ Total, Tax }) => [Total, Tax])).toEqual([
      [-1.8, 0],
      [-12, -1.56],
    ])
  })
})

/** The first 01:30 of the next night that has two, in New York: before it is 05:30 UTC there, 01:30 comes again. */
const nextFallBack = (): number => {
  const year = new Date(now()).getUTCFullYear()
  const inYear = (of: number): number => {
    const first = new Date(Date.UTC(of, 10, 1)).getUTCDay()
    return Date.UTC(of, 10, 1 + ((7 - first) % 7), 5, 30)
  }
  return inYear(year) > now() ? inYear(year) : inYear(year + 1)
}

describe('the day the clock goes back', () => {
  it('an invoice stamped 01:30 Eastern is carried once; an edit is carried though its stamp looks older', async () => {
    const shop = await openShop()
    await passTime(nextFallBack() - now())
    const { id, updated } = await act<{ id: number; updated: string }>(shop, 'create-invoice', anInvoice({ status: 2 }))
    expect(updated).toMatch(/ 01:3\d:/)
    await lose(shop)
    await poll(shop, 'sale')
    await poll(shop, 'sale')
    expect((await booksOf(shop)).sales).toHaveLength(1)
    await passTime(40 * 60_000)
    const changed = await act<{ updated: string }>(shop, 'edit-invoice', { id, changes: { lines: [CONSULTING] } })
    expect(changed.updated < updated).toBe(true)
    await lose(shop)
    await poll(shop, 'sale')
    expect(await theInvoice(shop)).toMatchObject({ Total: 90.4 })
    await poll(shop, 'sale')
    expect((await booksOf(shop)).sales).toHaveLength(1)
    expect(await recordsOf(shop, 'sale')).toHaveLength(1)
  })
})

describe('a second run', () => {
  it('writes nothing', async () => {
    const shop = await openShop()
    await invoiced(shop)
    await invoiced(shop, { lines: [CONSULTING] })
    await poll(shop, 'supplier')
    await shop.world.forgetCalls()
    for (const flow of ['customer', 'supplier', 'sale', 'payment', 'purchase', 'expense', 'journal'] as const)
      await poll(shop, flow)
    for (const flow of ['customer', 'sale', 'payment', 'purchase', 'expense', 'journal'] as const)
      await poll(shop, flow, 'sweep')
    await tell(shop)
    expect(await writesTo(shop, 'cin7')).toEqual([])
  })
})
