import { describe, expect, it } from 'vitest'
import type { Answer } from '../../../src/core/vendor'
import { acumatica } from '../../../src/vendors/acumatica'
import { answer, failureOf, listing, NO_RIGHTS, row } from './scripted'

const read = async (kind: string, lists: Record<string, unknown[] | Answer>) => {
  const { api, calls } = listing(lists)
  const list = await acumatica.references[kind]?.(api)
  return { list, calls }
}

describe('a reference list', () => {
  it.each([
    [
      'account',
      'Account',
      { AccountCD: '10200     ', Description: 'Checking', Type: 'Asset', Active: true, CashAccount: true },
      { code: '10200', name: '10200 Checking', active: true, uses: ['payment', 'asset'] },
    ],
    [
      'account',
      'Account',
      { AccountCD: '69000', Description: null, Type: 'Expense', Active: false, CashAccount: null },
      { code: '69000', name: '69000', active: false, uses: ['expense'] },
    ],
    [
      'subaccount',
      'Subaccount',
      { SubaccountCD: '000000', Description: 'Default', Active: true },
      { code: '000000', name: '000000 Default', active: true, uses: [] },
    ],
    [
      'vendor-class',
      'VendorClass',
      { ClassID: 'SUPPLIER', Description: 'Suppliers' },
      { code: 'SUPPLIER', name: 'SUPPLIER Suppliers', active: true, uses: [] },
    ],
    [
      'vendor',
      'Vendor',
      { VendorID: 'ACME01', VendorName: 'Acme Widgets', Status: 'Active', CurrencyID: 'USD' },
      { code: 'ACME01', name: 'ACME01 Acme Widgets', active: true, uses: ['currency:USD'] },
    ],
    [
      'vendor',
      'Vendor',
      { VendorID: 'OLD', VendorName: 'Old', Status: 'Inactive', CurrencyID: null },
      { code: 'OLD', name: 'OLD Old', active: false, uses: [] },
    ],
    [
      'warehouse',
      'Warehouse',
      { WarehouseID: 'WH01', Description: 'Main', Active: true },
      { code: 'WH01', name: 'WH01 Main', active: true, uses: [] },
    ],
    [
      'tax-category',
      'TaxCategory',
      { TaxCategoryID: 'EXEMPT', Description: null, Active: true },
      { code: 'EXEMPT', name: 'EXEMPT', active: true, uses: [] },
    ],
    [
      'tax-zone',
      'TaxZone',
      { TaxZoneID: 'LOCAL', Description: 'Local' },
      { code: 'LOCAL', name: 'LOCAL Local', active: true, uses: [] },
    ],
    [
      'payment-method',
      'PaymentMethod',
      { PaymentMethodID: 'CHECK', Description: 'Check', Active: true, UseInAP: true },
      { code: 'CHECK', name: 'CHECK Check', active: true, uses: ['purchase'] },
    ],
    [
      'currency',
      'Currency',
      { CurrencyID: 'EUR', Description: 'Euro', Active: false },
      { code: 'EUR', name: 'EUR Euro', active: false, uses: [] },
    ],
  ])('%s', async (kind, entity, fields, expected) => {
    const { list, calls } = await read(kind, { [entity]: [row(fields)] })
    expect(list).toEqual([{ kind, ...expected }])
    expect(calls).toHaveLength(1)
    expect(calls[0]?.query).toEqual({ $select: Object.keys(fields).join(','), $top: '500' })
  })

  it('of items holds both kinds, with the units they are bought in', async () => {
    const stock = {
      InventoryID: 'BRICKS',
      Description: 'Box of bricks',
      ItemStatus: 'Active',
      BaseUOM: 'EA',
      PurchaseUOM: 'BOX',
    }
    const nonStock = {
      InventoryID: 'OLD',
      Description: null,
      ItemStatus: 'No Purchases',
      BaseUnit: 'HOUR',
      PurchaseUnit: 'HOUR',
    }
    const { list } = await read('item', { StockItem: [row(stock)], NonStockItem: [row(nonStock)] })
    expect(list).toEqual([
      {
        kind: 'item',
        code: 'BRICKS',
        name: 'BRICKS Box of bricks',
        active: true,
        uses: ['stock', 'unit:EA', 'unit:BOX'],
      },
      { kind: 'item', code: 'OLD', name: 'OLD', active: false, uses: ['non-stock', 'unit:HOUR'] },
    ])
  })

  it('of branches is that of the actual ledgers, each once', async () => {
    const branch = (BranchID: string, Active: boolean) => row({ BranchID, BranchName: `${BranchID} branch`, Active })
    const ledgers = [
      row({ Type: 'Actual', Branches: [branch('MAIN', true), branch('WEST', false)] }),
      row({ Type: 'Actual', Branches: [branch('MAIN', true)] }),
      row({ Type: 'Budget', Branches: [branch('PLAN', true)] }),
    ]
    const { list, calls } = await read('branch', { Ledger: ledgers })
    expect(list).toEqual([
      { kind: 'branch', code: 'MAIN', name: 'MAIN MAIN branch', active: true, uses: [] },
      { kind: 'branch', code: 'WEST', name: 'WEST WEST branch', active: false, uses: [] },
    ])
    expect(calls[0]?.query).toEqual({ $expand: 'Branches', $top: '500' })
  })

  it('of terms is that of the vendors, since terms cannot be listed', async () => {
    const { list } = await read('term', {
      Vendor: [row({ Terms: '30D' }), row({ Terms: null }), row({ Terms: '30D' }), row({ Terms: 'COD' })],
    })
    expect(list?.map(({ code }) => code)).toEqual(['30D', 'COD'])
  })

  it('is empty where the feature is off, and a failure where the user may not see what everybody needs', async () => {
    expect((await read('subaccount', { Subaccount: NO_RIGHTS })).list).toEqual([])
    expect((await read('warehouse', { Warehouse: NO_RIGHTS })).list).toEqual([])
    expect(await failureOf(read('account', { Account: NO_RIGHTS }))).toMatchObject({ code: 'acumatica_no_rights' })
    expect(await failureOf(read('subaccount', { Subaccount: answer(401) }))).toMatchObject({ kind: 'unauthorised' })
  })
})

describe('a list of several pages', () => {
  const vendor = (n: number) => row({ VendorID: `V${n}`, VendorName: 'x', Status: 'Active', CurrencyID: 'USD' })
  const rows = (count: number) => Array.from({ length: count }, (_, n) => vendor(n))

  it('is read with pages that overlap, and each row is there once', async () => {
    const { list, calls } = await read('vendor', { Vendor: rows(1_100) })
    expect(list).toHaveLength(1_100)
    expect(calls.map(({ query }) => query?.$skip)).toEqual([undefined, '475', '950'])
  })

  it('of exactly one page is asked for what may follow', async () => {
    const { list, calls } = await read('vendor', { Vendor: rows(500) })
    expect(list).toHaveLength(500)
    expect(calls).toHaveLength(2)
  })

  it('lets no row slide past that others were deleted before', async () => {
    const all = rows(600)
    const { api } = listing({})
    let asked = 0
    const read: typeof api.read = async (call, schema) => {
      asked += 1
      if (asked === 2) all.splice(0, 20)
      const skip = Number(call.query?.$skip ?? 0)
      return schema.parse(all.slice(skip, skip + Number(call.query?.$top)))
    }
    const list = await acumatica.references.vendor?.({ ...api, read })
    expect(list).toHaveLength(600)
  })
})
