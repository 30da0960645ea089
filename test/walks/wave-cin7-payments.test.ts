import { describe, expect, it } from 'vitest'
import { type Office, type Opening, openOffice } from '../support/office'
import { passTime } from '../support/time'
import { approve, carry, draftInvoice, type Invoice, only, poll, writesTo } from '../support/wave-cin7'
import {
  arrive,
  booksOf,
  edit,
  FLOWS,
  liveInvoice,
  mapBank,
  pay,
  recordOf,
  replay,
  tell,
  theSale,
} from '../support/wave-cin7-books'

/** An invoice over 88.00, carried. */
const billed = async (opening: Opening = {}, invoice: Record<string, unknown> = {}): Promise<[Office, Invoice]> => {
  const office = await openOffice(opening)
  await mapBank(office)
  const made = await draftInvoice(office, invoice)
  await carry(office, made)
  return [office, made]
}

const amounts = async (office: Office): Promise<number[]> =>
  (await booksOf(office)).payments.map(({ Amount }) => Amount)

describe('a payment of a Wave invoice', () => {
  it('becomes a payment of its sale on the mapped bank account, which pays the invoice', async () => {
    const [office, invoice] = await billed()
    await pay(office, invoice, { date: '2026-03-20' })
    const sale = await theSale(office)
    expect(only((await booksOf(office)).payments)).toMatchObject({
      Amount: 88,
      Account: '713',
      DatePaid: '2026-03-20T00:00:00',
      InvoiceNumber: liveInvoice(sale).InvoiceNumber,
      Reference: expect.stringMatching(/^Wave .* · ml-connector [0-9a-f]{12}$/),
    })
    expect(sale.CombinedPaymentStatus).toBe('PAID')
    expect(await recordOf(office, 'payment')).toMatchObject({ state: 'done', reason: 'created' })
  })

  it('in parts becomes as many payments, each once, whatever comes again', async () => {
    const [office, invoice] = await billed()
    await pay(office, invoice, { amount: '30' })
    expect((await theSale(office)).CombinedPaymentStatus).toBe('PARTIALLY PAID')
    await pay(office, invoice, { amount: '58' })
    await tell(office, invoice)
    await replay(office, await recordOf(office, 'payment'), { reread: true })
    expect(await amounts(office)).toEqual([30, 58])
    expect((await theSale(office)).CombinedPaymentStatus).toBe('PAID')
  })

  it('costs one read and one write in Cin7', async () => {
    const [office, invoice] = await billed()
    await office.world.forgetCalls()
    await pay(office, invoice, { amount: '30' })
    const calls = (await office.world.calls('cin7')).map(({ method, path }) => `${method} ${path.split('/v2')[1]}`)
    expect(calls).toEqual(['GET /sale', 'POST /sale/payment'])
  })

  it('that comes before its sale waits for it', async () => {
    const office = await openOffice()
    await mapBank(office)
    const invoice = await draftInvoice(office)
    await approve(office, invoice)
    await pay(office, invoice)
    expect(await amounts(office)).toEqual([88])
    expect(await recordOf(office, 'payment')).toMatchObject({ state: 'done' })
  })

  it('that Wave did not tell of is found by the poll', async () => {
    const [office, invoice] = await billed()
    await poll(office, FLOWS.payment)
    await office.world.act('wave', 'pay-invoice', { id: invoice.bareId, amount: '10' })
    await office.world.deliveries()
    await poll(office, FLOWS.payment)
    expect(await amounts(office)).toEqual([10])
  })

  it('is posted once where the reply is lost, and where it never arrived', async () => {
    for (const kind of ['drop-after', 'drop-before']) {
      const [office, invoice] = await billed()
      await office.world.fault({ vendor: 'cin7', method: 'POST', path: '/sale/payment', kind })
      await pay(office, invoice)
      expect(await amounts(office)).toEqual([88])
      expect(await recordOf(office, 'payment')).toMatchObject({ state: 'done' })
    }
  })

  it('into an account that nobody mapped fails with the remedy, and goes on once it is mapped', async () => {
    const office = await openOffice()
    const invoice = await draftInvoice(office)
    await carry(office, invoice)
    await pay(office, invoice)
    const failed = await recordOf(office, 'payment')
    expect(failed).toMatchObject({ state: 'failed', code: 'unmapped', remedy: expect.stringContaining('"bank"') })
    await mapBank(office)
    await replay(office, failed)
    expect(await amounts(office)).toEqual([88])
  })
})

describe('a payment that is more than the invoice', () => {
  it('is refused with both figures; those before it stand', async () => {
    const [office, invoice] = await billed()
    await pay(office, invoice, { amount: '80', date: '2026-03-05' })
    await pay(office, invoice, { amount: '20', date: '2026-03-06' })
    expect(await amounts(office)).toEqual([80])
    const failed = await recordOf(office, 'payment')
    expect(failed).toMatchObject({ state: 'failed', code: 'payment_beyond_invoice' })
    expect(failed.text).toMatch(/20\.00 USD.*8\.00 USD/)
  })

  it('is sent whole where the settings say that Cin7 keeps the rest as credit', async () => {
    const [office, invoice] = await billed({ settings: { overpaid: 'credit' } })
    await office.world.switches({ 'cin7.payments.acceptOver': true })
    await pay(office, invoice, { amount: '100' })
    expect(await amounts(office)).toEqual([100])
  })
})

describe('a payment that is changed in Wave', () => {
  it('is changed in Cin7', async () => {
    const [office, invoice] = await billed()
    const id = await pay(office, invoice, { amount: '80' })
    await office.world.act('wave', 'edit-payment', { id, amount: '70', paymentDate: '2026-03-21' })
    await tell(office, invoice)
    expect(only((await booksOf(office)).payments)).toMatchObject({ Amount: 70, DatePaid: '2026-03-21T00:00:00' })
    expect(await recordOf(office, 'payment')).toMatchObject({ state: 'done', reason: 'updated' })
  })

  it('by deleting and entering it again is deleted first: both would be too much', async () => {
    const [office, invoice] = await billed()
    const id = await pay(office, invoice, { amount: '88' })
    await office.world.act('wave', 'delete-payment', { id })
    await pay(office, invoice, { amount: '85' })
    expect(await amounts(office)).toEqual([85])
  })

  it('is deleted in Cin7 where it is deleted in Wave, and the sale is open again', async () => {
    const [office, invoice] = await billed()
    const first = await pay(office, invoice, { amount: '30' })
    await pay(office, invoice, { amount: '58' })
    await office.world.act('wave', 'delete-payment', { id: first })
    await tell(office, invoice)
    expect(await amounts(office)).toEqual([58])
    expect((await theSale(office)).CombinedPaymentStatus).toBe('PARTIALLY PAID')
  })

  it('is left to a person where somebody changed it in Cin7 too', async () => {
    const [office, invoice] = await billed()
    const id = await pay(office, invoice, { amount: '30' })
    const [payment] = (await booksOf(office)).payments
    await office.world.act('cin7', 'delete-payment', { id: payment?.ID })
    await office.world.act('wave', 'edit-payment', { id, amount: '31' })
    await tell(office, invoice)
    expect(await amounts(office)).toEqual([])
    expect(await recordOf(office, 'payment')).toMatchObject({ reason: 'conflict', code: 'cin7_payment_changed' })
  })
})

describe('a payment of an invoice in another currency', () => {
  it('takes the rate of its day', async () => {
    const [office, invoice] = await billed({}, { currency: 'EUR', exchangeRate: '1.0921' })
    await pay(office, invoice, { amount: '50', exchangeRate: '1.11' })
    expect(only((await booksOf(office)).payments)).toMatchObject({ Amount: 50, CurrencyRate: 1.11 })
  })

  it('into an account of that currency takes the rate of the invoice', async () => {
    const accounts = [
      { name: 'Sales', subtype: 'INCOME' },
      { name: 'Euro bank', subtype: 'CASH_AND_BANK', currency: 'EUR' },
      { name: 'Accounts receivable', subtype: 'RECEIVABLE_INVOICES' },
    ]
    const products = [{ name: 'Misc. Services', unitPrice: '40', incomeAccount: 'Sales' }]
    const [office, invoice] = await billed(
      { wave: { accounts, products } },
      { currency: 'EUR', exchangeRate: '1.0921' },
    )
    await pay(office, invoice, { amount: '50' })
    expect(only((await booksOf(office)).payments)).toMatchObject({ Amount: 50, CurrencyRate: 1.0921 })
  })
})

describe('an invoice with payments', () => {
  it('whose amounts change in Wave is a conflict that says what to do; its memo, terms and reference just follow', async () => {
    const [office, invoice] = await billed({ settings: { terms: { 14: '14 days' } } })
    await pay(office, invoice, { amount: '30' })
    await edit(office, invoice, { memo: 'thanks', poNumber: 'PO-9', number: '4711' })
    expect(await theSale(office)).toMatchObject({
      CustomerReference: '4711',
      Note: expect.stringContaining('PO PO-9'),
      Order: { Total: 88 },
    })
    expect(await recordOf(office, 'sale')).toMatchObject({ state: 'done', reason: 'updated' })

    await office.world.forgetCalls()
    const product = office.wave.business.products[0]?.bareId
    await edit(office, invoice, { items: [{ product, quantity: '3', unitPrice: '40', taxes: [] }] })
    const conflict = await recordOf(office, 'sale')
    expect(conflict).toMatchObject({ state: 'waiting', reason: 'conflict', code: 'cin7_sale_changed' })
    expect(conflict.text).toContain('has payments')
    expect(await writesTo(office, 'cin7')).toEqual([])
  })

  it('that is deleted in Wave loses its payments and is voided', async () => {
    const [office, invoice] = await billed({ settings: { deleted: 'void' } })
    await pay(office, invoice, { amount: '30' })
    await office.world.act('wave', 'delete-invoice', { id: invoice.bareId, force: true })
    await replay(office, await recordOf(office, 'sale'), { reread: true })
    await passTime(600_000)
    await arrive(office)
    expect(await amounts(office)).toEqual([])
    expect((await theSale(office)).Status).toBe('VOIDED')
    for (const flow of ['sale', 'payment'] as const)
      expect(await recordOf(office, flow)).toMatchObject({ state: 'done', reason: 'removed' })
  })
})
