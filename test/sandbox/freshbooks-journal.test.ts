import { describe, expect, it } from 'vitest'
import { dig, invoice, line, type Row, rows, shop } from './freshbooks/rig'

type Opened = Awaited<ReturnType<typeof shop>>

const DETAILS = 'journal_entries/journal_entry_details'

const details = ({ list }: Opened, query = '') => list(`${DETAILS}?per_page=100${query}`)

/** Name, account and the two sides, for reading. */
const shown = (list: Row[]) =>
  list
    .map((row) => [dig(row, 'sub_account.account_sub_name'), dig(row, 'debit.amount'), dig(row, 'credit.amount')])
    .toReversed()

const subs = async ({ list }: Opened): Promise<Record<string, number>> => {
  const parents = await list('journal_entry_accounts/journal_entry_accounts?per_page=100')
  const all = parents.flatMap((parent) => rows(parent.sub_accounts))
  return Object.fromEntries(all.map((sub) => [String(sub.account_sub_name), Number(sub.sub_accountid)]))
}

const post = async (opened: Opened, more: Row = {}) => {
  const { Rent, 'Petty Cash': cash } = await subs(opened)
  const journal_entry = {
    name: 'Accrual',
    description: 'March rent',
    currency_code: 'USD',
    user_entered_date: '2026-03-31',
    details: [
      { sub_accountid: Rent, debit: '200' },
      { sub_accountid: cash, credit: '200' },
    ],
    ...more,
  }
  return opened.books('POST', 'journal_entries/journal_entries', { journal_entry })
}

describe('journal details', () => {
  it('are made from a sent invoice, not from a draft, and follow its changes', async () => {
    const lines = [line('100', { taxName1: 'HST', taxAmount1: '13' })]
    const opened = await shop({ invoices: [invoice('0', { invoice_number: '9', status: 1, lines })] })
    expect(await details(opened)).toEqual([])
    await opened.act('send-invoice', { invoice: '9' })
    const list = await details(opened)
    expect(shown(list)).toEqual([
      ['Accounts Receivable', '113.00', undefined],
      ['Sales', undefined, '100.00'],
      ['Sales Tax Payable', undefined, '13.00'],
    ])
    expect(list.map((row) => row.detail_type)).toEqual(['tax', 'sales', 'sales'])
    const [row = {}] = await opened.list('invoices/invoices')
    expect(list[0]).toMatchObject({ name: 'Invoice 9', entry: { invoiceid: row.id, clientid: row.customerid } })
    await opened.act('edit-invoice', { id: row.id, changes: { lines: [line('50')] } })
    const changed = await details(opened)
    expect(shown(changed)).toEqual([
      ['Accounts Receivable', '50.00', undefined],
      ['Sales', undefined, '50.00'],
    ])
    expect(dig(changed[0], 'entry.entryid')).toBe(dig(list[0], 'entry.entryid'))
    await opened.act('delete-invoice', { id: row.id })
    expect(await details(opened)).toEqual([])
  })

  it('are made from payments and expenses, each naming its document', async () => {
    const paid = { amount: { amount: '10' }, date: '2026-03-05', type: 'Check' }
    const expense = { category: 'Rent', amount: { amount: '7' }, staffid: 1, date: '2026-03-06' }
    const opened = await shop({ invoices: [invoice('10', { payments: [paid] })], expenses: [expense] })
    const list = await details(opened)
    expect(shown(list.filter((row) => dig(row, 'entry.paymentid') !== null))).toEqual([
      ['Petty Cash', '10.00', undefined],
      ['Accounts Receivable', undefined, '10.00'],
    ])
    expect(shown(list.filter((row) => dig(row, 'entry.expenseid') !== null))).toEqual([
      ['Rent', '7.00', undefined],
      ['Petty Cash', undefined, '7.00'],
    ])
  })

  it('of bills name no document, and have a type that is switched', async () => {
    const opened = await shop({
      billVendors: [{ vendor_name: 'S', currency_code: 'USD', language: 'en' }],
    })
    await opened.switches({ 'journal.billDetailType': 'adjustment' })
    const lines = [{ category: 'Rent', quantity: '1', unit_cost: { amount: '5' } }]
    const head = { vendor: 'S', issue_date: '2026-03-02', due_offset_days: 0, currency_code: 'USD', language: 'en' }
    await opened.act('create-bill', { ...head, lines })
    const [row = {}] = await details(opened)
    expect(row).toMatchObject({ detail_type: 'adjustment', name: expect.stringMatching(/^Bill /) })
    const { accounting_systemid: _a, entryid: _e, id: _i, ...named } = Object(row.entry)
    expect(Object.values(named).every((value) => value === null)).toBe(true)
  })

  it('are found by sub account and by days, both included', async () => {
    const opened = await shop()
    await post(opened)
    await post(opened, { user_entered_date: '2026-04-01' })
    const { Rent } = await subs(opened)
    expect(await details(opened, `&search[sub_accountid]=${Rent}`)).toHaveLength(2)
    const days = '&search[start_date]=2026-03-31&search[end_date]=2026-04-01'
    expect(await details(opened, days)).toHaveLength(4)
    await opened.switches({ 'journal.endDateInclusive': false })
    expect(await details(opened, days)).toHaveLength(2)
    expect(await details(opened, '&start_date=2030-01-01')).toHaveLength(4)
  })

  it('have amounts with their currency, and a signed balance', async () => {
    const opened = await shop()
    await post(opened)
    const [credit = {}, debit = {}] = await details(opened)
    const usd = (amount: string) => ({ amount, code: 'USD' })
    expect(credit).toMatchObject({ credit: usd('200.00'), debit: null, balance: usd('200.00') })
    expect(debit).toMatchObject({ credit: null, debit: usd('200.00'), balance: usd('-200.00') })
  })
})

describe('a manual entry', () => {
  it('is an adjustment that names nothing; its answer has bare amounts', async () => {
    const opened = await shop()
    const { status, body } = await post(opened)
    expect(status).toBe(200)
    const entry = dig(body, 'response.result.journal_entry')
    expect(entry).toMatchObject({ name: 'Accrual', details: [{ debit: '200', credit: null }, { credit: '200' }] })
    const [row = {}] = await details(opened)
    expect(row).toMatchObject({ detail_type: 'adjustment', name: 'Accrual', description: 'March rent' })
    expect(dig(row, 'entry')).toMatchObject({ entryid: dig(entry, 'entryid'), invoiceid: null, expenseid: null })
  })

  it('crashes without a currency, and is refused when unbalanced, two-sided or on an unknown account', async () => {
    const opened = await shop()
    const { Rent, 'Petty Cash': cash } = await subs(opened)
    const crashed = await post(opened, { currency_code: undefined })
    expect(crashed.status).toBe(500)
    expect(JSON.stringify(crashed.body)).toContain('There was an error accessing your account data.')
    const refused = async (one: Row, two: Row) =>
      (
        await post(opened, {
          details: [
            { sub_accountid: Rent, ...one },
            { sub_accountid: cash, ...two },
          ],
        })
      ).status
    expect(await refused({ debit: '2' }, { credit: '1' })).toBe(422)
    expect(await refused({ debit: '2', credit: '2' }, {})).toBe(422)
    expect(await refused({ debit: '2' }, { credit: '2', sub_accountid: 1 })).toBe(422)
    expect(await refused({ debit: '2' }, { credit: '2' })).toBe(200)
    expect((await opened.books('GET', 'journal_entries/journal_entries')).status).toBe(405)
  })

  it('is changed and deleted in the screens, without a trace', async () => {
    const opened = await shop()
    const { body } = await post(opened)
    const id = dig(body, 'response.result.journal_entry.entryid')
    const half = [
      { account: 'Rent', debit: '100' },
      { account: 'Petty Cash', credit: '100' },
    ]
    await opened.act('edit-journal-entry', { id, changes: { details: half } })
    expect(shown(await details(opened))).toEqual([
      ['Rent', '100.00', undefined],
      ['Petty Cash', undefined, '100.00'],
    ])
    await opened.world.act('freshbooks', 'delete-journal-entry', { id })
    expect(await details(opened)).toEqual([])
  })

  it('is not for an account without the feature', async () => {
    const opened = await shop({ manualJournal: false })
    expect((await post(opened)).status).toBe(403)
  })
})

describe('the chart', () => {
  it('is one chart in two forms that join by their ids', async () => {
    const opened = await shop()
    const { businessUuid } = Object(rows(opened.made.businesses)[0])
    const path = `/accounting/businesses/${businessUuid}/ledger_accounts/accounts`
    const ledger = rows(dig((await opened.call('GET', path)).body, 'data'))
    const parents = await opened.list('journal_entry_accounts/journal_entry_accounts?per_page=100')
    const joined = ledger.flatMap(({ jea_id }) => (jea_id === null ? [] : [jea_id]))
    expect(joined.toSorted()).toEqual(parents.map(({ accountid }) => accountid).toSorted())
    const sub = ledger.find(({ name }) => name === 'Petty Cash') ?? {}
    expect(sub).toMatchObject({ number: '1000-1', jea_id: null, jesa_id: (await subs(opened))['Petty Cash'] })
    expect(ledger.find(({ uuid }) => uuid === sub.parent_account)).toMatchObject({ sub_accounts: [sub.uuid] })
    expect(sub.updated_at).toMatch(/\.\d{6}Z$/)
    expect((await opened.call('GET', `${path}/${sub.uuid}`)).body).toEqual({ data: sub })
  })

  it('grows by 201, and names what is missing in the shape of the ledger', async () => {
    const opened = await shop()
    const { businessUuid } = Object(rows(opened.made.businesses)[0])
    const path = `/accounting/businesses/${businessUuid}/ledger_accounts/accounts`
    const made = await opened.call('POST', path, {
      name: 'Savings',
      number: '1001',
      type: 'asset',
      sub_type: 'Cash & Bank',
    })
    expect(made).toMatchObject({ status: 201, body: { data: { name: 'Savings', jea_id: expect.any(Number) } } })
    expect(await opened.call('POST', path, {})).toMatchObject({
      status: 400,
      body: {
        errors: { status: 400, details: [{ metadata: { field: 'name' }, reason: 'name: This field is required.' }] },
      },
    })
    expect((await opened.call('GET', `${path}/none`)).body).toMatchObject({ errors: { status: 404 } })
    const types = await opened.call('GET', '/accounting/ledger_accounts/types')
    expect(dig(types.body, 'data')).toEqual(['asset', 'equity', 'expense', 'income', 'liability'])
  })

  it('is paged for journal accounts and knows no filter', async () => {
    const { books } = await shop()
    const path = 'journal_entry_accounts/journal_entry_accounts?per_page=2&search[account_type]=asset'
    expect(dig((await books('GET', path)).body, 'response.result')).toMatchObject({ pages: 4, total: 7 })
  })
})
