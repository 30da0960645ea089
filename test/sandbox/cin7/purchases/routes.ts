import type { Call, Handler, Verbs } from '../call'
import { refusal } from '../errors'
import { flag, guid } from '../fields'
import { isTrue, needed } from '../lists'
import { postCredit, voidCredit } from './credit-notes'
import { creditAnswer, invoiceAnswer, paymentAnswer, receiptAnswer } from './document-views'
import { EMPTY_GUID, openedGroup, postInvoice, undoInvoice, voidInvoice } from './invoices'
import { purchaseCreditListRoutes, purchaseListRoutes } from './list'
import type { CreditNote, Group, Payment, Purchase } from './model'
import { orderRoutes } from './orders'
import { postPayment, putPayment } from './payments'
import { changePurchase, createPurchase, purchaseById, purchaseOfTask } from './purchases'
import { type Part, receive } from './receiving'
import { simpleRoutes } from './simple'
import { removeReceipt, undoPurchase, voidPurchase } from './undo'
import { purchaseView } from './view'

export const combines = ({ query, body }: Call): boolean =>
  isTrue(query.get('CombineAdditionalCharges')) || (flag(body, 'CombineAdditionalCharges') ?? false)

const whole = (call: Call, purchase: Purchase) => purchaseView(call.books, purchase, combines(call))

const byQuery = ({ books, query }: Call): Purchase => purchaseById(books, needed(query, 'PurchaseID'))

const byBody = ({ books, body }: Call): Purchase => purchaseById(books, guid(body, 'PurchaseID'))

const purchaseRoutes: Verbs = {
  GET: (call) => whole(call, purchaseById(call.books, needed(call.query, 'ID'))),
  POST: (call) => whole(call, createPurchase(call.books, call.body)),
  PUT: (call) => whole(call, changePurchase(call.books, call.body)),
  DELETE(call) {
    const remove = isTrue(call.query.get('Void')) ? voidPurchase : undoPurchase
    return whole(call, remove(call.books, purchaseById(call.books, needed(call.query, 'ID'))))
  },
}

const invoices = (call: Call, purchase: Purchase, groups: Group[] = purchase.groups) => ({
  PurchaseID: purchase.ID,
  Invoices: groups.map((group) => invoiceAnswer(call.books, purchase, group, combines(call))),
})

/** The vendor's documentation bars DELETE for simple purchases; the sheet does not say so, hence the switch. */
const refuseSimple = ({ books }: Call, taskId: string): void => {
  const simple = purchaseOfTask(books, taskId)?.kind === 'Simple'
  if (simple && !books.world.switched('purchase.simpleInvoiceDelete', false))
    throw refusal('This operation is not available for Simple Purchase')
}

const invoiceRoutes: Verbs = {
  GET: (call) => invoices(call, byQuery(call)),
  POST(call) {
    const [purchase, group] = postInvoice(call.books, byBody(call), call.body)
    return invoices(call, purchase, [group])
  },
  DELETE(call) {
    const taskId = needed(call.query, 'TaskID')
    refuseSimple(call, taskId)
    const remove = isTrue(call.query.get('Void')) ? voidInvoice : undoInvoice
    return invoices(call, remove(call.books, taskId))
  },
}

const PART_KEYS: Record<Part, string> = { stock: 'StockReceiving', putAway: 'PutAway' }

const receipts = (purchase: Purchase, part: Part, groups: Group[] = purchase.groups) => ({
  PurchaseID: purchase.ID,
  [PART_KEYS[part]]: groups.map((group) => receiptAnswer(group.TaskID, group[part])),
})

/** Goods first: a further receiving group comes with an empty draft invoice (sheet 9.2). */
const openedForGoods = (purchase: Purchase): Group => {
  const group = openedGroup(purchase)
  return { ...group, invoice: { ...group.invoice, Status: 'DRAFT' } }
}

const receivingGroup = (purchase: Purchase, taskId: string | undefined): Group => {
  if (taskId === undefined || taskId === EMPTY_GUID)
    return purchase.approach === 'STOCK' ? openedForGoods(purchase) : openedGroup(purchase)
  const group = purchase.groups.find(({ TaskID }) => TaskID === taskId)
  if (!group) throw refusal('Purchase stock received with specified TaskID not found')
  return group
}

/** Stock received turns a simple purchase into an Advanced one (sheet 9.2). */
const asAdvanced = (purchase: Purchase): Purchase =>
  purchase.kind === 'Simple'
    ? { ...purchase, kind: 'Advanced', groups: purchase.groups.map((group) => ({ ...group, number: 1 })) }
    : purchase

const receiving =
  (part: Part, adds: boolean): Handler =>
  (call) => {
    const given = byBody(call)
    const purchase = part === 'stock' ? asAdvanced(given) : given
    const group = receivingGroup(purchase, guid(call.body, 'TaskID'))
    const [saved, filled] = receive(call.books, purchase, group, { part, adds, body: call.body })
    return receipts(saved, part, [filled])
  }

const receivingRoutes = (part: Part): Verbs => ({
  GET: (call) => receipts(byQuery(call), part),
  POST: receiving(part, true),
  ...(part === 'stock' ? { PUT: receiving(part, false), DELETE: removeStock } : {}),
})

const removeStock: Handler = ({ books, query }) =>
  receipts(removeReceipt(books, needed(query, 'TaskID'), isTrue(query.get('Void'))), 'stock')

const credits = (call: Call, purchase: Purchase, notes: CreditNote[] = purchase.credits) => ({
  PurchaseID: purchase.ID,
  CreditNotes: notes.map((note) => creditAnswer(call.books, purchase, note, combines(call))),
})

const creditRoutes: Verbs = {
  GET: (call) => credits(call, byQuery(call)),
  POST(call) {
    const [purchase, note] = postCredit(call.books, byBody(call), call.body)
    return credits(call, purchase, [note])
  },
  DELETE: (call) => credits(call, voidCredit(call.books, needed(call.query, 'TaskID'))),
}

/** Which payments a query asks for: all its words must fit. */
const paymentsAsked = ({ books, query }: Call) => {
  const fits = (name: string, value: string | undefined): boolean =>
    query.get(name) === undefined || query.get(name)?.toLowerCase() === value?.toLowerCase()
  const invoiceNumber = (purchase: Purchase, { TaskID, Type }: Payment) =>
    Type === 'Payment' ? purchase.groups.find((group) => group.TaskID === TaskID)?.invoice.InvoiceNumber : undefined
  const creditNumber = (purchase: Purchase, { TaskID, Type }: Payment) =>
    Type === 'Refund' ? purchase.credits.find((note) => note.TaskID === TaskID)?.CreditNoteNumber : undefined
  return books.purchases
    .all()
    .filter(({ ID, number }) => fits('PurchaseID', ID) && fits('OrderNumber', number))
    .flatMap((purchase) => purchase.payments.map((payment) => ({ purchase, payment })))
    .filter(({ purchase, payment }) => fits('InvoiceNumber', invoiceNumber(purchase, payment)))
    .filter(({ purchase, payment }) => fits('CreditNoteNumber', creditNumber(purchase, payment)))
}

/** A bare array on GET (sheet 2); DELETE is only at `/purchase/payment` (sheet 9.1). */
const paymentRoutes: Verbs = {
  GET: (call) => paymentsAsked(call).map(({ purchase, payment }) => paymentAnswer(purchase, payment)),
  POST: ({ books, body }) => paymentAnswer(...postPayment(books, body)),
  PUT: ({ books, body }) => paymentAnswer(...putPayment(books, body)),
}

export const purchaseTree: Record<string, Verbs> = {
  '/purchaselist': purchaseListRoutes,
  '/purchasecreditnotelist': purchaseCreditListRoutes,
  '/purchase/order': orderRoutes,
  ...simpleRoutes,
  '/advanced-purchase': purchaseRoutes,
  '/advanced-purchase/invoice': invoiceRoutes,
  '/advanced-purchase/stock': receivingRoutes('stock'),
  '/advanced-purchase/put-away': receivingRoutes('putAway'),
  '/advanced-purchase/creditnote': creditRoutes,
  '/advanced-purchase/payment': paymentRoutes,
}
