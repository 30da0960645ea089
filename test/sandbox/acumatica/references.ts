import type { Books } from './books'
import type { Entity } from './entities'
import { ENTITIES } from './entities'
import type { Item, Kept, Row } from './model'
import type { Problems } from './problems'
import { flagOf, sameText, textOf } from './rows'

const LABELS: Readonly<Record<string, string>> = {
  APAccount: 'AP Account',
  APSubaccount: 'AP Sub.',
  BranchID: 'Branch',
  CashAccount: 'Cash Account',
  CurrencyID: 'Currency ID',
  InventoryID: 'Inventory ID',
  LocationID: 'Location',
  PaymentMethod: 'Payment Method',
  TaxCategory: 'Tax Category',
  TaxZone: 'Tax Zone',
  VendorClass: 'Vendor Class',
  VendorID: 'Vendor',
  WarehouseID: 'Warehouse',
}
const labelOf = (name: string): string => LABELS[name] ?? name

/** The field must be empty or name one of the list; it is then written as the list writes it. */
export const checkListed = (row: Row, name: string, list: readonly string[], problems: Problems, path = ''): void => {
  const value = textOf(row, name)
  if (value !== '') row.values[name] = problems.known(`${path}${name}`, labelOf(name), value, list)
}

/** The field must be empty or name a record. Answers the record. */
export const checkRecord = (
  books: Books,
  row: Row,
  name: string,
  entity: Entity,
  problems: Problems,
  path = '',
): Kept | undefined => {
  const value = textOf(row, name)
  if (value === '') return undefined
  const found = books.byKeys(entity, [value])
  if (found) row.values[name] = textOf(found, entity.keys[0] ?? '')
  else problems.notInSystem(`${path}${name}`, labelOf(name))
  return found
}

export const checkAccount = (books: Books, row: Row, name: string, problems: Problems, path = ''): void => {
  const account = checkRecord(books, row, name, ENTITIES.Account, problems, path)
  if (account && !flagOf(account, 'Active')) problems.add(`${path}${name}`, 'The account is inactive.')
}

/** With the feature off there are no subaccounts on any form: what was sent for them is dropped. */
export const checkSubaccount = (books: Books, row: Row, name: string, problems: Problems, path = ''): void => {
  if (!books.tenant.features.subaccounts) {
    row.values[name] = null
    return
  }
  row.values[name] ??= '000000'
  checkRecord(books, row, name, ENTITIES.Subaccount, problems, path)
}

export const checkItem = (books: Books, row: Row, problems: Problems, path: string): Item | undefined => {
  const value = textOf(row, 'InventoryID')
  if (value === '') return undefined
  const item = books.tenant.items.find(({ id }) => sameText(id, value))
  if (item) row.values.InventoryID = item.id
  else problems.notInSystem(`${path}InventoryID`, labelOf('InventoryID'))
  return item
}

export const currencies = ({ tenant }: Books): string[] => Object.keys(tenant.currencies)

export const decimalsOf = ({ tenant }: Books, currency: string): number => tenant.currencies[currency] ?? 2
