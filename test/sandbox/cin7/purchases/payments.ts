import Big from 'big.js'
import { less, minus, rounded } from '../arithmetic'
import type { Books } from '../books'
import { accountPays, refuseLocked } from '../checks'
import { problem, refusal, round } from '../errors'
import { type Body, day, decimal, guid, missing, oneOf, text } from '../fields'
import type { Payment, Purchase } from './model'
import { purchaseOfTask, refuseVoided, savePurchase } from './purchases'
import { authorisedCredits, authorisedGroups, paidOn, refundedOn, totalsOf } from './state'

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
const refuseOver = (books: Books, due: string, { Amount }: Payment): void => {
  if (books.world.switched('payments.acceptOver', false)) return
  round(less(due, Amount) && problem(`Payment amount exceeds the amount due. Amount due is: ${rounded(due, 2)}`))
}

const refuseInAdvance = (purchase: Purchase): void => {
  if (purchase.order.Status !== 'AUTHORISED' || authorisedGroups(purchase).length > 0)
    throw refusal('Prepayment requires an AUTHORISED order and an invoice that is not authorised')
}

/** What an authorised invoice or credit note still wants, without this payment. */
const dueOn = (books: Books, purchase: Purchase, { ID, Type, TaskID }: Payment): string => {
  const others = { ...purchase, payments: purchase.payments.filter((each) => each.ID !== ID) }
  const ours = (document: { TaskID: string }) => document.TaskID === TaskID
  if (Type === 'Refund') {
    const credit = authorisedCredits(purchase).find(ours)
    if (!credit) throw refusal('Refund requires an AUTHORISED credit note')
    return minus(totalsOf(books, purchase, credit).Total, refundedOn(others, credit))
  }
  const group = authorisedGroups(purchase).find(ours)
  if (!group) throw refusal('Payment requires an AUTHORISED purchase invoice')
  return minus(totalsOf(books, purchase, group.invoice).Total, paidOn(others, group))
}

/** Against an invoice, against a credit note, or in advance against the order (sheet 9.1 with 8.7). */
const checkTarget = (books: Books, purchase: Purchase, payment: Payment): void => {
  if (payment.Type === 'Prepayment') refuseInAdvance(purchase)
  else refuseOver(books, dueOn(books, purchase, payment), payment)
}

const keep = (books: Books, purchase: Purchase, payment: Payment): Purchase => {
  const others = purchase.payments.filter(({ ID }) => ID !== payment.ID)
  books.owners.put(payment.ID, purchase.ID)
  return savePurchase(books, { ...purchase, payments: [...others, payment] })
}

/** `mayPay` refuses a purchase that the endpoint does not serve. */
export const postPayment = (
  books: Books,
  body: Body,
  mayPay: (purchase: Purchase) => void = () => undefined,
): [Purchase, Payment] => {
  const byDeposit = !!text(body, 'DepositID')
  round(...missing(body, 'TaskID', 'Type', 'Amount', 'DatePaid', ...(byDeposit ? [] : ['Account', 'CurrencyRate'])))
  if (byDeposit) throw refusal('Deposit with specified ID not found')
  const payment = paymentOf(books, body, {})
  const purchase = purchaseOfTask(books, payment.TaskID)
  if (!purchase) throw refusal('Purchase with specified TaskID not found')
  mayPay(purchase)
  refuseVoided(purchase)
  check(books, payment)
  checkTarget(books, purchase, payment)
  return [keep(books, purchase, payment), payment]
}

const owned = (books: Books, id: string): [Purchase, Payment] => {
  const purchase = purchaseOfTask(books, id)
  const payment = purchase?.payments.find(({ ID }) => ID === id.toLowerCase())
  if (!purchase || !payment) throw refusal('Payment with specified ID not found')
  return [purchase, payment]
}

export const putPayment = (
  books: Books,
  body: Body,
  mayPay: (purchase: Purchase) => void = () => undefined,
): [Purchase, Payment] => {
  round(...missing(body, 'ID'))
  const [purchase, old] = owned(books, guid(body, 'ID') ?? '')
  mayPay(purchase)
  if (old.Type === 'Prepayment') throw refusal('Prepayment cannot be changed')
  refuseLocked(books, old.DatePaid)
  const payment = paymentOf(books, body, old)
  check(books, payment)
  checkTarget(books, purchase, payment)
  return [keep(books, purchase, payment), payment]
}

/** Payments do vanish, and statuses go back (sheet 15.16). */
export const deletePayment = (books: Books, id: string): Purchase => {
  const [purchase, payment] = owned(books, id)
  refuseLocked(books, payment.DatePaid)
  books.owners.delete(payment.ID)
  return savePurchase(books, { ...purchase, payments: purchase.payments.filter(({ ID }) => ID !== payment.ID) })
}
