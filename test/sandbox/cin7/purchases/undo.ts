import type { Books } from '../books'
import { refuseLocked } from '../checks'
import { refusal } from '../errors'
import { standingCredit, withCredit } from './credit-notes'
import { discarded, undoInvoice, withGroup } from './invoices'
import type { Group, Purchase, Receipt } from './model'
import { purchaseOfTask, refuseVoided, savePurchase } from './purchases'
import { takeBackStock } from './receiving'
import { authorisedCredits, authorisedGroups, isReceived, NOT_AVAILABLE, standingGroups } from './state'

const datesOf = (purchase: Purchase): string[] => [
  purchase.orderDate,
  ...standingGroups(purchase).flatMap(({ invoice }) => invoice.InvoiceDate ?? []),
  ...purchase.credits.flatMap(({ CreditNoteDate }) => CreditNoteDate ?? []),
]

/** Refused while payments stand, as with sales (sheet 8.6). */
export const voidPurchase = (books: Books, purchase: Purchase): Purchase => {
  refuseVoided(purchase)
  if (purchase.payments.length > 0)
    throw refusal(`Purchase ${purchase.number} has payments. Please remove payments before voiding`)
  for (const date of datesOf(purchase)) refuseLocked(books, date)
  for (const group of purchase.groups.filter(isReceived)) takeBackStock(books, receiptOf(group))
  const voided = <T extends { Status: string }>(document: T): T =>
    document.Status === NOT_AVAILABLE ? document : { ...document, Status: 'VOIDED' }
  const emptied = <T extends { Status: string }>(document: T) => ({
    ...voided(document),
    Lines: [],
    AdditionalCharges: [],
  })
  const groups = purchase.groups.map((group) => ({
    ...group,
    invoice: emptied(group.invoice),
    stock: voided(group.stock),
    putAway: voided(group.putAway),
  }))
  const credits = purchase.credits.map((credit) => ({ ...emptied(credit), Unstock: [] }))
  return savePurchase(books, { ...purchase, voided: true, order: voided(purchase.order), groups, credits })
}

const receiptOf = ({ stock, putAway }: Group): Receipt => (stock.Status === 'AUTHORISED' ? stock : putAway)

const asDraft = (receipt: Receipt): Receipt =>
  receipt.Status === 'AUTHORISED' ? { ...receipt, Status: 'DRAFT' } : receipt

const undoReceipt = (books: Books, purchase: Purchase, group: Group): Purchase => {
  for (const line of receiptOf(group).Lines) refuseLocked(books, line.Date)
  takeBackStock(books, receiptOf(group))
  const draft = { ...group, stock: asDraft(group.stock), putAway: asDraft(group.putAway) }
  return savePurchase(books, withGroup(purchase, draft))
}

/** A receiving task of an Advanced purchase: undone, or voided with its lines kept away. */
export const removeReceipt = (books: Books, taskId: string, voids: boolean): Purchase => {
  const purchase = purchaseOfTask(books, taskId)
  const group = purchase?.groups.find(({ TaskID }) => TaskID === taskId.toLowerCase())
  if (!purchase || !group) throw refusal('Purchase stock received with specified TaskID not found')
  refuseVoided(purchase)
  if (!isReceived(group)) throw refusal('Purchase stock received has nothing to undo')
  if (purchase.approach === 'STOCK' && group.invoice.Status === 'AUTHORISED')
    throw refusal('Cannot undo the stock received: please undo the invoice first')
  const undone = undoReceipt(books, purchase, group)
  if (!voids) return undone
  const gone = { Status: 'VOIDED', Lines: [] }
  return savePurchase(books, withGroup(undone, { ...group, stock: gone, putAway: { ...gone, Status: NOT_AVAILABLE } }))
}

const undoOrder = (books: Books, purchase: Purchase): Purchase => {
  if (purchase.order.Status !== 'AUTHORISED') throw refusal(`Purchase ${purchase.number} has nothing to undo`)
  refuseLocked(books, purchase.orderDate)
  return savePurchase(books, {
    ...purchase,
    order: { ...purchase.order, Status: 'DRAFT' },
    groups: purchase.groups.map(discarded),
  })
}

const undoCredit = (books: Books, taskId: string): Purchase => {
  const [purchase, credit] = standingCredit(books, taskId)
  return savePurchase(books, withCredit(purchase, { ...credit, Status: 'DRAFT' }))
}

/**
 * One stage back. A simple or service purchase has no other way to undo its invoice (the vendor's documentation bars
 * DELETE on it), so the latest stage goes; an Advanced one is refused while later documents stand (sheet 15.15).
 */
export const undoPurchase = (books: Books, purchase: Purchase): Purchase => {
  refuseVoided(purchase)
  const [credit] = authorisedCredits(purchase)
  const received = purchase.groups.find(isReceived)
  const [invoiced] = authorisedGroups(purchase)
  if (purchase.kind === 'Advanced' && (credit || received || invoiced))
    throw refusal('Cannot undo the order: please undo or void the later documents first')
  if (credit) return undoCredit(books, credit.TaskID)
  const stockLast = received && (purchase.approach === 'INVOICE' || !invoiced)
  if (stockLast) return undoReceipt(books, purchase, received)
  return invoiced ? undoInvoice(books, invoiced.TaskID) : undoOrder(books, purchase)
}
