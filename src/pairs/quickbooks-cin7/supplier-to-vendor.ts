import type { Flow } from '../../core/flow'
import { type Supplier, supplierRecords } from '../../vendors/cin7/supplier-records'
import { type VendorDraft, vendors } from '../../vendors/quickbooks/vendors'
import { SUPPLIERS, VENDOR } from './names'
import { Settings } from './settings'
import { partsOf } from './vendor-parts'

/** A Cin7 supplier becomes a QuickBooks vendor, before the first document that needs it. Vendors of QuickBooks' own stay there. */
export const supplierToVendor: Flow<Supplier, VendorDraft, Settings> = {
  name: SUPPLIERS,
  source: supplierRecords,
  target: vendors,
  settings: Settings,

  skip: ({ active }, _settings, { variants }) =>
    active || variants.length > 0 ? undefined : 'deprecated: carried once a document needs it, or it is active again',

  matching: { variant: (terms) => (terms.kind === 'named' ? VENDOR : undefined), brings: 'align' },

  fingerprint: ({ id: _, updated: __, taxRule: ___, accountPayable: ____, attributes: _____, ...supplier }) => supplier,

  map: (supplier, { suppliers }, { mapped }) => [
    {
      variant: VENDOR,
      draft: {
        name: supplier.name,
        suffix: suppliers.suffix,
        currency: supplier.currency,
        company: supplier.name,
        ...partsOf(supplier),
        term: mapped('term', supplier.paymentTerm) ?? '',
        active: supplier.active || suppliers.deprecated === 'leave',
      },
    },
  ],
}
