import { describe, expect, it } from 'vitest'
import type { Call } from '../../../src/core/vendor'
import { type CustomerDraft, customers } from '../../../src/vendors/cin7/customers'
import { type Ledger, MARKER, scripted } from './scripted'

type Row = Record<string, unknown>

const draft = (change: Partial<CustomerDraft> = {}): CustomerDraft => ({
  name: 'Harbour Lane',
  currency: 'USD',
  paymentTerm: '30 days',
  accountReceivable: '610',
  revenueAccount: '200',
  taxRule: 'Tax on Sales',
  location: 'Main Warehouse',
  contact: { name: 'Ann Harbour', email: 'ann@example.com', phone: '1', mobile: '', website: '' },
  addresses: [
    {
      type: 'Billing',
      line1: '1 Quay',
      line2: '',
      city: 'Toronto',
      state: 'Ontario',
      postcode: 'M5V',
      country: 'Canada',
    },
  ],
  ...change,
})

const stored = (change: Row = {}): Row => ({
  ID: 'c-1',
  Name: 'Harbour Lane',
  Status: 'Active',
  Currency: 'USD',
  Comments: MARKER,
  PaymentTerm: '30 days',
  ...change,
})

/** Cin7's customers: `Name` is starts-with, POST and PUT answer the envelope. */
const book = (rows: Row[]) => (call: Call) => {
  if (call.method === 'GET') {
    const { ID, Name = '', Page } = call.query ?? {}
    const starts = (row: Row) => String(row.Name).toLowerCase().startsWith(Name.toLowerCase())
    const found = rows.filter((row) => (ID ? row.ID === ID : starts(row)))
    return { Total: found.length, Page: Number(Page ?? 1), CustomerList: found }
  }
  const body: Row = Object(call.body)
  const at = rows.findIndex((row) => row.ID === body.ID)
  const row = { ...(at < 0 ? { ID: `c-${rows.length + 1}` } : rows[at]), ...body }
  rows.splice(at < 0 ? rows.length : at, 1, row)
  return { Total: 1, Page: 1, CustomerList: [row] }
}

describe('a new customer', () => {
  it('is made with everything that Cin7 requires and our mark in a line of its own', async () => {
    const run = scripted(book([]))
    expect(await customers.create(run.api, draft())).toEqual({
      id: 'c-1',
      number: 'Harbour Lane',
      facts: { currency: 'USD' },
    })
    expect(run.sent[0]?.body).toEqual({
      Name: 'Harbour Lane',
      Status: 'Active',
      Currency: 'USD',
      PaymentTerm: '30 days',
      AccountReceivable: '610',
      RevenueAccount: '200',
      TaxRule: 'Tax on Sales',
      Location: 'Main Warehouse',
      Comments: MARKER,
      Addresses: [
        {
          Type: 'Billing',
          Line1: '1 Quay',
          Line2: '',
          City: 'Toronto',
          State: 'Ontario',
          Postcode: 'M5V',
          Country: 'Canada',
          DefaultForType: true,
        },
      ],
      Contacts: [
        {
          Name: 'Ann Harbour',
          Email: 'ann@example.com',
          Phone: '1',
          MobilePhone: '',
          Website: '',
          Default: true,
          IncludeInEmail: false,
        },
      ],
    })
  })

  it('does not take a longer name for the same', async () => {
    const run = scripted(book([stored({ Name: 'Harbour Lane Offices', Comments: '' })]))
    expect((await customers.create(run.api, draft())).id).toBe('c-2')
  })

  it.each(['Active', 'Deprecated'])('is left to a person where the name is taken (%s)', async (Status) => {
    const run = scripted(book([stored({ Name: 'harbour lane ', Comments: 'ours since 2019', Status })]))
    await expect(customers.create(run.api, draft())).rejects.toMatchObject({
      failure: { kind: 'conflict', code: 'cin7_customer_name_taken', facts: { cin7Id: 'c-1' } },
    })
    expect(run.sent).toEqual([])
    expect(run.reads[0]?.query).toMatchObject({ Name: 'Harbour Lane', IncludeDeprecated: 'true' })
  })

  it('is found again by name and mark where the answer was lost', async () => {
    const rows: Row[] = []
    const ledger: Ledger = new Map()
    await expect(customers.create(scripted(book(rows), ledger, { customer: 'lost' }).api, draft())).rejects.toThrow()
    const run = scripted(book(rows), ledger)
    expect((await customers.create(run.api, draft())).id).toBe('c-1')
    expect(run.sent).toEqual([])
  })
})

describe('a changed customer', () => {
  const target = { id: 'c-1', number: 'Harbour Lane', facts: {} }
  const change = async (rows: Row[], to: CustomerDraft) => {
    const run = scripted(book(rows))
    return { ...run, ref: await customers.update?.(run.api, target, to) }
  }

  it('sends the ids of its rows back, changes ours and keeps the others', async () => {
    const rows = [
      stored({
        Addresses: [
          { ID: 'a-1', Type: 'Billing', Line1: 'old', Country: 'Canada', DefaultForType: true },
          { ID: 'a-2', Type: 'Shipping', Line1: 'warehouse', Country: 'Canada' },
        ],
        Contacts: [
          { ID: 'k-1', Name: 'Bob', Email: 'bob@example.com', JobTitle: 'Buyer' },
          { ID: 'k-2', Name: 'Ann', Email: 'ANN@example.com', Fax: '9' },
        ],
      }),
    ]
    const { sent } = await change(rows, draft())
    expect(sent[0]?.body).toMatchObject({
      ID: 'c-1',
      Addresses: [
        { ID: 'a-1', Line1: '1 Quay', DefaultForType: true },
        { ID: 'a-2', Line1: 'warehouse' },
      ],
      Contacts: [
        { ID: 'k-1', Name: 'Bob', JobTitle: 'Buyer' },
        { ID: 'k-2', Name: 'Ann Harbour', Email: 'ann@example.com', Fax: '9' },
      ],
    })
  })

  it('keeps terms, accounts, status and comments that somebody set in Cin7', async () => {
    const kept = { PaymentTerm: '60 days', RevenueAccount: '210', Status: 'Deprecated', Comments: `VIP\n${MARKER}` }
    const { sent } = await change([stored(kept)], draft())
    expect(sent[0]?.body).toMatchObject({ ...kept, AccountReceivable: '610', TaxRule: 'Tax on Sales' })
  })

  it('takes a new name, if it is free', async () => {
    expect((await change([stored()], draft({ name: 'Harbour Lane Ltd' }))).ref?.number).toBe('Harbour Lane Ltd')
    const rows = [stored(), stored({ ID: 'c-2', Name: 'Taken Ltd', Comments: '' })]
    await expect(change(rows, draft({ name: 'Taken Ltd' }))).rejects.toMatchObject({
      failure: { code: 'cin7_customer_name_taken' },
    })
  })

  it('is refused in another currency, and where it is gone', async () => {
    await expect(change([stored({ Currency: 'EUR' })], draft())).rejects.toMatchObject({
      failure: { code: 'cin7_customer_currency' },
    })
    await expect(change([], draft())).rejects.toMatchObject({ failure: { code: 'cin7_customer_gone' } })
  })
})
