import { describe, expect, it } from 'vitest'
import type { ReadApi } from '../../../src/core/vendor'
import { quickbooks } from '../../../src/vendors/quickbooks'
import { answer, listing, scripted } from './scripted'

const references = async (kind: string, api: ReadApi) => (await quickbooks.references[kind]?.(api)) ?? []
const row = (Id: string, Name: string, more: object = {}) => ({ Id, SyncToken: '0', Name, Active: true, ...more })
const nested = (Id: string, FullyQualifiedName: string, more: object = {}) =>
  row(Id, FullyQualifiedName.split(':').at(-1) ?? '', { FullyQualifiedName, ...more })
const account = (Id: string, name: string, Classification: string, AccountType: string, more: object = {}) =>
  nested(Id, name, { Classification, AccountType, AccountSubType: '', CurrencyRef: { value: 'USD' }, ...more })
const rate = (value: string) => ({ TaxRateDetail: [{ TaxRateRef: { value }, TaxOrder: 0 }] })
const preferences = (CurrencyPrefs: object) => ({ '/preferences': { Preferences: { CurrencyPrefs } } })

describe('what can be mapped in QuickBooks', () => {
  it('accounts by id, told apart by number and full name, with what they can be used for', async () => {
    const { api } = listing({
      Account: [
        account('33', 'Accounts Payable (A/P)', 'Liability', 'Accounts Payable', { AccountSubType: 'AccountsPayable' }),
        account('34', 'Accounts Payable (A/P) - EUR', 'Liability', 'Accounts Payable', {
          AccountSubType: 'AccountsPayable',
          CurrencyRef: { value: 'EUR' },
        }),
        account('35', 'Loan', 'Liability', 'Long Term Liability'),
        account('84', 'Accounts Receivable (A/R)', 'Asset', 'Accounts Receivable'),
        account('36', 'Checking', 'Asset', 'Bank'),
        account('7', 'Advertising:Online', 'Expense', 'Expense', { AcctNum: '6010' }),
        account('80', 'Cost of Goods Sold', 'Expense', 'Cost of Goods Sold'),
        account('1', 'Old (deleted)', 'Revenue', 'Income', { Active: false, CurrencyRef: undefined }),
      ],
    })
    const found = await references('account', api)
    expect(found.map(({ code, name, active, uses }) => [code, name, active, uses.join(' ')])).toEqual([
      ['33', 'Accounts Payable (A/P)', true, 'payable liability currency:USD'],
      ['34', 'Accounts Payable (A/P) - EUR', true, 'payable liability currency:EUR'],
      ['35', 'Loan', true, 'liability currency:USD'],
      ['84', 'Accounts Receivable (A/R)', true, 'receivable asset currency:USD'],
      ['36', 'Checking', true, 'payment asset currency:USD'],
      ['7', '6010 Advertising:Online', true, 'expense currency:USD'],
      ['80', 'Cost of Goods Sold', true, 'expense currency:USD'],
      ['1', 'Old (deleted)', false, 'revenue'],
    ])
  })

  it('tax codes: for purchases only with a purchase list, or as a pseudo code', async () => {
    const { api } = listing({
      TaxCode: [
        row('2', 'California', {
          Taxable: true,
          PurchaseTaxRateList: { TaxRateDetail: [] },
          SalesTaxRateList: rate('3'),
        }),
        row('5', '20.0% S', { Taxable: true, PurchaseTaxRateList: rate('7'), SalesTaxRateList: rate('8') }),
        row('6', 'Old', { Active: false, PurchaseTaxRateList: rate('7') }),
        { Id: 'NON', Name: 'NON', Taxable: false, TaxGroup: false },
      ],
    })
    expect(await references('tax-code', api)).toEqual([
      { kind: 'tax-code', code: '2', name: 'California', active: true, uses: ['sale', 'taxable'] },
      { kind: 'tax-code', code: '5', name: '20.0% S', active: true, uses: ['purchase', 'sale', 'taxable'] },
      { kind: 'tax-code', code: 'NON', name: 'NON', active: true, uses: ['purchase', 'sale'] },
      { kind: 'tax-code', code: '6', name: 'Old', active: false, uses: ['purchase'] },
    ])
  })

  it('items, without the categories that are among them', async () => {
    const { api } = listing({
      Item: [
        nested('38', 'Garden:Soil', {
          Type: 'Inventory',
          Sku: 'S-1',
          ExpenseAccountRef: { value: '80' },
          IncomeAccountRef: { value: '79' },
        }),
        nested('40', 'Garden', { Type: 'Category' }),
        nested('41', 'Hours', { Type: 'Service', IncomeAccountRef: { value: '79' } }),
      ],
    })
    expect(await references('item', api)).toEqual([
      { kind: 'item', code: '38', name: 'Garden:Soil (S-1)', active: true, uses: ['purchase', 'sale', 'inventory'] },
      { kind: 'item', code: '41', name: 'Hours', active: true, uses: ['sale', 'service'] },
    ])
  })

  it('suppliers with the currency that they have for good', async () => {
    const { api } = listing({
      Vendor: [{ Id: '30', DisplayName: 'Books by Bessie', Active: true, CurrencyRef: { value: 'EUR' } }],
    })
    expect(await references('vendor', api)).toEqual([
      { kind: 'vendor', code: '30', name: 'Books by Bessie', active: true, uses: ['currency:EUR'] },
    ])
  })

  it.each([
    ['term', 'Term', row('4', 'Net 60', { Type: 'STANDARD', DueDays: 60 }), 'Net 60'],
    ['department', 'Department', nested('2', 'West:Store 2'), 'West:Store 2'],
    ['class', 'Class', nested('5000000000000007280', 'Retail:Online'), 'Retail:Online'],
  ])('%s', async (kind, entity, one, name) => {
    const { api } = listing({ [entity]: [one, { ...one, Id: '99', Active: false }] })
    const found = await references(kind, api)
    expect(found).toEqual([
      { kind, code: one.Id, name, active: true, uses: [] },
      { kind, code: '99', name, active: false, uses: [] },
    ])
  })

  it('currencies: the home currency, and others only where multicurrency is on', async () => {
    const CompanyCurrency = [
      { Id: '1', Code: 'JPY', Name: 'Japanese Yen', Active: true },
      { Id: '2', Code: 'USD', Name: 'United States Dollar', Active: true },
    ]
    const home = { kind: 'currency', code: 'USD', name: 'USD', active: true, uses: ['home'] }
    const off = listing(
      { CompanyCurrency },
      preferences({ HomeCurrency: { value: 'USD' }, MultiCurrencyEnabled: false }),
    )
    expect(await references('currency', off.api)).toEqual([home])
    expect(off.calls).toHaveLength(1)
    const on = listing({ CompanyCurrency }, preferences({ HomeCurrency: { value: 'USD' }, MultiCurrencyEnabled: true }))
    expect(await references('currency', on.api)).toEqual([
      home,
      { kind: 'currency', code: 'JPY', name: 'Japanese Yen', active: true, uses: [] },
    ])
  })
})

describe('a list', () => {
  const many = (count: number) => Array.from({ length: count }, (_, n) => row(`${n}`, `Term ${n}`))

  it('is empty where its key is absent, and takes one call where one page holds it', async () => {
    const empty = listing({})
    expect(await references('term', empty.api)).toEqual([])
    const one = listing({ Term: many(999) })
    expect(await references('term', one.api)).toHaveLength(999)
    expect([empty.calls.length, one.calls.length]).toEqual([1, 1])
  })

  it('is read to its last page, and then counted', async () => {
    const { api, calls } = listing({ Term: many(2000) })
    expect(await references('term', api)).toHaveLength(2000)
    const statements = calls.map(({ query }) => query?.query ?? '')
    expect(statements.map((statement) => /STARTPOSITION \d+|COUNT/.exec(statement)?.[0])).toEqual([
      'STARTPOSITION 1',
      'STARTPOSITION 1001',
      'STARTPOSITION 2001',
      'COUNT',
    ])
  })

  /** After the first page, `move` changes what QuickBooks holds. */
  const moving = (move: (rows: object[], page: number) => void) => {
    const rows: object[] = many(1500)
    let page = 0
    return scripted(({ query }) => {
      const statement = query?.query ?? ''
      if (statement.includes('COUNT')) return answer(200, { QueryResponse: { totalCount: rows.length } })
      const start = Number(/STARTPOSITION (\d+)/.exec(statement)?.[1])
      const found = rows.slice(start - 1, start + 999)
      move(rows, ++page)
      return answer(200, { QueryResponse: { Term: found } })
    })
  }
  const toTheEnd = (rows: object[]) => rows.push(...rows.splice(0, 1))

  it('is read again where a row slid onto a page that was read', async () => {
    const { api, calls } = moving((rows, page) => page === 1 && toTheEnd(rows))
    const codes = new Set((await references('term', api)).map(({ code }) => code))
    expect(codes.size).toBe(1500)
    expect(codes.has('1000')).toBe(true)
    expect(calls).toHaveLength(6)
  })

  it('is given up for now where it never holds still', async () => {
    const { api } = moving(toTheEnd)
    await expect(references('term', api)).rejects.toThrow('quickbooks_list_moving')
  })

  it('ends where the same page comes again and again', async () => {
    const same = many(1000)
    const { api, calls } = scripted(({ query }) =>
      answer(200, { QueryResponse: query?.query?.includes('COUNT') ? { totalCount: 1000 } : { Term: same } }),
    )
    expect(await references('term', api)).toHaveLength(1000)
    expect(calls).toHaveLength(3)
  })

  it('that is not the answer to a query is not taken for an empty one', async () => {
    const { api } = scripted(() => answer(200, { time: 'x' }))
    await expect(references('term', api)).rejects.toThrow()
  })
})
