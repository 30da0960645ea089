import { z } from 'zod'
import { Failed } from '../../core/failure'
import type { Target, TargetRef } from '../../core/flow'
import { hasAddress, PartyTexts, partyTexts, withAddressOf } from '../../core/party'
import { merge } from '../../lib/three-way'
import { sameWord } from './shapes'
import type { VendorDraft } from './vendor-draft'
import { readVendor, recordOf, type VendorRecord } from './vendor-record'
import { vendorTarget } from './vendor-target'

export const MirroredVendorDraft = z.lazy(() =>
  z.object({
    /** What both sides last agreed on; null = never. */
    base: PartyTexts.nullable(),
    texts: PartyTexts,
    wins: z.enum(['ask', 'source', 'target']),
    /** Of a vendor that is made. */
    code: z.string(),
    currency: z.string(),
    vendorClass: z.string(),
    terms: z.string(),
    paymentMethod: z.string(),
    taxZone: z.string(),
    taxNumber: z.string(),
  }),
)
export type MirroredVendorDraft = z.infer<typeof MirroredVendorDraft>

/** What a mirrored vendor says. `withStatus` = being active is one of its fields. */
export const vendorTexts = ({ code, name, status, contact, address }: VendorRecord, withStatus: boolean): PartyTexts =>
  partyTexts({ code, name, ...contact, ...address }, withStatus ? !sameWord(status, 'Inactive') : undefined)

/** Whether the connector made it, of whatever source record. */
export const isMarked = ({ accountRef }: VendorRecord): boolean => /^mlc:[0-9a-f]{16}$/.test(accountRef)

/**
 * Vendors that the other side keeps too: a field is written where only the source has changed it since both agreed. The VendorID is
 * Acumatica's own and never changed. `facts.agreed` = what both agree on now.
 */
export const mirroredVendors: Target<MirroredVendorDraft> = {
  ...vendorTarget,
  draft: MirroredVendorDraft,

  async create(api, draft) {
    const made = await vendorTarget.create(api, draftOf(draft, draft.texts))
    return refOf(made, draft.texts)
  },

  async update(api, target, draft) {
    const row = await readVendor(api, target.id)
    if (!row) return vendorTarget.update?.(api, target, draftOf(draft, draft.texts)) ?? target
    const shown = vendorTexts(recordOf(row), draft.texts.active !== undefined)
    // The code of the source is what it was told: here it says nothing.
    const { code = '', ...texts } = withAddressOf(draft.texts, shown)
    const { write, agreed, clashes } = merge(draft.base, texts, shown, draft.wins)
    if (clashes.length > 0) throw clash(row.VendorID, clashes, texts, shown)
    const ref = { id: row.id, number: row.VendorID, facts: { currency: row.CurrencyID } }
    const wanted = draftOf(draft, { ...shown, ...write })
    const taken = Object.keys(write).length === 0 ? ref : ((await vendorTarget.update?.(api, ref, wanted)) ?? ref)
    return refOf(taken, { ...agreed, code })
  },
}

const refOf = (ref: TargetRef, agreed: PartyTexts): TargetRef => ({
  ...ref,
  facts: { ...ref.facts, agreed: JSON.stringify(agreed) },
})

const draftOf = (
  { code, currency, vendorClass, terms, paymentMethod, taxZone, taxNumber }: MirroredVendorDraft,
  texts: PartyTexts,
): VendorDraft => {
  const of = (field: string): string => texts[field] ?? ''
  const [email, phone, attention, website] = [of('email'), of('phone'), of('attention'), of('website')]
  const [line1, line2, city, state] = [of('line1'), of('line2'), of('city'), of('state')]
  return {
    code,
    name: of('name'),
    active: of('active') !== 'false',
    vendorClass,
    currency,
    terms,
    paymentMethod,
    taxZone,
    taxNumber,
    contact: { email, phone, attention, website },
    address: hasAddress(texts) ? { line1, line2, city, state, postcode: of('postcode'), country: of('country') } : null,
  }
}

const clash = (vendor: string, fields: string[], ours: PartyTexts, theirs: PartyTexts): Failed =>
  new Failed({
    kind: 'conflict',
    code: 'party_changed_on_both',
    message: `vendor ${vendor} and the record that it goes with differ in ${fields.join(', ')}, and each was changed on its own side`,
    remedy:
      'Make both say the same, on either side: then they agree again by themselves. Or name the side that is right in the settings, then replay.',
    facts: Object.fromEntries(
      fields.flatMap((field) => [
        [`${field} in the source`, ours[field] ?? ''],
        [`${field} in Acumatica`, theirs[field] ?? ''],
      ]),
    ),
  })
