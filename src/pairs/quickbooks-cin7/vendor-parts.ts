import type { Supplier } from '../../vendors/cin7/supplier-records'
import type { VendorDraft } from '../../vendors/quickbooks/vendors'

type Parts = Pick<VendorDraft, 'given' | 'family' | 'email' | 'phone' | 'mobile' | 'fax' | 'website' | 'address'>

/** QuickBooks has one contact and one address of a vendor; Cin7 may have several. */
export const partsOf = (supplier: Supplier): Parts => {
  const contact = supplier.contacts.find(({ isDefault }) => isDefault) ?? supplier.contacts[0]
  return {
    ...personOf(contact?.name ?? '', supplier.name),
    email: firstEmail(contact?.email ?? ''),
    phone: contact?.phone ?? '',
    mobile: contact?.mobile ?? '',
    fax: contact?.fax ?? '',
    website: addressed(contact?.website ?? ''),
    address: addressOf(supplier),
  }
}

/** The last word is the family's. A contact that is called like the supplier is nobody. */
const personOf = (name: string, supplier: string): Pick<Parts, 'given' | 'family'> => {
  const words = name.trim().split(/\s+/).filter(Boolean)
  if (words.length === 0 || name.trim().toLowerCase() === supplier.trim().toLowerCase())
    return { given: '', family: '' }
  return words.length === 1
    ? { given: words[0] ?? '', family: '' }
    : { given: words.slice(0, -1).join(' '), family: words.at(-1) ?? '' }
}

/** People put several into one field. */
const firstEmail = (text: string): string => text.split(/[;,\s]+/).find(Boolean) ?? ''

const addressed = (website: string): string => {
  const text = website.trim()
  return text === '' || /^https?:\/\//i.test(text) ? text : `https://${text}`
}

/** Where bills come from: the billing address, else the business's, else any. */
const addressOf = ({ addresses }: Supplier): Parts['address'] => {
  const of = (type: string) => {
    const all = addresses.filter((address) => address.type.toLowerCase() === type)
    return all.find(({ isDefault }) => isDefault) ?? all[0]
  }
  const found = of('billing') ?? of('business') ?? addresses[0]
  if (!found || found.line1.trim() === '') return null
  const { line1, line2, city, state, postcode, country } = found
  return { line1, line2, city, state, postcode, country }
}
