import { z } from 'zod'
import { Failed } from '../../core/failure'
import type { Target, TargetApi } from '../../core/flow'
import { refTo } from './shapes'
import { bookedTxn, txnPage } from './txn-books'
import { TxnDraft } from './txn-draft'
import { BILL, linesOf, nameOf, ORDER, orderLinks, readTxn, type Txn } from './txn-shapes'
import { SHOWN } from './txn-shown'
import { adoptTxn, asLeft, changeTxn, disturbing, postTxn, removeTxn, type Writing } from './txn-target'

export const BillDraft = TxnDraft.extend({
  dueDate: z.string(),
  /** '' = none: then only the due date says it. */
  term: z.string(),
  /** What becomes of a number that another bill has, where the company has QuickBooks look for that. */
  duplicateNumber: z.enum(['refuse', 'allow']),
})
export type BillDraft = z.infer<typeof BillDraft>

/** QuickBooks drops a link that it finds impossible, without a word [T] (sheet 11): an order that is open still would stay open. */
const checkLinks = async (api: TargetApi, draft: BillDraft, made: Txn): Promise<void> => {
  const wanted = new Set(draft.lines.flatMap(({ order }) => order?.id ?? []))
  const there = new Set([made, ...linesOf(made)].flatMap((one) => orderLinks(one).map(({ TxnId }) => TxnId)))
  for (const id of wanted) {
    if (there.has(id)) continue
    const order = await readTxn(api, ORDER, id)
    if (order && order.txn.POStatus !== 'Closed') throw linkDropped(made, order.txn)
  }
}

const linkDropped = (bill: Txn, order: Txn): Failed =>
  new Failed({
    kind: 'conflict',
    code: 'quickbooks_order_link_dropped',
    message: `${nameOf(BILL, bill)} is booked and right, but QuickBooks did not link it to ${nameOf(ORDER, order)}, which stays open`,
    remedy: `Close ${nameOf(ORDER, order)} in QuickBooks, or link the bill to it there; then replay.`,
    facts: { bill: bill.Id, order: order.Id },
  })

const writing: Writing<BillDraft> = {
  kind: BILL,
  own: ({ dueDate, term }) => ({ DueDate: dueDate, ...(term !== '' && { SalesTermRef: refTo(term) }) }),
  more: ({ duplicateNumber }): Record<string, string> =>
    duplicateNumber === 'allow' ? { include: 'allowduplicatedocnum' } : {},
  check: checkLinks,
}

/**
 * Bills of QuickBooks (sheet 11). There are no drafts: a bill is in the books as soon as it is made, so its total is compared in the
 * very answer, and one that is wrong is deleted again. Our marker stands in the memo.
 */
export const bills = {
  vendor: 'quickbooks',
  type: BILL.type,
  draft: BillDraft,
  create: (api, draft) => postTxn(writing, api, draft),
  update: (api, target, draft) => changeTxn(writing, api, target, draft),
  remove: (api, target) => removeTxn(BILL, api, target),
  observed: SHOWN,
  list: (api, cursor) => txnPage(api, BILL, cursor),
  booked: (api, target) => bookedTxn(api, BILL, target),
  adopt: (api, id) => adoptTxn(api, BILL, id),
  disturbs: disturbing(BILL),
  asLeft,
} satisfies Target<BillDraft>
