import { z } from 'zod'
import { Failed } from '../../core/failure'
import type { Target, TargetRef } from '../../core/flow'
import { isZero, same } from '../../lib/money'
import { put, remove } from './client'
import { markOf, stampIn } from './marks'
import { adoptOrder, bookedOrder, orderCandidates, orderPage } from './order-books'
import { OrderDraft } from './order-draft'
import { isLive, refuseTakenOrder } from './order-look-up'
import { ORDER_PARTS, OrderRow, readOrder } from './order-record'
import { change, finish, isFinal, make, theOrder, workOf } from './order-stages'
import { sameWord } from './shapes'
import { wrapped } from './wrap'

/** Normal purchase orders. Made on hold, compared and opened; followed until they are completed, closed or cancelled. */
export const purchaseOrdersTarget: Target<OrderDraft> = {
  vendor: 'acumatica',
  type: 'purchase-order',
  draft: OrderDraft,

  async create(api, draft) {
    const work = await workOf(api, draft)
    await refuseTakenOrder(api, draft, work.mark)
    return finish(work, await make(work))
  },

  /** Also goes on with what an earlier attempt left half-way. */
  async update(api, target, draft) {
    const work = await workOf(api, draft)
    const row = await theOrder(api, { id: target.id, OrderNbr: target.number })
    const stamp = stampIn(row.Description)
    if (stamp?.mark === work.mark && stamp.content === work.content) return finish(work, row)
    refuseIfTouched(row, target, work.mark, draft)
    return finish(work, await change(work, row))
  },

  /** Deleted while nothing came in against it; on hold first, since an open order stands in the way of its deletion on the form. */
  async remove(api, target) {
    const row = await readOrder(api, target.id)
    if (!row || !isLive(row)) return
    refuseIfTouched(row, target, await markOf(api.marker))
    if (!row.Hold)
      await api.step({
        name: 'hold',
        call: () => put(api, 'PurchaseOrder', wrapped({ id: row.id, Hold: true }), ORDER_PARTS),
        answer: OrderRow,
        find: async () => {
          const now = await theOrder(api, row)
          return now.Hold ? now : null
        },
      })
    await api.step({
      name: 'delete',
      call: () => remove(api, 'PurchaseOrder', row.id),
      answer: z.unknown(),
      find: async () => ((await readOrder(api, row.id)) ? null : { deleted: row.id }),
    })
  },

  observed: ['total'],
  list: orderPage,
  booked: bookedOrder,
  candidates: orderCandidates,
  adopt: adoptOrder,
}

/** What goods came in for, what is over, or what a person edited since, is not changed by us. */
const refuseIfTouched = (row: OrderRow, { facts, number }: TargetRef, mark: string, draft?: OrderDraft): void => {
  const why = touched(row, facts, mark, draft)
  if (why === undefined) return
  throw new Failed({
    kind: 'conflict',
    code: 'acumatica_order_touched',
    message: `order ${number} ${why}`,
    remedy: `Correct ${number} in Acumatica by hand, then resolve this record; or say that the source holds, which writes over what was edited.`,
    facts: { number, status: row.Status, total: row.OrderTotal, ...(draft && { sourceTotal: draft.total }) },
  })
}

const touched = (row: OrderRow, facts: TargetRef['facts'], mark: string, draft?: OrderDraft): string | undefined => {
  if (isFinal(row)) return `is ${row.Status}`
  if (stampIn(row.Description)?.mark !== mark) return 'was made by others, or its description was edited'
  if (draft && !sameWord(draft.vendor, row.VendorID))
    return `is of vendor ${row.VendorID}, the source is now of ${draft.vendor}`
  if (facts.total !== undefined && !same(facts.total, row.OrderTotal)) return 'was edited in Acumatica'
  const came = row.Details.some(({ QtyOnReceipts }) => !isZero(QtyOnReceipts))
  return came && !draft ? 'has goods that came in against it' : undefined
}
