import { z } from 'zod'
import { Failed, rejected } from '../../core/failure'
import type { Target, TargetApi, TargetRef } from '../../core/flow'
import { hasAddress, PartyTexts, partyTexts, withAddressOf } from '../../core/party'
import { countryCode, countryName } from '../../lib/countries'
import { merge } from '../../lib/three-way'
import { readAll } from './lists'
import { attributesIn, sameWord, text } from './shapes'
import { type Supplier, supplierRecords } from './supplier-records'
import { type SupplierDraft, suppliers } from './suppliers'

export const MirroredSupplierDraft = z.lazy(() =>
  z.object({
    /** What both sides last agreed on; null = never. */
    base: PartyTexts.nullable(),
    texts: PartyTexts,
    wins: z.enum(['ask', 'source', 'target']),
    /** Number of the additional attribute that holds the code, 1 to 10. */
    attribute: z.string(),
    currency: z.string(),
    /** Of a supplier that is made. */
    paymentTerm: z.string(),
    taxRule: z.string(),
    accountPayable: z.string(),
  }),
)
export type MirroredSupplierDraft = z.infer<typeof MirroredSupplierDraft>

/** What a mirrored supplier says. `attribute` = where its code stands; `withStatus` = being active is one of its fields. */
export const supplierTexts = (supplier: Supplier, attribute: string, withStatus: boolean): PartyTexts => {
  const { line1, line2, city, state, postcode, country } = addressIn(supplier)
  const { name: attention, email, phone, website } = contactIn(supplier)
  const address = { line1, line2, city, state, postcode, country: countryCode(country) }
  const code = supplier.attributes[attribute] ?? ''
  const party = { code, name: supplier.name, attention, email, phone, website, ...address }
  return partyTexts(party, withStatus ? supplier.active : undefined)
}

const NOBODY = { name: '', email: '', phone: '', mobile: '', website: '' }

const contactIn = ({ contacts }: Supplier) => contacts.find(({ isDefault }) => isDefault) ?? contacts[0] ?? NOBODY

const NOWHERE = { line1: '', line2: '', city: '', state: '', postcode: '', country: '' }

/** Where bills come from: the billing address, else the business's, else any. */
const addressIn = ({ addresses }: Supplier) => {
  const of = (type: string) => addresses.find((address) => sameWord(address.type, type))
  return of('Billing') ?? of('Business') ?? addresses[0] ?? NOWHERE
}

/** Whether the connector made it, of whatever source record. */
export const isMarked = ({ comments }: Supplier): boolean => /^\s*mlc:\S/m.test(comments)

/**
 * Suppliers that the other side keeps too: a field is written where only the source has changed it since both agreed.
 * `facts.agreed` = what both agree on now.
 */
export const mirroredSuppliers: Target<MirroredSupplierDraft> = {
  ...suppliers,
  draft: MirroredSupplierDraft,

  async create(api, draft) {
    await refuseTakenCode(api, draft)
    return refOf(await suppliers.create(api, draftOf(draft, draft.texts)), draft.texts)
  },

  async update(api, target, draft) {
    const known = await supplierRecords.read(api, target.id)
    if (!known) throw gone(target)
    const shown = supplierTexts(known, draft.attribute, draft.texts.active !== undefined)
    const texts = withAddressOf(draft.texts, shown)
    const { code: shared = '' } = texts
    // The code is the other side's own: it is never asked who is right about it.
    const { write, agreed, clashes } = merge(draft.base, bare(texts), shown, draft.wins)
    if (clashes.length > 0) throw clash(known.name, clashes, texts, shown)
    const isChanged = Object.keys(write).length > 0 || shown.code !== shared
    const ref = { id: known.id, number: known.name, facts: { currency: known.currency } }
    const wanted = draftOf(draft, { ...shown, ...write, code: shared }, contactIn(known).mobile)
    const taken = isChanged ? ((await suppliers.update?.(api, ref, wanted)) ?? ref) : ref
    return refOf(taken, { ...agreed, code: shared })
  },
}

const bare = ({ code: _, ...texts }: PartyTexts): PartyTexts => texts

const refOf = ({ id, number, facts }: TargetRef, agreed: PartyTexts): TargetRef => ({
  id: id.toLowerCase(),
  number,
  facts: { ...facts, agreed: JSON.stringify(agreed) },
})

const draftOf = (
  { attribute, currency, paymentTerm, taxRule, accountPayable }: MirroredSupplierDraft,
  texts: PartyTexts,
  mobile = '',
): SupplierDraft => {
  const of = (field: string): string => texts[field] ?? ''
  const [name, email, phone, website] = [of('name'), of('email'), of('phone'), of('website')]
  const isReached = [of('attention'), email, phone, website, mobile].some(Boolean)
  const [line1, line2, city, state] = [of('line1'), of('line2'), of('city'), of('state')]
  const address = { line1, line2, city, state, postcode: of('postcode'), country: countryName(of('country')) }
  return {
    name,
    currency,
    paymentTerm,
    taxRule,
    accountPayable,
    contact: isReached ? { name: of('attention') || name, email, phone, mobile, website } : null,
    addresses: hasAddress(texts) ? [{ type: 'Billing', ...address }] : [],
    attributes: { [attribute]: of('code') },
    ...(texts.active !== undefined && { active: texts.active !== 'false' }),
  }
}

const Row = z.looseObject({ ID: text, Name: text, Comments: text })

/** Nothing in Cin7 keeps two suppliers from bearing one code (sheet section 6.1), and no filter finds it: all are looked through. */
const refuseTakenCode = async (
  api: TargetApi,
  { texts: { code = '' }, attribute }: MirroredSupplierDraft,
): Promise<void> => {
  if (code === '') return
  const rows = await readAll(api, '/supplier', 'SupplierList', Row, { IncludeDeprecated: 'true' })
  const other = rows.find(
    (row) => sameWord(attributesIn(row)[attribute] ?? '', code) && !row.Comments.includes(api.marker),
  )
  if (!other) return
  throw new Failed({
    kind: 'conflict',
    code: 'cin7_supplier_code_taken',
    message: `the Cin7 supplier "${other.Name}" has the code ${code} already`,
    remedy:
      'If it is the same supplier, link the two (accept the match). If not, take the code from the supplier in Cin7. Then replay.',
    facts: { code, cin7Id: other.ID, cin7Name: other.Name },
  })
}

const gone = ({ number }: TargetRef): Failed =>
  rejected(
    'cin7_supplier_gone',
    `Cin7 no longer shows the supplier ${number}`,
    'Look in Cin7 what became of this supplier, and link the record with the right one.',
  )

const clash = (supplier: string, fields: string[], ours: PartyTexts, theirs: PartyTexts): Failed =>
  new Failed({
    kind: 'conflict',
    code: 'party_changed_on_both',
    message: `supplier "${supplier}" and the record that it goes with differ in ${fields.join(', ')}, and each was changed on its own side`,
    remedy:
      'Make both say the same, on either side: then they agree again by themselves. Or name the side that is right in the settings, then replay.',
    facts: Object.fromEntries(
      fields.flatMap((field) => [
        [`${field} in the source`, ours[field] ?? ''],
        [`${field} in Cin7`, theirs[field] ?? ''],
      ]),
    ),
  })
