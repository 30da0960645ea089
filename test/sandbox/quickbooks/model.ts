import type { ListFields } from './list-schema'
import type { Txn } from './txn-schema'
import type { VendorFields } from './vendor-schema'

/** A company, with the settings its users make. */
export interface Realm {
  realmId: string
  companyName: string
  country: string
  homeCurrency: string
  multicurrency: boolean
  environment: 'production' | 'sandbox'
  /** Purchase orders, classes and departments need Plus or Advanced (sheet 12). */
  plan: 'essentials' | 'plus'
  status: 'active' | 'suspended'
  bookCloseDate: string | null
  customTxnNumbers: boolean
  classTracking: 'off' | 'transaction' | 'line'
  trackDepartments: boolean
  /** The hidden setting behind 6140 (sheet 11). */
  warnDuplicateBills: boolean
  createdAt: number
  changedAt: number
}

export interface Shapes {
  Vendor: VendorFields
  Bill: Txn
  PurchaseOrder: Txn
  VendorCredit: Txn
  Account: ListFields
  Department: ListFields
  Class: ListFields
  Term: ListFields
  TaxCode: ListFields
  TaxRate: ListFields
  Item: ListFields
  CompanyCurrency: ListFields
  Customer: ListFields
  Employee: ListFields
}
export type EntityName = keyof Shapes
export type TxnName = 'Bill' | 'PurchaseOrder' | 'VendorCredit'
export type ListName = Exclude<EntityName, TxnName | 'Vendor'>

export interface Payment {
  id: string
  amount: number
  date: string
}

/** What one line of a bill takes from one line of an order. */
export interface Billed {
  billId: string
  lineId: string
  qty: number
  amount: number
}

/** A record: its fields as on the wire, and beside them what the vendor keeps about it. Times are whole seconds, in ms. */
export interface Kept<F> {
  id: string
  syncToken: number
  createdAt: number
  updatedAt: number
  fields: F
  /** Vendor and Account only: what is owed (an account's sign is the vendor's own). */
  balance: number
  /** Transactions only. */
  lastLine: number
  payments: Payment[]
  billed: Billed[]
}

/** What remains of a deleted transaction; change data capture tells it (sheet 8). */
export interface Tombstone {
  entity: EntityName
  id: string
  deletedAt: number
}
