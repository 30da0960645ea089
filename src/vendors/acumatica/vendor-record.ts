import { z } from 'zod'
import type { ReadApi } from '../../core/vendor'
import { digest } from '../../lib/digest'
import { canonical } from '../../lib/json'
import { notThere } from './absence'
import { read } from './client'
import { id, stamp, text } from './shapes'

const Contact = z.lazy(() =>
  z.object({ email: z.string(), phone: z.string(), attention: z.string(), website: z.string() }),
)

const Address = z.lazy(() =>
  z.object({
    line1: z.string(),
    line2: z.string(),
    city: z.string(),
    state: z.string(),
    postcode: z.string(),
    /** Two letters. */
    country: z.string(),
  }),
)

/** A vendor as it was read; '' where nothing is entered. */
export const VendorRecord = z.lazy(() =>
  z.object({
    id: z.string(),
    /** VendorID: can be changed on the form, the id stays. */
    code: z.string(),
    name: z.string(),
    legalName: z.string(),
    vendorClass: z.string(),
    /** `Active`, `On Hold`, `Hold Payments`, `Inactive`, `One-Time`. */
    status: z.string(),
    currency: z.string(),
    terms: z.string(),
    paymentMethod: z.string(),
    taxZone: z.string(),
    taxNumber: z.string(),
    /** "Ext Ref Nbr". */
    accountRef: z.string(),
    contact: Contact,
    address: Address,
    /** UTC, comparable as text. */
    updated: z.string(),
  }),
)
export type VendorRecord = z.infer<typeof VendorRecord>

/** There is no e-mail at the vendor itself (sheet 6). */
export const ContactRow = z.object({
  Email: text,
  Phone1: text,
  Attention: text,
  WebSite: text,
  Address: z.object({
    AddressLine1: text,
    AddressLine2: text,
    City: text,
    State: text,
    PostalCode: text,
    Country: text,
  }),
})

export const VendorRow = z.object({
  id,
  VendorID: text,
  VendorName: text,
  LegalName: text,
  VendorClass: text,
  Status: text,
  CurrencyID: text,
  Terms: text,
  PaymentMethod: text,
  TaxZone: text,
  TaxRegistrationID: text,
  AccountRef: text,
  LastModifiedDateTime: stamp,
  MainContact: ContactRow,
})
export type VendorRow = z.infer<typeof VendorRow>

/** Each level has to be named, or nothing nested comes (sheet 5). */
export const EXPAND = { $expand: 'MainContact,MainContact/Address' }

export const readVendor = (api: ReadApi, vendor: string): Promise<VendorRow | null> =>
  notThere(() => api.read(read(api, 'Vendor', vendor, EXPAND), VendorRow))

export const recordOf = (row: VendorRow): VendorRecord => ({
  id: row.id,
  code: row.VendorID,
  name: row.VendorName,
  legalName: row.LegalName,
  vendorClass: row.VendorClass,
  status: row.Status,
  currency: row.CurrencyID,
  terms: row.Terms,
  paymentMethod: row.PaymentMethod,
  taxZone: row.TaxZone,
  taxNumber: row.TaxRegistrationID,
  accountRef: row.AccountRef,
  ...contactOf(row.MainContact),
  updated: row.LastModifiedDateTime,
})

export const contactOf = ({ Address: at, ...contact }: z.infer<typeof ContactRow>) => ({
  contact: { email: contact.Email, phone: contact.Phone1, attention: contact.Attention, website: contact.WebSite },
  address: {
    line1: at.AddressLine1,
    line2: at.AddressLine2,
    city: at.City,
    state: at.State,
    postcode: at.PostalCode,
    country: at.Country,
  },
})

/** What a change of contact or address alone moves, where it does not move the stamp (sheet 5). */
export const contactDigest = ({ contact, address }: Pick<VendorRecord, 'contact' | 'address'>): string =>
  digest(canonical([contact, address]))
