import Big from 'big.js'
import { z } from 'zod'
import type { Access } from './access'
import { need } from './access'
import { Refused } from './errors'
import { freshId } from './ids'
import { DateText } from './invoice-input'
import { touched } from './invoices'
import type { Book } from './model'
import { got, risen } from './model'
import { DecimalText, decimalsOf, exponentOf, plain, sum } from './money'
import type { Account, Invoice, Payment } from './records'
import { paidState } from './status'
import { typeOf } from './subtypes'
import { emitInvoice, emitSeedNamed } from './webhooks'

const Create = z.object({
  invoiceId: z.string(),
  paymentAccountId: z.string(),
  amount: DecimalText,
  exchangeRate: DecimalText,
  paymentDate: DateText,
  paymentMethod: z.string(),
  memo: z.string().nullish(),
})

/** The only way to make an invoice PAID (sheet 5). */
export const createPayment = (
  book: Book,
  access: Access,
  raw: unknown,
  extra: { id?: string | undefined; createdAt?: string | undefined } = {},
): Payment => {
  const input = Create.parse(raw)
  const invoice = need(access, 'Invoice', input.invoiceId, ['invoiceId'])
  if (invoice.stage === 'DRAFT') throw new Refused(['invoiceId'], 'The invoice must be approved first.')
  const account = need(access, 'Account', input.paymentAccountId, ['paymentAccountId'], invoice.business)
  checkTerms(invoice, account, input.amount, input.exchangeRate)
  const now = extra.createdAt ?? risen(book.world)
  const payment: Payment = {
    id: extra.id ?? freshId(book.world, 'InvoicePayment'),
    business: invoice.business,
    invoice: invoice.id,
    account: account.id,
    amount: input.amount,
    exchangeRate: input.exchangeRate,
    paymentDate: input.paymentDate,
    paymentMethod: input.paymentMethod,
    memo: input.memo ?? null,
    createdAt: now,
    modifiedAt: now,
  }
  book.records.InvoicePayment.put(payment.id, payment)
  moveBalance(book, payment, 1)
  announcePaid(book, settled(book, invoice, [...invoice.payments, payment.id]))
  emitSeedNamed(book, 'payment.created', payment.business, { invoice_id: invoice.id, payment_id: payment.id })
  return payment
}

const Patch = z.object({
  id: z.string(),
  paymentAccountId: z.string().nullish(),
  amount: DecimalText.nullish(),
  exchangeRate: DecimalText.nullish(),
  paymentDate: DateText.nullish(),
  paymentMethod: z.string().nullish(),
  memo: z.string().nullish(),
})

export const patchPayment = (book: Book, access: Access, raw: unknown): Payment => {
  const input = Patch.parse(raw)
  const before = need(access, 'InvoicePayment', input.id, ['id'])
  const invoice = got(book.records.Invoice.get(before.invoice), before.invoice)
  const account = input.paymentAccountId
    ? need(access, 'Account', input.paymentAccountId, ['paymentAccountId'], invoice.business)
    : got(book.records.Account.get(before.account), before.account)
  const payment: Payment = {
    ...before,
    account: account.id,
    amount: input.amount ?? before.amount,
    exchangeRate: input.exchangeRate ?? before.exchangeRate,
    paymentDate: input.paymentDate ?? before.paymentDate,
    paymentMethod: input.paymentMethod ?? before.paymentMethod,
    memo: input.memo === undefined ? before.memo : input.memo,
    modifiedAt: risen(book.world, before.modifiedAt),
  }
  checkTerms(invoice, account, payment.amount, payment.exchangeRate)
  moveBalance(book, before, -1)
  book.records.InvoicePayment.put(payment.id, payment)
  moveBalance(book, payment, 1)
  const after = settled(book, invoice, invoice.payments)
  if (after.amountPaid !== invoice.amountPaid) announcePaid(book, after)
  return payment
}

export const deletePayment = (book: Book, access: Access, raw: unknown): Payment => {
  const payment = need(access, 'InvoicePayment', z.object({ id: z.string() }).parse(raw).id, ['id'])
  const invoice = got(book.records.Invoice.get(payment.invoice), payment.invoice)
  moveBalance(book, payment, -1)
  book.records.InvoicePayment.delete(payment.id)
  settled(
    book,
    invoice,
    invoice.payments.filter((id) => id !== payment.id),
  )
  return payment
}

const checkTerms = (invoice: Invoice, account: Account, amount: string, rate: string): void => {
  if (new Big(amount).lte(0)) throw new Refused(['amount'], 'Must be greater than zero.')
  if (decimalsOf(amount) > exponentOf(invoice.currency)) throw new Refused(['amount'], 'Too many decimal places.')
  if (new Big(rate).lte(0)) throw new Refused(['exchangeRate'], 'Must be greater than zero.')
  if (account.currency === invoice.currency && rate !== '1')
    throw new Refused(['exchangeRate'], 'Must be 1 when the currencies are equal.')
  const type = typeOf(account.subtype)
  if (account.isArchived || type === 'INCOME' || type === 'EXPENSE')
    throw new Refused(['paymentAccountId'], 'This account cannot take payments.')
}

/** In the account's currency; a liability account goes the other way. */
const moveBalance = (book: Book, payment: Payment, times: 1 | -1): void => {
  const account = got(book.records.Account.get(payment.account), payment.account)
  const sign = typeOf(account.subtype) === 'ASSET' ? times : -times
  const moved = new Big(payment.amount).times(payment.exchangeRate).times(sign)
  const balance = new Big(account.balance).plus(moved.round(exponentOf(account.currency), Big.roundHalfUp))
  book.records.Account.put(account.id, { ...account, balance: plain(balance) })
}

/** That a payment raises the invoice's `modifiedAt` is not known (sheet 10). */
const settled = (book: Book, invoice: Invoice, payments: string[]): Invoice => {
  const amounts = payments.map((id) => got(book.records.InvoicePayment.get(id), id).amount)
  const change = { payments, amountPaid: sum(amounts) }
  if (book.world.switched('payment.touchesInvoice', true)) return touched(book, invoice, change)
  return book.records.Invoice.put(invoice.id, { ...invoice, ...change })
}

const EVENTS = { PARTIAL: 'invoice.partially_paid', PAID: 'invoice.paid', OVERPAID: 'invoice.overpaid' }

const announcePaid = (book: Book, invoice: Invoice): void => {
  const state = paidState(invoice)
  if (state) emitInvoice(book, EVENTS[state], invoice)
}
