import Big from 'big.js'
import { rounded } from '../arithmetic'
import type { Books } from '../books'
import { locationKnown, taxFits, termActive } from '../checks'
import { problem, refusal, round } from '../errors'
import { type Body, day, decimal, guid, object, oneOf, text, tooLong } from '../fields'
import type { Party } from '../model'
import type { Header, Purchase } from './model'

/** By ID, else by the whole name. */
export const supplierOf = (books: Books, body: Body): Party => {
  const id = guid(body, 'SupplierID')
  const name = text(body, 'Supplier')?.trim()
  const named = ({ Name }: Party): boolean => Name.toLowerCase() === name?.toLowerCase()
  const supplier = id ? books.suppliers.get(id) : books.suppliers.all().find(named)
  if (!supplier) throw refusal(id ? 'Supplier with specified ID not found' : `Supplier '${name ?? ''}' was not found`)
  if (supplier.Status === 'Deprecated') throw refusal(`Supplier '${supplier.Name}' is deprecated`)
  return supplier
}

const NO_ADDRESS: Body = {
  DisplayAddressLine1: '',
  DisplayAddressLine2: '',
  Line1: null,
  Line2: null,
  City: null,
  State: null,
  Postcode: null,
  Country: null,
}

const shown = (given: Body): Body => {
  const line = (...names: string[]) =>
    names
      .map((name) => text(given, name) ?? '')
      .filter((word) => word !== '')
      .join(' ')
  return {
    ...NO_ADDRESS,
    DisplayAddressLine1: line('Line1', 'Line2'),
    DisplayAddressLine2: line('City', 'State', 'Postcode', 'Country'),
    ...given,
  }
}

const address = (body: Body, name: string, old: Body): Body => {
  const given = object(body, name)
  return given ? shown(given) : old
}

/** What a new purchase takes from its supplier; `Phone` is null in the samples when there is none. */
export const headerFrom = (supplier: Party): Header => ({
  Contact: String(supplier.Contacts[0]?.Name ?? ''),
  Phone: String(supplier.Contacts[0]?.Phone ?? ''),
  BillingAddress: shown(supplier.Addresses.find(({ Type }) => Type !== 'Shipping') ?? {}),
  ShippingAddress: { ...NO_ADDRESS, ShipToOther: false },
  TaxRule: supplier.TaxRule,
  Terms: supplier.PaymentTerm,
  RequiredBy: null,
  Location: '',
  Note: '',
})

/** Omitted fields stay as they are. */
export const headerOf = (body: Body, old: Header): Header => ({
  Contact: text(body, 'Contact') ?? old.Contact,
  Phone: text(body, 'Phone') ?? old.Phone,
  BillingAddress: address(body, 'BillingAddress', old.BillingAddress),
  ShippingAddress: address(body, 'ShippingAddress', old.ShippingAddress),
  TaxRule: text(body, 'TaxRule') || old.TaxRule,
  Terms: text(body, 'Terms') || old.Terms,
  RequiredBy: day(body, 'RequiredBy') ?? old.RequiredBy,
  Location: text(body, 'Location') || old.Location,
  Note: text(body, 'Note') ?? old.Note,
})

/** Location first, then term and tax (sheet 15.3); a PUT is checked for what it sends. */
export const checkHeader = (books: Books, fields: Body): void => {
  const given = (name: string) => text(fields, name)
  round(...tooLong(fields, { Note: 1024, Contact: 256, Phone: 50 }))
  round(locationKnown(books, given('Location')))
  round(termActive(books, given('Terms')), taxFits(books, given('TaxRule'), 'purchase'))
}

/** `INVOICE` or `STOCK` in any case, and nothing else (sheet 0.1); service purchases have no choice (sheet 9.1). */
export const approachOf = (body: Body, kind: Purchase['kind'], old?: Purchase['approach']): Purchase['approach'] => {
  const given = oneOf(body, 'Approach', ['INVOICE', 'STOCK'])
  if (kind === 'Service') return 'INVOICE'
  return given === undefined ? (old ?? 'INVOICE') : given === 'STOCK' ? 'STOCK' : 'INVOICE'
}

export const inclusiveOf = (body: Body, old: boolean): boolean => {
  const given = oneOf(body, 'TaxCalculation', ['Inclusive', 'Exclusive'])
  return given === undefined ? old : given === 'Inclusive'
}

/** Base units for one of the supplier's, 5 decimals; from the table of rates when left out (sheet 9.1). */
export const rateOf = (books: Books, body: Body, currency: string, old?: string): string => {
  const { me, currencyRates } = books.company()
  if (currency === me.Currency) return '1'
  const rate = decimal(body, 'CurrencyRate') ?? old ?? currencyRates[currency]
  round(rate === undefined && problem(`Conversion rate for currency ${currency} was not found`))
  round(new Big(rate ?? 0).lte(0) && problem('CurrencyRate is invalid'))
  return rounded(rate ?? '1', 5)
}
