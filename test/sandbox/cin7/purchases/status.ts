import Big from 'big.js'
import { less, minus, sum } from '../arithmetic'
import type { Books } from '../books'
import type { Purchase, Rows } from './model'
import {
  authorisedCredits,
  authorisedGroups,
  invoiceStatus,
  isReceived,
  NOT_AVAILABLE,
  paidTotal,
  paymentsOf,
  receiptBegun,
  totalsOf,
} from './state'

const quantity = (lines: { Quantity: string }[]): Big => new Big(sum(lines.map(({ Quantity }) => Quantity)))

const goods = (lines: { Quantity: string; NonInventory: boolean }[]) => lines.filter((line) => !line.NonInventory)

/** Goods that should come in: as ordered, or as invoiced where there was no order. */
const expected = (purchase: Purchase): Big => {
  if (purchase.order.Status === 'AUTHORISED') return quantity(goods(purchase.order.Lines))
  return quantity(authorisedGroups(purchase).flatMap(({ invoice }) => goods(invoice.Lines)))
}

const came = ({ groups }: Purchase): Big =>
  quantity(groups.filter(isReceived).flatMap(({ stock, putAway }) => (stock.Lines.length ? stock : putAway).Lines))

export const combinedReceivingStatus = (purchase: Purchase): string => {
  if (purchase.voided) return 'VOIDED'
  if (purchase.kind === 'Service' || expected(purchase).eq(0)) return NOT_AVAILABLE
  const got = came(purchase)
  if (got.eq(0)) return 'NOT RECEIVED'
  return got.lt(expected(purchase)) ? 'PARTIALLY RECEIVED' : 'FULLY RECEIVED'
}

/** Only an Advanced purchase has several invoices, so only there can one leave something over. */
const invoicedInPart = (purchase: Purchase): boolean => {
  const { order, kind } = purchase
  if (kind !== 'Advanced') return false
  const invoiced = authorisedGroups(purchase).flatMap(({ invoice }) => [...invoice.Lines, ...invoice.AdditionalCharges])
  return quantity(invoiced).lt(quantity([...order.Lines, ...order.AdditionalCharges]))
}

export const combinedInvoiceStatus = (purchase: Purchase): string => {
  const credited = authorisedCredits(purchase).length > 0 ? ' / CREDITED' : ''
  if (authorisedGroups(purchase).length > 0)
    return `${invoicedInPart(purchase) ? 'PARTIALLY INVOICED' : 'INVOICED'}${credited}`
  return purchase.order.Status === 'AUTHORISED' ? 'NOT INVOICED' : NOT_AVAILABLE
}

export const combinedPaymentStatus = (books: Books, purchase: Purchase): string => {
  if (purchase.voided) return 'VOIDED'
  const paid = paidTotal(purchase)
  const groups = authorisedGroups(purchase)
  if (groups.length === 0) return paymentsOf(purchase, 'Prepayment').length > 0 ? 'PREPAID' : 'UNPAID'
  const total = (documents: Rows[]) => sum(documents.map((each) => totalsOf(books, purchase, each).Total))
  const due = minus(total(groups.map(({ invoice }) => invoice)), total(authorisedCredits(purchase)))
  if (less(due, paid)) return 'OVERPAID / CREDITED'
  if (new Big(paid).eq(0) && new Big(due).gt(0)) return 'UNPAID'
  return less(paid, due) ? 'PARTIALLY PAID' : 'PAID'
}

const creditedStatus = (purchase: Purchase): string | undefined => {
  const credits = authorisedCredits(purchase)
  if (credits.length === 0) return undefined
  const receiving = combinedReceivingStatus(purchase)
  const unstocked = credits.some(({ Unstock }) => Unstock.length > 0)
  if (unstocked && receiving === 'PARTIALLY RECEIVED') return 'RECEIVING / CREDITED'
  return unstocked && receiving === 'FULLY RECEIVED' ? 'RECEIVED / CREDITED' : 'CREDITED'
}

/** Invoiced and received is complete; where nothing is to be received, invoiced and paid (our reading of sheet 9.4). */
const invoicedStatus = (books: Books, purchase: Purchase): string | undefined => {
  const groups = authorisedGroups(purchase)
  if (groups.length === 0) return undefined
  if (invoicedInPart(purchase)) return 'PARTIALLY INVOICED'
  const receiving = combinedReceivingStatus(purchase)
  const paid = groups.every((group) => invoiceStatus(books, purchase, group) === 'PAID')
  return receiving === 'FULLY RECEIVED' || (receiving === NOT_AVAILABLE && paid) ? 'COMPLETED' : 'INVOICED'
}

const receivedStatus = (purchase: Purchase): string | undefined => {
  if (combinedReceivingStatus(purchase) === 'FULLY RECEIVED') return 'RECEIVED'
  return purchase.groups.some(receiptBegun) ? 'RECEIVING' : undefined
}

const ORDER_WORDS: Record<string, string> = { AUTHORISED: 'ORDERED', DRAFT: 'ORDERING' }

/** The purchase's own status: test it with "contains", some are composite (sheet 9.4). */
export const purchaseStatus = (books: Books, purchase: Purchase): string => {
  if (purchase.voided) return 'VOIDED'
  return (
    purchase.shownStatus ??
    creditedStatus(purchase) ??
    invoicedStatus(books, purchase) ??
    receivedStatus(purchase) ??
    ORDER_WORDS[purchase.order.Status] ??
    'DRAFT'
  )
}
