import { describe, expect, it } from 'vitest'
import { dig, invoice, line, type Row, shop } from './freshbooks/rig'

type Opened = Awaited<ReturnType<typeof shop>>

const usd = (amount: string) => ({ amount, code: 'USD' })

const one = async ({ list }: Opened) => (await list('invoices/invoices?include[]=lines'))[0] ?? {}

const pay = async (opened: Opened, amount: string, more: Row = {}) => {
  const { id } = await one(opened)
  const body = { invoiceid: id, amount: usd(amount), date: '2026-03-05', type: 'Check', ...more }
  return opened.books('POST', 'payments/payments', { payment: body })
}

const made = async (opened: Opened, fields: Row) => {
  const [client = {}] = await opened.list('users/clients')
  return opened.books('POST', 'invoices/invoices?include[]=lines', { invoice: { customerid: client.id, ...fields } })
}

describe('the total of an invoice', () => {
  const lines = [
    line('5.00', { qty: '4', taxName1: 'HST1', taxAmount1: '13' }),
    line('4.00', { name: 'Mugs', qty: '6' }),
  ]

  it('takes the discount first, then the taxes', async () => {
    const opened = await shop({ invoices: [invoice('0', { discount_value: '10', lines })] })
    expect(await one(opened)).toMatchObject({
      amount: usd('41.94'),
      discount_total: usd('-4.40'),
      lines: [
        { amount: usd('20.00'), lineid: 1 },
        { amount: usd('24.00'), lineid: 2 },
      ],
    })
  })

  it('puts a compound tax on top of the first', async () => {
    const taxed = { taxName1: 'GST', taxAmount1: '10', taxName2: 'PST', taxAmount2: '10' }
    const both = [line('100', { ...taxed, compounded_tax: true }), line('100', taxed)]
    const opened = await shop({ invoices: [invoice('0', { lines: both })] })
    expect(await one(opened)).toMatchObject({ amount: usd('241.00') })
  })

  it('is rounded once, or line by line when switched', async () => {
    const thirds = Array.from({ length: 3 }, () => line('0.35', { taxName1: 'VAT', taxAmount1: '10' }))
    const opened = await shop({ invoices: [invoice('0', { lines: thirds })] })
    expect(await one(opened)).toMatchObject({ amount: usd('1.16') })
    await opened.switches({ 'tax.rounding': 'line' })
    expect(await one(opened)).toMatchObject({ amount: usd('1.17') })
  })
})

describe('making an invoice', () => {
  it('gives a draft with a number, the client’s address and a computed due date, and touches the client', async () => {
    const opened = await shop({
      clients: [{ organization: 'Acme', p_city: 'Toronto', p_code: 'M5T 2B3', at: '2026-01-01T12:00:00Z' }],
    })
    const answer = await made(opened, { create_date: '2026-02-27', due_offset_days: 3, lines: [line('10')] })
    expect(dig(answer.body, 'response.result.invoice')).toMatchObject({
      status: 1,
      v3_status: 'draft',
      payment_status: 'unpaid',
      invoice_number: '0000001',
      due_date: '2026-03-02',
      city: 'Toronto',
      code: 'M5T 2B3',
      outstanding: usd('10.00'),
    })
    const [client = {}] = await opened.list('users/clients')
    expect(client.updated).not.toBe('2026-01-01 07:00:00')
  })

  it('is refused without a client, with an unknown or a deleted one', async () => {
    const opened = await shop()
    const post = (fields: Row) => opened.books('POST', 'invoices/invoices', { invoice: fields })
    expect(await post({})).toMatchObject({ status: 422, body: { details: [{ reason: '1001' }] } })
    expect(await post({ customerid: 1 })).toMatchObject({ status: 422, body: { details: [{ reason: '1004' }] } })
    const [client = {}] = await opened.list('users/clients')
    await opened.act('delete-client', { id: client.id })
    expect(await post({ customerid: client.id })).toMatchObject({
      status: 422,
      body: { details: [{ reason: '1011' }] },
    })
  })

  it('names each wrong field', async () => {
    const lines = [{ name: 'x', qty: 'two', unit_cost: { code: 'USD' } }]
    const { body } = await made(await shop(), { create_date: '2026-02-30', lines })
    expect(dig(body, 'details')).toMatchObject([
      { reason: '1004', metadata: { field: 'create_date', value: '2026-02-30' } },
      { reason: '1015', metadata: { field: 'qty' } },
      { reason: '1001', metadata: { field: 'amount' } },
    ])
  })

  it('is refused in two currencies, under a taken number, and with a due date', async () => {
    const opened = await shop({ invoices: [invoice('1', { invoice_number: '7' })] })
    const euros = { ...line('1'), unit_cost: { amount: '1', code: 'EUR' } }
    expect((await made(opened, { lines: [euros] })).status).toBe(422)
    expect((await made(opened, { invoice_number: '7' })).status).toBe(422)
    const dated = await made(opened, { due_date: '2026-04-01' })
    expect(dated).toMatchObject({ status: 403, body: { details: [{ reason: '1038' }] } })
  })

  it('takes the states 0 to 3 as numbers alone', async () => {
    const opened = await shop()
    const reason = async (status: unknown) => dig((await made(opened, { status })).body, 'details.0.reason')
    expect(await reason('2')).toBe('1015')
    expect(await reason(4)).toBe('1004')
    expect(await reason(2)).toBeUndefined()
  })

  it('can meet a conflict when it does not bring its number', async () => {
    const opened = await shop()
    await opened.switches({ 'invoice.conflict': true })
    expect((await made(opened, {})).status).toBe(409)
    expect((await made(opened, { invoice_number: '9' })).status).toBe(200)
  })
})

describe('the way of an invoice', () => {
  it('goes from draft over sent and viewed to partial, which says 2, and paid', async () => {
    const opened = await shop({ invoices: [invoice('10', { status: 1 })] })
    const { id } = await one(opened)
    await opened.books('PUT', `invoices/invoices/${id}`, { invoice: { action_mark_as_sent: true } })
    expect(await one(opened)).toMatchObject({ status: 2, display_status: 'sent', date_paid: null })
    expect((await one(opened)).fulfillment_date).toMatch(/^\d{4}-\d\d-\d\d$/)
    await opened.act('view-invoice', { invoice: id })
    expect(await one(opened)).toMatchObject({ status: 3, display_status: 'viewed' })
    await pay(opened, '4')
    const partial = { status: 2, v3_status: 'partial', payment_status: 'partial', paid: usd('4.00') }
    expect(await one(opened)).toMatchObject({ ...partial, outstanding: usd('6.00') })
    await pay(opened, '6', { date: '2026-03-09' })
    const paid = { status: 4, v3_status: 'paid', payment_status: 'paid', date_paid: '2026-03-09' }
    expect(await one(opened)).toMatchObject({ ...paid, outstanding: usd('0.00') })
  })

  it('is overdue in v3_status only, from the day after the due date', async () => {
    const opened = await shop({ timezone: 'Pacific/Auckland' })
    const now = Date.now()
    const day = (at: number) => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Pacific/Auckland' }).format(at)
    const due = (create_date: string, name: string) =>
      made(opened, { create_date, invoice_number: name, status: 2, lines: [line('1')] })
    await due(day(now - 86_400_000), 'yesterday')
    await due(day(now), 'today')
    const states = (await opened.list('invoices/invoices')).map((row) => [
      row.invoice_number,
      row.v3_status,
      row.status,
    ])
    expect(states).toEqual([
      ['today', 'sent', 2],
      ['yesterday', 'overdue', 2],
    ])
  })

  it('shows failed and automatic payments, and disputes', async () => {
    const opened = await shop({ invoices: [invoice('10')] })
    const { id } = await one(opened)
    await opened.act('autobill-invoice', { invoice: id, outcome: 'failed' })
    expect(await one(opened)).toMatchObject({ status: 7, v3_status: 'failed', autobill_status: 'failed' })
    await opened.act('autobill-invoice', { invoice: id, outcome: 'success' })
    await opened.act('pay-invoice', { invoice: id, amount: '10' })
    expect(await one(opened)).toMatchObject({ status: 5, v3_status: 'autopaid', payment_status: 'auto-paid' })
    await opened.act('dispute-invoice', { invoice: id })
    expect(await one(opened)).toMatchObject({ status: 0, v3_status: 'disputed' })
  })
})

describe('a payment', () => {
  it('has no status, and moves updated of its invoice when it comes and when it goes', async () => {
    const opened = await shop({ invoices: [invoice('10', { at: '2026-03-02T15:00:00Z' })] })
    const before = await one(opened)
    const { body } = await pay(opened, '10', { note: 'thanks' })
    const payment = dig(body, 'response.result.payment')
    expect(payment).toMatchObject({ clientid: before.customerid, note: 'thanks', overpaymentid: null, vis_state: 0 })
    expect(payment).not.toHaveProperty('status')
    const paid = await one(opened)
    expect(paid.version).not.toBe(before.version)
    await opened.books('PUT', `payments/payments/${dig(payment, 'id')}`, { payment: { vis_state: 1 } })
    const after = await one(opened)
    expect(after).toMatchObject({ status: 2, v3_status: 'overdue', paid: usd('0.00'), date_paid: null })
    expect(after.version).not.toBe(paid.version)
  })

  it('that is changed changes what is owed', async () => {
    const opened = await shop({ invoices: [invoice('10')] })
    const { body } = await pay(opened, '10')
    const put = (amount: string) =>
      opened.books('PUT', `payments/payments/${dig(body, 'response.result.payment.id')}`, {
        payment: { amount: usd(amount) },
      })
    expect((await put('3')).status).toBe(200)
    expect(await one(opened)).toMatchObject({ outstanding: usd('7.00'), payment_status: 'partial' })
    expect((await put('11')).status).toBe(422)
  })

  it('that is too much is cut, and the rest becomes a credit that pays another invoice once', async () => {
    const opened = await shop({ invoices: [invoice('10', { invoice_number: 'a' })] })
    const { body } = await pay(opened, '15')
    expect(dig(body, 'response.result.payment')).toMatchObject({
      amount: usd('10.00'),
      overpaymentid: expect.any(Number),
    })
    await made(opened, { invoice_number: 'b', status: 2, lines: [line('5')] })
    const credit = await pay(opened, '5', { from_credit: true, type: 'Credit' })
    const creditid = dig(body, 'response.result.payment.overpaymentid')
    expect(dig(credit.body, 'response.result.payment')).toMatchObject({ from_credit: true, creditid })
    await made(opened, { invoice_number: 'c', status: 2, lines: [line('5')] })
    expect((await pay(opened, '5', { from_credit: true })).status).toBe(422)
    await opened.act('delete-payment', { id: dig(credit.body, 'response.result.payment.id') })
    expect((await pay(opened, '5', { from_credit: true })).status).toBe(200)
  })

  it('is refused in another currency, of an unknown type, for nothing, on paid or deleted invoices', async () => {
    const opened = await shop({ invoices: [invoice('10')] })
    expect((await pay(opened, '1', { amount: { amount: '1', code: 'EUR' } })).status).toBe(422)
    expect((await pay(opened, '1', { type: 'Shells' })).status).toBe(422)
    expect((await pay(opened, '0')).status).toBe(422)
    expect((await pay(opened, '10', { type: 'mastercard' })).status).toBe(200)
    expect((await pay(opened, '1')).status).toBe(422)
    const { id } = await one(opened)
    await opened.act('delete-invoice', { id })
    const body = { invoiceid: id, amount: usd('1'), date: '2026-03-05', type: 'Check' }
    const refused = await opened.books('POST', 'payments/payments', { payment: body })
    expect(refused).toMatchObject({ status: 422, body: { details: [{ reason: '1011' }] } })
  })

  it('outlives its invoice', async () => {
    const opened = await shop({ invoices: [invoice('10')] })
    await pay(opened, '10')
    await opened.act('delete-invoice', { id: (await one(opened)).id })
    expect(await opened.list('payments/payments')).toHaveLength(1)
  })
})

describe('other records of sales', () => {
  it('a client without a name is called by its e-mail', async () => {
    const { books } = await shop()
    const { body } = await books('POST', 'users/clients', { client: { email: 'a@b.test' } })
    expect(dig(body, 'response.result.client')).toMatchObject({ organization: 'a@b.test', role: 'client' })
    expect((await books('POST', 'users/clients', { client: {} })).status).toBe(422)
  })

  it('items have a SKU and taxes by id; taxes go for good', async () => {
    const opened = await shop({ taxes: [{ name: 'HST', amount: '13', number: 'RT 1' }] })
    const [tax = {}] = await opened.list('taxes/taxes')
    expect(tax).toMatchObject({ taxid: tax.id, amount: '13', compound: false })
    expect(tax).not.toHaveProperty('vis_state')
    const item = { name: 'Bowl', sku: 'B-1', unit_cost: usd('5'), tax1: tax.id }
    const answer = await opened.books('POST', 'items/items', { item })
    const expected = { sku: 'B-1', tax1: tax.id, tax2: 0, qty: '0', inventory: null }
    expect(dig(answer.body, 'response.result.item')).toMatchObject(expected)
    expect(await opened.books('DELETE', `taxes/taxes/${tax.id}`)).toMatchObject({ status: 200, body: { response: {} } })
    expect((await opened.books('GET', `taxes/taxes/${tax.id}`)).status).toBe(404)
  })

  it('have ids with gaps that no other kind has', async () => {
    const opened = await shop({ clients: [{ organization: 'A' }, { organization: 'B' }, { organization: 'C' }] })
    const [c, b, a] = (await opened.list('users/clients')).map(({ id }) => Number(id))
    expect(Number(b) - Number(a)).toBeGreaterThan(1)
    expect(Number(c) - Number(b)).toBeGreaterThan(1)
    expect((await opened.books('GET', `invoices/invoices/${a}`)).status).toBe(404)
  })
})
