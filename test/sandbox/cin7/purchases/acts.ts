import { z } from 'zod'
import { type Act, act } from '../acting'
import type { Books } from '../books'
import { refusal } from '../errors'
import { undoInvoice, voidInvoice, withGroup } from './invoices'
import type { Purchase } from './model'
import { deletePayment } from './payments'
import { changePurchase, purchaseById, purchaseOfTask, savePurchase } from './purchases'
import { PurchaseSeed, seedPurchase } from './seed'
import { Crediting, creditStep, Invoicing, invoiceStep, orderStep, Paying, payStep, Rows, receiveStep } from './steps'
import { undoPurchase, voidPurchase } from './undo'
import { purchaseView } from './view'

/** By ID or by number (`PO-00001`). */
const findPurchase = (books: Books, key: string): Purchase =>
  books.purchases.all().find(({ number }) => number === key) ?? purchaseById(books, key)

const OfTask = z.object({ taskId: z.string() })

/** An act on one purchase that answers what became of it. */
const change = <S extends z.ZodObject>(
  schema: S,
  run: (books: Books, purchase: Purchase, input: z.infer<S>) => Purchase,
): Act =>
  act(z.looseObject({ purchase: z.string() }), (books, input) => {
    const { purchase: key, ...rest } = input
    const changed = run(books, findPurchase(books, key), schema.parse(rest))
    return purchaseView(books, changed, false)
  })

const onTask = (run: (books: Books, taskId: string) => Purchase): Act =>
  act(OfTask, (books, { taskId }) => purchaseView(books, run(books, taskId), false))

const setRate = (books: Books, taskId: string, rate: string): Purchase => {
  const purchase = purchaseOfTask(books, taskId)
  const group = purchase?.groups.find(({ TaskID }) => TaskID === taskId.toLowerCase())
  if (!purchase || !group) throw refusal(`no purchase invoice ${taskId}`)
  return savePurchase(books, withGroup(purchase, { ...group, invoice: { ...group.invoice, CurrencyRate: rate } }))
}

const Receiving = z.object({
  date: z.string().optional(),
  status: z.enum(['DRAFT', 'AUTHORISED']).default('AUTHORISED'),
})

/** Inputs are listed in index.ts. */
export const PURCHASE_ACTS: Record<string, Act> = {
  'create-purchase': act(PurchaseSeed, seedPurchase),
  'edit-purchase': change(z.object({ changes: z.record(z.string(), z.unknown()) }), (books, { ID }, { changes }) =>
    changePurchase(books, { ...changes, ID }),
  ),
  'order-purchase': change(Rows, orderStep),
  'invoice-purchase': change(Invoicing, (books, purchase, input) => invoiceStep(books, purchase, input)[0]),
  'receive-purchase': change(Receiving, (books, purchase, input) => receiveStep(books, purchase, input)[0]),
  'credit-purchase': change(Crediting, (books, purchase, input) => creditStep(books, purchase, input)[0]),
  'pay-purchase': change(Paying, (books, purchase, input) => payStep(books, purchase, input)[0]),
  'void-purchase': change(z.object({}), voidPurchase),
  'undo-purchase': change(z.object({}), undoPurchase),
  'void-purchase-invoice': onTask(voidInvoice),
  'undo-purchase-invoice': onTask(undoInvoice),
  'delete-purchase-payment': act(z.object({ id: z.string() }), (books, { id }) =>
    purchaseView(books, deletePayment(books, id), false),
  ),
  'set-purchase-status': change(z.object({ status: z.string().nullable() }), (books, purchase, { status }) =>
    savePurchase(books, { ...purchase, shownStatus: status }),
  ),
  'set-invoice-rate': act(OfTask.extend({ rate: z.coerce.string() }), (books, { taskId, rate }) =>
    purchaseView(books, setRate(books, taskId, rate), false),
  ),
}
