import Big from 'big.js'
import type { Book } from './model'
import { today } from './model'
import { plain } from './money'
import type { Invoice } from './records'

export const amountDue = (invoice: Invoice): string => plain(new Big(invoice.total).minus(invoice.amountPaid))

/** By money alone: what a payment has made of the invoice. */
export const paidState = (invoice: Invoice): 'PARTIAL' | 'PAID' | 'OVERPAID' | undefined => {
  const paid = new Big(invoice.amountPaid)
  if (paid.lte(0)) return undefined
  const due = new Big(amountDue(invoice))
  if (due.lt(0)) return 'OVERPAID'
  return due.eq(0) ? 'PAID' : 'PARTIAL'
}

export const isOverdue = (book: Book, invoice: Invoice): boolean =>
  invoice.stage !== 'DRAFT' && new Big(amountDue(invoice)).gt(0) && invoice.dueDate < today(book, invoice.business)

/** Status as the clock, the payments and the document make it (sheet 5, InvoiceStatus). */
export const statusOf = (book: Book, invoice: Invoice): string => {
  if (invoice.stage === 'DRAFT') return 'DRAFT'
  const paid = paidState(invoice)
  if (paid === 'PAID' || paid === 'OVERPAID') return paid
  if (isOverdue(book, invoice)) return 'OVERDUE'
  return paid ?? invoice.stage
}
