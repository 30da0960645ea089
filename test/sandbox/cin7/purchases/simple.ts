import type { Books } from '../books'
import type { Call, Verbs } from '../call'
import { refusal } from '../errors'
import { flag, guid } from '../fields'
import { isTrue, needed } from '../lists'
import { postCredit } from './credit-notes'
import { creditAnswer, invoiceAnswer, paymentAnswer, receiptAnswer } from './document-views'
import { postInvoice } from './invoices'
import type { Group, Purchase } from './model'
import { deletePayment, postPayment, putPayment } from './payments'
import { changePurchase, createPurchase, purchaseById } from './purchases'
import { receive } from './receiving'
import { undoPurchase, voidPurchase } from './undo'
import { simplePurchaseView } from './view'

/** The old endpoints serve simple purchases only (sheet 3.2, 9.2). */
const refuseOther = ({ kind }: Purchase): void => {
  if (kind !== 'Simple')
    throw refusal(
      'This endpoint is deprecated and does not support Advanced Purchase and Service Purchase. Please use AdvancedPurchase endpoint',
    )
}

const simple = (books: Books, id: string | undefined): Purchase => {
  const purchase = purchaseById(books, id)
  refuseOther(purchase)
  return purchase
}

const byTask = ({ books, query }: Call): Purchase => simple(books, needed(query, 'TaskID'))

const combines = ({ query, body }: Call): boolean =>
  isTrue(query.get('CombineAdditionalCharges')) || (flag(body, 'CombineAdditionalCharges') ?? false)

const whole = (call: Call, purchase: Purchase) => simplePurchaseView(call.books, purchase, combines(call))

const groupOf = (purchase: Purchase): Group => {
  const [group] = purchase.groups
  if (!group) throw refusal('Purchase with specified TaskID not found')
  return group
}

const purchase: Verbs = {
  GET: (call) => whole(call, simple(call.books, needed(call.query, 'ID'))),
  POST: (call) =>
    whole(call, createPurchase(call.books, { ...call.body, PurchaseType: 'Simple', IsServiceOnly: false })),
  PUT(call) {
    simple(call.books, guid(call.body, 'ID'))
    return whole(call, changePurchase(call.books, call.body))
  },
  DELETE(call) {
    const remove = isTrue(call.query.get('Void')) ? voidPurchase : undoPurchase
    return whole(call, remove(call.books, simple(call.books, needed(call.query, 'ID'))))
  },
}

const invoice: Verbs = {
  GET: (call) => invoiceAnswer(call.books, byTask(call), groupOf(byTask(call)), combines(call)),
  POST(call) {
    const target = simple(call.books, guid(call.body, 'TaskID'))
    return invoiceAnswer(call.books, ...postInvoice(call.books, target, call.body), combines(call))
  },
}

/** PUT is a 405 (sheet 9.1). */
const stock: Verbs = {
  GET: (call) => receiptAnswer(byTask(call).ID, groupOf(byTask(call)).stock),
  POST({ books, body }) {
    const target = simple(books, guid(body, 'TaskID'))
    const [saved, group] = receive(books, target, groupOf(target), { part: 'stock', adds: false, body })
    return receiptAnswer(saved.ID, group.stock)
  },
}

const creditNote: Verbs = {
  GET: (call) => byTask(call).credits.map((note) => creditAnswer(call.books, byTask(call), note, combines(call)))[0],
  POST(call) {
    const target = simple(call.books, guid(call.body, 'TaskID'))
    return creditAnswer(call.books, ...postCredit(call.books, target, call.body), combines(call))
  },
}

/** DELETE serves the payments of every purchase, there is no other place for it (sheet 9.1). */
const payment: Verbs = {
  GET(call) {
    const target = byTask(call)
    return target.payments.map((each) => paymentAnswer(target, each))
  },
  POST: ({ books, body }) => paymentAnswer(...postPayment(books, body, refuseOther)),
  PUT: ({ books, body }) => paymentAnswer(...putPayment(books, body, refuseOther)),
  DELETE({ books, query }) {
    deletePayment(books, needed(query, 'ID'))
    return { Success: true }
  },
}

export const simpleRoutes: Record<string, Verbs> = {
  '/purchase': purchase,
  '/purchase/invoice': invoice,
  '/purchase/stock': stock,
  '/purchase/creditnote': creditNote,
  '/purchase/payment': payment,
}
