import Big from 'big.js'
import { less, minus, sum, type Totals, totals } from '../arithmetic'
import type { Books } from '../books'
import type { CreditNote, Group, Payment, Purchase, Rows } from './model'

export const NOT_AVAILABLE = 'NOT AVAILABLE'

export const totalsOf = (books: Books, purchase: Purchase, rows: Rows): Totals =>
  totals(rows, purchase.taxInclusive, books.company().me.TaxCalculationMethod)

const stands = ({ Status }: { Status: string }): boolean => Status !== 'VOIDED' && Status !== NOT_AVAILABLE

export const standingGroups = ({ groups }: Purchase): Group[] => groups.filter(({ invoice }) => stands(invoice))

export const authorisedGroups = ({ groups }: Purchase): Group[] =>
  groups.filter(({ invoice }) => invoice.Status === 'AUTHORISED')

export const authorisedCredits = ({ credits }: Purchase): CreditNote[] =>
  credits.filter(({ Status }) => Status === 'AUTHORISED')

export const standingCredits = ({ credits }: Purchase): CreditNote[] => credits.filter(stands)

const amount = (payments: Payment[]): string => sum(payments.map(({ Amount }) => Amount))

export const paymentsOf = (purchase: Purchase, type: string, taskId?: string): Payment[] =>
  purchase.payments.filter(({ Type, TaskID }) => Type === type && (taskId === undefined || TaskID === taskId))

/** Prepayments count for the first invoice: a sample shows 3 in advance + 1 + 1 as `Paid` 5 (examples-purchase.json). */
export const paidOn = (purchase: Purchase, { TaskID }: Group): string => {
  const first = authorisedGroups(purchase)[0]?.TaskID === TaskID
  const advance = first ? paymentsOf(purchase, 'Prepayment') : []
  return amount([...paymentsOf(purchase, 'Payment', TaskID), ...advance])
}

export const refundedOn = (purchase: Purchase, { TaskID }: CreditNote): string =>
  amount(paymentsOf(purchase, 'Refund', TaskID))

/** PAID takes the place of AUTHORISED on full payment, and goes again with the payments (sheet 9.4, 15.16). */
export const invoiceStatus = (books: Books, purchase: Purchase, group: Group): string => {
  const { Status } = group.invoice
  if (Status !== 'AUTHORISED') return Status
  const paid = paidOn(purchase, group)
  if (new Big(paid).eq(0)) return Status
  return less(paid, totalsOf(books, purchase, group.invoice).Total) ? Status : 'PAID'
}

export const invoicedTotal = (books: Books, purchase: Purchase): string =>
  sum(standingGroups(purchase).map(({ invoice }) => totalsOf(books, purchase, invoice).Total))

/** Paid minus refunded (the vendor's field table). */
export const paidTotal = (purchase: Purchase): string =>
  minus(
    amount([...paymentsOf(purchase, 'Payment'), ...paymentsOf(purchase, 'Prepayment')]),
    amount(paymentsOf(purchase, 'Refund')),
  )

export const isReceived = ({ stock, putAway }: Group): boolean =>
  stock.Status === 'AUTHORISED' || putAway.Status === 'AUTHORISED'

export const receiptBegun = (group: Group): boolean => stands(group.stock) || stands(group.putAway)
