import Big from 'big.js'
import { rounded } from '../arithmetic'
import type { Books } from '../books'
import { refuseLocked } from '../checks'
import { problem, refusal, round } from '../errors'
import { type Body, day, decimal, flag, guid, list, missing, missingInLine, oneOf, text, tooLong } from '../fields'
import { creditAuthorised } from './events'
import { EMPTY_GUID } from './invoices'
import type { CreditNote, Purchase, StockLine } from './model'
import { emptyCredit, purchaseOfTask, refuseVoided, savePurchase } from './purchases'
import { takeBackStock } from './receiving'
import { readRows, refuseEmpty } from './rows'
import { authorisedGroups, isReceived, NOT_AVAILABLE, paymentsOf } from './state'

const WRITABLE = ['DRAFT', 'AUTHORISED']

const isOpen = ({ Status }: CreditNote): boolean => Status === 'DRAFT' || Status === NOT_AVAILABLE

/** Simple and service purchases have one, with the purchase's ID; the empty GUID opens a further one on Advanced. */
const creditOf = (purchase: Purchase, taskId: string | undefined): CreditNote => {
  const further = purchase.kind === 'Advanced' && taskId === EMPTY_GUID
  const opened = () =>
    purchase.credits.find(({ Status }) => Status === NOT_AVAILABLE) ?? emptyCredit(crypto.randomUUID())
  const credit = further ? opened() : purchase.credits.find(({ TaskID }) => TaskID === taskId)
  if (!credit) throw refusal('Purchase credit note with specified TaskID not found')
  if (!isOpen(credit)) throw refusal('Purchase credit note should be in DRAFT or NOT AVAILABLE status')
  return credit
}

const stockCards = (purchase: Purchase): StockLine[] =>
  purchase.groups.filter(isReceived).flatMap(({ stock, putAway }) => [...stock.Lines, ...putAway.Lines])

/** What goes back names the card it came in on. */
const unstockOf = (purchase: Purchase, body: Body): StockLine => {
  round(...missingInLine(body, 'Unstock', ['CardID', 'Quantity']))
  const card = stockCards(purchase).find(({ CardID }) => CardID === guid(body, 'CardID'))
  if (!card) throw refusal('Stock card with specified ID not found')
  const Quantity = rounded(decimal(body, 'Quantity') ?? '0', 4)
  round((new Big(Quantity).lte(0) || new Big(Quantity).gt(card.Quantity)) && problem('Quantity is invalid'))
  return { ...card, Quantity, Date: day(body, 'Date') ?? card.Date }
}

const filled = (books: Books, purchase: Purchase, old: CreditNote, body: Body): CreditNote => {
  round(...tooLong(body, { CreditNoteNumber: 256, CreditNoteInvoiceNumber: 50 }))
  const number = text(body, 'CreditNoteInvoiceNumber') || authorisedGroups(purchase)[0]?.invoice.InvoiceNumber
  if (!authorisedGroups(purchase).some(({ invoice }) => invoice.InvoiceNumber === number))
    throw refusal('Purchase invoice should be AUTHORISED or PAID before credit note')
  const Status = oneOf(body, 'Status', WRITABLE) ?? 'DRAFT'
  const rows = readRows(books, purchase, 'credit note', body, flag(body, 'CombineAdditionalCharges') ?? false)
  refuseEmpty('credit note', Status, rows)
  return {
    TaskID: old.TaskID,
    ...rows,
    Status,
    CreditNoteNumber: text(body, 'CreditNoteNumber') ?? '',
    CreditNoteInvoiceNumber: number ?? '',
    CreditNoteDate: day(body, 'CreditNoteDate') ?? null,
    Unstock: (list(body, 'Unstock') ?? []).map((line) => unstockOf(purchase, line)),
  }
}

export const withCredit = (purchase: Purchase, credit: CreditNote): Purchase => {
  const known = purchase.credits.some(({ TaskID }) => TaskID === credit.TaskID)
  const credits = known
    ? purchase.credits.map((each) => (each.TaskID === credit.TaskID ? credit : each))
    : [...purchase.credits, credit]
  return { ...purchase, credits }
}

export const postCredit = (books: Books, purchase: Purchase, body: Body): [Purchase, CreditNote] => {
  round(...missing(body, 'TaskID', 'CreditNoteNumber', 'CreditNoteDate', 'Status', 'Lines'))
  const old = creditOf(purchase, guid(body, 'TaskID'))
  refuseVoided(purchase)
  const credit = filled(books, purchase, old, body)
  refuseLocked(books, credit.CreditNoteDate ?? '')
  const saved = savePurchase(books, withCredit(purchase, credit))
  if (credit.Status === 'AUTHORISED') {
    takeBackStock(books, { Lines: credit.Unstock })
    creditAuthorised(books, saved, credit)
  }
  return [saved, credit]
}

export const standingCredit = (books: Books, taskId: string): [Purchase, CreditNote] => {
  const purchase = purchaseOfTask(books, taskId)
  const credit = purchase?.credits.find(({ TaskID }) => TaskID === taskId.toLowerCase())
  if (!purchase || !credit) throw refusal('Purchase credit note with specified TaskID not found')
  refuseVoided(purchase)
  if (credit.Status === 'VOIDED') throw refusal('Purchase credit note is voided already')
  if (paymentsOf(purchase, 'Refund', credit.TaskID).length > 0)
    throw refusal('Purchase credit note has refunds. Please remove refunds first')
  if (credit.CreditNoteDate) refuseLocked(books, credit.CreditNoteDate)
  return [purchase, credit]
}

/** No `Void` parameter here: DELETE of a purchase's credit note voids it. */
export const voidCredit = (books: Books, taskId: string): Purchase => {
  const [purchase, credit] = standingCredit(books, taskId)
  const voided = { ...credit, Status: 'VOIDED', Lines: [], AdditionalCharges: [], Unstock: [] }
  return savePurchase(books, withCredit(purchase, voided))
}
