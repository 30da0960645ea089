import type { EntityName, TxnName } from './model'

interface Entity {
  /** Records of one family share one row of Ids, so equal Ids of different kinds happen as in the vendor's books. */
  family: string
  /** How an unknown reference is called in 2500; `Names`, `Accounts` and `Klasses` are recorded, the others are ours. */
  noun: string
  /** Excluded from change data capture (sheet 8). */
  silent?: true
}

export const ENTITIES: Record<EntityName, Entity> = {
  Vendor: { family: 'names', noun: 'Names' },
  Customer: { family: 'names', noun: 'Names' },
  Employee: { family: 'names', noun: 'Names' },
  Bill: { family: 'txns', noun: 'Transactions' },
  PurchaseOrder: { family: 'txns', noun: 'Transactions' },
  VendorCredit: { family: 'txns', noun: 'Transactions' },
  Account: { family: 'accounts', noun: 'Accounts' },
  Department: { family: 'departments', noun: 'Departments' },
  Class: { family: 'classes', noun: 'Klasses' },
  Term: { family: 'terms', noun: 'Terms' },
  TaxCode: { family: 'taxCodes', noun: 'TaxCodes', silent: true },
  TaxRate: { family: 'taxRates', noun: 'TaxRates', silent: true },
  Item: { family: 'items', noun: 'Items' },
  CompanyCurrency: { family: 'currencies', noun: 'CompanyCurrencies' },
}

export const ENTITY_NAMES: EntityName[] = [
  'Vendor',
  'Customer',
  'Employee',
  'Bill',
  'PurchaseOrder',
  'VendorCredit',
  'Account',
  'Department',
  'Class',
  'Term',
  'TaxCode',
  'TaxRate',
  'Item',
  'CompanyCurrency',
]

/** Entity names are compared without case everywhere (sheet 7, 8). */
export const entityNamed = (name: string): EntityName | undefined =>
  ENTITY_NAMES.find((known) => known.toLowerCase() === name.toLowerCase())

export const isTxn = (name: EntityName): name is TxnName =>
  name === 'Bill' || name === 'PurchaseOrder' || name === 'VendorCredit'

/** Which list a reference points at, by its key. `TaxCodeRef` has rules of its own (taxes.ts). */
export const REFERENCES: Record<string, EntityName> = {
  VendorRef: 'Vendor',
  APAccountRef: 'Account',
  AccountRef: 'Account',
  ItemRef: 'Item',
  ClassRef: 'Class',
  CustomerRef: 'Customer',
  DepartmentRef: 'Department',
  SalesTermRef: 'Term',
  TermRef: 'Term',
  TaxCodeRef: 'TaxCode',
  TaxRateRef: 'TaxRate',
}
