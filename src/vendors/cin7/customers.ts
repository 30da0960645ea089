import { z } from 'zod'
import { Failed, rejected } from '../../core/failure'
import type { Target, TargetApi, TargetRef } from '../../core/flow'
import type { ReadApi } from '../../core/vendor'
import { get, post, put } from './client'
import { readAll } from './lists'
import { cut, sameWord, text } from './shapes'

const Address = z.object({
  type: z.enum(['Billing', 'Shipping']),
  line1: z.string(),
  line2: z.string(),
  city: z.string(),
  state: z.string(),
  postcode: z.string(),
  country: z.string(),
})
type Address = z.infer<typeof Address>

const Contact = z.object({
  name: z.string(),
  email: z.string(),
  phone: z.string(),
  mobile: z.string(),
  website: z.string(),
})
type Contact = z.infer<typeof Contact>

/** A customer to be. Names and codes are Cin7's; they have to exist there, nothing is made on the fly (sheet section 0). */
export const CustomerDraft = z.object({
  name: z.string(),
  currency: z.string(),
  paymentTerm: z.string(),
  accountReceivable: z.string(),
  revenueAccount: z.string(),
  taxRule: z.string(),
  location: z.string(),
  contact: Contact.nullable(),
  addresses: z.array(Address),
})
export type CustomerDraft = z.infer<typeof CustomerDraft>

/** Columns that are not ours are kept, to be sent back as they are. */
const AddressRow = z.looseObject({
  ID: text,
  Type: text,
  Line1: text,
  Line2: text,
  City: text,
  State: text,
  Postcode: text,
  Country: text,
})
const ContactRow = z.looseObject({ ID: text, Name: text, Email: text, Phone: text, MobilePhone: text, Website: text })
type AddressRow = z.infer<typeof AddressRow>
type ContactRow = z.infer<typeof ContactRow>

const Row = z.object({
  ID: z.string(),
  Name: z.string(),
  Status: text,
  Currency: text,
  PaymentTerm: text,
  AccountReceivable: text,
  RevenueAccount: text,
  TaxRule: text,
  Location: text,
  Comments: text,
  Addresses: z.array(AddressRow).nullish(),
  Contacts: z.array(ContactRow).nullish(),
})
type Row = z.infer<typeof Row>

/** POST and PUT answer the list envelope. */
const Envelope = z.object({ CustomerList: z.array(Row).min(1) })

/** Customers of Cin7. There is no external id: our marker stands in `Comments`, on a line of its own (sheet section 6.1). */
export const customers: Target<CustomerDraft> = {
  vendor: 'cin7',
  type: 'customer',
  draft: CustomerDraft,

  async create(api, draft) {
    await refuseTakenName(api, draft.name, (row) => hasMarker(row, api.marker))
    const made = await api.step({
      name: 'customer',
      call: () => post('/customer', { ...fields(draft), Status: 'Active', Comments: api.marker, ...parts(draft) }),
      answer: Envelope,
      find: async () => {
        const ours = (await named(api, draft.name)).find((row) => hasMarker(row, api.marker))
        return ours ? { CustomerList: [ours] } : null
      },
      born: refOf,
    })
    return refOf(made)
  },

  async update(api, target, draft) {
    const known = await byId(api, target)
    refuseOtherCurrency(known, draft)
    if (!sameWord(known.Name, draft.name)) await refuseTakenName(api, draft.name, (row) => sameWord(row.ID, known.ID))
    const changed = await api.step({
      name: 'customer',
      call: () => put('/customer', { ID: known.ID, ...kept(known, draft, api.marker), ...parts(draft, known) }),
      answer: Envelope,
      find: async () => {
        const row = await byId(api, target)
        return shows(row, draft) ? { CustomerList: [row] } : null
      },
    })
    return refOf(changed)
  },
}

const refOf = ({ CustomerList: [row] }: z.infer<typeof Envelope>): TargetRef => {
  if (!row) throw new Error('the envelope is never empty')
  return { id: row.ID, number: row.Name, facts: { currency: row.Currency } }
}

const hasMarker = ({ Comments }: Row, marker: string): boolean =>
  Comments.split(/\r?\n/).some((line) => line.trim() === marker)

/** `Name` is a starts-with filter: the whole name is compared here. Deprecated ones hold their name too. */
const named = async (api: ReadApi, name: string): Promise<Row[]> => {
  const rows = await readAll(api, '/customer', 'CustomerList', Row, { Name: name.trim(), IncludeDeprecated: 'true' })
  return rows.filter((row) => sameWord(row.Name, name))
}

const byId = async (api: ReadApi, target: TargetRef): Promise<Row> => {
  const shape = z.object({ CustomerList: z.array(Row) })
  const { CustomerList } = await api.read(get('/customer', { ID: target.id, IncludeDeprecated: 'true' }), shape)
  const row = CustomerList.find(({ ID }) => sameWord(ID, target.id))
  if (row) return row
  throw rejected(
    'cin7_customer_gone',
    `Cin7 no longer shows the customer ${target.number}`,
    'Look in Cin7 what became of this customer, and link the record with the right one.',
  )
}

const refuseTakenName = async (api: TargetApi, name: string, isOurs: (row: Row) => boolean): Promise<void> => {
  const other = (await named(api, name)).find((row) => !isOurs(row))
  if (!other) return
  throw new Failed({
    kind: 'conflict',
    code: 'cin7_customer_name_taken',
    message: `Cin7 already has a customer "${other.Name}"${sameWord(other.Status, 'Deprecated') ? ' (deprecated)' : ''}, which was not made by the connector`,
    remedy: 'If it is the same customer, link the two (accept the match). If not, rename one of the two. Then replay.',
    facts: { name, cin7Id: other.ID, cin7Currency: other.Currency },
  })
}

const refuseOtherCurrency = (known: Row, draft: CustomerDraft): void => {
  if (sameWord(known.Currency, draft.currency)) return
  throw new Failed({
    kind: 'conflict',
    code: 'cin7_customer_currency',
    message: `the Cin7 customer "${known.Name}" is in ${known.Currency}, the source needs it in ${draft.currency}`,
    remedy: `Cin7 keeps one currency per customer: link a customer in ${draft.currency} instead, or let one be made.`,
    facts: { source: draft.currency, target: known.Currency },
  })
}

const fields = (draft: CustomerDraft) => ({
  Name: cut(draft.name, 256),
  Currency: draft.currency,
  PaymentTerm: draft.paymentTerm,
  AccountReceivable: draft.accountReceivable,
  RevenueAccount: draft.revenueAccount,
  TaxRule: draft.taxRule,
  Location: draft.location,
})

/** PUT wants the whole required set. Terms and accounts that somebody chose in Cin7 for this customer stay; gaps are filled. */
const kept = (known: Row, draft: CustomerDraft, marker: string) => {
  const ours = fields(draft)
  return {
    ...ours,
    Status: known.Status || 'Active',
    PaymentTerm: known.PaymentTerm || ours.PaymentTerm,
    AccountReceivable: known.AccountReceivable || ours.AccountReceivable,
    RevenueAccount: known.RevenueAccount || ours.RevenueAccount,
    TaxRule: known.TaxRule || ours.TaxRule,
    Location: known.Location || ours.Location,
    Comments: hasMarker(known, marker) ? known.Comments : [known.Comments, marker].filter(Boolean).join('\n'),
  }
}

/**
 * Rows that are given without their ID are added, and what becomes of rows left out is not known (sheet sections 6.2, 16): so all
 * known rows go back with their IDs, ours changed.
 */
const parts = (draft: CustomerDraft, known?: Row) => {
  const [addresses, contacts] = [known?.Addresses ?? [], known?.Contacts ?? []]
  const Addresses = merged(
    addresses,
    draft.addresses.map((address) => ({
      row: addressRow(addresses, address),
      fields: addressFields(address),
      first: { DefaultForType: true },
    })),
  )
  const Contacts = merged(
    contacts,
    [draft.contact ?? []].flat().map((contact) => ({
      row: contactRow(contacts, contact),
      fields: contactFields(contact),
      first: { Default: true, IncludeInEmail: false },
    })),
  )
  return { ...(Addresses.length > 0 && { Addresses }), ...(Contacts.length > 0 && { Contacts }) }
}

/** Each part goes into its row, or becomes a new one that also gets `first`. */
const merged = (
  rows: { ID: string }[],
  parts: { row: object | undefined; fields: object; first: object }[],
): object[] => [
  ...rows.map(({ ID, ...row }, at) => ({
    ...(ID && { ID }),
    ...row,
    ...parts.find((part) => part.row === rows[at])?.fields,
  })),
  ...parts.flatMap(({ row, fields, first }) => (row ? [] : [{ ...fields, ...first }])),
]

const addressRow = (rows: AddressRow[], { type }: Address) => rows.find((row) => sameWord(row.Type, type))

const contactRow = (rows: ContactRow[], { email, name }: Contact) =>
  rows.find((row) => email !== '' && sameWord(row.Email, email)) ??
  rows.find((row) => sameWord(row.Name, name)) ??
  rows.find((row) => row.Default === true) ??
  rows[0]

const addressFields = (address: Address) => ({
  Type: address.type,
  Line1: address.line1,
  Line2: address.line2,
  City: address.city,
  State: address.state,
  Postcode: cut(address.postcode, 20),
  Country: address.country,
})

const contactFields = (contact: Contact) => ({
  Name: contact.name,
  Email: contact.email,
  Phone: contact.phone,
  MobilePhone: contact.mobile,
  Website: contact.website,
})

/** Whether the customer already reads as the draft says: a repeated PUT would change nothing. */
const shows = (row: Row, draft: CustomerDraft): boolean =>
  sameWord(row.Name, cut(draft.name, 256)) &&
  draft.addresses.every((address) => {
    const found = addressRow(row.Addresses ?? [], address)
    return (
      found !== undefined &&
      found.Line1 === address.line1 &&
      found.City === address.city &&
      found.Postcode === address.postcode
    )
  }) &&
  (draft.contact === null ||
    (row.Contacts ?? []).some(({ Name, Email }) => Name === draft.contact?.name && Email === draft.contact.email))
