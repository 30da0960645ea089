import { z } from 'zod'
import { Failed } from '../../core/failure'
import type { Target, TargetRef } from '../../core/flow'
import { same } from '../../lib/money'
import { adoptBill, billCandidates, billPage, bookedBill } from './bill-books'
import { BillDraft, type BillType } from './bill-draft'
import { refuseTaken } from './bill-look-up'
import { type BillRow, readBill } from './bill-record'
import { change, finish, isReleased, make, theBill, totalOf, workOf } from './bill-stages'
import { remove } from './client'
import { markOf, stampIn } from './marks'
import { sameWord } from './shapes'

/**
 * AP documents of one type. Made on hold, compared, taken off hold and, where the draft says so, released. A released one is in the
 * ledger: it is never touched again, a person corrects it.
 */
const billTarget = (type: BillType, kind: string): Target<BillDraft> => ({
  vendor: 'acumatica',
  type: kind,
  draft: BillDraft,

  async create(api, draft) {
    const work = await workOf(api, type, draft)
    await refuseTaken(api, type, draft, work.mark)
    return finish(work, await make(work))
  },

  /** Also goes on with what an earlier attempt left half-way. */
  async update(api, target, draft) {
    const work = await workOf(api, type, draft)
    const row = await theBill(api, { id: target.id, ReferenceNbr: target.number })
    const stamp = stampIn(row.Description)
    if (stamp?.mark === work.mark && stamp.content === work.content) return finish(work, row)
    refuseIfTouched(row, target, work.mark, draft)
    return finish(work, await change(work, row))
  },

  async remove(api, target) {
    const row = await readBill(api, target.id)
    if (!row || sameWord(row.Status, 'Voided')) return
    refuseIfTouched(row, target, await markOf(api.marker))
    await api.step({
      name: 'delete',
      call: () => remove(api, 'Bill', row.id),
      answer: z.unknown(),
      find: async () => ((await readBill(api, row.id)) ? null : { deleted: row.id }),
    })
  },

  observed: ['total'],
  list: (api, cursor) => billPage(api, type, cursor),
  booked: bookedBill,
  candidates: (api, cursor) => billCandidates(api, type, cursor),
  adopt: (api, id) => adoptBill(api, type, id),
})

export const billsTarget = billTarget('Bill', 'bill')
export const debitAdjustments = billTarget('Debit Adj.', 'debit-adjustment')

/** What is posted, or was edited by a person since, is not changed by us. */
const refuseIfTouched = (row: BillRow, { facts, number }: TargetRef, mark: string, draft?: BillDraft): void => {
  const why = touched(row, facts, mark, draft)
  if (why === undefined) return
  throw new Failed({
    kind: 'conflict',
    code: isReleased(row) ? 'acumatica_bill_released' : 'acumatica_bill_edited',
    message: `${row.Type} ${number} ${why}`,
    remedy: `Correct ${number} in Acumatica by hand (reverse or edit it), then resolve this record; where it is not posted yet, the source may hold instead, which writes over what was edited.`,
    facts: { number, status: row.Status, total: totalOf(row), ...(draft && { sourceTotal: draft.total }) },
  })
}

const touched = (row: BillRow, facts: TargetRef['facts'], mark: string, draft?: BillDraft): string | undefined => {
  const stamp = stampIn(row.Description)
  if (!EDITABLE.some((status) => sameWord(status, row.Status)))
    return isReleased(row) ? `is posted already (${row.Status})` : `is ${row.Status}`
  if (stamp?.mark !== mark) return 'was made by others, or its description was edited'
  if (draft && !sameWord(draft.vendor, row.Vendor))
    return `is of vendor ${row.Vendor}, the source is now of ${draft.vendor}`
  const isEdited = facts.total !== undefined && !same(facts.total, totalOf(row))
  return isEdited ? 'was edited in Acumatica' : undefined
}

const EDITABLE = ['On Hold', 'Balanced', 'Pending Approval', 'Rejected']
