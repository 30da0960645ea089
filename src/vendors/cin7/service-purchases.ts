import type { Target, TargetRef } from '../../core/flow'
import { adoptPurchase, purchaseCandidates } from './purchase-adopt'
import { takeBack } from './purchase-back'
import { bookedPurchase, purchasePage } from './purchase-books'
import { touched, whatHappened } from './purchase-conflict'
import { PurchaseDraft } from './purchase-draft'
import { order } from './purchase-order-stage'
import { thePurchase } from './purchase-read'
import type { Purchase, PurchaseInvoice } from './purchase-record'
import { removePurchase } from './purchase-remove'
import { authorise, base, draftInvoice, foundBooked, holdsLight, light, made } from './purchase-stages'
import { isBooked, isLive } from './purchase-standing'
import { holdsOrder, refuseGoodsOnService, type Work, workOn } from './purchase-work'

export type { PurchaseDraft, PurchaseOrderDraft } from './purchase-draft'

/**
 * Purchases of Cin7 for bills and expenses, each with an authorised order and one authorised invoice. Made in stages, since nothing
 * nested is taken (sheet section 0); each stage can be found again, so a crash leaves nothing that cannot be finished.
 */
export const servicePurchases = {
  vendor: 'cin7',
  type: 'purchase',
  draft: PurchaseDraft,

  async create(api, draft) {
    const work = await made(api, draft, draft.invoiceNumber)
    await order(work)
    await draftInvoice(work)
    return authorise(work)
  },

  /**
   * An authorised invoice cannot be patched: invoice and order are stepped back and posted again; only while nobody touched them.
   * What books nothing is changed in place. Also finishes what an earlier attempt left half-built.
   */
  async update(api, target, draft) {
    const purchase = await thePurchase(api, target.id)
    const work = await workOn(api, purchase, draft)
    const invoice = standingInvoice(work, purchase)
    if (invoice) return changeLight(work, purchase, invoice, target)

    const happened = await whatHappened(purchase, target.facts)
    const refuse = () => {
      if (happened.length > 0) throw touched(purchase, target.facts, draft.total, happened)
      refuseGoodsOnService(work, purchase)
    }
    const wasCarried = target.facts.invoice !== undefined
    if (wasCarried || !holdsLight(work, purchase)) await light(work, purchase, refuse)
    else refuse()
    if (!orderStands(work, purchase)) {
      await takeBack(work, purchase)
      await base(work, purchase)
      await order(work)
    }
    await draftInvoice(work)
    return authorise(work)
  },

  remove: removePurchase,
  observed: ['total', 'shownSupplier', 'shownOrder', 'shownLines', 'shownDates'],
  list: purchasePage,
  // Cin7 tells of no void; `Purchase/Updated` would come for each of our own steps. The daily comparison finds the rest.
  disturbs: ['Purchase/CreditNoteAuthorised'],
  candidates: purchaseCandidates,
  adopt: adoptPurchase,
  booked: bookedPurchase,
} satisfies Target<PurchaseDraft>

const orderStands = (work: Work, purchase: Purchase): boolean => isBooked(purchase.order) && holdsOrder(work, purchase)

/** An invoice above an order with this content was authorised after it: an order cannot be changed below an authorised invoice. */
const standingInvoice = (work: Work, purchase: Purchase): PurchaseInvoice | undefined => {
  const [invoice, second] = purchase.invoices.filter(isLive)
  return invoice && !second && isBooked(invoice) && orderStands(work, purchase) ? invoice : undefined
}

/** What Cin7 showed when it was carried is kept: what it shows now may hold an edit of somebody. */
const changeLight = async (
  work: Work<PurchaseDraft>,
  purchase: Purchase,
  invoice: PurchaseInvoice,
  { facts, ...target }: TargetRef,
): Promise<TargetRef> => {
  if (!holdsLight(work, purchase)) await light(work, purchase)
  const known = facts.stamp === work.booked && facts.shownLines !== undefined
  return known ? { ...target, facts: { ...facts, head: work.head } } : foundBooked(work, purchase, invoice)
}
