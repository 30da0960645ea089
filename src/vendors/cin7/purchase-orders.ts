import type { Target, TargetRef } from '../../core/flow'
import { adoptOrder } from './purchase-adopt'
import { takeBack } from './purchase-back'
import { invoicesEntered, touched, whatHappened } from './purchase-conflict'
import { PurchaseOrderDraft } from './purchase-draft'
import { orderInTwoSteps } from './purchase-order-stage'
import { thePurchase } from './purchase-read'
import type { Purchase } from './purchase-record'
import { removePurchase } from './purchase-remove'
import { shownOrder } from './purchase-shown'
import { base, holdsLight, light, made } from './purchase-stages'
import { isBooked } from './purchase-standing'
import { holdsOrder, notAsAsked, refuseGoodsOnService, type Work, workOn } from './purchase-work'

/**
 * Purchases of Cin7 that are an order only: made as a draft, authorised in a second step. What follows from it, receipts and
 * invoices, is Cin7's own; from then on it is left alone.
 */
export const purchaseOrders = {
  vendor: 'cin7',
  type: 'purchase-order',
  draft: PurchaseOrderDraft,

  async create(api, draft) {
    const work = await made(api, draft, '')
    await orderInTwoSteps(work)
    return finished(work)
  },

  async update(api, target, draft) {
    const purchase = await thePurchase(api, target.id)
    const work = await workOn(api, purchase, draft)
    if (isBooked(purchase.order) && holdsOrder(work, purchase)) return changeLight(work, purchase, target)

    const happened = [...(await whatHappened(purchase, target.facts)), ...invoicesEntered(purchase)]
    const refuse = () => {
      if (happened.length > 0) throw touched(purchase, target.facts, draft.total, happened)
      refuseGoodsOnService(work, purchase)
    }
    const wasCarried = target.facts.shownOrder !== undefined
    if (wasCarried || !holdsLight(work, purchase)) await light(work, purchase, refuse)
    else refuse()
    await takeBack(work, purchase)
    await base(work, purchase)
    await orderInTwoSteps(work)
    return finished(work)
  },

  adopt: adoptOrder,

  remove: (api, target, how) => removePurchase(api, target, how, invoicesEntered),
} satisfies Target<PurchaseOrderDraft>

/** Read back: 200 is no proof (sheet section 0), and the next change has to know what Cin7 shows of it. */
const finished = async (work: Work): Promise<TargetRef> => {
  const purchase = await thePurchase(work.api, work.id)
  if (!isBooked(purchase.order))
    throw notAsAsked(`the order is ${purchase.order.status}`, `purchase ${work.number} without an authorised order`)
  return refOf(work, purchase)
}

const refOf = async ({ id, number, draft, booked, head }: Work, purchase: Purchase): Promise<TargetRef> => ({
  id,
  number,
  facts: { total: draft.total, currency: draft.currency, stamp: booked, head, ...(await shownOrder(purchase)) },
})

/** What Cin7 showed when it was carried is kept: what it shows now may hold an edit of somebody. */
const changeLight = async (work: Work, purchase: Purchase, { facts, ...target }: TargetRef): Promise<TargetRef> => {
  if (!holdsLight(work, purchase)) await light(work, purchase)
  const known = facts.stamp === work.booked && facts.shownOrder !== undefined
  return known ? { ...target, facts: { ...facts, head: work.head } } : refOf(work, purchase)
}
