import { z } from 'zod'
import { cut, sameWord } from './shapes'
import type { VendorRow } from './vendor-record'
import type { Fields } from './wrap'

/** What a vendor is to be. Classes, terms and so on have to exist in Acumatica; '' = left to Acumatica, or to whoever chose it there. */
export const VendorDraft = z.lazy(() =>
  z.object({
    /** VendorID; a tenant that numbers by itself gives another. */
    code: z.string(),
    name: z.string(),
    active: z.boolean(),
    vendorClass: z.string(),
    currency: z.string(),
    terms: z.string(),
    paymentMethod: z.string(),
    taxZone: z.string(),
    taxNumber: z.string(),
    /** Null = the source shows none: what stands in Acumatica stays. */
    contact: z.object({ email: z.string(), phone: z.string(), attention: z.string(), website: z.string() }).nullable(),
    address: z
      .object({
        line1: z.string(),
        line2: z.string(),
        city: z.string(),
        state: z.string(),
        postcode: z.string(),
        /** Two letters, as Acumatica lists countries. */
        country: z.string(),
      })
      .nullable(),
  }),
)
export type VendorDraft = z.infer<typeof VendorDraft>

/** The class fills in what is left out (sheet 6). */
export const newVendor = (draft: VendorDraft, mark: string): Fields => ({
  VendorID: draft.code,
  ...withoutEmpty(own(draft)),
  VendorClass: draft.vendorClass || undefined,
  CurrencyID: draft.currency || undefined,
  Terms: draft.terms || undefined,
  PaymentMethod: draft.paymentMethod || undefined,
  TaxZone: draft.taxZone || undefined,
  ...(draft.active ? {} : { Status: 'Inactive' }),
  AccountRef: mark,
})

/** What somebody chose in Acumatica for this vendor stays; gaps are filled. */
export const changedVendor = (draft: VendorDraft, known: VendorRow): Fields => ({
  id: known.id,
  ...own(draft),
  VendorClass: known.VendorClass ? undefined : draft.vendorClass || undefined,
  Terms: known.Terms ? undefined : draft.terms || undefined,
  PaymentMethod: known.PaymentMethod ? undefined : draft.paymentMethod || undefined,
  TaxZone: known.TaxZone ? undefined : draft.taxZone || undefined,
  Status: statusFor(draft, known),
})

/** Other stages (on hold, one-time) are a person's. */
const statusFor = ({ active }: VendorDraft, { Status }: VendorRow): string | undefined => {
  if (active) return sameWord(Status, 'Inactive') ? 'Active' : undefined
  return sameWord(Status, 'Active') ? 'Inactive' : undefined
}

const own = ({ name, taxNumber, contact, address }: VendorDraft): Fields => ({
  VendorName: nameOf(name),
  TaxRegistrationID: taxNumber === '' ? undefined : cut(taxNumber, 50),
  ...((contact || address) && {
    MainContact: { ...(contact && contactFields(contact)), ...(address && addressFields(address)) },
  }),
})

/** Whether a vendor as it stands shows all of that. */
export const shows = (row: VendorRow, draft: VendorDraft): boolean =>
  statusFor(draft, row) === undefined && showsFields(row, own(draft))

const Tree = z.record(z.string(), z.unknown())

const showsFields = (row: unknown, fields: Fields): boolean =>
  Object.entries(fields).every(([name, sent]) => {
    if (sent === undefined) return true
    const shown = Tree.parse(row)[name]
    return typeof sent === 'object' && sent !== null && !Array.isArray(sent)
      ? showsFields(shown, sent)
      : shown === (sent ?? '')
  })

/** The length of a name is not published; that of the legal name is (field-map). */
export const nameOf = (name: string): string => cut(name.trim(), 255)

const orClear = (value: string): string | null => value.trim() || null

const contactFields = ({ email, phone, attention, website }: NonNullable<VendorDraft['contact']>): Fields => ({
  Email: orClear(cut(email, 255)),
  Phone1: orClear(cut(phone, 50)),
  Attention: orClear(attention),
  WebSite: orClear(cut(website, 255)),
})

const addressFields = (address: NonNullable<VendorDraft['address']>): Fields => ({
  Address: {
    AddressLine1: orClear(address.line1),
    AddressLine2: orClear(address.line2),
    City: orClear(address.city),
    State: orClear(address.state),
    PostalCode: orClear(address.postcode),
    Country: orClear(address.country),
  },
})

/** A new record has nothing to be cleared, and defaults that are better than nothing. */
const withoutEmpty = (fields: Fields): Fields =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]): [string, Fields[string]][] => {
      if (value === null || value === undefined) return []
      return [[name, typeof value === 'object' && !Array.isArray(value) ? withoutEmpty(value) : value]]
    }),
  )
