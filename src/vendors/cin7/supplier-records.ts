import { z } from 'zod'
import type { Listed, Source } from '../../core/flow'
import type { Terms } from '../../core/match'
import type { ReadApi } from '../../core/vendor'
import { now } from '../../lib/clock'
import { notThere } from './absence'
import { readAll, readPage } from './lists'
import { attributesIn, flag, sameWord, text, word } from './shapes'
import { stampOf, walkSince } from './since-walk'

const Address = z.lazy(() =>
  z.object({
    /** `Billing`, `Business` or `Shipping`. */
    type: z.string(),
    line1: z.string(),
    line2: z.string(),
    city: z.string(),
    state: z.string(),
    postcode: z.string(),
    country: z.string(),
    isDefault: z.boolean(),
  }),
)

const Contact = z.lazy(() =>
  z.object({
    name: z.string(),
    email: z.string(),
    phone: z.string(),
    mobile: z.string(),
    fax: z.string(),
    website: z.string(),
    isDefault: z.boolean(),
  }),
)

/** A Cin7 supplier as it was read; '' where nothing is entered. */
export const Supplier = z.lazy(() =>
  z.object({
    id: z.string().min(1),
    name: z.string(),
    active: z.boolean(),
    currency: z.string(),
    paymentTerm: z.string(),
    taxRule: z.string(),
    /** Code of an account. */
    accountPayable: z.string(),
    taxNumber: z.string(),
    comments: z.string(),
    /** By number, 1 to 10; empty ones are left out. */
    attributes: z.record(z.string(), z.string()),
    addresses: z.array(Address),
    contacts: z.array(Contact),
    /** UTC with milliseconds. */
    updated: z.string(),
  }),
)
export type Supplier = z.infer<typeof Supplier>

/** Suppliers of Cin7, deprecated ones too: the plain list hides them, and a deactivation with them (sheet section 2). */
export const supplierRecords: Source<Supplier> = {
  vendor: 'cin7',
  type: 'supplier',
  record: Supplier,
  async read(api, id) {
    const rows = await notThere(() => readAll(api, PATH, LIST, Row, { ID: id, ...ALL }))
    const row = rows?.find(({ ID }) => sameWord(ID, id))
    return row ? supplierOf(row) : null
  },
  changes: (api, cursor, since) =>
    walkSince(cursor, since, now(), (request) =>
      listed(api, request, request.since === null ? {} : { ModifiedSince: request.since }),
    ),
  version: ({ updated }) => updated,
  number: ({ name }) => name,
  date: () => null,
}

const PATH = '/supplier'
const LIST = 'SupplierList'
const ALL = { IncludeDeprecated: 'true' }

const AddressRow = z.object({
  Type: text,
  Line1: text,
  Line2: text,
  City: text,
  State: text,
  Postcode: text,
  Country: text,
  DefaultForType: flag.nullish(),
})

const ContactRow = z.object({
  Name: text,
  Email: text,
  Phone: text,
  MobilePhone: text,
  Fax: text,
  Website: text,
  Default: flag.nullish(),
})

/** Attributes are flat here, unlike on a purchase (sheet section 6.1). */
const Row = z.lazy(() =>
  z.looseObject({
    ID: z.string(),
    Name: text,
    Status: text,
    Currency: text,
    PaymentTerm: text,
    TaxRule: text,
    AccountPayable: text,
    TaxNumber: z.coerce.string().nullish(),
    Comments: text,
    LastModifiedOn: text,
    Addresses: z.array(AddressRow).nullish(),
    Contacts: z.array(ContactRow).nullish(),
  }),
)
type Row = z.infer<typeof Row>

const listed = async (
  api: ReadApi,
  at: { page: number; before: number },
  query: Record<string, string>,
): Promise<{ items: Listed[]; done: boolean }> => {
  const { rows, done } = await readPage(api, PATH, LIST, Row, { ...at, query: { ...query, ...ALL } })
  const items = rows.map(
    (row): Listed => ({
      change: { type: 'supplier', id: row.ID.toLowerCase(), event: 'listed' },
      version: stampOf(row.LastModifiedOn),
      number: row.Name,
      terms: termsOf(row),
    }),
  )
  return { items, done }
}

const termsOf = (row: Row): Terms => {
  const attributes = attributesIn(row)
  const named = { kind: 'named', code: '', name: row.Name, currency: word(row.Currency) } as const
  return Object.keys(attributes).length === 0 ? named : { ...named, attributes }
}

const supplierOf = (row: Row): Supplier => ({
  id: row.ID.toLowerCase(),
  name: row.Name,
  active: !sameWord(row.Status, 'Deprecated'),
  currency: word(row.Currency),
  paymentTerm: row.PaymentTerm,
  taxRule: row.TaxRule,
  accountPayable: row.AccountPayable,
  taxNumber: row.TaxNumber ?? '',
  comments: row.Comments,
  attributes: attributesIn(row),
  addresses: (row.Addresses ?? []).map((address) => ({
    type: address.Type,
    line1: address.Line1,
    line2: address.Line2,
    city: address.City,
    state: address.State,
    postcode: address.Postcode,
    country: address.Country,
    isDefault: address.DefaultForType ?? false,
  })),
  contacts: (row.Contacts ?? []).map((contact) => ({
    name: contact.Name,
    email: contact.Email,
    phone: contact.Phone,
    mobile: contact.MobilePhone,
    fax: contact.Fax,
    website: contact.Website,
    isDefault: contact.Default ?? false,
  })),
  updated: stampOf(row.LastModifiedOn),
})
