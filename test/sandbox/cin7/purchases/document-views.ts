import type { Books } from '../books'
import type { CreditNote, Group, Payment, Purchase, Receipt } from './model'
import { invoiceRows, orderRows, paidLine, stockLine, totalsView, unstockLine } from './row-views'
import { invoiceStatus, paidOn, paymentsOf, totalsOf } from './state'

export const orderView = (books: Books, purchase: Purchase, combined: boolean) => ({
  Memo: purchase.order.Memo,
  Status: purchase.order.Status,
  ...orderRows(purchase.order, combined),
  Prepayments: paymentsOf(purchase, 'Prepayment').map(paidLine),
  ...totalsView(totalsOf(books, purchase, purchase.order)),
})

/** As `/purchase/order` answers it. */
export const orderAnswer = (books: Books, purchase: Purchase, combined: boolean) => {
  const { Prepayments: _, ...view } = orderView(books, purchase, combined)
  return { TaskID: purchase.ID, CombineAdditionalCharges: combined, ...view }
}

const grouped = ({ TaskID, number }: Group) => ({ TaskID, InvoicingAndReceivingNumber: number })

const numbered = ({ invoice }: Group) => ({
  InvoiceDate: invoice.InvoiceDate,
  InvoiceDueDate: invoice.InvoiceDueDate,
  InvoiceNumber: invoice.InvoiceNumber,
})

/** Element of `Invoice` in the purchase: live keys (sheet 9.2). */
export const invoiceView = (books: Books, purchase: Purchase, group: Group, combined: boolean) => ({
  ...grouped(group),
  ...numbered(group),
  Status: invoiceStatus(books, purchase, group),
  CurrencyRate: Number(group.invoice.CurrencyRate),
  ...invoiceRows(group.invoice, combined),
  Payments: paymentsOf(purchase, 'Payment', group.TaskID).map(paidLine),
  ...totalsView(totalsOf(books, purchase, group.invoice)),
  Paid: Number(paidOn(purchase, group)),
})

/** As `/advanced-purchase/invoice` and `/purchase/invoice` answer it. */
export const invoiceAnswer = (books: Books, purchase: Purchase, group: Group, combined: boolean) => {
  const totals = totalsView(totalsOf(books, purchase, group.invoice))
  return {
    TaskID: group.TaskID,
    CombineAdditionalCharges: combined,
    ...numbered(group),
    Status: invoiceStatus(books, purchase, group),
    ...invoiceRows(group.invoice, combined),
    ...totals,
    InvoiceTotalAmount: totals.Total,
    InvoiceTotalTaxAmount: totals.Tax,
  }
}

export const receiptAnswer = (TaskID: string, { Status, Lines }: Receipt) => ({
  TaskID,
  Status,
  Lines: Lines.map((line) => stockLine(line, Status === 'AUTHORISED')),
})

export const receiptView = (group: Group, receipt: Receipt) => ({
  ...grouped(group),
  ...receiptAnswer(group.TaskID, receipt),
})

/** As `/advanced-purchase/creditnote` answers it. */
export const creditAnswer = (books: Books, purchase: Purchase, credit: CreditNote, combined: boolean) => ({
  TaskID: credit.TaskID,
  CombineAdditionalCharges: combined,
  CreditNoteNumber: credit.CreditNoteNumber,
  CreditNoteInvoiceNumber: credit.CreditNoteInvoiceNumber,
  CreditNoteDate: credit.CreditNoteDate,
  Status: credit.Status,
  ...invoiceRows(credit, combined),
  Unstock: credit.Unstock.map(unstockLine),
  ...totalsView(totalsOf(books, purchase, credit)),
})

export const creditView = (books: Books, purchase: Purchase, credit: CreditNote, combined: boolean) => {
  const { CombineAdditionalCharges: _, ...view } = creditAnswer(books, purchase, credit, combined)
  return { ...view, Refunds: paymentsOf(purchase, 'Refund', credit.TaskID).map(paidLine) }
}

/** As `/advanced-purchase/payment` answers it: without the numbers that a sale payment has. */
export const paymentAnswer = (purchase: Purchase, payment: Payment) => {
  const { ID, DateCreated, ...paid } = paidLine(payment)
  const { TaskID, Type } = payment
  return { PurchaseID: purchase.ID, TaskID, ID, Type, ...paid, DateCreated, DepositID: null }
}
