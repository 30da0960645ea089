import { z } from 'zod'
import { cut, sameWord, text } from './shapes'

export const Address = z.lazy(() =>
  z.object({
    type: z.enum(['Billing', 'Shipping']),
    line1: z.string(),
    line2: z.string(),
    city: z.string(),
    state: z.string(),
    postcode: z.string(),
    country: z.string(),
  }),
)
type Address = z.infer<typeof Address>

export const Contact = z.lazy(() =>
  z.object({
    name: z.string(),
    email: z.string(),
    phone: z.string(),
    mobile: z.string(),
    website: z.string(),
  }),
)
type Contact = z.infer<typeof Contact>

/** Columns that are not ours are kept, to be sent back as they are. */
export const AddressRow = z.looseObject({
  ID: text,
  Type: text,
  Line1: text,
  Line2: text,
  City: text,
  State: text,
  Postcode: text,
  Country: text,
})
type AddressRow = z.infer<typeof AddressRow>

export const ContactRow = z.looseObject({
  ID: text,
  Name: text,
  Email: text,
  Phone: text,
  MobilePhone: text,
  Website: text,
})
type ContactRow = z.infer<typeof ContactRow>

/** Contact and addresses of a party to be. */
export interface Wanted {
  contact: Contact | null
  addresses: Address[]
}

/** What Cin7 shows of them. */
export interface Shown {
  Addresses?: AddressRow[] | null | undefined
  Contacts?: ContactRow[] | null | undefined
}

/**
 * Rows that are given without their ID are added, and what becomes of rows left out is not known (sheet sections 6.2, 16): so all
 * known rows go back with their IDs, ours changed.
 */
export const partRows = (wanted: Wanted, shown: Shown = {}) => {
  const [addresses, contacts] = [shown.Addresses ?? [], shown.Contacts ?? []]
  const Addresses = merged(
    addresses,
    wanted.addresses.map((address) => ({
      row: addressRow(addresses, address),
      fields: addressFields(address),
      first: { DefaultForType: true },
    })),
  )
  const Contacts = merged(
    contacts,
    [wanted.contact ?? []].flat().map((contact) => ({
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

/** Whether they read as wanted already: a repeated PUT would change nothing. */
export const showsParts = ({ Addresses, Contacts }: Shown, { addresses, contact }: Wanted): boolean =>
  addresses.every((address) => holds(addressRow(Addresses ?? [], address), addressFields(address))) &&
  (contact === null || (Contacts ?? []).some((row) => holds(row, contactFields(contact))))

const holds = (row: Record<string, unknown> | undefined, fields: Record<string, string>): boolean =>
  row !== undefined && Object.entries(fields).every(([name, value]) => (row[name] ?? '') === value)
