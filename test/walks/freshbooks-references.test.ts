import { beforeAll, describe, expect, it } from 'vitest'
import type { Answered } from '../../src/core/tenant'
import type { Reference } from '../../src/core/vendor'
import { freshbooks } from '../../src/vendors/freshbooks'
import { connected, type Firm, openFirm, type Seat } from '../support/freshbooks'
import { apiOf } from '../support/tenant'

const KINDS = Object.keys(freshbooks.references)
const many = (count: number, make: (n: number) => object) => Array.from({ length: count }, (_, n) => make(n + 1))

const BUSINESS = {
  accounts: [{ number: '6000-4', name: 'Telex', type: 'expense', sub_type: 'Operating Expense', parent: '6000' }],
  taxes: [
    { name: 'HST', amount: '13' },
    { name: 'HST', amount: '15' },
    { name: 'QST', amount: '9.975' },
  ],
  items: [{ name: 'Bowl', sku: 'BW-1' }, { name: 'Mug' }, ...many(200, (n) => ({ name: `Tile ${n}`, sku: `T-${n}` }))],
  billVendors: many(101, (n) => ({ vendor_name: `Supplier ${n}`, currency_code: 'USD', language: 'en' })),
}

let firm: Firm
let seat: Seat
beforeAll(async () => {
  const tokens = [{ token: 'marker-secret-bookkeeper', clientId: 'another-app' }]
  firm = await openFirm([BUSINESS], { tokens })
  seat = await connected(firm)
})

const read = (kind: string): Promise<Answered<Reference[]>> => apiOf(seat.tenant).references(seat.connection, kind)

const rowsOf = async (kind: string): Promise<Reference[]> => {
  const answered = await read(kind)
  return answered.ok ? answered.value : expect.fail(answered.failure.message)
}

const shown = async (kind: string) => (await rowsOf(kind)).map(({ name, active, uses }) => [name, active, uses])

/** As a person does it in FreshBooks. */
const act = (action: string, input: object) => firm.world.act<{ id: number }>('freshbooks', action, input)

const lists = async () =>
  (await firm.world.calls('freshbooks')).map(({ path, query, status }) => [path.split('/').at(-1), query, status])

describe('the lists of a FreshBooks account', () => {
  it('all answer, each with codes of its own', async () => {
    for (const kind of KINDS) {
      const rows = await rowsOf(kind)
      expect(rows.length, kind).toBeGreaterThan(0)
      expect(new Set(rows.map(({ code }) => code)).size, kind).toBe(rows.length)
      expect(rows.every((row) => row.kind === kind && row.code !== '')).toBe(true)
    }
  })

  it('items and vendors are read to their last page, a hundred at a time', async () => {
    await firm.world.forgetCalls()
    expect(await rowsOf('item')).toHaveLength(202)
    expect(await rowsOf('vendor')).toHaveLength(101)
    expect(await lists()).toEqual([
      ['items', '?page=1&per_page=100', 200],
      ['items', '?page=2&per_page=100', 200],
      ['items', '?page=3&per_page=100', 200],
      ['bill_vendors', '?page=1&per_page=100', 200],
      ['bill_vendors', '?page=2&per_page=100', 200],
    ])
  })

  it('taxes of one name are one, with all their percents, and each percent is one too', async () => {
    expect((await shown('tax')).toSorted()).toEqual([
      ['HST (15 %, 13 %)', true, []],
      ['HST 13%', true, []],
      ['HST 15%', true, []],
      ['QST (9.975 %)', true, []],
      ['QST 9.975%', true, []],
    ])
  })

  it('items show their SKU; what was archived is not usable, what was deleted is not there', async () => {
    const named = async (name: string) => (await rowsOf('item')).find(({ code }) => code === name)
    expect(await named('Bowl')).toMatchObject({ name: 'Bowl (BW-1)', active: true })
    const { freshbooks: dump } = await firm.world.dump<{
      freshbooks: { accounts: { items: { id: number; name: string }[] }[] }
    }>()
    const idOf = (name: string) => dump.accounts[0]?.items.find((item) => item.name === name)?.id
    await act('archive-item', { id: idOf('Bowl') })
    await act('delete-item', { id: idOf('Mug') })
    expect(await named('Bowl')).toMatchObject({ active: false })
    expect(await named('Mug')).toBeUndefined()
  })

  it('categories stand below their parents', async () => {
    const { id } = await act('create-category', { category: 'Travel' })
    await act('create-category', { category: 'Airfare', parentid: id, is_cogs: true })
    expect(await shown('expense-category')).toContainEqual(['Travel / Airfare', true, ['cogs']])
  })

  it('accounts are those that entries are posted to; the ledger tells which are archived', async () => {
    const telex = () => shown('account').then((rows) => rows.find(([name]) => name === '6000-4 Telex'))
    expect(await telex()).toEqual(['6000-4 Telex', true, ['expense', 'operating expense']])
    await archive('Telex')
    expect(await telex()).toEqual(['6000-4 Telex', false, ['expense', 'operating expense']])
  })

  it('accounts answer where the ledger may not be read, without what only it knows', async () => {
    await firm.world.switches({ 'freshbooks.ledger.scope': 'reports' })
    expect(await shown('account')).toContainEqual(['6000-4 Telex', true, ['expense']])
    await firm.world.switches({ 'freshbooks.ledger.scope': 'journal_entries' })
    expect(await shown('account')).toContainEqual(['6000-4 Telex', false, ['expense', 'operating expense']])
  })

  it('vendors say so where the plan has no accounts payable, and the connection stays ready', async () => {
    await act('set-accounts-payable', { on: false })
    expect(await read('vendor')).toMatchObject({
      ok: false,
      failure: {
        kind: 'rejected',
        code: 'freshbooks_feature_off',
        remedy: expect.stringContaining('accounts payable'),
      },
    })
    expect(await firm.admin.call('GET', seat.path())).toMatchObject({ state: 'ready' })
    const { warnings } = await firm.admin.call<{ warnings: string[] }>('POST', seat.path('/test'))
    expect(warnings).toEqual([expect.stringContaining('lacks accounts payable')])
    await act('set-accounts-payable', { on: true })
  })

  it('answer alike with errors of the older form, and with those hidden under status 200', async () => {
    await act('set-accounts-payable', { on: false })
    for (const switched of [{ 'freshbooks.errors.style': 'old' }, { 'freshbooks.errors.http200': true }]) {
      await firm.world.switches(switched)
      expect(await read('vendor')).toMatchObject({ failure: { code: 'freshbooks_feature_off' } })
    }
    await firm.world.switches({ 'freshbooks.errors.style': 'version', 'freshbooks.errors.http200': false })
    await act('set-accounts-payable', { on: true })
  })
})

/** A person with rights that we never ask for. */
const archive = async (name: string): Promise<void> => {
  const { freshbooks: dump } = await firm.world.dump<{
    freshbooks: { businesses: { uuid: string }[]; accounts: { accounts: { uuid: string; name: string }[] }[] }
  }>()
  const account = dump.accounts[0]?.accounts.find((one) => one.name === name)
  const path = `/accounting/businesses/${dump.businesses[0]?.uuid}/ledger_accounts/accounts/${account?.uuid}`
  const response = await fetch(`${firm.world.baseUrl('freshbooks')}${path}`, {
    method: 'PUT',
    headers: { authorization: 'Bearer marker-secret-bookkeeper', 'content-type': 'application/json' },
    body: JSON.stringify({ state: 'archived' }),
  })
  expect(response.status).toBe(200)
}
