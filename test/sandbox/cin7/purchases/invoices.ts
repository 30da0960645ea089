import type { Books } from '../books'
import { refuseLocked } from '../checks'
import { refusal, round } from '../errors'
import { type Body, day, flag, guid, missing, oneOf, text, tooLong } from '../fields'
import { today } from '../stamps'
import { invoiceAuthorised } from './events'
import type { Group, Invoice, Purchase } from './model'
import { emptyGroup, emptyInvoice, purchaseOfTask, refuseVoided, savePurchase } from './purchases'
import { readRows, refuseEmpty } from './rows'
import { authorisedCredits, isReceived, NOT_AVAILABLE, paymentsOf, receiptBegun } from './state'
import { dueDate } from './terms'

export const EMPTY_GUID = '00000000-0000-0000-0000-000000000000'
const WRITABLE = ['DRAFT', 'AUTHORISED']

const isOpen = ({ invoice }: Group): boolean => invoice.Status === 'DRAFT' || invoice.Status === NOT_AVAILABLE

/** The order first, unless goods came without one (sheet 9.1). */
export const needOrder = (purchase: Purchase): void => {
  if (purchase.order.Status !== 'AUTHORISED' && !purchase.blindReceipt)
    throw refusal('Purchase order should be AUTHORISED')
}

const unbegun = (group: Group): boolean => group.invoice.Status === NOT_AVAILABLE && !receiptBegun(group)

/** A further group of an Advanced purchase; one that has not begun yet is taken first. */
export const openedGroup = (purchase: Purchase): Group =>
  purchase.groups.find(unbegun) ?? emptyGroup(crypto.randomUUID(), purchase.groups.length + 1, purchase.currencyRate)

/** On simple and service purchases the TaskID is the purchase's ID; the empty GUID opens a further one on Advanced. */
export const groupOf = (purchase: Purchase, taskId: string | undefined, what: string): Group => {
  const further = purchase.kind === 'Advanced' && taskId === EMPTY_GUID
  const group = further ? openedGroup(purchase) : purchase.groups.find(({ TaskID }) => TaskID === taskId)
  if (!group) throw refusal(`Purchase ${what} with specified TaskID not found`)
  return group
}

const refuseInvoice = (purchase: Purchase, group: Group): void => {
  refuseVoided(purchase)
  needOrder(purchase)
  if (!isOpen(group)) throw refusal('Purchase invoice should be in DRAFT or NOT AVAILABLE status')
  if (purchase.approach === 'STOCK' && !isReceived(group))
    throw refusal("'Stock First' approach option set. Please authorise StockReceived before Invoice")
}

export const withGroup = (purchase: Purchase, group: Group): Purchase => {
  const known = purchase.groups.some(({ TaskID }) => TaskID === group.TaskID)
  const groups = known
    ? purchase.groups.map((each) => (each.TaskID === group.TaskID ? group : each))
    : [...purchase.groups, group]
  return { ...purchase, groups }
}

/** As in the samples: INV-00069 for PO-00069, and `…/2` for the second of an Advanced one. */
const numberFor = (purchase: Purchase, group: Group): string => {
  const at = purchase.groups.findIndex(({ TaskID }) => TaskID === group.TaskID)
  const position = at < 0 ? purchase.groups.length + 1 : at + 1
  return `${purchase.number.replace(/^PO/, 'INV')}${position > 1 ? `/${position}` : ''}`
}

const invoiceOf = (books: Books, purchase: Purchase, group: Group, body: Body): Invoice => {
  round(...tooLong(body, { InvoiceNumber: 256 }))
  const Status = oneOf(body, 'Status', WRITABLE) ?? 'DRAFT'
  const rows = readRows(books, purchase, 'invoice', body, flag(body, 'CombineAdditionalCharges') ?? false)
  refuseEmpty('invoice', Status, rows)
  const InvoiceDate = day(body, 'InvoiceDate') ?? group.invoice.InvoiceDate ?? today(books.world.now())
  return {
    ...rows,
    Status,
    InvoiceDate,
    InvoiceDueDate: day(body, 'InvoiceDueDate') ?? dueDate(books, purchase.header.Terms, InvoiceDate),
    InvoiceNumber: text(body, 'InvoiceNumber') || group.invoice.InvoiceNumber || numberFor(purchase, group),
    CurrencyRate: purchase.currencyRate,
  }
}

/** The supplier's number is taken as sent; several purchases may have the same (nothing says it is unique). */
export const postInvoice = (books: Books, purchase: Purchase, body: Body): [Purchase, Group] => {
  round(...missing(body, 'TaskID', 'Status', 'Lines'))
  const old = groupOf(purchase, guid(body, 'TaskID'), 'invoice')
  refuseInvoice(purchase, old)
  const group = { ...old, invoice: invoiceOf(books, purchase, old, body) }
  refuseLocked(books, group.invoice.InvoiceDate ?? '')
  const saved = savePurchase(books, withGroup(purchase, group))
  if (group.invoice.Status === 'AUTHORISED') invoiceAuthorised(books, saved, group)
  return [saved, group]
}

const standing = (books: Books, taskId: string): [Purchase, Group] => {
  const purchase = purchaseOfTask(books, taskId)
  const group = purchase?.groups.find(({ TaskID }) => TaskID === taskId.toLowerCase())
  if (!purchase || !group) throw refusal('Purchase invoice with specified TaskID not found')
  refuseVoided(purchase)
  if (group.invoice.Status === 'VOIDED') throw refusal('Purchase invoice is voided already')
  refuseLater(purchase, group)
  if (group.invoice.InvoiceDate) refuseLocked(books, group.invoice.InvoiceDate)
  return [purchase, group]
}

/** Later stages must go first (sheet 15.15). */
export const refuseLater = (purchase: Purchase, group: Group): void => {
  if (paymentsOf(purchase, 'Payment', group.TaskID).length > 0)
    throw refusal('Purchase invoice has payments. Please remove payments first')
  const credited = ({ CreditNoteInvoiceNumber }: { CreditNoteInvoiceNumber: string }) =>
    CreditNoteInvoiceNumber === group.invoice.InvoiceNumber
  if (authorisedCredits(purchase).some(credited)) throw refusal('Purchase invoice has an authorised credit note')
  if (purchase.approach === 'INVOICE' && isReceived(group))
    throw refusal('Cannot undo the invoice: please undo the stock received first')
}

export const voidInvoice = (books: Books, taskId: string): Purchase => {
  const [purchase, group] = standing(books, taskId)
  const invoice = { ...group.invoice, Status: 'VOIDED', Lines: [], AdditionalCharges: [] }
  return savePurchase(books, withGroup(purchase, { ...group, invoice }))
}

/** AUTHORISED → DRAFT with its lines. */
export const undoInvoice = (books: Books, taskId: string): Purchase => {
  const [purchase, group] = standing(books, taskId)
  if (group.invoice.Status !== 'AUTHORISED') throw refusal('Purchase invoice has nothing to undo')
  return savePurchase(books, withGroup(purchase, { ...group, invoice: { ...group.invoice, Status: 'DRAFT' } }))
}

export const discarded = (group: Group): Group => ({
  ...group,
  invoice: group.invoice.Status === 'DRAFT' ? emptyInvoice(group.invoice.CurrencyRate) : group.invoice,
})
