import { round } from './errors'
import { type Body, flag, guid, list, missingInLine, oneOf, text, tooLong } from './fields'
import type { Role } from './party-view'

const ADDRESS = ['Line1', 'Line2', 'City', 'State', 'Postcode', 'Country']
const CONTACT = ['Name', 'Phone', 'MobilePhone', 'Fax', 'Email', 'Website', 'Comment']

type Read = (row: Body, old: Body) => Body

/** Rows with a known `ID` change that row; rows without one are added (sheet 6.2). */
const merged = (given: Body[] | undefined, old: Body[], read: Read): Body[] => {
  if (given === undefined) return old
  const idOf = (row: Body) => String(row.ID)
  const rows = new Map(old.map((row) => [idOf(row), row]))
  for (const row of given) {
    const known = rows.get(guid(row, 'ID') ?? '')
    const ID = known ? idOf(known) : crypto.randomUUID()
    rows.set(ID, { ...read(row, known ?? {}), ID })
  }
  return [...rows.values()]
}

const words = (row: Body, old: Body, names: string[]): Body =>
  Object.fromEntries(names.map((name) => [name, text(row, name) ?? old[name] ?? null]))

const address: Read = (row, old) => {
  const filled = { ...old, ...row }
  round(...missingInLine(filled, 'Addresses', ['Line1', 'Country', 'Type']), ...tooLong(row, { Postcode: 20 }))
  return {
    ...words(row, old, ADDRESS),
    Type: oneOf(filled, 'Type', ['Billing', 'Business', 'Shipping']),
    DefaultForType: flag(filled, 'DefaultForType') ?? false,
  }
}

const contact: Read = (row, old) => {
  const filled = { ...old, ...row }
  round(...missingInLine(filled, 'Contacts', ['Name']))
  return {
    ...words(row, old, CONTACT),
    Default: flag(filled, 'Default') ?? false,
    IncludeInEmail: flag(filled, 'IncludeInEmail') ?? false,
  }
}

const customerContact: Read = (row, old) => ({
  ...contact(row, old),
  JobTitle: text(row, 'JobTitle') ?? old.JobTitle ?? null,
  MarketingConsent: row.MarketingConsent ?? old.MarketingConsent ?? 1,
})

export const addressesOf = (body: Body, old: Body[]): Body[] => merged(list(body, 'Addresses'), old, address)

export const contactsOf = (role: Role, body: Body, old: Body[]): Body[] =>
  merged(list(body, 'Contacts'), old, role === 'customer' ? customerContact : contact)
