import type { Books } from '../books'
import type { Call, Verbs } from '../call'
import { refuseLocked } from '../checks'
import { refusal, round } from '../errors'
import { type Body, flag, guid, missing, oneOf, text, tooLong } from '../fields'
import { isTrue, needed } from '../lists'
import { orderAnswer } from './document-views'
import { orderAuthorised } from './events'
import type { Order, Purchase } from './model'
import { purchaseById, refuseVoided, savePurchase } from './purchases'
import { readRows, refuseEmpty } from './rows'
import { NOT_AVAILABLE } from './state'

const OPEN = ['DRAFT', NOT_AVAILABLE]
const WRITABLE = ['DRAFT', 'AUTHORISED']

/** That it serves all three types is implied, not measured (sheet 9.1): the switch makes it simple-only. */
const refuseKind = (books: Books, { kind }: Purchase): void => {
  if (kind !== 'Simple' && books.world.switched('purchase.orderSimpleOnly', false))
    throw refusal(
      'This endpoint is deprecated and does not support Advanced Purchase and Service Purchase. Please use AdvancedPurchase endpoint',
    )
}

const orderOf = (books: Books, purchase: Purchase, body: Body): Order => {
  round(...tooLong(body, { Memo: 1024 }))
  const Status = oneOf(body, 'Status', WRITABLE) ?? 'DRAFT'
  const rows = readRows(books, purchase, 'order', body, flag(body, 'CombineAdditionalCharges') ?? false)
  refuseEmpty('order', Status, rows)
  return { Memo: text(body, 'Memo') ?? '', Status, ...rows }
}

/** Replaces the lines, and sends AUTHORISED along with them: there is no call that authorises alone (sheet 0.2, 9.1). */
export const postOrder = (books: Books, body: Body): Purchase => {
  round(...missing(body, 'TaskID', 'Status', 'Lines'))
  const purchase = purchaseById(books, guid(body, 'TaskID'))
  refuseKind(books, purchase)
  refuseVoided(purchase)
  if (purchase.blindReceipt) throw refusal('Purchase order is not available for Blind Receipt')
  if (!OPEN.includes(purchase.order.Status)) throw refusal('Purchase order should be in DRAFT or NOT AVAILABLE status')
  refuseLocked(books, purchase.orderDate)
  const saved = savePurchase(books, { ...purchase, order: orderOf(books, purchase, body) })
  if (saved.order.Status === 'AUTHORISED') orderAuthorised(books, saved)
  return saved
}

const answer = ({ books, query, body }: Call, purchase: Purchase) => {
  const combined = isTrue(query.get('CombineAdditionalCharges')) || (flag(body, 'CombineAdditionalCharges') ?? false)
  return orderAnswer(books, purchase, combined)
}

/** No PUT here (sheet 4). */
export const orderRoutes: Verbs = {
  GET(call) {
    const purchase = purchaseById(call.books, needed(call.query, 'TaskID'))
    refuseKind(call.books, purchase)
    return answer(call, purchase)
  },
  POST: (call) => answer(call, postOrder(call.books, call.body)),
}
