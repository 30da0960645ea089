import { BILL } from './fields-bill'
import { ACCOUNT, SUBACCOUNT, VENDOR_CLASS } from './fields-ledger'
import {
  CURRENCY,
  FINANCIAL_PERIOD,
  LEDGER,
  NON_STOCK_ITEM,
  PAYMENT_METHOD,
  STOCK_ITEM,
  TAX_CATEGORY,
  TAX_ZONE,
  WAREHOUSE,
} from './fields-lists'
import { PURCHASE_ORDER } from './fields-order'
import { VENDOR } from './fields-vendor'
import type { Shape } from './schema'

/** What is kept as records. */
export const ENTITY_NAMES = ['Vendor', 'Bill', 'PurchaseOrder', 'Account', 'VendorClass', 'Subaccount'] as const

/** What is only ever listed: the tenant's set-up (pick-lists.ts). */
const LIST_NAMES = [
  'Warehouse',
  'StockItem',
  'NonStockItem',
  'TaxCategory',
  'TaxZone',
  'PaymentMethod',
  'Currency',
  'Ledger',
  'FinancialPeriod',
] as const
export type EntityName = (typeof ENTITY_NAMES)[number] | (typeof LIST_NAMES)[number]

export interface Entity {
  name: EntityName
  shape: Shape
  /** In the order of the URL (sheet 5). */
  keys: readonly string[]
  /** Form's class and view, as they stand in file links. */
  graph: string
  view: string
  /** What error texts call a record. */
  title: string
}

const listed = (name: EntityName, shape: Shape, key: string, graph: string): Entity => ({
  name,
  shape,
  keys: [key],
  graph: `PX.Objects.${graph}`,
  view: name,
  title: name,
})

export const ENTITIES: Record<EntityName, Entity> = {
  Vendor: {
    name: 'Vendor',
    shape: VENDOR,
    keys: ['VendorID'],
    graph: 'PX.Objects.AP.VendorMaint',
    view: 'BAccount',
    title: 'Vendor',
  },
  Bill: {
    name: 'Bill',
    shape: BILL,
    keys: ['Type', 'ReferenceNbr'],
    graph: 'PX.Objects.AP.APInvoiceEntry',
    view: 'Document',
    title: 'Bills and Adjustments',
  },
  PurchaseOrder: {
    name: 'PurchaseOrder',
    shape: PURCHASE_ORDER,
    keys: ['Type', 'OrderNbr'],
    graph: 'PX.Objects.PO.POOrderEntry',
    view: 'Document',
    title: 'Purchase Order',
  },
  Account: {
    name: 'Account',
    shape: ACCOUNT,
    keys: ['AccountCD'],
    graph: 'PX.Objects.GL.AccountMaint',
    view: 'AccountRecords',
    title: 'Account',
  },
  VendorClass: {
    name: 'VendorClass',
    shape: VENDOR_CLASS,
    keys: ['ClassID'],
    graph: 'PX.Objects.AP.VendorClassMaint',
    view: 'VendorClassRecord',
    title: 'Vendor Class',
  },
  Subaccount: {
    name: 'Subaccount',
    shape: SUBACCOUNT,
    keys: ['SubaccountCD'],
    graph: 'PX.Objects.GL.SubAccountMaint',
    view: 'SubRecords',
    title: 'Subaccount',
  },
  Warehouse: listed('Warehouse', WAREHOUSE, 'WarehouseID', 'IN.INSiteMaint'),
  StockItem: listed('StockItem', STOCK_ITEM, 'InventoryID', 'IN.InventoryItemMaint'),
  NonStockItem: listed('NonStockItem', NON_STOCK_ITEM, 'InventoryID', 'IN.NonStockItemMaint'),
  TaxCategory: listed('TaxCategory', TAX_CATEGORY, 'TaxCategoryID', 'TX.TaxCategoryMaint'),
  TaxZone: listed('TaxZone', TAX_ZONE, 'TaxZoneID', 'TX.TaxZoneMaint'),
  PaymentMethod: listed('PaymentMethod', PAYMENT_METHOD, 'PaymentMethodID', 'CA.PaymentMethodMaint'),
  Currency: listed('Currency', CURRENCY, 'CurrencyID', 'CM.CurrencyMaint'),
  Ledger: listed('Ledger', LEDGER, 'LedgerID', 'GL.GeneralLedgerMaint'),
  FinancialPeriod: listed('FinancialPeriod', FINANCIAL_PERIOD, 'FinancialYear', 'GL.MasterFinPeriodMaint'),
}

export const entityNamed = (name: string): Entity | undefined => {
  const known = [...ENTITY_NAMES, ...LIST_NAMES].find((one) => one === name)
  return known && ENTITIES[known]
}
