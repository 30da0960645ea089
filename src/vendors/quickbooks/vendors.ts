import { z } from 'zod'
import { Failed } from '../../core/failure'
import type { Target, TargetApi, TargetRef } from '../../core/flow'
import type { Terms } from '../../core/match'
import type { ReadApi } from '../../core/vendor'
import { now } from '../../lib/clock'
import { parseJson } from '../../lib/json'
import { hasCode, notThere } from './absence'
import { post, read } from './client'
import { Spot, START, walkOn } from './query-walk'
import { cut, refTo, sameName } from './shapes'
import { displayName, fieldsToChange, isMadeOf, termToSet, Vendor, VendorDraft, vendorFields } from './vendor-fields'
import { isNamed, nameHeld, nameOf, vendorsNamed, vendorThere } from './vendor-names'

export { VendorDraft } from './vendor-fields'

const TRIES = 3

/**
 * Vendors of QuickBooks (sheet 10). There is no field for a mark that people would not see on cheques, and a name is unique among
 * vendors, customers and employees: one made just now under this name, with all that was sent, is known as ours.
 */
export const vendors = {
  vendor: 'quickbooks',
  type: 'vendor',
  draft: VendorDraft,

  async candidates(api, cursor) {
    const spot = cursor === null ? START : Spot.parse(parseJson(cursor))
    const asked = { entity: 'Vendor', row: Vendor, until: null, where: 'Active IN (true,false)' }
    const { rows, next } = await walkOn(api, asked, spot)
    const found = rows.map((row) => ({ id: row.Id, number: row.DisplayName, terms: termsOf(row) }))
    return { rows: found, next: JSON.stringify(next ?? spot), done: next === null }
  },

  /** Its name stays as people gave it. */
  async adopt(api, id) {
    const known = await readVendor(api, id)
    if (!known) return null
    const { Id, DisplayName, CurrencyRef } = known.vendor
    const facts: Record<string, string> = CurrencyRef ? { currency: CurrencyRef.value } : {}
    return { target: { id: Id, number: DisplayName, facts }, terms: termsOf(known.vendor) }
  },

  async create(api, draft) {
    const plain = displayName(draft.name)
    const names = draft.suffix === '' ? [plain] : [plain, displayName(draft.name, draft.suffix)]
    const isOurs = (vendor: Vendor) => names.includes(vendor.DisplayName) && isMadeOf(vendor, draft, now())
    const [other] = (await vendorsNamed(api, names)).filter((vendor) => !isOurs(vendor))
    if (other) throw vendorThere(plain, draft.currency, other)
    return refOf(await makeNamed(api, draft, names, isOurs), draft)
  },

  async update(api, target, draft) {
    const vendor = await change(api, target, draft)
    return refOf(draft.active ? vendor : await deactivate(api, vendor), draft)
  },
} satisfies Target<VendorDraft>

const refOf = ({ Id, DisplayName, CurrencyRef }: Vendor, draft: VendorDraft): TargetRef => ({
  id: Id,
  number: DisplayName,
  facts: {
    currency: CurrencyRef?.value ?? draft.currency,
    sourceName: draft.name,
    active: draft.active ? 'yes' : 'no',
  },
})

/** What a step answered is kept without the name and parsed again. */
const Answer = z.preprocess(
  (answer) => {
    const { Vendor: made, vendor } = Object(answer)
    return { vendor: made ?? vendor }
  },
  z.object({ vendor: Vendor }),
)

/** The plain name first; one that a customer or employee has is refused, and then has its suffix. */
const makeNamed = async (
  api: TargetApi,
  draft: VendorDraft,
  [name = '', ...others]: string[],
  isOurs: (vendor: Vendor) => boolean,
): Promise<Vendor> => {
  const body = {
    DisplayName: name,
    PrintOnCheckName: cut(displayName(draft.name), 100),
    CurrencyRef: refTo(draft.currency),
    ...vendorFields(draft),
    ...termToSet(null, draft),
  }
  try {
    const { vendor } = await api.step({
      name: 'vendor',
      keyed: true,
      call: (key) => post(api, 'vendor', body, key),
      answer: Answer,
      find: async () => {
        const ours = (await vendorsNamed(api, [name, ...others])).find(isOurs)
        return ours ? { vendor: ours } : null
      },
      born: ({ vendor }) => refOf(vendor, draft),
    })
    return vendor
  } catch (thrown) {
    if (!hasCode(thrown, 'quickbooks_name_taken')) throw thrown
    const [twin] = await vendorsNamed(api, [name])
    if (twin) throw vendorThere(name, draft.currency, twin)
    if (others.length > 0) return makeNamed(api, draft, others, isOurs)
    throw await nameHeld(api, name)
  }
}

interface Known {
  raw: Record<string, unknown>
  vendor: Vendor
}

const termsOf = (vendor: Vendor): Terms => ({
  kind: 'named',
  code: vendor.AcctNum,
  name: nameOf(vendor),
  currency: vendor.CurrencyRef?.value ?? '',
})

const theVendor = async (api: ReadApi, { id, number }: Pick<TargetRef, 'id' | 'number'>): Promise<Known> => {
  const known = await readVendor(api, id)
  if (known) return known
  throw gone(number)
}

const readVendor = async (api: ReadApi, id: string): Promise<Known | null> => {
  const Raw = z.record(z.string(), z.unknown()).refine((raw) => Vendor.safeParse(raw).success, 'not as the sheet says')
  const raw = await notThere(async () => (await api.read(read(api, 'vendor', id), z.object({ Vendor: Raw }))).Vendor)
  return raw && { raw, vendor: Vendor.parse(raw) }
}

/** Read, merge, write with the SyncToken that was read; where somebody was faster (5010), again on top of what they saved. */
const change = async (api: TargetApi, target: TargetRef, draft: VendorDraft): Promise<Vendor> => {
  for (let tries = 1; ; tries += 1) {
    const { raw, vendor } = await theVendor(api, target)
    refuseOtherCurrency(vendor, draft)
    const changes = await changesOf(api, target, draft, { raw, vendor })
    if (Object.keys(changes).length === 0) return vendor
    try {
      return await rewrite(api, vendor, 'vendor', changes, async () => {
        const shown = await theVendor(api, target)
        return Object.keys(await changesOf(api, target, draft, shown)).length === 0 ? shown.vendor : null
      })
    } catch (thrown) {
      if (hasCode(thrown, 'quickbooks_name_taken')) throw await nameHeld(api, displayName(draft.name))
      if (!hasCode(thrown, 'quickbooks_stale_object') || tries === TRIES) throw thrown
    }
  }
}

/**
 * Sparse: the rest stays as it is. A full update would have to repeat the tax number, which QuickBooks shows masked, and would
 * save the mask (sheet 10).
 */
const rewrite = async (
  api: TargetApi,
  { Id, SyncToken }: Vendor,
  step: string,
  changes: Record<string, unknown>,
  find: () => Promise<Vendor | null>,
): Promise<Vendor> => {
  const answered = await api.step({
    name: step,
    keyed: true,
    call: (key) => post(api, 'vendor', { Id, SyncToken, sparse: true, ...changes }, key),
    answer: Answer,
    find: async () => {
      const vendor = await find()
      return vendor && { vendor }
    },
  })
  return answered.vendor
}

/** A name follows the source's; one that was never ours (the two were linked by a person) stays. */
const changesOf = async (api: ReadApi, { facts }: TargetRef, draft: VendorDraft, { raw, vendor }: Known) => ({
  ...fieldsToChange(vendor, raw, draft),
  ...termToSet(vendor, draft),
  ...(await newName(api, facts, draft, vendor)),
  ...activity(facts, draft, vendor),
})

const newName = async (api: ReadApi, facts: Record<string, string>, draft: VendorDraft, vendor: Vendor) => {
  const { sourceName } = facts
  const wanted = displayName(draft.name)
  if (sourceName === undefined || sourceName === draft.name) return {}
  if ([wanted, displayName(draft.name, draft.suffix)].some((name) => sameName(vendor.DisplayName, name))) return {}
  const [other] = (await vendorsNamed(api, [wanted])).filter(
    ({ Id, ...one }) => Id !== vendor.Id && isNamed({ Id, ...one }, wanted),
  )
  if (other) throw vendorThere(wanted, draft.currency, other)
  return { DisplayName: wanted, PrintOnCheckName: cut(wanted, 100) }
}

/** One that we made inactive is made active again, under its name; one that a person did is left to the person. */
const activity = (facts: Record<string, string>, draft: VendorDraft, vendor: Vendor) => {
  if (vendor.Active !== false || !draft.active) return {}
  if (facts.active !== 'no') throw inactive(vendor)
  return { Active: true, DisplayName: displayName(draft.name) }
}

/** It cannot be deleted, and loses its name by this (sheet 10). */
const deactivate = async (api: TargetApi, vendor: Vendor): Promise<Vendor> => {
  if (vendor.Active === false) return vendor
  return rewrite(api, vendor, 'deactivate', { Active: false }, async () => {
    const shown = await theVendor(api, { id: vendor.Id, number: vendor.DisplayName })
    return shown.vendor.Active === false ? shown.vendor : null
  })
}

const refuseOtherCurrency = ({ DisplayName, CurrencyRef }: Vendor, draft: VendorDraft): void => {
  if (!CurrencyRef || sameName(CurrencyRef.value, draft.currency)) return
  throw new Failed({
    kind: 'conflict',
    code: 'quickbooks_vendor_currency',
    message: `the vendor "${DisplayName}" is in ${CurrencyRef.value} for good, the supplier is in ${draft.currency}`,
    remedy: `QuickBooks keeps the currency of a vendor: rename "${DisplayName}" there and replay with newGeneration, so that a vendor in ${draft.currency} is made.`,
    facts: { source: draft.currency, target: CurrencyRef.value },
  })
}

const inactive = ({ DisplayName, Id }: Vendor): Failed =>
  new Failed({
    kind: 'conflict',
    code: 'quickbooks_vendor_inactive',
    message: `the vendor "${DisplayName}" was made inactive in QuickBooks`,
    remedy: 'Make it active again in QuickBooks, or deprecate the supplier in the source; then replay.',
    facts: { quickbooksId: Id, quickbooksName: DisplayName },
  })

const gone = (number: string): Failed =>
  new Failed({
    kind: 'conflict',
    code: 'quickbooks_vendor_gone',
    message: `QuickBooks no longer shows the vendor ${number}; it may have been merged with another one`,
    remedy: 'Look in QuickBooks what became of it, and link the supplier with the right vendor.',
    facts: { vendor: number },
  })
