import { describe, expect, it } from 'vitest'
import { dig, invoice, line, type Row, shop } from './freshbooks/rig'

const ids = (list: Row[]): number[] => list.map(({ id }) => Number(id))

const many = (count: number): Row[] => Array.from({ length: count }, (_, n) => ({ organization: `Client ${n}` }))

describe('pages', () => {
  it('hold 15 rows unless asked, never more than 100, newest first', async () => {
    const { books, list } = await shop({ clients: many(103) })
    expect(await books('GET', 'users/clients')).toMatchObject({
      body: { response: { result: { page: 1, pages: 7, per_page: 15, total: 103 } } },
    })
    const all = await list('users/clients?per_page=500')
    expect(all).toHaveLength(100)
    expect(ids(all)).toEqual(ids(all).toSorted((a, b) => b - a))
    expect(await list('users/clients?per_page=100&page=2')).toHaveLength(3)
  })

  it('are empty past the end, and page 0 is the first', async () => {
    const { books } = await shop({ clients: many(3) })
    const page = async (query: string) => dig((await books('GET', `users/clients?${query}`)).body, 'response.result')
    expect(await page('page=9')).toMatchObject({ clients: [], page: 9, pages: 1, total: 3 })
    expect(await page('page=0')).toMatchObject({ page: 1, total: 3 })
  })

  it('of nothing at all are none', async () => {
    const { books } = await shop()
    const { body } = await books('GET', 'invoices/invoices')
    expect(body).toEqual({ response: { result: { invoices: [], page: 1, pages: 0, per_page: 15, total: 0 } } })
  })

  it('are refused with 1014 and 1013 when their numbers are none', async () => {
    const { books, switches } = await shop()
    await switches({ 'errors.style': 'old' })
    const errno = async (query: string) =>
      dig((await books('GET', `users/clients?${query}`)).body, 'response.errors.0.errno')
    expect(await errno('page=-1')).toBe(1014)
    expect(await errno('page=two')).toBe(1014)
    expect(await errno('per_page=0')).toBe(1013)
    expect(await errno('per_page=all')).toBe(1013)
  })

  it('have their keys in alphabetical order', async () => {
    const { list } = await shop()
    const [first = {}] = await list('users/clients')
    expect(Object.keys(first)).toEqual(Object.keys(first).toSorted())
  })
})

describe('searching', () => {
  const three = [
    invoice('10', { invoice_number: 'A', create_date: '2026-03-01', at: '2026-03-01T15:00:00Z' }),
    invoice('20', { invoice_number: 'B', create_date: '2026-03-02', at: '2026-03-02T15:00:00Z', status: 1 }),
    invoice('30', { invoice_number: 'C', create_date: '2026-03-03', at: '2026-03-03T15:00:00Z' }),
  ]
  const open = () => shop({ invoices: three })
  const numbers = (list: Row[]) => list.map((row) => row.invoice_number)

  it('takes the first day of a range and leaves out the last', async () => {
    const { list } = await open()
    const query = 'search[date_min]=2026-03-01&search[date_max]=2026-03-03'
    expect(numbers(await list(`invoices/invoices?${query}`))).toEqual(['B', 'A'])
    expect(numbers(await list(`invoices/invoices?${encodeURI(query)}`))).toEqual(['B', 'A'])
  })

  it('knows whole days in New York only', async () => {
    const { list, books } = await shop({
      invoices: [
        // 23:30 of 2 March in New York, and half an hour past midnight.
        invoice('10', { invoice_number: 'late', at: '2026-03-03T04:30:00Z' }),
        invoice('20', { invoice_number: 'early', at: '2026-03-03T05:30:00Z' }),
      ],
    })
    expect(numbers(await list('invoices/invoices?search[updated_min]=2026-03-03'))).toEqual(['early'])
    expect(numbers(await list('invoices/invoices?search[updated_max]=2026-03-03'))).toEqual(['late'])
    const refused = await books('GET', 'invoices/invoices?search[updated_min]=2026-03-03 04:00:00')
    expect(refused).toMatchObject({ status: 422, body: { details: [{ reason: '1023' }] } })
  })

  it('refuses a range that runs backwards', async () => {
    const { books } = await open()
    const answer = await books('GET', 'invoices/invoices?search[date_min]=2026-03-03&search[date_max]=2026-03-01')
    expect(answer).toMatchObject({ status: 422, body: { details: [{ reason: '1007' }] } })
  })

  it('answers everything when it does not know a key', async () => {
    const { list } = await open()
    for (const key of ['status', 'payment_status', 'create_date_min', 'nonsense'])
      expect(await list(`invoices/invoices?search[${key}]=1`)).toHaveLength(3)
  })

  it('finds by one id, by several, by number, by status and by what is owed', async () => {
    const { list } = await open()
    const [c, b] = ids(await list('invoices/invoices'))
    const found = async (query: string) => numbers(await list(`invoices/invoices?${query}`))
    expect(await found(`search[invoiceid]=${b}`)).toEqual(['B'])
    expect(await found(`search[invoiceids][]=${b}&search[invoiceids][]=${c}`)).toEqual(['C', 'B'])
    expect(await found('search[invoice_number]=A')).toEqual(['A'])
    expect(await found('search[v3_status]=draft')).toEqual(['B'])
    expect(await found('search[paid]=true')).toEqual([])
    expect(await found('search[outstanding]=true')).toHaveLength(3)
  })

  it('refuses a number, a list or a boolean that is none', async () => {
    const { books } = await open()
    const reason = async (query: string) =>
      dig((await books('GET', `invoices/invoices?${query}`)).body, 'details.0.reason')
    expect(await reason('search[customerid]=Acme')).toBe('1024')
    expect(await reason('search[invoiceids]=1')).toBe('1034')
    expect(await reason('search[paid]=1')).toBe('1032')
  })

  it('finds clients alike, and ignores a name without _like', async () => {
    const { list } = await shop({ clients: [{ organization: 'Acme' }, { organization: 'Zebra', email: 'z@z.test' }] })
    expect(await list('users/clients?search[organization_like]=ebr')).toMatchObject([{ organization: 'Zebra' }])
    expect(await list('users/clients?search[email]=z@z.test')).toMatchObject([{ organization: 'Zebra' }])
    expect(await list('users/clients?search[organization]=Zebra')).toHaveLength(2)
  })
})

describe('sorting', () => {
  it('knows the invoice date, and takes anything else for the oldest id first', async () => {
    const { list } = await shop({
      invoices: [invoice('1', { create_date: '2026-03-09' }), invoice('2', { create_date: '2026-03-01' })],
    })
    const dates = async (query: string) => (await list(`invoices/invoices?${query}`)).map((row) => row.create_date)
    expect(await dates('sort=invoice_date_asc')).toEqual(['2026-03-01', '2026-03-09'])
    expect(await dates('sort=invoice_date_desc')).toEqual(['2026-03-09', '2026-03-01'])
    expect(await dates('sort=updated_desc')).toEqual(['2026-03-09', '2026-03-01'])
    expect(await dates('per_page=15')).toEqual(['2026-03-01', '2026-03-09'])
  })

  it('knows four keys of clients', async () => {
    const { list } = await shop({
      clients: [
        { organization: 'B', email: 'a@x.test' },
        { organization: 'A', email: 'b@x.test' },
      ],
    })
    const names = async (sort: string) => (await list(`users/clients?sort=${sort}`)).map((row) => row.organization)
    expect(await names('organization_name_asc')).toEqual(['A', 'B'])
    expect(await names('email_asc')).toEqual(['B', 'A'])
    expect(await names('email_desc')).toEqual(['A', 'B'])
  })
})

describe('includes', () => {
  it('are the only way to the lines of an invoice, on reads and on writes', async () => {
    const { list, books } = await shop({ invoices: [invoice('10')] })
    const [bare = {}] = await list('invoices/invoices')
    expect(bare).not.toHaveProperty('lines')
    const [full = {}] = await list('invoices/invoices?include[]=lines&include[]=presentation')
    expect(full).toMatchObject({ lines: [{ lineid: 1 }], presentation: { invoiceid: bare.id } })
    const change = { invoice: { notes: 'x' } }
    const { body } = await books('PUT', `invoices/invoices/${bare.id}?include[]=lines`, change)
    expect(dig(body, 'response.result.invoice.lines.0.name')).toBe('Bowls')
  })

  it('bring the balances of a client', async () => {
    const { list } = await shop({
      clients: [{ organization: 'Acme', credit: '7.50' }],
      invoices: [invoice('10', { create_date: '2020-01-01' }), invoice('4', { status: 1 })],
    })
    const query = ['outstanding', 'credit', 'draft', 'overdue'].map((name) => `include[]=${name}_balance`).join('&')
    const usd = (amount: string) => [{ amount: { amount, code: 'USD' } }]
    expect(await list(`users/clients?${query}`)).toMatchObject([
      {
        outstanding_balance: usd('10.00'),
        credit_balance: usd('7.50'),
        draft_balance: usd('4.00'),
        overdue_balance: usd('10.00'),
      },
    ])
  })

  it('put client and invoice into a payment', async () => {
    const { list } = await shop({ invoices: [invoice('10', { payments: [paid('10')] })] })
    const [row = {}] = await list('payments/payments?include[]=client&include[]=invoice')
    expect(row).toMatchObject({ client: { organization: 'Acme' }, invoice: { payment_status: 'paid' } })
    expect(dig(row, 'invoice.lines')).toBeUndefined()
  })
})

const paid = (amount: string): Row => ({ amount: { amount, code: 'USD' }, date: '2026-03-02', type: 'Check' })

describe('what is deleted', () => {
  const path = {
    invoice: 'invoices/invoices',
    payment: 'payments/payments',
    expense: 'expenses/expenses',
    bill: 'bills/bills',
  }
  const open = () =>
    shop({
      invoices: [
        invoice('10', { at: '2026-03-02T15:00:00Z', payments: [{ ...paid('5'), at: '2026-03-02T16:00:00Z' }] }),
      ],
      expenses: [
        { category: 'Rent', amount: { amount: '5' }, staffid: 1, date: '2026-03-02', at: '2026-03-02T15:00:00Z' },
      ],
      billVendors: [{ vendor_name: 'Staples', currency_code: 'USD', language: 'en' }],
      bills: [
        {
          vendor: 'Staples',
          issue_date: '2026-03-02',
          due_offset_days: 0,
          currency_code: 'USD',
          language: 'en',
          at: '2026-03-02T15:00:00Z',
          lines: [{ category: 'Rent', quantity: '1', unit_cost: { amount: '5' } }],
        },
      ],
    })

  it('leaves lists, shows when searched, and is still read with 200', async () => {
    const { list, books } = await open()
    for (const [single, where] of Object.entries(path)) {
      const [row = {}] = await list(where)
      await books('PUT', `${where}/${row.id}`, { [single]: { vis_state: 1 } })
      expect(await list(where)).toEqual([])
      expect(await list(`${where}?search[vis_state]=1`)).toMatchObject([{ id: row.id, vis_state: 1 }])
      const answer = await books('GET', `${where}/${row.id}`)
      expect(answer.status).toBe(200)
      expect(dig(answer.body, `response.result.${single}.vis_state`)).toBe(1)
    }
  })

  it('keeps its updated, except for clients', async () => {
    const { list, books } = await open()
    for (const [single, where] of Object.entries({ ...path, client: 'users/clients' })) {
      const [row = {}] = await list(where)
      const stamp = (body: unknown) =>
        dig(body, `response.result.${single}.updated`) ?? dig(body, `response.result.${single}.updated_at`)
      const before = stamp((await books('GET', `${where}/${row.id}`)).body)
      const after = stamp((await books('PUT', `${where}/${row.id}`, { [single]: { vis_state: 1 } })).body)
      if (single === 'client') expect(after).not.toBe(before)
      else expect(after).toBe(before)
    }
  })

  it('takes nothing else of the same body with it', async () => {
    const { list, books } = await shop({ invoices: [invoice('10')] })
    const [row = {}] = await list('invoices/invoices')
    const put = (fields: Row) => books('PUT', `invoices/invoices/${row.id}`, { invoice: fields })
    const archived = await put({ vis_state: 2, notes: 'lost', lines: [line('99')] })
    const seen = dig(archived.body, 'response.result.invoice')
    expect(seen).toMatchObject({ vis_state: 2, notes: null, amount: { amount: '10.00' } })
    expect(await list('invoices/invoices')).toHaveLength(1)
    const sent = await put({ action_mark_as_sent: true, notes: 'lost' })
    expect(dig(sent.body, 'response.result.invoice.notes')).toBeNull()
  })
})

describe('time stamps', () => {
  it('are New York in accounting, and UTC for a client’s first day', async () => {
    const { list } = await shop({ clients: [{ organization: 'Acme', at: '2020-11-17T02:27:03Z' }] })
    expect(await list('users/clients')).toMatchObject([
      { signup_date: '2020-11-17 02:27:03', updated: '2020-11-16 21:27:03' },
    ])
  })

  it('follow daylight saving time: an hour of autumn comes twice', async () => {
    const at = ['2026-07-01T16:00:00Z', '2026-11-01T05:30:00Z', '2026-11-01T06:30:00Z', '2026-12-01T17:00:00Z']
    const { list } = await shop({ timezone: 'Africa/Nairobi', invoices: at.map((one) => invoice('1', { at: one })) })
    expect((await list('invoices/invoices?sort=id_asc')).map((row) => row.updated)).toEqual([
      '2026-07-01 12:00:00',
      '2026-11-01 01:30:00',
      '2026-11-01 01:30:00',
      '2026-12-01 12:00:00',
    ])
  })

  it('are UTC for bills', async () => {
    const { list } = await shop({
      billVendors: [{ vendor_name: 'S', currency_code: 'USD', language: 'en', at: '2026-07-01T01:00:00Z' }],
    })
    expect(await list('bill_vendors/bill_vendors')).toMatchObject([{ created_at: '2026-07-01 01:00:00' }])
  })

  it('have microseconds in version, which two writes of one moment do not share', async () => {
    const at = '2026-03-02T15:00:00.480Z'
    const { list } = await shop({ invoices: [invoice('1', { at }), invoice('2', { at })] })
    const [two = {}, one = {}] = await list('invoices/invoices')
    expect(one.version).toMatch(/^2026-03-02 10:00:00\.480\d{3}$/)
    expect(one.version).not.toBe(two.version)
  })
})
