import type { Failure } from '../../core/failure'
import type { PartyDraft } from '../../vendors/cin7/parties'

type Contact = PartyDraft['contact']
type Address = PartyDraft['addresses'][number]

/** What FreshBooks knows of a person to name or reach; null where it knows nobody. `fallback` = the name of the party. */
export const contactOf = (
  fallback: string,
  {
    first,
    last,
    ...reach
  }: { first: string; last: string; email: string; phone: string; mobile: string; website: string },
): Contact => {
  const person = `${first} ${last}`.trim()
  if (person === '' && Object.values(reach).every((value) => value.trim() === '')) return null
  const { email, phone, mobile, website } = reach
  return {
    name: person || fallback,
    email: email.trim(),
    phone: phone.trim(),
    mobile: mobile.trim(),
    website: website.trim(),
  }
}

/** Cin7 wants a first line and a country; an address without them is not carried. */
export const addressOf = (
  type: Address['type'],
  address: Omit<Address, 'type' | 'line1' | 'line2'> & { street: string; street2: string },
): Address[] => {
  const { street, street2, city, state, postcode, country } = address
  const [line1 = '', line2 = ''] = [street.trim(), street2.trim()].filter(Boolean)
  if (line1 === '' || country.trim() === '') return []
  const rest = { city: city.trim(), state: state.trim(), postcode: postcode.trim(), country: country.trim() }
  return [{ type, line1, line2, ...rest }]
}

export const noCurrency = (what: 'client' | 'vendor', name: string): Failure => ({
  kind: 'rejected',
  code: 'party_without_currency',
  message: `the FreshBooks ${what} "${name}" shows no currency`,
  remedy: `Set the currency of the ${what} in FreshBooks; then replay.`,
})
