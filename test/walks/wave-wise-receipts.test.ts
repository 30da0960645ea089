import { beforeEach, describe, expect, it } from 'vitest'
import { settle } from '../support/settle'
import { restart } from '../support/tenant'
import { passTime } from '../support/time'
import { booksOf, news, openWiseBooks, recordsIn, tell, type WiseBooks } from '../support/wave-wise'
import { bill, receive } from '../support/wave-wise-receipts'

let books: WiseBooks
beforeEach(async () => {
  books = await openWiseBooks()
})

const receipt = async () => (await recordsIn(books, 'receipt-to-payment'))[0]
const movement = async () => (await recordsIn(books, 'balance-to-transaction'))[0]
const CONFLICT = { state: 'waiting', reason: 'conflict', code: 'receipt_undecided' }

const link = async (targetId: string) => {
  const path = `/v1/tenants/${books.tenant}/integrations/${books.integration}/matches/accept`
  const { flow, sourceId } = (await receipt()) ?? { flow: '', sourceId: '' }
  const answer = await books.admin.call('POST', path, { links: [{ flow, sourceId, variant: 'payment', targetId }] })
  await settle(books.tenant)
  return answer
}

const ignore = async () => {
  const { id = '' } = (await receipt()) ?? {}
  await books.admin.call('POST', `/v1/tenants/${books.tenant}/records/${id}/ignore`, { reason: 'a loan, no sale' })
  await settle(books.tenant)
}

describe('money that somebody paid for an open invoice', () => {
  it('is entered as its payment where the payer names it, and nowhere else', async () => {
    const invoice = await bill(books, 'INV-1042', '80')
    await bill(books, 'INV-1043', '80')
    const told = await receive(books, '80', 'for inv 1042, thanks')
    await tell(books, told)
    const { balances, payments, transactions } = await booksOf(books)
    expect(payments).toMatchObject([{ invoice: invoice.id, amount: '80', memo: expect.stringContaining('BNK-') }])
    expect([balances['Wise USD'], transactions]).toEqual(['80', []])
    expect(await receipt()).toMatchObject({ state: 'done', reason: 'created' })
    expect(await movement()).toMatchObject({ state: 'skipped', reason: 'carried by wave-wise/receipt-to-payment' })
  })

  it('costs a statement at Wise, and in Wave a search, a look at the invoice and the payment', async () => {
    await bill(books, 'INV-1042', '80')
    await news(books)
    await books.world.act('wise', 'top-up', { currency: 'USD', amount: '80', paymentReference: 'INV-1042' })
    const told = await news(books)
    await books.world.forgetCalls()
    await tell(books, told)
    const calls = await books.world.calls()
    expect(calls.filter(({ vendor }) => vendor === 'wise')).toHaveLength(1)
    expect(calls.filter(({ vendor }) => vendor === 'wave')).toHaveLength(3)
  })

  it.each([
    ['names none', undefined],
    ['names another', 'INV-7777'],
    ['names only a part of its number', '104'],
  ])('waits for a person where the payer %s, and nothing is booked meanwhile', async (_, words) => {
    await bill(books, 'INV-1042', '80')
    await receive(books, '80', words)
    expect(await receipt()).toMatchObject({ ...CONFLICT, text: expect.stringContaining('INV-1042') })
    expect(await movement()).toMatchObject({ state: 'waiting', reason: 'dependency', code: 'waits_for_other_flow' })
    const { payments, transactions } = await booksOf(books)
    expect([payments, transactions]).toEqual([[], []])
  })

  it('waits for a person where the amount is another, or where two invoices could be meant', async () => {
    await bill(books, 'INV-1042', '80')
    await receive(books, '50', 'INV-1042')
    expect(await receipt()).toMatchObject(CONFLICT)
    books = await openWiseBooks()
    await bill(books, 'INV-1042', '80')
    await bill(books, 'INV-1043', '80')
    await receive(books, '80', 'INV-1042 and INV-1043')
    expect(await receipt()).toMatchObject({ ...CONFLICT, text: expect.stringContaining('INV-1043') })
  })

  it('waits for a person where strong authentication keeps the payer’s words from us', async () => {
    books = await openWiseBooks(() => ({}), { country: 'GB' })
    await bill(books, 'INV-1042', '80')
    await receive(books, '80', 'INV-1042')
    expect(await receipt()).toMatchObject({ ...CONFLICT, text: expect.stringContaining('no words of the payer') })
  })

  it('waits for a statement that lags behind', async () => {
    await books.world.switches({ 'wise.statements.lagMs': 5 * 60_000 })
    const invoice = await bill(books, 'INV-1042', '80')
    await receive(books, '80', 'INV-1042')
    expect((await booksOf(books)).payments).toMatchObject([{ invoice: invoice.id }])
  })

  it('is booked as any other movement where no open invoice could be meant', async () => {
    await bill(books, 'INV-1042', '80')
    await receive(books, '12.50', 'a gift')
    expect(await receipt()).toMatchObject({ state: 'skipped' })
    expect((await booksOf(books)).balances).toEqual({ 'Wise USD': '12.5', Clearing: '12.5' })
  })

  it('whose answer was lost is found by its memo, and not entered twice', async () => {
    await bill(books, 'INV-1042', '80')
    await books.world.fault({ vendor: 'wave', body: 'invoicePaymentCreateManual', kind: 'drop-after' })
    const told = await receive(books, '80', 'INV-1042')
    await tell(books, told)
    const { payments, transactions } = await booksOf(books)
    expect([payments.length, transactions]).toEqual([1, []])
    expect(await receipt()).toMatchObject({ state: 'done', reason: 'adopted' })
  })

  it('that never arrived, or is not shown, is never sent again by itself: a person says what became of it', async () => {
    const invoice = await bill(books, 'INV-1042', '80')
    await books.world.fault({ vendor: 'wave', body: 'invoicePaymentCreateManual', kind: 'drop-before' })
    const told = await receive(books, '80', 'INV-1042')
    await passTime(25 * 3_600_000)
    await restart(books.tenant)
    await tell(books, told)
    const review = { state: 'uncertain', remedy: expect.stringContaining('never sent again by itself') }
    expect(await receipt()).toMatchObject(review)
    expect(await movement()).toMatchObject({ state: 'waiting', reason: 'dependency' })
    const { payments, transactions } = await booksOf(books)
    expect([payments, transactions]).toEqual([[], []])
    const path = `/v1/tenants/${books.tenant}/records/${(await receipt())?.id}`
    await books.admin.call('POST', `${path}/resend`)
    await settle(books.tenant)
    expect((await booksOf(books)).payments).toMatchObject([{ invoice: invoice.id, amount: '80' }])
    expect(await receipt()).toMatchObject({ state: 'done' })
  })

  it('that a person has found in Wave is linked, and not entered again', async () => {
    const invoice = await bill(books, 'INV-1042', '80')
    await books.world.fault({ vendor: 'wave', body: 'invoicePaymentCreateManual', kind: 'drop-before' })
    await receive(books, '80', 'INV-1042')
    const made = await books.world.act<{ graphId: string }>('wave', 'pay-invoice', { id: invoice.id, amount: '80' })
    const path = `/v1/tenants/${books.tenant}/records/${(await receipt())?.id}`
    await books.admin.call('POST', `${path}/adopt`, { targetId: made.graphId })
    await settle(books.tenant)
    expect((await booksOf(books)).payments).toHaveLength(1)
    expect(await receipt()).toMatchObject({ state: 'done', reason: 'adopted' })
  })

  it('fails with what to do where the consent does not cover payments, and the connection goes on', async () => {
    const read = ['user', 'business', 'account', 'customer', 'product', 'sales_tax', 'invoice'].map(
      (one) => `${one}:read`,
    )
    const scopes = [...read, 'transaction:write']
    books = await openWiseBooks(() => ({}), { scopes })
    await bill(books, 'INV-1042', '80')
    await receive(books, '80', 'INV-1042')
    expect(await receipt()).toMatchObject({
      state: 'failed',
      code: 'wave_scope_missing',
      remedy: expect.stringContaining('invoice:write'),
    })
    expect(await movement()).toMatchObject({ state: 'waiting', reason: 'dependency' })
    await receive(books, '12.50', 'a gift')
    expect((await booksOf(books)).balances).toEqual({ 'Wise USD': '12.5', Clearing: '12.5' })
  })
})

describe('a person who decides about a receipt', () => {
  it('says which invoice it pays, in part as well', async () => {
    const invoice = await bill(books, 'INV-1042', '80')
    await receive(books, '50', 'INV-1042')
    expect(await link(invoice.graphId)).toMatchObject({ linked: 1 })
    expect((await booksOf(books)).payments).toMatchObject([{ invoice: invoice.id, amount: '50' }])
    expect(await receipt()).toMatchObject({ state: 'done' })
    expect(await movement()).toMatchObject({ state: 'skipped' })
  })

  it('says that somebody has entered the payment: it stays as it is, and nothing is booked', async () => {
    const invoice = await bill(books, 'INV-1042', '80')
    await receive(books, '80')
    const made = await books.world.act<{ graphId: string }>('wave', 'pay-invoice', { id: invoice.id, amount: '80' })
    await link(made.graphId)
    const { payments, transactions } = await booksOf(books)
    expect([payments.length, transactions]).toEqual([1, []])
    expect(await receipt()).toMatchObject({ state: 'done' })
    expect(await movement()).toMatchObject({ state: 'skipped' })
  })

  it('may choose again where the invoice is not open any more', async () => {
    const paid = await bill(books, 'INV-1042', '80')
    const open = await bill(books, 'INV-1043', '80')
    await receive(books, '80')
    await books.world.act('wave', 'pay-invoice', { id: paid.id, amount: '80' })
    await link(paid.graphId)
    expect(await receipt()).toMatchObject({ state: 'waiting', code: 'wave_invoice_not_open' })
    await link(open.graphId)
    expect((await booksOf(books)).payments.map(({ invoice }) => invoice)).toEqual([paid.id, open.id])
  })

  it('says that it is for none: it is booked as any other movement, and cannot become a payment after that', async () => {
    const invoice = await bill(books, 'INV-1042', '80')
    const told = await receive(books, '80')
    await ignore()
    expect((await booksOf(books)).balances).toEqual({ 'Wise USD': '80', Clearing: '80' })
    await tell(books, told)
    await link(invoice.graphId)
    expect(await receipt()).toMatchObject({ state: 'skipped', reason: 'carried by wave-wise/balance-to-transaction' })
    expect((await booksOf(books)).payments).toEqual([])
  })
})
