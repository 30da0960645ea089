import Big from 'big.js'
import { less, minus, rounded } from './arithmetic'
import type { Books } from './books'
import type { Call, Verbs } from './call'
import { accountPays, refuseLocked } from './checks'
import { problem, refusal, round } from './errors'
import { paymentReceived } from './events'
import { type Body, day, decimal, guid, missing, oneOf, text } from './fields'
import { needed } from './lists'
import type { Invoice, Payment, Sale } from './sale-model'
import { authorisedCredits, NOT_AVAILABLE, paidOn, refundedOn, standingInvoices, totalsOf } from './sale-state'
import { paymentView } from './sale-view'
import { refuseVoided, saleById, saleOfTask, saveSale } from './sales'

const TYPES = ['Payment', 'Prepayment', 'Refund']

const paymentOf = (books: Books, body: Body, old: Partial<Payment>): Payment => ({
  ID: old.ID ?? crypto.randomUUID(),
  TaskID: old.TaskID ?? guid(body, 'TaskID') ?? '',
  Type: old.Type ?? oneOf(body, 'Type', TYPES) ?? '',
  Reference: text(body, 'Reference') ?? old.Reference ?? '',
  Amount: rounded(decimal(body, 'Amount') ?? old.Amount ?? '0', 2),
  DatePaid: day(body, 'DatePaid') ?? old.DatePaid ?? '',
  Account: text(body, 'Account') ?? old.Account ?? '',
  CurrencyRate: rounded(decimal(body, 'CurrencyRate') ?? old.CurrencyRate ?? '1', 5),
  created: old.created ?? books.world.now(),
})

const check = (books: Books, payment: Payment): void => {
  round(
    new Big(payment.Amount).lte(0) && problem('Amount is invalid'),
    new Big(payment.CurrencyRate).lte(0) && problem('CurrencyRate is invalid'),
  )
  round(accountPays(books, payment.Account))
  refuseLocked(books, payment.DatePaid)
}

/** More than is due is refused unless the switch `payments.acceptOver` says otherwise (sheet 15.16). */
const refuseOver = (books: Books, sale: Sale, invoice: Invoice, payment: Payment): void => {
  if (books.world.switched('payments.acceptOver', false)) return
  const others = sale.payments.filter(({ ID }) => ID !== payment.ID)
  refuseMore(minus(totalsOf(books, sale, invoice).Total, paidOn({ ...sale, payments: others }, invoice)), payment)
}

const refuseMore = (due: string, { Amount }: Payment): void =>
  round(less(due, Amount) && problem(`Payment amount exceeds the amount due. Amount due is: ${rounded(due, 2)}`))

/** Money back needs an authorised credit note, named by its TaskID (sheet 8.7). */
const checkRefund = (books: Books, sale: Sale | undefined, payment: Payment): Sale => {
  const credit = sale && authorisedCredits(sale).find(({ TaskID }) => TaskID === payment.TaskID)
  if (!sale || !credit) throw refusal('Refund requires an AUTHORISED credit note')
  refuseVoided(sale)
  const others = { ...sale, payments: sale.payments.filter(({ ID }) => ID !== payment.ID) }
  if (!books.world.switched('payments.acceptOver', false))
    refuseMore(minus(totalsOf(books, sale, credit).Total, refundedOn(others, credit)), payment)
  return sale
}

const authorisedInvoice = (sale: Sale | undefined, taskId: string): [Sale, Invoice] => {
  const invoice = sale?.invoices.find(({ TaskID, Status }) => TaskID === taskId && Status === 'AUTHORISED')
  if (!sale || !invoice) throw refusal('Payment requires an AUTHORISED sale invoice')
  refuseVoided(sale)
  return [sale, invoice]
}

const keep = (books: Books, sale: Sale, payment: Payment): Sale => {
  const known = sale.payments.some(({ ID }) => ID === payment.ID)
  const payments = known
    ? sale.payments.map((each) => (each.ID === payment.ID ? payment : each))
    : [...sale.payments, payment]
  books.owners.put(payment.ID, sale.ID)
  return saveSale(books, { ...sale, payments })
}

const payInvoice = (books: Books, payment: Payment): Sale => {
  const [sale, invoice] = authorisedInvoice(saleOfTask(books, payment.TaskID), payment.TaskID)
  refuseOver(books, sale, invoice, payment)
  const saved = keep(books, sale, payment)
  paymentReceived(books, saved, invoice, paidOn(saved, invoice), totalsOf(books, saved, invoice).Total)
  return saved
}

/** Between an authorised quote and the order (sheet 8.7); its TaskID is the sale. */
const prepay = (books: Books, payment: Payment): Sale => {
  const sale = saleById(books, payment.TaskID)
  refuseVoided(sale)
  const early = sale.order.Status === NOT_AVAILABLE || sale.order.Status === 'DRAFT'
  if (
    sale.quote.Status !== 'AUTHORISED' ||
    !early ||
    standingInvoices(sale).some(({ Status }) => Status === 'AUTHORISED')
  )
    throw refusal('Prepayment requires an AUTHORISED quote and an order that is not authorised')
  return keep(books, sale, payment)
}

export const postPayment = (books: Books, body: Body): [Sale, Payment] => {
  const byCredit = !!text(body, 'CreditID')
  round(...missing(body, 'TaskID', 'Type', 'Amount', 'DatePaid', ...(byCredit ? [] : ['Account', 'CurrencyRate'])))
  if (byCredit) throw refusal('Customer credit with specified ID not found')
  const payment = paymentOf(books, body, {})
  check(books, payment)
  if (payment.Type === 'Refund')
    return [keep(books, checkRefund(books, saleOfTask(books, payment.TaskID), payment), payment), payment]
  return [payment.Type === 'Prepayment' ? prepay(books, payment) : payInvoice(books, payment), payment]
}

const owned = (books: Books, id: string): [Sale, Payment] => {
  const sale = saleOfTask(books, id)
  const payment = sale?.payments.find(({ ID }) => ID === id.toLowerCase())
  if (!sale || !payment) throw refusal('Payment with specified ID not found')
  return [sale, payment]
}

const putPayment = (books: Books, body: Body): [Sale, Payment] => {
  round(...missing(body, 'ID'))
  const [sale, old] = owned(books, guid(body, 'ID') ?? '')
  if (old.Type === 'Prepayment') throw refusal('Prepayment cannot be changed')
  refuseLocked(books, old.DatePaid)
  const payment = paymentOf(books, body, old)
  check(books, payment)
  if (payment.Type === 'Refund') return [keep(books, checkRefund(books, sale, payment), payment), payment]
  const [, invoice] = authorisedInvoice(sale, payment.TaskID)
  refuseOver(books, sale, invoice, payment)
  return [keep(books, sale, payment), payment]
}

/** Payments do vanish, and statuses go back (sheet 15.16). */
export const deletePayment = (books: Books, id: string): Sale => {
  const [sale, payment] = owned(books, id)
  refuseLocked(books, payment.DatePaid)
  books.owners.delete(payment.ID)
  return saveSale(books, { ...sale, payments: sale.payments.filter(({ ID }) => ID !== payment.ID) })
}

const answer = ([sale, payment]: [Sale, Payment]) => paymentView(sale, payment)

/** A bare array on GET (sheet 2). */
export const paymentRoutes: Verbs = {
  GET({ books, query }: Call) {
    const sale = saleById(books, needed(query, 'SaleID'))
    return sale.payments.map((payment) => paymentView(sale, payment))
  },
  POST: ({ books, body }) => answer(postPayment(books, body)),
  PUT: ({ books, body }) => answer(putPayment(books, body)),
  DELETE({ books, query }) {
    deletePayment(books, needed(query, 'ID'))
    return { Success: true }
  },
}
