import { z } from 'zod'
import { Flag, Ref, text } from './field-schema'

const Phone = z.strictObject({ FreeFormNumber: text(30) })

export const Address = z.strictObject({
  Id: z.string().optional(),
  Line1: text(500).optional(),
  Line2: text(500).optional(),
  Line3: text(500).optional(),
  Line4: text(500).optional(),
  Line5: text(500).optional(),
  City: text(255).optional(),
  CountrySubDivisionCode: text(255).optional(),
  PostalCode: text(30).optional(),
  Country: text(255).optional(),
  CountryCode: text(255).optional(),
  Lat: z.string().optional(),
  Long: z.string().optional(),
})

/** Writable fields with their lengths (sheet 10). */
export const VendorDraft = z.strictObject({
  DisplayName: text(500).optional(),
  CompanyName: text(100).optional(),
  Title: text(16).optional(),
  GivenName: text(100).optional(),
  MiddleName: text(100).optional(),
  FamilyName: text(100).optional(),
  Suffix: text(16).optional(),
  PrintOnCheckName: text(100).optional(),
  PrimaryEmailAddr: z.strictObject({ Address: text(100) }).optional(),
  PrimaryPhone: Phone.optional(),
  AlternatePhone: Phone.optional(),
  Mobile: Phone.optional(),
  Fax: Phone.optional(),
  WebAddr: z.strictObject({ URI: text(1000) }).optional(),
  BillAddr: Address.optional(),
  TermRef: Ref.optional(),
  AcctNum: text(100).optional(),
  TaxIdentifier: text(20).optional(),
  Vendor1099: Flag.optional(),
  CurrencyRef: Ref.optional(),
  Active: Flag.optional(),
  OtherContactInfo: z.array(z.strictObject({ Type: z.string(), Telephone: Phone.optional() })).optional(),
})
export type VendorDraft = z.infer<typeof VendorDraft>

export interface VendorFields extends VendorDraft {
  DisplayName: string
  PrintOnCheckName: string
  Active: boolean
  CurrencyRef: Ref
}
