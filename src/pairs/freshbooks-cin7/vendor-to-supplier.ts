import type { Flow } from '../../core/flow'
import { inCurrencies, partyMatching } from '../../vendors/cin7/party-currencies'
import { type SupplierDraft, suppliers } from '../../vendors/cin7/suppliers'
import { type BillVendor, vendors } from '../../vendors/freshbooks/vendors'
import { SUPPLIER_FLOW } from './needs'
import { addressOf, contactOf, noCurrency } from './party'
import { noPurchases } from './purchases-missing'
import { Settings } from './settings'

/** A vendor that bills come from becomes a Cin7 supplier in each currency that it bills in. */
export const vendorToSupplier: Flow<BillVendor, SupplierDraft, Settings> = {
  name: SUPPLIER_FLOW,
  source: vendors,
  target: suppliers,
  settings: Settings,

  /** A deleted one may still stand on a bill: then it is needed. */
  skip: ({ vis_state }, _settings, { variants }) =>
    vis_state === 1 && variants.length === 0 ? 'deleted in FreshBooks' : undefined,

  matching: partyMatching,

  fingerprint: (vendor) => ({
    name: vendor.vendor_name,
    currency: vendor.currency_code,
    contact: contact(vendor),
    addresses: addresses(vendor),
  }),

  map(vendor, { purchases, paymentTerm }, lookups) {
    const { currency_code: own, vendor_name: name } = vendor
    if (!purchases) return noPurchases(`vendor "${name}"`)
    if (own === '') return noCurrency('vendor', name)
    const common = { contact: contact(vendor), addresses: addresses(vendor) }
    const { accountPayable, taxRule } = purchases
    return inCurrencies({ name, own }, lookups, (named) => ({
      ...named,
      ...common,
      paymentTerm,
      accountPayable,
      taxRule,
    }))
  },
}

const contact = (vendor: BillVendor): SupplierDraft['contact'] =>
  contactOf(vendor.vendor_name, {
    first: vendor.primary_contact_first_name,
    last: vendor.primary_contact_last_name,
    email: vendor.primary_contact_email,
    phone: vendor.phone,
    mobile: '',
    website: vendor.website,
  })

const addresses = (vendor: BillVendor): SupplierDraft['addresses'] =>
  addressOf('Billing', {
    street: vendor.street,
    street2: vendor.street2,
    city: vendor.city,
    state: vendor.province,
    postcode: vendor.postal_code,
    country: vendor.country,
  })
