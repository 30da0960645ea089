import type { Books } from './books'
import type { Entity, EntityName } from './entities'
import type { Kept, Row, Tenant } from './model'
import { blankRow } from './rows'
import type { Value } from './schema'

type Values = Record<string, Value>
type Made = { values: Values; lines?: Record<string, Values[]> }

/** What forms offer to choose from: part of the tenant's set-up, not records that anybody writes through the API. */
const LISTS: Partial<Record<EntityName, (tenant: Tenant) => Made[]>> = {
  Warehouse: ({ warehouses }) => warehouses.map((id) => plain({ WarehouseID: id, Description: `${id} warehouse` })),
  TaxZone: ({ taxZones }) => taxZones.map((id) => plain({ TaxZoneID: id, Description: `${id} zone` })),
  TaxCategory: ({ taxCategories }) =>
    Object.keys(taxCategories).map((id) => plain({ TaxCategoryID: id, Description: null })),
  PaymentMethod: ({ paymentMethods }) =>
    paymentMethods.map((id) => plain({ PaymentMethodID: id, Description: id, UseInAP: true, UseInAR: true })),
  Currency: ({ currencies }) =>
    Object.entries(currencies).map(([id, digits]) => plain({ CurrencyID: id, DecimalPrecision: digits })),
  StockItem: ({ items }) =>
    items.flatMap(({ id, description, stock, uom }) =>
      stock
        ? [plain({ InventoryID: id, Description: description, ItemStatus: 'Active', BaseUOM: uom, PurchaseUOM: uom })]
        : [],
    ),
  NonStockItem: ({ items }) =>
    items.flatMap(({ id, description, stock, uom }) =>
      stock
        ? []
        : [
            plain({
              InventoryID: id,
              Description: description,
              ItemStatus: 'Active',
              BaseUnit: uom,
              PurchaseUnit: uom,
            }),
          ],
    ),
  Ledger: ({ baseCurrency, branches }) => [
    {
      values: { LedgerID: 'ACTUAL', Description: 'Actual ledger', Type: 'Actual', Currency: baseCurrency },
      lines: { Branches: branches.map((id) => ({ BranchID: id, BranchName: `${id} branch`, Active: true })) },
    },
    { values: { LedgerID: 'BUDGET', Type: 'Budget', Currency: baseCurrency }, lines: { Branches: [] } },
  ],
  FinancialPeriod: ({ periods }) => {
    const years = Map.groupBy(monthsOf(periods), (month) => month.slice(0, 4))
    return [...years].map(([year, months]) => ({
      values: { FinancialYear: year, NbrOfPeriods: months.length, StartDate: `${months[0]}-01` },
      lines: { Details: months.map((month) => periodOf(month, periods.closed)) },
    }))
  },
}

const plain = (values: Values): Made => ({ values: { Active: true, ...values } })

const monthsOf = ({ first, last }: Tenant['periods']): string[] => {
  const months: string[] = []
  for (let month = first; month <= last; month = monthAfter(month)) months.push(month)
  return months
}

const monthAfter = (month: string): string => {
  const [year = 0, number = 0] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number, 1)).toISOString().slice(0, 7)
}

/** [U] Whether a closed period says `Closed`, or stays open with its modules closed one by one: here the latter. */
const periodOf = (month: string, closed: string[]): Values => ({
  FinancialPeriodID: `${month.slice(5)}${month.slice(0, 4)}`,
  PeriodNbr: month.slice(5),
  Status: 'Open',
  ClosedInAP: closed.includes(month),
  StartDate: `${month}-01`,
  EndDate: `${monthAfter(month)}-01`,
})

/** Every record of an entity, whether it is kept or part of the set-up. */
export const rowsOf = (books: Books, { name, keys }: Entity): Kept[] => {
  const list = LISTS[name]
  if (!list) return books.of(name).all()
  return list(books.tenant).map((made) => rowOf(`${name}/${made.values[keys[0] ?? '']}`, made))
}

const rowOf = (key: string, { values, lines = {} }: Made): Kept => ({
  ...blankRow(),
  id: idOf(key),
  values,
  lines: Object.fromEntries(
    Object.entries(lines).map(([name, rows]): [string, Row[]] => [
      name,
      rows.map((line, n) => ({ ...blankRow(), id: idOf(`${key}/${n}`), values: line })),
    ]),
  ),
  createdAt: 0,
  modifiedAt: 0,
  files: [],
  paid: '0',
})

/** The same id for the same key. */
const idOf = (key: string): string => {
  const hex = [...key].reduce((sum, letter) => (sum * 31n + BigInt(letter.codePointAt(0) ?? 0)) % 2n ** 122n, 7n)
  const text = hex.toString(16).padStart(32, '0')
  return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join('-')
}
