import type { WorldContext } from '../vendor'
import { openRegistry } from './apps'
import { type Books, openBooks, realms, silently } from './books'
import { currencyName } from './currencies'
import { familyOf, startFamily } from './families'
import { CLASSIFICATIONS, type ListFields } from './list-schema'
import type { Kept, ListName, TxnName } from './model'
import type { Body } from './read-body'
import { GrantSeed, type ListSeed, type RealmSeed, Seed } from './seed-input'
import { wholeSecond } from './stamps'
import { createTxn } from './transactions'
import { createVendor } from './vendors'
import { type View, viewOf } from './views'

/** Straight into the books: nothing is announced. Answers what was made, as the API would show it. */
export const seed = (world: WorldContext, input: unknown) => {
  const { apps, realms: companies, grants } = Seed.parse(input ?? {})
  for (const app of apps) openRegistry(world).apps.put(app.clientId, app)
  const made = companies.map((company) => seedRealm(world, company))
  return { apps, realms: made, grants: grants.map((grant) => seedGrant(world, grant)) }
}

export const seedGrant = (world: WorldContext, input: unknown) => {
  const { realmId, clientId, refreshToken, accessToken, expiresIn } = GrantSeed.parse(input)
  const before = familyOf(world, refreshToken)
  const family = before?.ended === null ? before : startFamily(world, clientId, realmId, refreshToken)
  const seconds = expiresIn ?? world.switched('oauth.expiresIn', 3600)
  const expiresAt = world.now() + seconds * 1000
  if (accessToken !== null)
    openRegistry(world).tokens.put(accessToken, { token: accessToken, family: family.id, expiresAt })
  return { realmId, clientId, refreshToken, accessToken, expiresAt }
}

const seedRealm = (world: WorldContext, input: RealmSeed) => {
  const { realmId } = input
  const now = wholeSecond(world.now())
  const isNew = !realms(world).get(realmId)
  const settings = settingsOf(input)
  const createdAt = realms(world).get(realmId)?.createdAt ?? now
  realms(world).put(realmId, { ...settings, createdAt, changedAt: now })
  const books = openBooks(world, realmId, silently)
  const lists = listsOf(input).map(([entity, rows]) => [entity, isNew ? seedList(books, entity, rows) : []])
  return { ...settings, ...Object.fromEntries(lists), ...seedDocuments(books, input) }
}

const settingsOf = (input: RealmSeed) => {
  const { accounts, terms, items, taxRates, taxCodes, departments, classes, ...others } = input
  const { currencies, customers, employees, vendors, purchaseOrders, bills, vendorCredits, ...settings } = others
  return settings
}

const listsOf = (input: RealmSeed): [ListName, ListSeed[]][] => [
  ['Account', input.accounts],
  ['Term', input.terms],
  ['Item', input.items],
  ['TaxRate', input.taxRates],
  ['TaxCode', input.taxCodes],
  ['Department', input.departments],
  ['Class', input.classes],
  ['CompanyCurrency', input.currencies],
  ['Customer', input.customers],
  ['Employee', input.employees],
]

const seedList = (books: Books, entity: ListName, rows: ListSeed[]): View[] =>
  rows.map((row) => viewOf(books, entity, addToList(books, entity, row)))

/** One row of a list, as its screen would complete it. */
export const addToList = (books: Books, entity: ListName, row: ListSeed): Kept<ListFields> => {
  const { Id, CurrentBalance, ...fields } = row
  const id = Id ?? books.freshId(entity)
  if (books.of(entity).get(id)) throw new Error(`simulator: ${entity} ${id} is there already`)
  return books.add(entity, id, completed(books, entity, fields), { balance: CurrentBalance })
}

export const completed = (books: Books, entity: ListName, fields: ListFields): ListFields => {
  if (entity === 'Customer' || entity === 'Employee')
    return { ...fields, DisplayName: fields.DisplayName ?? fields.Name }
  if (entity === 'CompanyCurrency') return { ...fields, Name: currencyName(fields.Code ?? '') ?? fields.Code }
  if (entity !== 'Account' && entity !== 'Department' && entity !== 'Class') return fields
  const parent = fields.ParentRef && books.of(entity).get(fields.ParentRef.value)?.fields.FullyQualifiedName
  const FullyQualifiedName = parent === undefined ? fields.Name : `${parent}:${fields.Name}`
  const isChild = parent !== undefined
  if (entity === 'Department') return { ...fields, FullyQualifiedName, SubDepartment: isChild }
  if (entity === 'Class') return { ...fields, FullyQualifiedName, SubClass: isChild }
  const Classification = fields.Classification ?? CLASSIFICATIONS[fields.AccountType ?? '']
  if (!Classification) throw new Error(`simulator: account type ${fields.AccountType} is not known`)
  const CurrencyRef = fields.CurrencyRef ?? { value: books.realm().homeCurrency }
  return { ...fields, FullyQualifiedName, SubAccount: isChild, Classification, CurrencyRef }
}

const ownId = (body: Body): string | undefined => (typeof body.Id === 'string' ? body.Id : undefined)

const seedTxns = (books: Books, name: TxnName, bodies: Body[]): View[] =>
  bodies.map((body) => {
    const id = ownId(body)
    const options = { allowDuplicate: true, ...(id === undefined ? {} : { id }) }
    return viewOf(books, name, createTxn(books, name, body, options))
  })

const seedDocuments = (books: Books, { vendors, purchaseOrders, bills, vendorCredits }: RealmSeed) => ({
  Vendor: vendors.map((body) => viewOf(books, 'Vendor', createVendor(books, body, ownId(body)))),
  PurchaseOrder: seedTxns(books, 'PurchaseOrder', purchaseOrders),
  Bill: seedTxns(books, 'Bill', bills),
  VendorCredit: seedTxns(books, 'VendorCredit', vendorCredits),
})
