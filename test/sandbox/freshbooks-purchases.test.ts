import { describe, expect, it } from 'vitest'
import { dig, type Row, shop } from './freshbooks/rig'

type Opened = Awaited<ReturnType<typeof shop>>

const usd = (amount: string) => ({ amount, code: 'USD' })

const bill = (more: Row = {}): Row => ({
  vendor: 'Staples',
  issue_date: '2026-03-02',
  due_offset_days: 30,
  currency_code: 'USD',
  language: 'en',
  lines: [{ category: 'Rent', description: 'Desk', quantity: '2', unit_cost: usd('50') }],
  ...more,
})

const VENDOR = { vendor_name: 'Staples', currency_code: 'USD', language: 'en' }

const store = (more: Row = {}) => shop({ billVendors: [VENDOR], bills: [bill()], ...more })

const first = async ({ list }: Opened, path = 'bills/bills') => (await list(path))[0] ?? {}

const payBill = async (opened: Opened, amount: string, more: Row = {}) => {
  const { id } = await first(opened)
  const body = { billid: id, amount: usd(amount), paid_date: '2026-03-05', payment_type: 'Check', ...more }
  return opened.books('POST', 'bill_payments/bill_payments', { bill_payment: body })
}

describe('a bill', () => {
  it('counts its lines before tax, its taxes, and both', async () => {
    const taxed = { category: 'Rent', quantity: '2', unit_cost: usd('50'), tax_name1: 'HST', tax_percent1: '13' }
    const opened = await store({ bills: [bill({ lines: [taxed, { ...taxed, tax_name1: null, tax_percent1: null }] })] })
    expect(await first(opened)).toMatchObject({
      amount: usd('200.00'),
      tax_amount: usd('13.00'),
      total_amount: usd('213.00'),
      outstanding: usd('213.00'),
      due_date: '2026-04-01',
      lines: [{ list_index: 1, tax_amount1: usd('13.00'), total_amount: usd('113.00') }, { tax_amount1: null }],
    })
  })

  it('has the category as an object and the quantity as text, unlike the SDK’s sample', async () => {
    const opened = await store()
    const [wire] = [dig(await first(opened), 'lines.0')]
    expect(wire).toMatchObject({ category: { category: 'Rent' }, quantity: '2' })
    expect(wire).not.toHaveProperty('categoryid')
    await opened.switches({ 'bills.lines': 'sdk' })
    const sdk = { category: 'Rent', categoryid: expect.any(Number), quantity: 2 }
    expect(await first(opened)).toMatchObject({ lines: [sdk] })
  })

  it('is refused without its vendor, a known category or a language, and with an amount', async () => {
    const opened = await store()
    const { vendorid } = await first(opened)
    const [category = {}] = await opened.list('expenses/categories')
    const lines = [{ categoryid: category.id, quantity: '1', unit_cost: usd('1') }]
    const { vendor: _vendor, ...head } = bill({ vendorid, lines })
    const post = async (fields: Row) => {
      const answer = await opened.books('POST', 'bills/bills', { bill: { ...head, ...fields } })
      return [answer.status, dig(answer.body, 'details.0.reason')]
    }
    expect(await post({})).toEqual([200, undefined])
    expect(await post({ vendorid: 1 })).toEqual([422, '1004'])
    expect(await post({ lines: [{ ...lines[0], categoryid: 1 }] })).toEqual([422, '1004'])
    expect(await post({ language: undefined })).toEqual([422, '1001'])
    expect(await post({ amount: usd('1') })).toEqual([403, '1038'])
  })

  it('goes from unpaid or overdue over partial to paid, with its payments inside', async () => {
    const opened = await store({ bills: [bill({ issue_date: '2020-01-01' }), bill({ due_offset_days: 40_000 })] })
    const [open = {}, late = {}] = await opened.list('bills/bills')
    expect([open.status, late.status]).toEqual(['unpaid', 'overdue'])
    const { body } = await payBill(opened, '40')
    const payment = dig(body, 'response.result.bill_payment')
    expect(await first(opened)).toMatchObject({ status: 'partial', paid: usd('40.00'), bill_payments: [payment] })
    await payBill(opened, '60')
    expect(await first(opened)).toMatchObject({ status: 'paid', outstanding: usd('0.00') })
    const hidden = { bill_payment: { vis_state: 1 } }
    await opened.books('PUT', `bill_payments/bill_payments/${dig(payment, 'id')}`, hidden)
    expect(await first(opened)).toMatchObject({ status: 'partial', paid: usd('60.00') })
  })

  it('moves updated_at with a payment unless switched', async () => {
    const opened = await store({ bills: [bill({ at: '2026-03-02T15:00:00Z' })] })
    await opened.switches({ 'bills.paymentTouchesBill': false })
    await payBill(opened, '1')
    expect(await first(opened)).toMatchObject({ updated_at: '2026-03-02 15:00:00' })
    await opened.switches({ 'bills.paymentTouchesBill': true })
    await payBill(opened, '1')
    expect((await first(opened)).updated_at).not.toBe('2026-03-02 15:00:00')
  })

  it('is found by vendor, statuses, ids and currency, not by when it was updated', async () => {
    const opened = await store({ bills: [bill(), bill({ issue_date: '2020-01-01' })] })
    const { id, vendorid } = await first(opened)
    const found = async (query: string) => (await opened.list(`bills/bills?${query}`)).length
    expect(await found(`search[vendorid]=${vendorid}`)).toBe(2)
    expect(await found(`search[ids][]=${id}`)).toBe(1)
    expect(await found('search[statuses][]=paid')).toBe(0)
    expect(await found('search[currency_code]=CAD')).toBe(0)
    expect(await found('search[updated_min]=2999-01-01&search[status]=paid&search[vendor_id]=1')).toBe(2)
    expect(await found('search[issue_date_min]=2026-01-01')).toBe(2)
    await opened.switches({ 'bills.issueDateFilter': true })
    expect(await found('search[issue_date_min]=2026-01-01')).toBe(1)
  })

  it('brings its vendor with what is owed, when included', async () => {
    const opened = await store()
    const [row = {}] = await opened.list('bills/bills?include[]=vendor')
    const vendor = { vendor_name: 'Staples', outstanding_balance: [{ amount: usd('100.00') }] }
    expect(row).toMatchObject({ vendor })
    expect(dig(row, 'vendor.id')).toBeUndefined()
  })
})

describe('a bill payment', () => {
  it('has no time stamps and no working filter', async () => {
    const opened = await store()
    const { body } = await payBill(opened, '10')
    const payment = dig(body, 'response.result.bill_payment')
    expect(payment).toEqual({
      amount: usd('10.00'),
      billid: (await first(opened)).id,
      id: expect.any(Number),
      matched_with_expense: false,
      note: null,
      paid_date: '2026-03-05',
      payment_type: 'Check',
      vis_state: 0,
    })
    const path = 'bill_payments/bill_payments'
    expect(await opened.list(`${path}?search[billid]=1`)).toHaveLength(1)
    await opened.books('PUT', `${path}/${dig(payment, 'id')}`, { bill_payment: { vis_state: 1 } })
    expect(await opened.list(`${path}?search[vis_state]=1`)).toEqual([])
  })

  it('is refused beyond what is owed and in another currency', async () => {
    const opened = await store()
    expect((await payBill(opened, '100.01')).status).toBe(422)
    expect((await payBill(opened, '1', { amount: { amount: '1', code: 'CAD' } })).status).toBe(422)
    expect((await payBill(opened, '100')).status).toBe(200)
  })
})

describe('an account without accounts payable', () => {
  it('refuses bills, their payments and vendors, and says so in users/me', async () => {
    const opened = await store()
    await opened.act('set-accounts-payable', { on: false })
    for (const path of ['bills/bills', 'bill_payments/bill_payments', 'bill_vendors/bill_vendors'])
      expect(await opened.books('GET', path)).toMatchObject({ status: 403, body: { details: [{ reason: '1003' }] } })
    expect((await opened.books('GET', 'expenses/expenses')).status).toBe(200)
    const { body } = await opened.call('GET', '/auth/api/v1/users/me')
    expect(dig(body, 'response.permissions.aBc1De')).toMatchObject({ 'accounts_payable.access': false })
  })
})

describe('an expense', () => {
  const expense = { category: 'Rent', amount: usd('113'), staffid: 1, date: '2026-03-02', vendor: 'Landlord' }

  it('has its tax inside, and zeros where there is nothing', async () => {
    const tax = { taxName1: 'HST', taxPercent1: '13', taxAmount1: usd('13') }
    const opened = await shop({ expenses: [{ ...expense, ...tax }] })
    const row = await first(opened, 'expenses/expenses')
    expect(row).toMatchObject({ amount: usd('113.00'), taxAmount1: usd('13.00'), taxAmount2: null, status: 0 })
    expect(row).toMatchObject({ clientid: 0, projectid: 0, invoiceid: null, transactionid: null, bill_matches: [] })
    expect(row.version).toMatch(/\.\d{6}$/)
  })

  it('is found by category, vendor, receipt, day and amount', async () => {
    const opened = await shop({
      expenses: [expense, { ...expense, vendor: 'Other', amount: usd('5'), has_receipt: true }],
    })
    const { categoryid } = await first(opened, 'expenses/expenses')
    const found = async (query: string) => (await opened.list(`expenses/expenses?${query}`)).length
    expect(await found(`search[categoryid]=${categoryid}`)).toBe(2)
    expect(await found('search[vendor]=Other')).toBe(1)
    expect(await found('search[has_receipt]=true')).toBe(1)
    expect(await found('search[date_max]=2026-03-02')).toBe(0)
    expect(await found('search[amount_min]=5&search[amount_max]=113')).toBe(1)
    expect(await found('search[status]=4')).toBe(2)
  })

  it('needs amount, category, staff and date', async () => {
    const { books } = await shop()
    const { status, body } = await books('POST', 'expenses/expenses', { expense: {} })
    expect(status).toBe(422)
    const fields = [0, 1, 2, 3].map((n) => dig(body, `details.${n}.metadata.field`))
    expect(fields).toEqual(['amount', 'categoryid', 'staffid', 'date'])
  })

  it('has categories that are only read', async () => {
    const { books, list, act } = await shop()
    await act('create-category', { category: 'Airfare' })
    expect((await list('expenses/categories')).map((row) => row.category)).toContain('Airfare')
    expect((await books('POST', 'expenses/categories', { category: { category: 'x' } })).status).toBe(405)
  })
})
