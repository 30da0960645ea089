import { z } from 'zod'
import type { Access } from './access'
import { need } from './access'
import { Refused } from './errors'
import { freshId } from './ids'
import type { Book } from './model'
import { risen } from './model'
import type { Address, Contact, Shipping } from './records'
import { emitSeedNamed } from './webhooks'

const text = z.string().nullish()

const AddressInput = z.object({
  addressLine1: text,
  addressLine2: text,
  city: text,
  postalCode: text,
  countryCode: text,
  provinceCode: text,
})

const ShippingInput = z.object({ name: text, phone: text, instructions: text, address: AddressInput.nullish() })

const ContactFields = z.object({
  firstName: text,
  lastName: text,
  email: text,
  phone: text,
  mobile: text,
  fax: text,
  tollFree: text,
  website: text,
  displayId: text,
  internalNotes: text,
  currency: text,
  address: AddressInput.nullish(),
  shippingDetails: ShippingInput.nullish(),
})
type ContactFields = z.infer<typeof ContactFields>

const ContactCreate = ContactFields.extend({ businessId: z.string(), name: z.string() })
const ContactPatch = ContactFields.extend({ id: z.string(), name: z.string().nullish() })

export interface ContactExtra {
  id?: string | undefined
  createdAt?: string | undefined
  modifiedAt?: string | undefined
}

const EMPTY = {
  firstName: null,
  lastName: null,
  email: null,
  phone: null,
  mobile: null,
  fax: null,
  tollFree: null,
  website: null,
  displayId: null,
  internalNotes: null,
  currency: null,
  address: null,
  shippingDetails: null,
}

export const createCustomer = (book: Book, access: Access, raw: unknown, extra: ContactExtra = {}): Contact => {
  const customer = newContact(book, access, 'Customer', raw, extra)
  emitSeedNamed(book, 'customer.created', customer.business, { customer_id: customer.id })
  return book.records.Customer.put(customer.id, customer)
}

/** Vendors are read only in the API: only a seed or a user makes them. */
export const createVendor = (book: Book, access: Access, raw: unknown, extra: ContactExtra = {}): Contact => {
  const vendor = newContact(book, access, 'Vendor', raw, extra)
  return book.records.Vendor.put(vendor.id, vendor)
}

const newContact = (
  book: Book,
  access: Access,
  kind: 'Customer' | 'Vendor',
  raw: unknown,
  extra: ContactExtra,
): Contact => {
  const input = ContactCreate.parse(raw)
  const business = need(access, 'Business', input.businessId, ['businessId'])
  const createdAt = extra.createdAt ?? risen(book.world)
  return {
    ...changed(EMPTY, input),
    id: extra.id ?? freshId(book.world, kind),
    business: business.id,
    name: named(input.name),
    isArchived: false,
    createdAt,
    modifiedAt: extra.modifiedAt ?? createdAt,
  }
}

export const patchCustomer = (book: Book, access: Access, raw: unknown): Contact => {
  const input = ContactPatch.parse(raw)
  const customer = need(access, 'Customer', input.id, ['id'])
  return book.records.Customer.put(customer.id, {
    ...customer,
    ...changed(customer, input),
    name: typeof input.name === 'string' ? named(input.name) : customer.name,
    modifiedAt: risen(book.world, customer.modifiedAt),
  })
}

export const deleteCustomer = (book: Book, access: Access, raw: unknown): Contact => {
  const customer = need(access, 'Customer', z.object({ id: z.string() }).parse(raw).id, ['id'])
  if (book.records.Invoice.all().some((invoice) => invoice.customer === customer.id))
    throw new Refused(['id'], 'A customer with invoices cannot be deleted.')
  book.records.Customer.delete(customer.id)
  return customer
}

const named = (name: string): string => {
  if (name.trim() === '') throw new Refused(['name'], 'This field is required.')
  return name
}

type Details = Omit<Contact, 'id' | 'business' | 'name' | 'isArchived' | 'createdAt' | 'modifiedAt'>

/** Absent fields stay, null empties. */
const changed = (before: Details, input: ContactFields): Details => {
  const pick = <T>(given: T | undefined, old: T): T => (given === undefined ? old : given)
  if (input.email && !z.email().safeParse(input.email).success)
    throw new Refused(['email'], 'Enter a valid email address.')
  return {
    firstName: pick(input.firstName, before.firstName),
    lastName: pick(input.lastName, before.lastName),
    email: pick(input.email, before.email),
    phone: pick(input.phone, before.phone),
    mobile: pick(input.mobile, before.mobile),
    fax: pick(input.fax, before.fax),
    tollFree: pick(input.tollFree, before.tollFree),
    website: pick(input.website, before.website),
    displayId: pick(input.displayId, before.displayId),
    internalNotes: pick(input.internalNotes, before.internalNotes),
    currency: pick(input.currency, before.currency),
    address: input.address === undefined ? before.address : addressFrom(input.address, ['address']),
    shippingDetails: input.shippingDetails === undefined ? before.shippingDetails : shippingFrom(input.shippingDetails),
  }
}

/** An address with nothing in it is refused (sheet 9). */
const addressFrom = (input: z.infer<typeof AddressInput> | null, path: string[]): Address | null => {
  if (!input) return null
  if (Object.values(input).every((value) => value === null || value === undefined))
    throw new Refused(path, 'The address is empty.')
  return {
    addressLine1: input.addressLine1 ?? null,
    addressLine2: input.addressLine2 ?? null,
    city: input.city ?? null,
    postalCode: input.postalCode ?? null,
    countryCode: input.countryCode ?? null,
    provinceCode: input.provinceCode ?? null,
  }
}

const shippingFrom = (input: z.infer<typeof ShippingInput> | null): Shipping | null =>
  input && {
    name: input.name ?? null,
    phone: input.phone ?? null,
    instructions: input.instructions ?? null,
    address: addressFrom(input.address ?? null, ['shippingDetails', 'address']),
  }
