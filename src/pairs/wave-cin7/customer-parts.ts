import type { CustomerDraft } from '../../vendors/cin7/customers'
import type { Customer, WaveAddress } from '../../vendors/wave/customers'

const text = (value: string | null): string => (value ?? '').trim()

/** Null where Wave knows nobody to name or reach. */
export const contactOf = (customer: Customer): CustomerDraft['contact'] => {
  const person = [text(customer.firstName), text(customer.lastName)].filter(Boolean).join(' ')
  const [email, phone, mobile, website] = [customer.email, customer.phone, customer.mobile, customer.website].map(text)
  if (![person, email, phone, mobile, website].some(Boolean)) return null
  return {
    name: person || customer.name,
    email: email ?? '',
    phone: phone ?? '',
    mobile: mobile ?? '',
    website: website ?? '',
  }
}

export const addressesOf = ({ address, shippingDetails }: Customer): CustomerDraft['addresses'] => [
  ...addressOf('Billing', address),
  ...addressOf('Shipping', shippingDetails?.address ?? null),
]

/** Cin7 wants a first line and a country; an address without them is not carried. */
const addressOf = (type: 'Billing' | 'Shipping', address: WaveAddress | null): CustomerDraft['addresses'] => {
  const country = text(address?.country?.name ?? null)
  const [line1 = '', line2 = ''] = [text(address?.addressLine1 ?? null), text(address?.addressLine2 ?? null)].filter(
    Boolean,
  )
  if (!address || line1 === '' || country === '') return []
  const state = text(address.province?.name ?? null)
  return [{ type, line1, line2, city: text(address.city), state, postcode: text(address.postalCode), country }]
}
