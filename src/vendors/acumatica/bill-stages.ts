import { Failed, rejected } from '../../core/failure'
import type { TargetApi, TargetRef } from '../../core/flow'
import { add, same } from '../../lib/money'
import { type BillDraft, type BillType, changedBill, newBill } from './bill-draft'
import { findBill } from './bill-look-up'
import { BILL_PARTS, BillRow, readBill } from './bill-record'
import { act, put } from './client'
import { contentOf, markOf, stamped, stampIn } from './marks'
import { DONE, Progress, settled } from './operations'
import { sameWord } from './shapes'
import { refuseNotTaken } from './taken'
import { compare } from './totals'
import { wrapped } from './wrap'

/** One document in work. */
export interface Work {
  api: TargetApi
  type: BillType
  draft: BillDraft
  mark: string
  /** Short name of what it is to hold. */
  content: string
  description: string
}

const LONGEST_DESCRIPTION = 512

export const workOf = async (api: TargetApi, type: BillType, draft: BillDraft): Promise<Work> => {
  // Released or not is no content: it can be done later without touching the document.
  const { release, ...books } = draft
  const [mark, content] = await Promise.all([markOf(api.marker), contentOf(books)])
  const description = stamped(draft.text, mark, content, LONGEST_DESCRIPTION)
  return { api, type, draft, mark, content, description }
}

export const make = ({ api, type, draft, mark, description }: Work): Promise<BillRow> =>
  api.step({
    name: 'document',
    call: () => put(api, 'Bill', wrapped(newBill(type, draft, description)), BILL_PARTS),
    answer: BillRow,
    find: () => findBill(api, type, draft, mark),
    born: (row) => ({ id: row.id, number: row.ReferenceNbr, facts: {} }),
  })

export const change = ({ api, draft, description, mark, content }: Work, known: BillRow): Promise<BillRow> =>
  api.step({
    name: 'document',
    call: () => put(api, 'Bill', wrapped(changedBill(known.id, draft, description, known.Details)), BILL_PARTS),
    answer: BillRow,
    find: async () => {
      const row = await theBill(api, known)
      const stamp = stampIn(row.Description)
      return stamp?.mark === mark && stamp.content === content ? row : null
    },
  })

/** Compared while it is on hold and books nothing; then off hold, and posted where that is wanted. */
export const finish = async (work: Work, row: BillRow): Promise<TargetRef> => {
  const { draft, api } = work
  refuseOther(work, row)
  api.refuseUnless(differences(draft, row), standing(row))
  const ready = sameWord(row.Status, 'On Hold') || row.Hold ? await offHold(work, row) : row
  const ended = draft.release && sameWord(ready.Status, 'Balanced') ? await release(work, ready) : ready
  return refOf(work, ended)
}

export const linesTotal = ({ Details }: BillRow): string => add('0', ...Details.map(({ Amount }) => Amount))

export const totalOf = (row: BillRow): string => add(linesTotal(row), row.TaxTotal)

const differences = ({ beforeTax, tax, total, currency }: BillDraft, row: BillRow) => [
  ...compare('total before tax', beforeTax, linesTotal(row), currency),
  ...compare('tax', tax, row.TaxTotal, currency),
  ...compare('total', total, totalOf(row), currency),
]

/** 200 does not prove that a value was saved (sheet 1). */
const refuseOther = ({ draft }: Work, row: BillRow): void =>
  refuseNotTaken(`${row.Type} ${row.ReferenceNbr}`, [
    ['Vendor', draft.vendor, row.Vendor],
    ['VendorRef', draft.reference, row.VendorRef],
    ['Date', draft.date, row.Date],
    ['CurrencyID', draft.currency, row.CurrencyID],
  ])

/** Where totals are validated on entry, the amount is what was entered: only there it is sent (sheet 6). */
const offHold = async ({ api, draft }: Work, row: BillRow): Promise<BillRow> => {
  const entered = same(row.Amount, totalOf(row)) ? {} : { Amount: draft.total }
  const after = await api.step({
    name: 'off-hold',
    call: () => put(api, 'Bill', wrapped({ id: row.id, Hold: false, ...entered }), BILL_PARTS),
    answer: BillRow,
    find: async () => {
      const now = await theBill(api, row)
      return now.Hold ? null : now
    },
  })
  if (after.Hold) refuseNotTaken(`${after.Type} ${after.ReferenceNbr}`, [['Hold', 'false', 'true']])
  return after
}

export const RELEASED = ['Open', 'Closed', 'Printed', 'Reserved']

export const isReleased = ({ Status }: { Status: string }): boolean => RELEASED.some((one) => sameWord(one, Status))

const release = async ({ api }: Work, row: BillRow): Promise<BillRow> => {
  const progress = await api.step({
    name: 'release',
    call: () => act(api, 'Bill', 'ReleaseBill', row.id),
    answer: Progress,
    find: async () => (isReleased(await theBill(api, row)) ? DONE : null),
  })
  const why = await settled(api, progress)
  const after = await theBill(api, row)
  if (isReleased(after)) return after
  throw rejected(
    'acumatica_not_released',
    `${row.Type} ${row.ReferenceNbr} was to be released and is ${after.Status || 'without a status'}${why ? `: ${why}` : ''}`,
    `Release it in Acumatica and see what it says there; then replay. What stands: ${standing(after)}.`,
  )
}

export const theBill = async (api: TargetApi, known: { id: string; ReferenceNbr: string }): Promise<BillRow> => {
  const row = await readBill(api, known.id)
  if (row) return row
  throw new Failed({
    kind: 'conflict',
    code: 'acumatica_bill_gone',
    message: `Acumatica no longer shows the document ${known.ReferenceNbr}`,
    remedy: 'Somebody deleted it. Replay with a new generation to post it again, or ignore the record.',
    facts: { number: known.ReferenceNbr },
  })
}

const standing = (row: BillRow): string =>
  `${row.Type} ${row.ReferenceNbr} (${row.Status}), ${isReleased(row) ? 'posted' : 'not posted'}`

const refOf = ({ type, content, draft }: Work, row: BillRow): TargetRef => ({
  id: row.id,
  number: row.ReferenceNbr,
  facts: { type, content, total: draft.total, vendor: row.Vendor, status: row.Status },
})
