import { z } from 'zod'
import { Failed } from '../../core/failure'
import type { ReadApi, Reference } from '../../core/vendor'
import type { Query } from './client'
import { readAll } from './lists'
import { flag, sameWord, text } from './shapes'

/** A list of the endpoint: what is asked for, and what a row says. */
const listOf = <S extends z.ZodRawShape>(
  kind: string,
  entity: string,
  row: z.ZodObject<S>,
  say: (row: z.output<z.ZodObject<S>>) => Omit<Reference, 'kind'>,
) => {
  const query: Query = { $select: Object.keys(row.shape).join(',') }
  return async (api: ReadApi): Promise<Reference[]> =>
    (await readAll(api, entity, row, query)).map((one) => ({ kind, ...say(one) }))
}

const named = (code: string, description: string): string => [code, description].filter(Boolean).join(' ')

const chosen = (uses: [string, boolean][]): string[] => uses.flatMap(([use, fits]) => (fits ? [use] : []))

const AccountRow = z.object({ AccountCD: text, Description: text, Type: text, Active: flag, CashAccount: flag })

const accounts = listOf('account', 'Account', AccountRow, (row) => ({
  code: row.AccountCD,
  name: named(row.AccountCD, row.Description),
  active: row.Active,
  uses: [...chosen([['payment', row.CashAccount]]), row.Type.toLowerCase()],
}))

const SubaccountRow = z.object({ SubaccountCD: text, Description: text, Active: flag })

const subaccounts = listOf('subaccount', 'Subaccount', SubaccountRow, (row) => ({
  code: row.SubaccountCD,
  name: named(row.SubaccountCD, row.Description),
  active: row.Active,
  uses: [],
}))

const ClassRow = z.object({ ClassID: text, Description: text })

const vendorClasses = listOf('vendor-class', 'VendorClass', ClassRow, (row) => ({
  code: row.ClassID,
  name: named(row.ClassID, row.Description),
  active: true,
  uses: [],
}))

const VendorRow = z.object({ VendorID: text, VendorName: text, Status: text, CurrencyID: text })

const vendors = listOf('vendor', 'Vendor', VendorRow, (row) => ({
  code: row.VendorID,
  name: named(row.VendorID, row.VendorName),
  active: !sameWord(row.Status, 'Inactive'),
  uses: chosen([[`currency:${row.CurrencyID}`, row.CurrencyID !== '']]),
}))

const WarehouseRow = z.object({ WarehouseID: text, Description: text, Active: flag })

const warehouses = listOf('warehouse', 'Warehouse', WarehouseRow, (row) => ({
  code: row.WarehouseID,
  name: named(row.WarehouseID, row.Description),
  active: row.Active,
  uses: [],
}))

const TaxCategoryRow = z.object({ TaxCategoryID: text, Description: text, Active: flag })

const taxCategories = listOf('tax-category', 'TaxCategory', TaxCategoryRow, (row) => ({
  code: row.TaxCategoryID,
  name: named(row.TaxCategoryID, row.Description),
  active: row.Active,
  uses: [],
}))

const TaxZoneRow = z.object({ TaxZoneID: text, Description: text })

const taxZones = listOf('tax-zone', 'TaxZone', TaxZoneRow, (row) => ({
  code: row.TaxZoneID,
  name: named(row.TaxZoneID, row.Description),
  active: true,
  uses: [],
}))

const MethodRow = z.object({ PaymentMethodID: text, Description: text, Active: flag, UseInAP: flag })

const paymentMethods = listOf('payment-method', 'PaymentMethod', MethodRow, (row) => ({
  code: row.PaymentMethodID,
  name: named(row.PaymentMethodID, row.Description),
  active: row.Active,
  uses: chosen([['purchase', row.UseInAP]]),
}))

const CurrencyRow = z.object({ CurrencyID: text, Description: text, Active: flag })

const currencies = listOf('currency', 'Currency', CurrencyRow, (row) => ({
  code: row.CurrencyID,
  name: named(row.CurrencyID, row.Description),
  active: row.Active,
  uses: [],
}))

/** An item that may not be bought any more is of no use to a bill or an order. */
const canBeBought = (status: string): boolean => !/^(inactive|no purchases|marked for deletion)$/i.test(status)

const StockRow = z.object({ InventoryID: text, Description: text, ItemStatus: text, BaseUOM: text, PurchaseUOM: text })

const stockItems = listOf('item', 'StockItem', StockRow, (row) => ({
  code: row.InventoryID,
  name: named(row.InventoryID, row.Description),
  active: canBeBought(row.ItemStatus),
  uses: ['stock', ...units(row.BaseUOM, row.PurchaseUOM)],
}))

const NonStockRow = z.object({
  InventoryID: text,
  Description: text,
  ItemStatus: text,
  BaseUnit: text,
  PurchaseUnit: text,
})

const nonStockItems = listOf('item', 'NonStockItem', NonStockRow, (row) => ({
  code: row.InventoryID,
  name: named(row.InventoryID, row.Description),
  active: canBeBought(row.ItemStatus),
  uses: ['non-stock', ...units(row.BaseUnit, row.PurchaseUnit)],
}))

/** What it is counted in, and bought in. */
const units = (base: string, purchase: string): string[] => [
  ...new Set([base, purchase].filter(Boolean).map((unit) => `unit:${unit}`)),
]

/** Both kinds share one name space. */
const items = async (api: ReadApi): Promise<Reference[]> => [...(await stockItems(api)), ...(await nonStockItems(api))]

const BranchRow = z.object({ BranchID: text, BranchName: text, Active: flag })
const LedgerRow = z.object({ id: z.string(), Type: text, Branches: z.array(BranchRow) })

/** Branches have no list of their own: they stand at the actual ledgers. */
const branches = async (api: ReadApi): Promise<Reference[]> => {
  const ledgers = await readAll(api, 'Ledger', LedgerRow, { $expand: 'Branches' })
  const rows = ledgers.filter(({ Type }) => sameWord(Type, 'Actual')).flatMap(({ Branches }) => Branches)
  return [...new Map(rows.map((row) => [row.BranchID, row])).values()].map(({ BranchID, BranchName, Active }) => ({
    kind: 'branch',
    code: BranchID,
    name: named(BranchID, BranchName),
    active: Active,
    uses: [],
  }))
}

const TermsRow = z.object({ Terms: text })

/** Credit terms cannot be listed (sheet 6): those that some vendor has. */
const terms = async (api: ReadApi): Promise<Reference[]> => {
  const rows = await readAll(api, 'Vendor', TermsRow, { $select: 'Terms' })
  const codes = new Set(rows.map(({ Terms }) => Terms).filter(Boolean))
  return [...codes].sort().map((code) => ({ kind: 'term', code, name: code, active: true, uses: [] }))
}

/** A feature that is off, or a form that this user may not open, is an empty list for a mapping that nobody needs then (sheet 6). */
const whereAllowed =
  (list: (api: ReadApi) => Promise<Reference[]>) =>
  async (api: ReadApi): Promise<Reference[]> => {
    try {
      return await list(api)
    } catch (thrown) {
      if (thrown instanceof Failed && thrown.failure.code === 'acumatica_no_rights') return []
      throw thrown
    }
  }

/** By the keys that documents name; accounts are only ever read. */
export const references = {
  account: accounts,
  subaccount: whereAllowed(subaccounts),
  vendor: vendors,
  'vendor-class': vendorClasses,
  term: terms,
  currency: currencies,
  'payment-method': paymentMethods,
  'tax-category': taxCategories,
  'tax-zone': taxZones,
  branch: branches,
  warehouse: whereAllowed(warehouses),
  item: items,
}
