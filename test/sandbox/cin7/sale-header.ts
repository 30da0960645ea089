import Big from 'big.js'
import { rounded } from './arithmetic'
import type { Books } from './books'
import {
  accountKnown,
  carrierKnown,
  locationKnown,
  representativeKnown,
  taxFits,
  termActive,
  tierKnown,
} from './checks'
import { problem, refusal, round } from './errors'
import { type Body, day, decimal, guid, object, text, tooLong } from './fields'
import type { Party } from './model'
import type { SaleHeader } from './sale-model'

const ATTRIBUTES = Array.from({ length: 10 }, (_, n) => `AdditionalAttribute${n + 1}`)

/** By ID, else by the whole name. */
export const customerOf = (books: Books, body: Body): Party => {
  const id = guid(body, 'CustomerID')
  const name = text(body, 'Customer')?.trim().toLowerCase()
  const customer = id ? books.customers.get(id) : books.customers.all().find(({ Name }) => Name.toLowerCase() === name)
  if (!customer) throw refusal(id ? 'Customer with specified ID not found' : `Customer '${name ?? ''}' was not found`)
  if (customer.Status === 'Deprecated') throw refusal(`Customer '${customer.Name}' is deprecated`)
  return customer
}

const field = (party: Party, name: string): string => text(party.fields, name) ?? ''

/** What a new sale takes from its customer. */
export const headerFrom = (customer: Party): SaleHeader => ({
  Contact: String(customer.Contacts[0]?.Name ?? ''),
  Phone: String(customer.Contacts[0]?.Phone ?? ''),
  Email: String(customer.Contacts[0]?.Email ?? ''),
  DefaultAccount: field(customer, 'RevenueAccount'),
  BillingAddress: customer.Addresses.find(({ Type }) => Type === 'Billing') ?? {},
  ShippingAddress: customer.Addresses.find(({ Type }) => Type === 'Shipping') ?? {},
  ShippingNotes: '',
  TaxRule: customer.TaxRule,
  Terms: customer.PaymentTerm,
  PriceTier: field(customer, 'PriceTier') || 'Tier 1',
  ShipBy: null,
  Location: field(customer, 'Location'),
  Note: '',
  CustomerReference: '',
  Carrier: field(customer, 'Carrier'),
  SalesRepresentative: field(customer, 'SalesRepresentative') || null,
  ExternalID: null,
})

const address = (body: Body, name: string, old: Body): Body => {
  const given = object(body, name)
  if (!given) return old
  const line = (...names: string[]) =>
    names
      .map((each) => text(given, each) ?? '')
      .join(' ')
      .trim()
  return {
    DisplayAddressLine1: line('Line1', 'Line2'),
    DisplayAddressLine2: line('City', 'State', 'Postcode'),
    ...given,
  }
}

/** Omitted fields stay as they are. */
export const headerOf = (body: Body, old: SaleHeader): SaleHeader => ({
  Contact: text(body, 'Contact') ?? old.Contact,
  Phone: text(body, 'Phone') ?? old.Phone,
  Email: text(body, 'Email') ?? old.Email,
  DefaultAccount: text(body, 'DefaultAccount') ?? old.DefaultAccount,
  BillingAddress: address(body, 'BillingAddress', old.BillingAddress),
  ShippingAddress: address(body, 'ShippingAddress', old.ShippingAddress),
  ShippingNotes: text(body, 'ShippingNotes') ?? old.ShippingNotes,
  TaxRule: text(body, 'TaxRule') || old.TaxRule,
  Terms: text(body, 'Terms') || old.Terms,
  PriceTier: text(body, 'PriceTier') || old.PriceTier,
  ShipBy: day(body, 'ShipBy') ?? old.ShipBy,
  Location: text(body, 'Location') || old.Location,
  Note: text(body, 'Note') ?? old.Note,
  CustomerReference: text(body, 'CustomerReference') ?? old.CustomerReference,
  Carrier: text(body, 'Carrier') ?? old.Carrier,
  SalesRepresentative: text(body, 'SalesRepresentative') ?? old.SalesRepresentative,
  ExternalID: text(body, 'ExternalID') ?? old.ExternalID,
})

/** Locations and people first, terms and taxes next, accounts last (sheet 15.3). A PUT is checked for what it sends. */
export const checkHeader = (books: Books, fields: Body): void => {
  const given = (name: string) => text(fields, name)
  round(...tooLong(fields, { ExternalID: 256 }))
  round(
    locationKnown(books, given('Location')),
    representativeKnown(books, given('SalesRepresentative')),
    carrierKnown(books, given('Carrier')),
    tierKnown(books, given('PriceTier')),
  )
  round(termActive(books, given('Terms')), taxFits(books, given('TaxRule'), 'sale'))
  round(accountKnown(books, given('DefaultAccount')))
}

export const attributesOf = (body: Body, old: Record<string, string>): Record<string, string> => {
  const given = object(body, 'AdditionalAttributes') ?? {}
  return Object.fromEntries(ATTRIBUTES.map((name) => [name, text(given, name) ?? old[name] ?? '']))
}

/** Base units for one unit of the customer's currency, 5 decimals; needed when the two differ (sheet 8.1). */
export const rateOf = (books: Books, body: Body, currency: string, old?: string): string => {
  if (currency === books.company().me.Currency) return '1'
  const rate = decimal(body, 'CurrencyRate') ?? old
  round(rate === undefined && problem(`Required property 'CurrencyRate' not found`))
  round(new Big(rate ?? 0).lte(0) && problem('CurrencyRate is invalid'))
  return rounded(rate ?? '1', 5)
}
