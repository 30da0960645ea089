import { z } from 'zod'
import { Failed, rejected } from '../../core/failure'
import type { Target, TargetApi, TargetRef } from '../../core/flow'
import type { Terms } from '../../core/match'
import type { ReadApi } from '../../core/vendor'
import { list, ONLY_NEW, put } from './client'
import { textLiteral } from './filters'
import { nextSkip, pageAt, readAll } from './lists'
import { markOf } from './marks'
import { id, sameWord, text } from './shapes'
import { refuseNotTaken } from './taken'
import { changedVendor, nameOf, newVendor, shows, VendorDraft } from './vendor-draft'
import { EXPAND, readVendor, type VendorRow } from './vendor-record'
import { wrapped } from './wrap'

const Light = z.object({ id, VendorID: text, VendorName: text, Status: text, CurrencyID: text, AccountRef: text })
type Light = z.infer<typeof Light>
const LIGHT = { $select: 'VendorID,VendorName,Status,CurrencyID,AccountRef' }

/** Vendors of one tenant, made under the code of the source; ours are found again by "Ext Ref Nbr" (AccountRef). */
export const vendorTarget: Target<VendorDraft> = {
  vendor: 'acumatica',
  type: 'vendor',
  draft: VendorDraft,

  async create(api, draft) {
    const mark = await markOf(api.marker)
    const made = await api
      .step({
        name: 'vendor',
        call: () => put(api, 'Vendor', wrapped(newVendor(draft, mark)), {}, ONLY_NEW),
        answer: Light,
        find: () => marked(api, mark),
        born: refOf,
      })
      .catch((thrown: unknown) => oursOrTaken(api, draft, mark, thrown))
    refuseNotTaken(`vendor ${made.VendorID}`, [
      ['VendorName', nameOf(draft.name), made.VendorName],
      ['CurrencyID', draft.currency, made.CurrencyID],
    ])
    return refOf(made)
  },

  async update(api, target, draft) {
    const known = await theVendor(api, target)
    refuseOtherCurrency(known, draft)
    if (shows(known, draft)) return refOf(known)
    const changed = await api.step({
      name: 'vendor',
      call: () => put(api, 'Vendor', wrapped(changedVendor(draft, known)), EXPAND),
      answer: Light,
      find: async () => {
        const now = await theVendor(api, target)
        return shows(now, draft) ? now : null
      },
    })
    refuseNotTaken(`vendor ${changed.VendorID}`, [['VendorName', nameOf(draft.name), changed.VendorName]])
    return refOf(changed)
  },

  /** A vendor with documents cannot be deleted: it is made inactive. */
  async remove(api, target) {
    const known = await readVendor(api, target.id)
    if (!known || sameWord(known.Status, 'Inactive')) return
    const changed = await api.step({
      name: 'inactive',
      call: () => put(api, 'Vendor', wrapped({ id: known.id, Status: 'Inactive' })),
      answer: Light,
      find: async () => {
        const now = await theVendor(api, target)
        return sameWord(now.Status, 'Inactive') ? now : null
      },
    })
    refuseNotTaken(`vendor ${changed.VendorID}`, [['Status', 'Inactive', changed.Status]])
  },

  async candidates(api, cursor) {
    const skip = Number(cursor ?? 0)
    const rows = await pageAt(api, 'Vendor', Light, LIGHT, skip)
    const next = nextSkip(skip, rows)
    const found = rows.map((row) => ({ id: row.id, number: row.VendorID, terms: termsOf(row) }))
    return { rows: found, next: String(next ?? 0), done: next === null }
  },

  async adopt(api, vendor) {
    const row = await readVendor(api, vendor)
    return row && { target: refOf(row), terms: termsOf(row) }
  },
}

const refOf = (row: Light): TargetRef => ({ id: row.id, number: row.VendorID, facts: { currency: row.CurrencyID } })

const termsOf = ({ VendorID, VendorName, CurrencyID }: Light): Terms => ({
  kind: 'named',
  code: VendorID,
  name: VendorName,
  currency: CurrencyID,
})

/** Whether this field can be filtered is not proven (sheet 6): an empty answer is no answer, so the whole list is looked through then. */
const marked = async (api: ReadApi, mark: string): Promise<Light | null> => {
  const filter = { ...LIGHT, $filter: `AccountRef eq ${textLiteral(mark)}` }
  const isOurs = ({ AccountRef }: Light) => AccountRef === mark
  const found = (await api.read(list(api, 'Vendor', filter), z.array(Light))).find(isOurs)
  return found ?? (await readAll(api, 'Vendor', Light, LIGHT)).find(isOurs) ?? null
}

/** The code is there already: made by us before the answer got lost, or somebody else's. */
const oursOrTaken = async (api: TargetApi, draft: VendorDraft, mark: string, thrown: unknown): Promise<Light> => {
  if (!(thrown instanceof Failed && thrown.failure.code === 'acumatica_exists')) throw thrown
  const filter = { ...LIGHT, $filter: `VendorID eq ${textLiteral(draft.code)}` }
  const [known] = await api.read(list(api, 'Vendor', filter), z.array(Light))
  if (!known) throw thrown
  if (known.AccountRef === mark) return known
  throw codeTaken(draft, known)
}

const theVendor = async (api: ReadApi, target: TargetRef): Promise<VendorRow> => {
  const row = await readVendor(api, target.id)
  if (row) return row
  throw rejected(
    'acumatica_vendor_gone',
    `Acumatica no longer shows the vendor ${target.number}`,
    'Look in Acumatica what became of this vendor, and link the record with the right one.',
  )
}

const codeTaken = (draft: VendorDraft, other: Light): Failed =>
  new Failed({
    kind: 'conflict',
    code: 'acumatica_vendor_code_taken',
    message: `Acumatica already has a vendor ${other.VendorID} "${other.VendorName}", which was not made by the connector`,
    remedy:
      'If it is the same vendor, link the two (accept the match). If not, give one of them another code. Then replay.',
    facts: {
      code: draft.code,
      name: draft.name,
      currency: draft.currency,
      acumaticaId: other.id,
      acumaticaName: other.VendorName,
      acumaticaCurrency: other.CurrencyID,
      acumaticaStatus: other.Status,
    },
  })

const refuseOtherCurrency = (known: VendorRow, draft: VendorDraft): void => {
  if (draft.currency === '' || known.CurrencyID === '' || sameWord(known.CurrencyID, draft.currency)) return
  throw new Failed({
    kind: 'conflict',
    code: 'acumatica_vendor_currency',
    message: `the Acumatica vendor ${known.VendorID} is in ${known.CurrencyID}, the source needs it in ${draft.currency}`,
    remedy: `Link a vendor in ${draft.currency} instead, or change the currency in Acumatica while the vendor has no documents; then replay.`,
    facts: { source: draft.currency, target: known.CurrencyID },
  })
}
