import { beforeAll, describe, expect, it } from 'vitest'
import type { Reference } from '../../src/core/vendor'
import { quickbooks } from '../../src/vendors/quickbooks'
import { type Client, connect, openClient } from '../support/quickbooks'
import { apiOf } from '../support/tenant'

const COMPANY = {
  multicurrency: true,
  currencies: [{ Code: 'EUR' }, { Code: 'JPY' }],
  departments: [
    { Id: '1', Name: 'West' },
    { Id: '2', Name: 'Store 2', ParentRef: { value: '1' } },
  ],
  classes: [{ Id: '5000000000000007280', Name: 'Online' }],
  vendors: [
    { Id: '30', DisplayName: "Amy's Bird Sanctuary" },
    { Id: '31', DisplayName: 'Bessie', CurrencyRef: { value: 'EUR' } },
  ],
}

let client: Client
const connected = async (company: object): Promise<void> => {
  client = await openClient({ ...company })
  await connect(client)
  await client.world.forgetCalls()
}

const listOf = async (kind: string): Promise<Reference[]> => {
  const answered = await apiOf(client.tenant).references(client.connection, kind)
  if (!answered.ok) throw new Error(answered.failure.message)
  return answered.value
}

const shown = async (kind: string): Promise<string[]> =>
  (await listOf(kind)).map(({ code, name, active, uses }) =>
    [code, name, active ? '' : 'inactive', uses.join()].filter(Boolean).join(' | '),
  )

/** Metered reads that were needed. */
const reads = async (): Promise<number> => (await client.world.calls('quickbooks')).length

const act = (action: string, input: object) =>
  client.world.act('quickbooks', action, { realmId: client.realm, ...input })

describe('what can be mapped in a company in the US', () => {
  beforeAll(() => connected(COMPANY))

  it.each([
    [
      'account',
      [
        '33 | Accounts Payable (A/P) | payable,liability,currency:USD',
        '35 | Checking | payment,asset,currency:USD',
        '7 | Advertising | expense,currency:USD',
        '79 | Sales | revenue,currency:USD',
        '80 | Cost of Goods Sold | expense,currency:USD',
        '81 | Inventory Asset | asset,currency:USD',
        '82 | Freight In | expense,currency:USD',
      ],
    ],
    [
      'tax-code',
      [
        '4 | Standard | purchase,taxable',
        '5 | Sales only | taxable',
        'NON | NON | purchase,sale',
        'TAX | TAX | purchase,sale,taxable',
      ],
    ],
    ['term', ['1 | Due on receipt', '3 | Net 30', '5 | Mid month']],
    ['item', ['19 | Widget (WIDGET) | purchase,inventory', '20 | Gadget (GADGET) | purchase,noninventory']],
    ['department', ['1 | West', '2 | West:Store 2']],
    ['class', ['5000000000000007280 | Online']],
    ['vendor', ["30 | Amy's Bird Sanctuary | currency:USD", '31 | Bessie | currency:EUR']],
    ['currency', ['EUR | Euro', 'JPY | Japanese Yen', 'USD | USD | home']],
  ])('%s', async (kind, expected) => {
    expect((await shown(kind)).sort()).toEqual(expected)
  })

  it('is every list that there is', async () => {
    const kinds = Object.keys(quickbooks.references)
    expect(kinds.sort()).toEqual(['account', 'class', 'currency', 'department', 'item', 'tax-code', 'term', 'vendor'])
    await client.world.forgetCalls()
    for (const kind of kinds) expect((await listOf(kind)).length, kind).toBeGreaterThan(0)
    expect(await reads()).toBe(10)
  })

  it('has no list of another name', async () => {
    expect(await apiOf(client.tenant).references(client.connection, 'payment')).toMatchObject({
      ok: false,
      failure: { code: 'no_such_list', remedy: expect.stringContaining('account, tax-code') },
    })
  })
})

describe('what was made inactive in QuickBooks', () => {
  beforeAll(() => connected(COMPANY))

  it.each([
    ['account', 'Account', '7', '7 | Advertising (deleted) | inactive | expense,currency:USD'],
    ['term', 'Term', '3', '3 | Net 30 (deleted) | inactive'],
    ['item', 'Item', '20', '20 | Gadget (deleted) (GADGET) | inactive | purchase,noninventory'],
    ['department', 'Department', '2', '2 | West:Store 2 (deleted) | inactive'],
    ['class', 'Class', '5000000000000007280', '5000000000000007280 | Online (deleted) | inactive'],
    ['vendor', 'Vendor', '30', "30 | Amy's Bird Sanctuary (deleted) | inactive | currency:USD"],
  ])('is shown as such: %s', async (kind, entity, id, expected) => {
    await act('deactivate', { entity, id })
    expect(await shown(kind)).toContain(expected)
  })

  it('is shown as such: a tax code and a currency', async () => {
    await act('edit', { entity: 'TaxCode', id: '4', changes: { Active: false } })
    await act('edit', { entity: 'CompanyCurrency', id: '1', changes: { Active: false } })
    expect(await shown('tax-code')).toContain('4 | Standard | inactive | purchase,taxable')
    expect(await shown('currency')).toContain('EUR | Euro | inactive')
  })
})

describe('what can be mapped elsewhere', () => {
  it('has no pseudo codes, and one currency where only one is in use', async () => {
    await connected({ country: 'GB', homeCurrency: 'GBP' })
    expect((await shown('tax-code')).sort()).toEqual(['4 | Standard | purchase,taxable', '5 | Sales only | taxable'])
    expect(await shown('currency')).toEqual(['GBP | GBP | home'])
  })
})

describe('a list that is longer than a page', () => {
  it('is read to its end, and counted', async () => {
    await connected({ vendors: Array.from({ length: 1_200 }, (_, n) => ({ DisplayName: `Supplier ${n}` })) })
    expect(new Set((await listOf('vendor')).map(({ name }) => name)).size).toBe(1_200)
    expect(await reads()).toBe(3)
  })
})
