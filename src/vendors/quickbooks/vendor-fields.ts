import { z } from 'zod'
import { instant } from '../../lib/dates'
import { cut, refTo, sameName, text } from './shapes'

/** '' = nothing to say: what QuickBooks has there stays. */
export const VendorDraft = z.lazy(() =>
  z.object({
    name: z.string(),
    /** Put behind the name where a customer or employee has it: all three share one name space (sheet 10). '' = ask a person. */
    suffix: z.string(),
    /** Fixed once the vendor exists. */
    currency: z.string(),
    company: z.string(),
    given: z.string(),
    family: z.string(),
    email: z.string(),
    phone: z.string(),
    mobile: z.string(),
    fax: z.string(),
    website: z.string(),
    address: z
      .object({
        line1: z.string(),
        line2: z.string(),
        city: z.string(),
        state: z.string(),
        postcode: z.string(),
        country: z.string(),
      })
      .nullable(),
    term: z.string(),
    active: z.boolean(),
  }),
)
export type VendorDraft = z.infer<typeof VendorDraft>

const Phone = z.object({ FreeFormNumber: text }).nullish()

export const Vendor = z.lazy(() =>
  z.object({
    Id: z.string().min(1),
    SyncToken: z.string(),
    DisplayName: text,
    Active: z.boolean().nullish(),
    AcctNum: text,
    CompanyName: text,
    GivenName: text,
    FamilyName: text,
    PrimaryEmailAddr: z.object({ Address: text }).nullish(),
    PrimaryPhone: Phone,
    Mobile: Phone,
    Fax: Phone,
    WebAddr: z.object({ URI: text }).nullish(),
    BillAddr: z
      .object({
        Line1: text,
        Line2: text,
        City: text,
        CountrySubDivisionCode: text,
        PostalCode: text,
        Country: text,
      })
      .nullish(),
    TermRef: z.object({ value: z.string() }).nullish(),
    CurrencyRef: z.object({ value: z.string() }).nullish(),
    MetaData: z.object({ CreateTime: text }).nullish(),
  }),
)
export type Vendor = z.infer<typeof Vendor>

/** Colons, tabs and line ends are not taken (sheet 10). */
export const displayName = (name: string, suffix = ''): string => {
  const clean = name.replaceAll(':', ' -').replace(/\s+/g, ' ').trim()
  return `${cut(clean, 500 - suffix.length)}${suffix}`
}

/** One field each, as it is sent and as it is compared. Empty ones are left out. */
export const vendorFields = (draft: VendorDraft): Record<string, unknown> => ({
  ...texts({
    CompanyName: cut(draft.company, 100),
    GivenName: cut(draft.given, 100),
    FamilyName: cut(draft.family, 100),
  }),
  ...(isEmail(draft.email) && { PrimaryEmailAddr: { Address: draft.email } }),
  ...phone('PrimaryPhone', draft.phone),
  ...phone('Mobile', draft.mobile),
  ...phone('Fax', draft.fax),
  ...(isWebAddress(draft.website) && { WebAddr: { URI: draft.website } }),
  ...(draft.address && { BillAddr: addressFields(draft.address) }),
})

const texts = (fields: Record<string, string>) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value))

const phone = (name: string, number: string) => (number === '' ? {} : { [name]: { FreeFormNumber: cut(number, 30) } })

const addressFields = (address: NonNullable<VendorDraft['address']>) =>
  texts({
    Line1: cut(address.line1, 500),
    Line2: cut(address.line2, 500),
    City: cut(address.city, 255),
    CountrySubDivisionCode: cut(address.state, 255),
    PostalCode: cut(address.postcode, 30),
    Country: cut(address.country, 255),
  })

/** What QuickBooks would refuse is left out: a vendor is worth more than its e-mail address. */
const isEmail = (email: string): boolean => email.length <= 100 && /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(email)

const isWebAddress = (address: string): boolean => address.length <= 1000 && /^https?:\/\/\S+$/i.test(address)

/** The fields of the draft that a vendor does not show, with what else stands in them (an address has coordinates). */
export const fieldsToChange = (known: Vendor, raw: Record<string, unknown>, draft: VendorDraft) =>
  Object.fromEntries(
    Object.entries(vendorFields(draft)).flatMap(([name, wanted]) =>
      shows(Object(known)[name], wanted, name) ? [] : [[name, merged(raw[name], wanted)]],
    ),
  )

/** QuickBooks writes countries its own way (sheet 10): those are not compared. */
const shows = (there: unknown, wanted: unknown, name: string): boolean => {
  if (typeof wanted !== 'object' || wanted === null) return there === wanted
  const parts = Object.entries(wanted).filter(([part]) => !(name === 'BillAddr' && part === 'Country'))
  return parts.every(([part, value]) => Object(there)[part] === value)
}

const merged = (there: unknown, wanted: unknown): unknown =>
  typeof wanted === 'object' && wanted !== null ? { ...Object(there), ...wanted } : wanted

/** A term that somebody chose in QuickBooks stays. */
export const termToSet = (known: Vendor | null, { term }: VendorDraft) =>
  term !== '' && !known?.TermRef ? { TermRef: refTo(term) } : {}

/** Longer than anything is looked up after it was sent. */
const FRESH_MS = 48 * 3_600_000

/** Whether it was made of this draft, just now: everything that was sent is there. Countries are QuickBooks' own words. */
export const isMadeOf = (vendor: Vendor, draft: VendorDraft, now: number): boolean =>
  instant(vendor.MetaData?.CreateTime || '1970-01-01') > now - FRESH_MS &&
  Object.entries(vendorFields(draft)).every(([name, wanted]) => shows(Object(vendor)[name], wanted, name)) &&
  (vendor.CurrencyRef == null || sameName(vendor.CurrencyRef.value, draft.currency))
