import { describe, expect, it } from 'vitest'
import type { Answer, Call } from '../../../src/core/vendor'
import { freshbooks } from '../../../src/vendors/freshbooks'
import { ACCOUNT, answer, BUSINESS_UUID, failureOf, listed, me, membership, scripted } from './scripted'

const BASE = `/accounting/account/${ACCOUNT}`
const LEDGER = `/accounting/businesses/${BUSINESS_UUID}/ledger_accounts/accounts`

const subAccount = (sub_accountid: number, number: string, name: string) => ({
  sub_accountid,
  id: sub_accountid,
  parentid: 800,
  account_sub_number: number,
  account_sub_name: name,
  account_type: 'expense',
  balance: '0',
  custom: true,
  currency_code: 'CAD',
})
const CHART = [
  {
    accountid: 800,
    id: 800,
    account_number: '6000',
    account_name: 'Operating Expenses',
    account_type: 'expense',
    sub_accounts: [subAccount(801, '1', 'Advertising'), subAccount(802, '2', 'Old postage')],
  },
  { accountid: 900, id: 900, account_number: '1000', account_name: 'Cash', account_type: 'asset', sub_accounts: [] },
]
const ledgerRow = (jesa_id: number | null, state: string) => ({
  uuid: crypto.randomUUID(),
  name: 'x',
  number: '6000-1',
  type: 'expense',
  sub_type: 'Operating Expense',
  state,
  jea_id: jesa_id === null ? 800 : null,
  jesa_id,
  category_id: null,
  parent_account: null,
  sub_accounts: [],
})

const read = (kind: string, handle: (call: Call) => Answer) => {
  const { api, calls } = scripted(handle)
  return { calls, list: freshbooks.references[kind]?.(api) ?? Promise.reject(new Error(`no list ${kind}`)) }
}

const chart = (ledger: () => Answer) =>
  read('account', (call) => {
    if (call.path === LEDGER) return ledger()
    if (call.path === '/auth/api/v1/users/me') return me([membership({})])
    expect(call.path).toBe(`${BASE}/journal_entry_accounts/journal_entry_accounts`)
    return listed('journal_entry_accounts', CHART, call)
  })

const simple = (kind: string, rest: string, key: string, rows: object[]) =>
  read(kind, (call) => {
    expect(call.path).toBe(`${BASE}/${rest}`)
    return listed(key, rows, call)
  })

describe('what can be mapped in FreshBooks', () => {
  it('accounts, under the id that journal legs name; archived where the ledger says so', async () => {
    const { list, calls } = chart(() =>
      answer(200, { data: [ledgerRow(null, 'active'), ledgerRow(801, 'active'), ledgerRow(802, 'archived')] }),
    )
    expect(await list).toEqual([
      {
        kind: 'account',
        code: '801',
        name: '6000-1 Advertising',
        active: true,
        uses: ['expense', 'operating expense'],
      },
      {
        kind: 'account',
        code: '802',
        name: '6000-2 Old postage',
        active: false,
        uses: ['expense', 'operating expense'],
      },
    ])
    expect(calls.map(({ route }) => route).join()).not.toMatch(new RegExp(`${ACCOUNT}|${BUSINESS_UUID}`))
  })

  it('accounts, also where the ledger may not be read; never where FreshBooks is away', async () => {
    const words = "insufficient_scope: Provided: ['a']. Required: ['b']."
    const { list } = chart(() => answer(403, { message: words }))
    expect((await list).map(({ code, active, uses }) => [code, active, uses])).toEqual([
      ['801', true, ['expense']],
      ['802', true, ['expense']],
    ])
    const refused = chart(() => answer(401, { error: 'unauthenticated' })).list
    expect(await failureOf(refused)).toMatchObject({ kind: 'unauthorised' })
  })

  it('taxes by name, and by name and percent: a line carries no more', async () => {
    const tax = (taxid: number, name: string, amount: string) => ({
      taxid,
      id: taxid,
      name,
      amount,
      compound: false,
      number: null,
    })
    const { list } = simple('tax', 'taxes/taxes', 'taxes', [
      tax(3, 'HST', '13'),
      tax(2, 'GST', '5'),
      tax(1, 'HST', '15'),
    ])
    expect(await list).toEqual([
      { kind: 'tax', code: 'HST', name: 'HST (13 %, 15 %)', active: true, uses: [] },
      { kind: 'tax', code: 'HST 13%', name: 'HST 13%', active: true, uses: [] },
      { kind: 'tax', code: 'HST 15%', name: 'HST 15%', active: true, uses: [] },
      { kind: 'tax', code: 'GST', name: 'GST (5 %)', active: true, uses: [] },
      { kind: 'tax', code: 'GST 5%', name: 'GST 5%', active: true, uses: [] },
    ])
  })

  it('types of payment, without asking for them', async () => {
    const { list, calls } = read('payment-type', () => expect.fail('nothing is to be read'))
    expect(await list).toContainEqual({
      kind: 'payment-type',
      code: 'bank transfer',
      name: 'Bank Transfer',
      active: true,
      uses: [],
    })
    expect(calls).toEqual([])
  })

  it('items by name, with their SKU for people; archived ones are not usable', async () => {
    const item = (itemid: number, name: string, sku: string | null, vis_state: number) => ({
      itemid,
      id: itemid,
      name,
      sku,
      vis_state,
    })
    const rows = [item(3, 'Chair', 'CH-1', 0), item(2, 'Table', null, 2), item(1, 'Chair', '', 2)]
    const { list } = simple('item', 'items/items', 'items', rows)
    expect((await list).map(({ code, name, active }) => [code, name, active])).toEqual([
      ['Chair', 'Chair (CH-1)', true],
      ['Table', 'Table', false],
    ])
  })

  it('expense categories below their parents', async () => {
    const category = (
      categoryid: number,
      name: string,
      parentid: number | null,
      is_cogs: boolean,
      vis_state: number,
    ) => ({
      categoryid,
      id: categoryid,
      category: name,
      parentid,
      is_cogs,
      is_editable: true,
      vis_state,
    })
    const rows = [
      category(12, 'Airfare', 11, false, 0),
      category(11, 'Travel', null, false, 0),
      category(10, 'Flour', 9, true, 2),
    ]
    const { list } = simple('expense-category', 'expenses/categories', 'categories', rows)
    expect((await list).map(({ code, name, active, uses }) => [code, name, active, uses])).toEqual([
      ['12', 'Travel / Airfare', true, []],
      ['11', 'Travel', true, []],
      ['10', 'Flour', false, ['cogs']],
    ])
  })

  it('vendors of bills, and says it where the plan has none', async () => {
    const row = { vendorid: 1, vendor_name: 'Paper & Co', vis_state: 0, outstanding_balance: [] }
    expect(await simple('vendor', 'bill_vendors/bill_vendors', 'bill_vendors', [row]).list).toMatchObject([
      { kind: 'vendor', code: '1', name: 'Paper & Co', active: true },
    ])
    const off = read('vendor', () =>
      answer(403, { response: { errors: [{ errno: 1003, message: 'You do not have access to bill vendors' }] } }),
    )
    expect(await failureOf(off.list)).toMatchObject({ code: 'freshbooks_feature_off' })
  })
})

describe('a list of FreshBooks', () => {
  const item = (n: number) => ({ itemid: n, name: `Item ${n}`, sku: null, vis_state: 0 })

  it('is read to its last page, a hundred rows at a time', async () => {
    const rows = Array.from({ length: 205 }, (_, n) => item(n))
    const { list, calls } = simple('item', 'items/items', 'items', rows)
    expect(await list).toHaveLength(205)
    expect(calls.map(({ query }) => query)).toEqual([
      { page: '1', per_page: '100' },
      { page: '2', per_page: '100' },
      { page: '3', per_page: '100' },
    ])
  })

  it('is empty after one call where it counts no pages', async () => {
    const { list, calls } = simple('item', 'items/items', 'items', [])
    expect(await list).toEqual([])
    expect(calls).toHaveLength(1)
  })

  it('that a new row shifts shows no row twice', async () => {
    const rows = Array.from({ length: 150 }, (_, n) => ({ taxid: 200 - n, name: 'VAT', amount: String(200 - n) }))
    const { list } = read('tax', (call) => {
      if (call.query?.page === '2') rows.unshift({ taxid: 201, name: 'VAT', amount: '201' })
      return listed('taxes', rows, call)
    })
    const [vat] = await list
    expect(vat?.name.split(', ')).toHaveLength(150)
  })
})
