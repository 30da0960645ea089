import type { WorldContext } from '../vendor'
import type { EntityName } from './model'
import { type Refusal, refusal } from './refusals'

const META = 'MetaData.CreateTime MetaData.LastUpdatedTime'
const LIST = `Id Name Active FullyQualifiedName ParentRef ${META}`
const PARTY = `Id DisplayName GivenName FamilyName Active ${META}`
const BILL = 'Id DocNumber TxnDate DueDate VendorRef APAccountRef SalesTermRef TotalAmt Balance'

/**
 * What can be filtered and sorted by: Vendor, Bill, PurchaseOrder and Account as documented (sheet 7); Term, TaxCode and
 * CompanyCurrency as Intuit's reference pages list it (no times for the first two); the rest inferred.
 */
const FILTERABLE: Record<EntityName | 'CompanyInfo' | 'Preferences', string> = {
  Vendor: `Id DisplayName CompanyName GivenName FamilyName PrintOnCheckName Active Balance ${META}`,
  Bill: `${BILL} ${META}`,
  VendorCredit: `Id DocNumber TxnDate VendorRef APAccountRef TotalAmt Balance ${META}`,
  PurchaseOrder: `Id DocNumber TxnDate DueDate ${META}`,
  Account: `${LIST} AccountType AccountSubType Classification CurrentBalance`,
  Department: LIST,
  Class: LIST,
  Term: 'Id Name Active',
  TaxCode: 'Id Name Active Description',
  TaxRate: `Id Name Active ${META}`,
  Item: `${LIST} Sku Type`,
  CompanyCurrency: `Id Active ${META}`,
  Customer: PARTY,
  Employee: PARTY,
  CompanyInfo: `Id ${META}`,
  Preferences: `Id ${META}`,
}
export type Queryable = keyof typeof FILTERABLE

/** Known, but not for filters. */
const UNQUERYABLE = ['PrivateNote', 'Memo', 'Line', 'BillAddr']

const invalid = (text: string): Refusal => refusal('4001', `QueryValidationError: ${text}`)

/** The property as it is spelled; names have no case. */
export const propertyOf = (world: WorldContext, entity: Queryable, name: string): string => {
  const more = world.switched<string[]>('query.extraProperties', [])
  const extra = more.filter((one) => one.startsWith(`${entity}.`)).map((one) => one.slice(entity.length + 1))
  const same = (one: string) => one.toLowerCase() === name.toLowerCase()
  const known = [...FILTERABLE[entity].split(' '), ...extra].find(same)
  if (known !== undefined) return known
  const hidden = UNQUERYABLE.find(same)
  throw hidden === undefined
    ? invalid(`Property ${name} not found for Entity ${entity}`)
    : invalid(`property '${hidden}' is not queryable`)
}

export const invalidQuery = invalid
