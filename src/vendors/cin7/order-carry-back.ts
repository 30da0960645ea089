import { z } from 'zod'
import { Failed, type Failure, rejected } from '../../core/failure'
import type { Target, TargetApi, TargetRef } from '../../core/flow'
import { canonical } from '../../lib/json'
import { printOf } from '../../lib/print'
import { get } from './client'
import { PostedOrder, postRows, UndoneOrder } from './order-carry-calls'
import { changedOnBothSides, refuseIfBound } from './order-carry-conflict'
import { CarriedRow, mergedRows } from './order-rows'
import { undoPurchase } from './purchase-calls'
import { orderOf, RawOrder } from './purchase-parts'
import { thePurchase } from './purchase-read'
import type { Purchase, PurchaseOrder, PurchaseRow } from './purchase-record'
import { isBooked, rowsContent } from './purchase-standing'
import { notAsAsked } from './purchase-work'
import { word } from './shapes'
import { stamped, stampIn, stampOf, withoutStamp } from './stamp'
import { compare } from './totals'

/** An order of Cin7's own, changed on the other side. Amounts in the supplier's currency. */
export const CarriedOrderDraft = z.lazy(() =>
  z.object({
    purchaseId: z.string(),
    currency: z.string(),
    /** What `printOf(orderText(purchase))` was when both sides last agreed; null = the other side wins over whatever stands in Cin7. */
    agreed: z.string().nullable(),
    rows: z.array(CarriedRow),
    beforeTax: z.string(),
    /** Kept with the link as it is. */
    keep: z.record(z.string(), z.string()),
    /** With tax; null where the other side keeps none on orders. */
    total: z.string().nullable(),
  }),
)
export type CarriedOrderDraft = z.infer<typeof CarriedOrderDraft>

/** What an order says, as text: the print of it (lib/print.ts) is kept with the link. */
export const orderText = ({ order }: Purchase): string => canonical(rowsContent(order.rows))

/**
 * The order of a purchase that Cin7 itself made: stepped back, its rows replaced, authorised again, as one group. Where Cin7 refuses
 * the new rows, the old ones are put back. Nothing is ever made or voided here.
 */
export const carriedOrders = {
  vendor: 'cin7',
  type: 'order-change',
  draft: CarriedOrderDraft,
  create: (api, draft) => carryBack(api, draft),
  update: (api, _target, draft) => carryBack(api, draft),
} satisfies Target<CarriedOrderDraft>

interface Work {
  api: TargetApi
  draft: CarriedOrderDraft
  id: string
  number: string
  stamp: string
}

const carryBack = async (api: TargetApi, draft: CarriedOrderDraft): Promise<TargetRef> => {
  const purchase = await thePurchase(api, draft.purchaseId)
  const { agreed, keep, ...content } = draft
  const work: Work = { api, draft, id: purchase.id, number: purchase.number, stamp: await stampOf(content) }
  if (isDone(work, purchase)) return refOf(work, purchase)
  const before = await stepBack(work, purchase)
  await putBackIfRefused(work, before, () => replace(work, before))
  const after = await thePurchase(api, purchase.id)
  if (!isBooked(after.order)) throw notAsAsked(`the order is ${after.order.status}`, `purchase ${work.number}`)
  return refOf(work, after)
}

/** Written by us with this content, or like it all the same. */
const isDone = ({ stamp, draft }: Work, { order }: Purchase): boolean => {
  if (!isBooked(order)) return false
  if (stampIn(order.memo) === stamp) return true
  const left = order.rows.length === draft.rows.length ? mergedOr(order.rows, draft.rows) : undefined
  return left !== undefined && canonical(rowsContent(left)) === canonical(rowsContent(order.rows))
}

/** Undefined where they do not merge: the step back says why. */
const mergedOr = (rows: PurchaseRow[], wanted: CarriedRow[]): PurchaseRow[] | undefined => {
  try {
    return mergedRows(rows, wanted)
  } catch (thrown) {
    if (thrown instanceof Failed) return undefined
    throw thrown
  }
}

/** The order as it stood. All that can be refused is refused before this leaves, and not again once it has. */
const stepBack = async ({ api, draft, id, number }: Work, purchase: Purchase): Promise<PurchaseOrder> => {
  const print = await printOf(orderText(purchase))
  const { Order } = await api.step({
    name: 'undo-order',
    call: () => {
      refuseIfBound(purchase, draft.rows)
      if (draft.agreed !== null && draft.agreed !== print) throw changedOnBothSides(purchase, draft.rows)
      mergedRows(purchase.order.rows, draft.rows)
      return undoPurchase(id)
    },
    answer: UndoneOrder,
    find: async () => {
      const order = await api.read(get('/purchase/order', { TaskID: id }), RawOrder)
      return isBooked({ status: word(order.Status) }) ? null : { Order: order }
    },
  })
  const before = orderOf(Order, purchase.taxInclusive)
  if (isBooked(before)) throw notAsAsked('the order is still authorised', `purchase ${number} as it was`)
  return before
}

/** A draft first, compared with the source, then authorised. */
const replace = async (work: Work, before: PurchaseOrder): Promise<void> => {
  const { api, draft, id, number, stamp } = work
  const rows = mergedRows(before.rows, draft.rows)
  const memo = stamped(withoutStamp(before.memo), stamp)
  const drafted = await api.step({
    name: 'order',
    call: () => postRows(id, rows, memo, 'DRAFT'),
    answer: PostedOrder,
    find: () => posted(work, ({ memo }) => stampIn(memo) === stamp),
  })
  const shown = drafted.Total == null ? await posted(work, () => true) : drafted
  const differences = [
    ...compare('order total before tax', draft.beforeTax, shown?.TotalBeforeTax ?? '0', draft.currency),
    ...(draft.total === null ? [] : compare('order total', draft.total, shown?.Total ?? '0', draft.currency)),
  ]
  api.refuseUnless(differences, `purchase ${number} with its order as it was`)
  await api.step({
    name: 'authorise-order',
    call: () => postRows(id, rows, memo, 'AUTHORISED'),
    answer: PostedOrder,
    find: () => posted(work, (order) => isBooked(order) && stampIn(order.memo) === stamp),
  })
}

const posted = async ({ api, id }: Work, fits: (order: PurchaseOrder) => boolean) => {
  const { order } = await thePurchase(api, id)
  return fits(order) ? { Status: order.status, TotalBeforeTax: order.beforeTax, Total: order.total } : null
}

/** Certainly not taken: what is not known is looked up by the next attempt, and goes on. */
const REFUSED: Failure['kind'][] = ['rejected', 'totals', 'closed_period', 'conflict', 'unmapped']

const putBackIfRefused = async (work: Work, before: PurchaseOrder, run: () => Promise<void>): Promise<void> => {
  try {
    await run()
  } catch (thrown) {
    if (!(thrown instanceof Failed) || !REFUSED.includes(thrown.failure.kind)) throw thrown
    await putBack(work, before, thrown.failure)
    throw thrown
  }
}

const putBack = async (work: Work, { rows, memo }: PurchaseOrder, why: Failure): Promise<void> => {
  const { api, id, number } = work
  try {
    await api.step({
      name: 'restore-order',
      call: () => postRows(id, rows, memo, 'AUTHORISED'),
      answer: PostedOrder,
      find: () => posted(work, isBooked),
    })
  } catch (thrown) {
    if (!(thrown instanceof Failed) || !REFUSED.includes(thrown.failure.kind)) throw thrown
    throw rejected(
      'cin7_order_left_as_draft',
      `Cin7 refused the change (${why.message}), and then the order as it was (${thrown.failure.message})`,
      `The order of purchase ${number} stands as a draft in Cin7: correct the cause, authorise it there by hand, then replay.`,
    )
  }
}

const refOf = async ({ id, number, stamp, draft }: Work, purchase: Purchase): Promise<TargetRef> => ({
  id,
  number,
  facts: { ...draft.keep, total: purchase.order.total, stamp, agreed: await printOf(orderText(purchase)) },
})
