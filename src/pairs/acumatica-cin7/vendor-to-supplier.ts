import type { Flow } from '../../core/flow'
import { isMarked, vendorTexts } from '../../vendors/acumatica/mirrored-vendors'
import type { VendorRecord } from '../../vendors/acumatica/vendor-record'
import { vendors } from '../../vendors/acumatica/vendors'
import { type MirroredSupplierDraft, mirroredSuppliers } from '../../vendors/cin7/mirrored-suppliers'
import { agreedIn, backNeed, isAsAgreed, MADE_HERE, winsFrom } from './agreed'
import { PARTY, SUPPLIERS, VENDORS } from './names'
import { Settings } from './settings'

const textsOf = (vendor: VendorRecord, { suppliers: { inactive } }: Settings) =>
  vendorTexts(vendor, inactive === 'mirror')

/** An Acumatica vendor is a Cin7 supplier: made where there is none, and kept alike from both sides. */
export const vendorToSupplier: Flow<VendorRecord, MirroredSupplierDraft, Settings> = {
  name: VENDORS,
  source: vendors,
  target: mirroredSuppliers,
  settings: Settings,
  mirrors: { flow: SUPPLIERS, agrees: ({ facts }) => facts },

  skip(vendor, settings, lookups) {
    if (lookups.mirrored) return undefined
    if (isMarked(vendor)) return MADE_HERE
    const { classes } = settings.vendors
    if (classes.length > 0 && !classes.some((one) => one.toUpperCase() === vendor.vendorClass.toUpperCase()))
      return `of class ${vendor.vendorClass}: not a supplier of Cin7 (setting vendors.classes)`
    return vendor.status.toUpperCase() === 'INACTIVE' ? 'inactive: carried once it is active again' : undefined
  },

  agreed: (vendor, settings, lookups) => isAsAgreed(textsOf(vendor, settings), lookups),

  needs: (_vendor, _settings, lookups) => backNeed(SUPPLIERS, lookups),

  fingerprint: ({ id: _, updated: __, accountRef: ___, ...vendor }) => vendor,

  map(vendor, settings, { mirrored, targetAccount }) {
    const { paymentTerm, taxRule, accountPayable } = settings.cin7
    return [
      {
        variant: PARTY,
        draft: {
          base: agreedIn(mirrored?.target),
          texts: textsOf(vendor, settings),
          wins: winsFrom('acumatica', settings),
          attribute: String(settings.suppliers.attribute),
          currency: (vendor.currency || targetAccount.baseCurrency) ?? '',
          paymentTerm,
          taxRule,
          accountPayable,
        },
      },
    ]
  },
}
