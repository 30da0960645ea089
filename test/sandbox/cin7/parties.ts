import type { Books, Shelf } from './books'
import type { Call, Verbs } from './call'
import {
  accountKnown,
  accountServes,
  carrierKnown,
  locationKnown,
  representativeKnown,
  taxFits,
  termActive,
  tierKnown,
} from './checks'
import { problem, refusal, round } from './errors'
import { partyUpdated } from './events'
import { type Body, decimal, flag, guid, missing, oneOf, text, tooLong } from './fields'
import { contains, envelope, equals, filtered, isTrue, paged, since, startsWith } from './lists'
import type { Party } from './model'
import { addressesOf, contactsOf } from './party-rows'
import { type Role, viewOf } from './party-view'

const ATTRIBUTES = Array.from({ length: 10 }, (_, n) => `AdditionalAttribute${n + 1}`)

/** Fields beside the common ones, and how each is read. Anything else in the body is ignored. */
const FIELDS: Record<Role, { text: string[]; flags: string[]; amounts: string[]; required: string[] }> = {
  customer: {
    text: [
      'DisplayName',
      'Carrier',
      'SalesRepresentative',
      'Location',
      'Comments',
      'AccountReceivable',
      'RevenueAccount',
      'PriceTier',
      'TaxNumber',
      'AttributeSet',
      'Tags',
      'CustomerParentID',
      ...ATTRIBUTES,
    ],
    flags: ['IsOnCreditHold', 'IsLegalEntity', 'IsBillParent'],
    amounts: ['Discount', 'CreditLimit'],
    required: ['Name', 'Currency', 'PaymentTerm', 'AccountReceivable', 'RevenueAccount', 'TaxRule'],
  },
  supplier: {
    text: ['Comments', 'AccountPayable', 'TaxNumber', 'AttributeSet', ...ATTRIBUTES],
    flags: [],
    amounts: ['Discount'],
    required: ['Name', 'Currency', 'PaymentTerm', 'AccountPayable', 'TaxRule'],
  },
}

const LIST_KEYS: Record<Role, string> = { customer: 'CustomerList', supplier: 'SupplierList' }

export const shelfOf = (books: Books, role: Role): Shelf<Party> =>
  role === 'customer' ? books.customers : books.suppliers

const listed =
  (role: Role) =>
  ({ books, query }: Call) => {
    const withDeprecated = isTrue(query.get('IncludeDeprecated'))
    const parties = shelfOf(books, role)
      .listed()
      .filter(({ Status }) => withDeprecated || Status !== 'Deprecated')
    const contact = (key: string) => (party: Party) => party.Contacts.map((row) => String(row[key] ?? '')).join(' ')
    const rows = filtered(parties, query, {
      ID: equals(({ ID }) => ID),
      Name: startsWith(({ Name }) => Name),
      ModifiedSince: since(books.world, 'ModifiedSince', ({ updated }) => updated),
      ...(role === 'customer' ? { ContactFilter: contains(contact('Name'), contact('Email'), contact('Phone')) } : {}),
    })
    return paged(rows, query, LIST_KEYS[role], viewOf(role))
  }

/** An omitted field stays, `""` clears it (sheet 6.2). */
const fieldsOf = (role: Role, body: Body, old: Body): Body => {
  const { text: words, flags, amounts } = FIELDS[role]
  const read = (name: string) => {
    if (flags.includes(name)) return flag(body, name) ?? old[name] ?? false
    if (amounts.includes(name)) return Number(decimal(body, name) ?? old[name] ?? 0)
    return text(body, name) ?? old[name] ?? (name === 'PriceTier' ? 'Tier 1' : null)
  }
  return Object.fromEntries([...words, ...flags, ...amounts].map((name) => [name, read(name)]))
}

const partyOf = (books: Books, role: Role, body: Body, old: Party | undefined, ID: string): Party => ({
  ID,
  Name: (text(body, 'Name') ?? old?.Name ?? '').trim(),
  Status: oneOf(body, 'Status', ['Active', 'Deprecated']) ?? old?.Status ?? 'Active',
  Currency: (text(body, 'Currency') ?? old?.Currency ?? '').toUpperCase(),
  PaymentTerm: text(body, 'PaymentTerm') ?? old?.PaymentTerm ?? '',
  TaxRule: text(body, 'TaxRule') ?? old?.TaxRule ?? '',
  fields: fieldsOf(role, body, old?.fields ?? {}),
  Addresses: addressesOf(body, old?.Addresses ?? []),
  Contacts: contactsOf(role, body, old?.Contacts ?? []),
  updated: books.world.now(),
})

const checkShape = (role: Role, body: Body): void => {
  const discount = Number(decimal(body, 'Discount') ?? 0)
  const currency = text(body, 'Currency')
  round(
    ...tooLong(body, { Name: 256, Comments: role === 'customer' ? 2000 : 256 }),
    (discount < 0 || discount > 100) && problem('Discount is invalid'),
    !!currency && !/^[a-z]{3}$/i.test(currency) && problem('Currency is invalid'),
  )
}

/** Names first, then terms and taxes, accounts last: mending one problem reveals the next (sheet 3.2). */
const checkReferences = (books: Books, role: Role, body: Body): void => {
  const given = (name: string) => text(body, name)
  const customer = role === 'customer'
  if (customer)
    round(
      locationKnown(books, given('Location')),
      representativeKnown(books, given('SalesRepresentative')),
      carrierKnown(books, given('Carrier')),
      tierKnown(books, given('PriceTier')),
    )
  round(termActive(books, given('PaymentTerm')), taxFits(books, given('TaxRule'), customer ? 'sale' : 'purchase'))
  round(
    customer && accountServes(books, given('AccountReceivable'), 'Accounts receivable'),
    !customer && accountServes(books, given('AccountPayable'), 'Accounts payable'),
    customer && accountKnown(books, given('RevenueAccount')),
  )
}

/** Customer names are unique whatever their case; suppliers are not documented as unique (sheet 6.2). */
const checkName = (books: Books, role: Role, party: Party): void => {
  if (role === 'supplier') return
  const taken = ({ ID, Name }: Party) => ID !== party.ID && Name.toLowerCase() === party.Name.toLowerCase()
  round(books.customers.all().some(taken) && problem(`Customer with name '${party.Name}' already exists`))
}

/** Not once there are transactions (sheet 6.1, unverified). */
const checkCurrency = (books: Books, party: Party, old: Party | undefined): void => {
  if (!old || old.Currency === party.Currency) return
  const used =
    books.sales.all().some(({ customerId }) => customerId === party.ID) ||
    books.purchases.all().some(({ supplierId }) => supplierId === party.ID)
  round(used && problem('Currency cannot be changed because there are transactions'))
}

export const writeParty = (
  books: Books,
  role: Role,
  body: Body,
  old?: Party,
  id = old?.ID ?? crypto.randomUUID(),
): Party => {
  checkShape(role, body)
  const party = partyOf(books, role, body, old, id)
  checkReferences(books, role, body)
  checkName(books, role, party)
  checkCurrency(books, party, old)
  shelfOf(books, role).save(party.ID, party)
  partyUpdated(books, role, party, old === undefined)
  return party
}

export const partyRoutes = (role: Role): Verbs => ({
  GET: listed(role),
  POST({ books, body }) {
    round(...missing(body, ...FIELDS[role].required, 'Status'))
    return envelope(LIST_KEYS[role], viewOf(role)(writeParty(books, role, body)))
  },
  PUT({ books, body }) {
    // The docs mark the POST set as required here too; whether less will do is not known (sheet 6.1).
    const required = books.world.switched('party.partialPut', false) ? [] : FIELDS[role].required
    round(...missing(body, 'ID', ...required))
    const old = shelfOf(books, role).get(guid(body, 'ID') ?? '')
    if (!old) throw refusal(`${role === 'customer' ? 'Customer' : 'Supplier'} with specified ID not found`)
    return envelope(LIST_KEYS[role], viewOf(role)(writeParty(books, role, body, old)))
  },
})
