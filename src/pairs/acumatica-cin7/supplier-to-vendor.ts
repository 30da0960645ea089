import type { Flow } from '../../core/flow'
import type { Terms } from '../../core/match'
import { type MirroredVendorDraft, mirroredVendors } from '../../vendors/acumatica/mirrored-vendors'
import { isMarked, supplierTexts } from '../../vendors/cin7/mirrored-suppliers'
import { type Supplier, supplierRecords } from '../../vendors/cin7/supplier-records'
import { agreedIn, backNeed, isAsAgreed, MADE_HERE, winsFrom } from './agreed'
import { PARTY, SUPPLIERS, VENDORS } from './names'
import { codeFrom } from './references'
import { Settings } from './settings'

const textsOf = (supplier: Supplier, { suppliers: { attribute, inactive } }: Settings) =>
  supplierTexts(supplier, String(attribute), inactive === 'mirror')

/** A Cin7 supplier is an Acumatica vendor: made where there is none, and kept alike from both sides. */
export const supplierToVendor: Flow<Supplier, MirroredVendorDraft, Settings> = {
  name: SUPPLIERS,
  source: supplierRecords,
  target: mirroredVendors,
  settings: Settings,
  mirrors: { flow: VENDORS, agrees: ({ facts }) => facts },

  skip(supplier, _settings, lookups) {
    if (lookups.mirrored) return undefined
    const isWanted = lookups.variants.length > 0
    if (isMarked(supplier) && !isWanted) return MADE_HERE
    return supplier.active || isWanted
      ? undefined
      : 'deprecated: carried once a document needs it, or it is active again'
  },

  agreed: (supplier, settings, lookups) => isAsAgreed(textsOf(supplier, settings), lookups),

  needs: (_supplier, _settings, lookups) => backNeed(VENDORS, lookups),

  fingerprint: ({ name, active, currency, attributes, addresses, contacts }) => ({
    name,
    active,
    currency,
    attributes,
    addresses,
    contacts,
  }),

  map(supplier, settings, { mapped, mirrored }) {
    const texts = textsOf(supplier, settings)
    const { vendorClass, paymentMethod, taxZone } = settings.vendors
    return [
      {
        variant: PARTY,
        draft: {
          base: agreedIn(mirrored?.target),
          texts,
          wins: winsFrom('cin7', settings),
          code: texts.code || codeFrom(supplier.name, settings.suppliers.codeLength),
          currency: supplier.currency,
          vendorClass,
          terms: mapped('term', supplier.paymentTerm) ?? '',
          paymentMethod,
          taxZone,
          taxNumber: supplier.taxNumber,
        },
      },
    ]
  },

  matching: {
    variant: (terms) => (terms.kind === 'named' ? PARTY : undefined),
    brings: 'align',
    terms: (terms, { suppliers: { attribute } }) => withCode(terms, String(attribute)),
  },
}

/** The shared code stands in an attribute that the settings name. */
const withCode = (terms: Terms, attribute: string): Terms =>
  terms.kind === 'named' ? { ...terms, code: terms.code || (terms.attributes?.[attribute] ?? '') } : terms
