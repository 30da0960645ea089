import { BILL } from './fields-bill'
import { ACCOUNT, SUBACCOUNT, VENDOR_CLASS } from './fields-ledger'
import { PURCHASE_ORDER } from './fields-order'
import { VENDOR } from './fields-vendor'
import type { Shape } from './schema'

export const ENTITY_NAMES = ['Vendor', 'Bill', 'PurchaseOrder', 'Account', 'VendorClass', 'Subaccount'] as const
export type EntityName = (typeof ENTITY_NAMES)[number]

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
}

export const entityNamed = (name: string): Entity | undefined => {
  const known = ENTITY_NAMES.find((one) => one === name)
  return known && ENTITIES[known]
}
