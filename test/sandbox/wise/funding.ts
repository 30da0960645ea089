import { z } from 'zod'
import type { VendorResponse } from '../vendor'
import { type Call, ok, profileOf, readBody, userOf } from './call'
import { number } from './decimal'
import { Refusal, textRefusal } from './errors'
import { balanceIn, covers, debit } from './ledger'
import { type Balance, type Book, must, type PayIn, type Payment, save, type Transfer } from './model'
import { protect } from './sca'
import { fineStamp } from './stamps'
import { move } from './states'
import { transferOf } from './transfers'

type Outcome = { status: 'COMPLETED' | 'CREATED'; balanceTransactionId: number }

const rejected = (errorCode: string) => ({ type: 'BALANCE', status: 'REJECTED', errorCode })

/** Non-2xx answers are declared as text; guides show JSON (sheet 9): the switch `funding.errors`. */
const refuse = (book: Book, status: number, code: string): Refusal =>
  book.world.switched<string>('funding.errors', 'text') === 'text'
    ? textRefusal(status, code)
    : new Refusal(() => ({ status, body: { ...rejected(code), errorMessage: null } }))

type Poor = 'rejected' | 'unavailable' | 'legacy' | 'text'

/** Not enough money: three documented answers and their text form (sheet 9). */
const poor = (book: Book): Refusal => {
  const mode = book.world.switched<Poor>('funding.insufficient', 'rejected')
  if (mode === 'text') return textRefusal(422, 'balance.insufficient-funds')
  if (mode === 'unavailable') {
    const body = { ...rejected('balance.payment-option-unavailable'), errorMessage: null }
    return new Refusal(() => ({ status: 422, body }))
  }
  const code = mode === 'legacy' ? 'transfer.insufficient_funds' : 'balance.insufficient-funds'
  return new Refusal(() => ({ status: 201, body: rejected(code) }))
}

const isFunded = (book: Book, { id }: Transfer): boolean => book.payments.all().some(({ transfer }) => transfer === id)

/** Statuses of these codes beyond 403, 404 and 409 `payment.exists` are ours. */
const refuseUnfit = (book: Book, transfer: Transfer): void => {
  if (book.world.switched('funding.missingRole', false))
    throw refuse(book, 403, 'balance.unauthorised.missing-security-role')
  if (isFunded(book, transfer)) throw refuse(book, 409, 'payment.exists')
  if (transfer.status !== 'incoming_payment_waiting') throw refuse(book, 409, 'transfer.invalid-state')
}

const payer = (book: Book, transfer: Transfer, id: number | undefined): Balance => {
  const { profile, sourceCurrency } = transfer
  if (id === undefined) {
    const found = balanceIn(book, profile, sourceCurrency)
    if (!found) throw refuse(book, 422, 'balance.no-balance-for-currency')
    return found
  }
  const balance = book.balances.get(String(id))
  if (!balance || balance.profile !== profile) throw refuse(book, 404, 'balance.account-not-found')
  if (!balance.open) throw refuse(book, 422, 'balance.account-inactive')
  if (balance.currency !== sourceCurrency) throw refuse(book, 422, 'balance.currency-unsupported')
  return balance
}

const note = (book: Book, transfer: Transfer, method: PayIn, status: Payment['status']): Payment =>
  save(book.payments, {
    id: book.next('payment'),
    transfer: transfer.id,
    method,
    status,
    amount: transfer.debit,
    currency: transfer.sourceCurrency,
    createdAt: book.world.now(),
  })

const markQuote = (book: Book, transfer: Transfer): void => {
  const quote = book.quotes.get(transfer.quote)
  if (quote) save(book.quotes, { ...quote, funded: true })
}

/** The quote's `sourceAmount` leaves the balance (sheet 5), and the transfer goes on to processing. */
const pay = (book: Book, transfer: Transfer, balance: number, at: number): number => {
  const name = must(book.recipients.get(String(transfer.targetAccount)), 'recipient').name
  const entry = debit(book, balance, transfer.debit, {
    at,
    kind: 'TRANSFER',
    reference: String(transfer.id),
    description: `Sent money to ${name}`,
    fee: transfer.fee,
    paymentReference: transfer.details.reference ?? null,
  })
  markQuote(book, transfer)
  move(book, transfer, 'processing', at, { paidFrom: balance })
  return entry.id
}

/** `CREATED` (accepted, not finished) comes with the switch `funding.pendingMs`: the money moves that much later. */
export const fundFromBalance = (book: Book, transfer: Transfer, balanceId?: number): Outcome => {
  refuseUnfit(book, transfer)
  const balance = payer(book, transfer, balanceId)
  if (!covers(balance, transfer.debit)) throw poor(book)
  const pending = book.world.switched('funding.pendingMs', 0)
  if (pending === 0) {
    note(book, transfer, 'BALANCE', 'COMPLETED')
    return { status: 'COMPLETED', balanceTransactionId: pay(book, transfer, balance.id, book.world.now()) }
  }
  const payment = note(book, transfer, 'BALANCE', 'CREATED')
  save(book.transfers, { ...transfer, paidFrom: balance.id })
  const dueAt = book.world.now() + pending
  save(book.effects, { id: crypto.randomUUID(), dueAt, transfer: transfer.id, does: { kind: 'fund' } })
  return { status: 'CREATED', balanceTransactionId: payment.id }
}

export const finishFunding = (book: Book, transfer: Transfer, at: number): void => {
  if (transfer.status !== 'incoming_payment_waiting' || transfer.paidFrom === null) return
  const payment = must(
    book.payments.all().find((one) => one.transfer === transfer.id),
    'payment',
  )
  save(book.payments, { ...payment, status: 'COMPLETED' })
  pay(book, transfer, transfer.paidFrom, at)
}

/** By bank transfer, as a user does on wise.com: no balance is touched. */
export const fundByBank = (book: Book, transfer: Transfer): Transfer => {
  refuseUnfit(book, transfer)
  note(book, transfer, 'BANK_TRANSFER', 'COMPLETED')
  markQuote(book, transfer)
  return move(book, transfer, 'processing', book.world.now())
}

const fundable = (call: Call): Transfer => {
  const transfer = call.book.transfers.get(call.params.transfer ?? '')
  if (!transfer) throw refuse(call.book, 404, 'transfer.not-found')
  const own = transfer.user === userOf(call).id && transfer.profile === profileOf(call).id
  if (!own) throw refuse(call.book, 403, 'transfer.not-accessible-for-user')
  return transfer
}

const FundBody = z.looseObject({ type: z.string(), balanceId: z.int().optional() })

/** `POST /v3/profiles/{p}/transfers/{t}/payments`. No idempotency key (sheet 1). */
export const fundTransfer = async (call: Call): Promise<VendorResponse> => {
  const { book } = call
  const headers = await protect(call, profileOf(call))
  const { type, balanceId } = readBody(call, FundBody)
  if (type !== 'BALANCE') throw refuse(book, 422, 'payment.option-unavailable')
  const outcome = fundFromBalance(book, fundable(call), balanceId)
  const status: number = book.world.switched('funding.status', 201)
  const older = { type: 'BALANCE', status: outcome.status, errorCode: null }
  return { status, headers, body: status === 200 ? older : { type: 'BALANCE', ...outcome } }
}

export const listPayments = (call: Call) => {
  const transfer = transferOf(call)
  const own = call.book.payments.all().filter((payment) => payment.transfer === transfer.id)
  return ok(
    own.map(({ id, method, status, amount, currency, createdAt }) => ({
      id,
      method,
      status,
      amount: number(amount),
      currency,
      timeCreated: fineStamp(createdAt),
    })),
  )
}
