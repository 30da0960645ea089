import { describe, expect, it } from 'vitest'
import { at, rig } from './acumatica/rig'

const tenant = (over: object = {}) => rig({ tenants: [{ branches: ['MAIN', 'WEST'], ...over }] })

describe('the lists that forms offer', () => {
  it.each([
    ['Warehouse', 'WarehouseID', ['WH01']],
    ['StockItem', 'InventoryID', ['BRICKS']],
    ['NonStockItem', 'InventoryID', ['DELIVERY']],
    ['TaxCategory', 'TaxCategoryID', ['EXEMPT', 'TAXABLE']],
    ['TaxZone', 'TaxZoneID', ['LOCAL']],
    ['PaymentMethod', 'PaymentMethodID', ['CHECK', 'WIRE']],
    ['Currency', 'CurrencyID', ['AUD', 'EUR', 'JPY', 'USD']],
  ])('are there to be read: %s', async (entity, key, codes) => {
    const rows = await tenant().list(entity, { $select: key })
    expect(rows.map((row) => at(row, key)).sort()).toEqual(codes)
    const [first] = rows
    expect(at(await tenant().get(`${entity}/${first?.id}`), key)).toBe(at(first, key))
    expect(await tenant().failure('GET', `/${entity}/NONE`)).toBe('NoEntitySatisfiesTheConditionException')
  })

  it('are not written through this API', async () => {
    await tenant().expected(403, 'PUT', '/Warehouse', { WarehouseID: { value: 'WH02' } })
  })

  it('are no part of an instance without the feature', async () => {
    const acu = tenant({ features: { inventory: false } })
    await acu.expected(403, 'GET', '/Warehouse')
    await acu.expected(403, 'GET', '/StockItem')
    await acu.expected(200, 'GET', '/NonStockItem')
  })
})

describe('the actual ledger', () => {
  it('has the base currency, and the branches where they are asked for', async () => {
    const [plain] = await tenant().list('Ledger', { $filter: "Type eq 'Actual'" })
    expect(at(plain, 'Currency')).toBe('USD')
    expect(plain).not.toHaveProperty('Branches')
    const [whole] = await tenant().list('Ledger', { $filter: "Type eq 'Actual'", $expand: 'Branches' })
    expect([at(whole, 'Branches.0.BranchID'), at(whole, 'Branches.1.BranchID')]).toEqual(['MAIN', 'WEST'])
  })
})

describe('the financial calendar', () => {
  it('shows which periods are closed to payables', async () => {
    const acu = tenant({ periods: { first: '2025-11', last: '2026-03', closed: ['2025-11', '2025-12'] } })
    await acu.act('settings', { closePeriod: '2026-01' })
    const year = await acu.get('FinancialPeriod/2026?$expand=Details')
    expect(
      [0, 1].map((n) => [at(year, `Details.${n}.FinancialPeriodID`), at(year, `Details.${n}.ClosedInAP`)]),
    ).toEqual([
      ['012026', true],
      ['022026', false],
    ])
    expect(at(year, 'Details.0.StartDate')).toBe('2026-01-01T00:00:00-05:00')
    expect(await acu.list('FinancialPeriod')).toHaveLength(2)
  })
})
