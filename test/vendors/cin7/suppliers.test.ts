import { describe, expect, it } from 'vitest'
import type { Call } from '../../../src/core/vendor'
import { customers } from '../../../src/vendors/cin7/customers'
import { type SupplierDraft, suppliers } from '../../../src/vendors/cin7/suppliers'
import { type Ledger, MARKER, scripted } from './scripted'

type Row = Record<string, unknown>

const draft = (change: Partial<SupplierDraft> = {}): SupplierDraft => ({
  name: 'Harbour Lane',
  currency: 'USD',
  paymentTerm: '30 days',
  accountPayable: '800',
  taxRule: 'Tax on Purchases',
  contact: null,
  addresses: [],
  ...change,
})

/** Cin7's suppliers: names may be there twice, `Name` is starts-with. */
const book =
  (rows: Row[], list = 'SupplierList') =>
  (call: Call) => {
    if (call.method === 'GET') {
      const { ID, Name = '' } = call.query ?? {}
      const found = rows.filter((row) => (ID ? row.ID === ID : String(row.Name).startsWith(Name)))
      return { Total: found.length, Page: 1, [list]: found }
    }
    const body: Row = Object(call.body)
    const known = rows.find((row) => row.ID === body.ID)
    const row = Object.assign(known ?? { ID: `s-${rows.length + 1}` }, body)
    if (!known) rows.push(row)
    return { Total: 1, Page: 1, [list]: [row] }
  }

describe('a new supplier', () => {
  it('is made with what Cin7 requires of suppliers, and nothing that it does not know', async () => {
    const run = scripted(book([]))
    const ref = await suppliers.create(run.api, draft())
    expect(run.sent[0]).toMatchObject({ call: { path: '/ExternalApi/v2/supplier' } })
    expect(run.sent[0]?.body).toEqual({
      Name: 'Harbour Lane',
      Status: 'Active',
      Currency: 'USD',
      PaymentTerm: '30 days',
      AccountPayable: '800',
      TaxRule: 'Tax on Purchases',
      Comments: MARKER,
    })
    expect(ref).toEqual({ id: 's-1', number: 'Harbour Lane', facts: { currency: 'USD' } })
  })

  it('is left to a person, with both sides shown, where the name is taken: Cin7 itself would take it twice', async () => {
    const rows = [{ ID: 's-9', Name: 'Harbour Lane', Currency: 'CAD', Contacts: [{ Email: 'a@example.com' }] }]
    const run = scripted(book(rows))
    await expect(suppliers.create(run.api, draft())).rejects.toMatchObject({
      failure: {
        kind: 'conflict',
        code: 'cin7_supplier_name_taken',
        facts: {
          name: 'Harbour Lane',
          currency: 'USD',
          cin7Id: 's-9',
          cin7Currency: 'CAD',
          cin7Email: 'a@example.com',
        },
      },
    })
    expect(run.sent).toEqual([])
  })
})

describe('a changed supplier', () => {
  it('keeps its comments where they leave no room for our mark', async () => {
    const rows = [{ ID: 's-1', Name: 'Harbour Lane', Currency: 'USD', Comments: 'x'.repeat(250) }]
    const run = scripted(book(rows))
    await suppliers.update?.(run.api, { id: 's-1', number: '', facts: {} }, draft())
    expect(run.sent[0]?.body).toMatchObject({ Comments: 'x'.repeat(250), AccountPayable: '800' })
  })
})

describe('a name that is longer than Cin7 holds', () => {
  const name = 'Harbour Lane '.repeat(30).trim()
  const party = { ...draft({ name }), accountReceivable: '610', revenueAccount: '200', location: 'Main Warehouse' }

  it('is found again as it was cut, where the answer was lost', async () => {
    const rows: Row[] = []
    const ledger: Ledger = new Map()
    const lost = scripted(book(rows, 'CustomerList'), ledger, { customer: 'lost' })
    await expect(customers.create(lost.api, party)).rejects.toThrow()
    const run = scripted(book(rows, 'CustomerList'), ledger)
    const ref = await customers.create(run.api, party)
    expect(run.sent).toEqual([])
    expect(ref.number).toHaveLength(256)
  })

  it('is taken where the cut name is, and is no new name to the party that bears it', async () => {
    const rows: Row[] = []
    const ref = await customers.create(scripted(book(rows, 'CustomerList')).api, party)
    Object.assign(rows[0] ?? {}, { Comments: '' })
    const again = scripted(book(rows, 'CustomerList'))
    await expect(customers.create(again.api, party)).rejects.toMatchObject({
      failure: { code: 'cin7_customer_name_taken' },
    })
    await customers.update?.(again.api, ref, party)
    expect(again.sent[0]?.body.Name).toBe(ref.number)
  })
})

describe('the code that the other side knows a supplier by', () => {
  const coded = (code: string) => draft({ attributes: { 3: code } })

  it('stands in the attribute that was chosen, from the beginning', async () => {
    const run = scripted(book([]))
    await suppliers.create(run.api, coded('V000123'))
    expect(run.sent[0]?.body).toMatchObject({ AdditionalAttribute3: 'V000123' })
  })

  it('is changed with the supplier, and known by it where the answer was lost', async () => {
    const rows: Row[] = [{ ID: 's-1', Name: 'Harbour Lane', Currency: 'USD', AdditionalAttribute3: 'OLD' }]
    const ledger: Ledger = new Map()
    const target = { id: 's-1', number: '', facts: {} }
    await expect(
      suppliers.update?.(scripted(book(rows), ledger, { supplier: 'never' }).api, target, coded('V000123')),
    ).rejects.toThrow()
    const run = scripted(book(rows), ledger)
    await suppliers.update?.(run.api, target, coded('V000123'))
    expect(run.steps()).toEqual(['supplier'])
    expect(rows[0]).toMatchObject({ AdditionalAttribute3: 'V000123' })
  })
})
