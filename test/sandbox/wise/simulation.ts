import { z } from 'zod'
import { type Call, ok, ownProfile, readBody, userOf } from './call'
import { isCurrency } from './currencies'
import { number } from './decimal'
import { later } from './effects'
import { type Refusal, refusal, unreadable } from './errors'
import { profileVerified } from './events'
import { anyFailureCode, failureText, isFailureCode } from './failure-codes'
import { credit } from './ledger'
import { type Book, save, type Transfer } from './model'
import { fineStamp } from './stamps'
import { transferView } from './transfer-view'
import { transferOf } from './transfers'

const ORDER = ['processing', 'funds_converted', 'outgoing_payment_sent', 'bounced_back', 'funds_refunded']

const wrongOrder = (message: string): Refusal => refusal(400, { code: 'invalid_transfer_state', message })

/** Each step only from the one before, `processing` too although funding has moved it already; 400 is [U] (sheet 10). */
const refuseOrder = (book: Book, transfer: Transfer, to: string): void => {
  const place = ORDER.indexOf(to)
  const before = place === 0 ? 'processing' : ORDER[place - 1]
  const asked = place === 0 ? null : before
  if (transfer.status !== before || transfer.simulated !== asked)
    throw wrongOrder(`Transfer ${transfer.id} is ${transfer.status} and cannot become ${to}.`)
  if (book.recipients.get(String(transfer.targetAccount))?.type === 'email')
    throw wrongOrder('Transfers to email recipients cannot be simulated.')
}

/** Asynchronous: the state follows `simulation.delayMs` later, and the next step is refused until then. */
const soon = (book: Book): number => book.world.now() + book.world.switched('simulation.delayMs', 2000)

export const simulateState = (call: Call) => {
  const { book } = call
  const [transfer, to] = [transferOf(call), call.params.state ?? '']
  if (!ORDER.includes(to)) throw wrongOrder(`Unknown state ${to}.`)
  refuseOrder(book, transfer, to)
  save(book.transfers, { ...transfer, simulated: to })
  if (to !== 'processing') later(book, transfer.id, soon(book), { kind: 'move', to })
  return ok(transferView(book, transfer))
}

const FailureBody = z.looseObject({ failure_reason_code: z.string().optional() })

export const simulatePayoutFailure = (call: Call) => {
  const { book } = call
  const transfer = transferOf(call)
  const code = readBody(call, FailureBody).failure_reason_code ?? anyFailureCode()
  if (!isFailureCode(code))
    throw refusal(400, { code: 'invalid_failure_reason_code', message: `Unknown failure reason code ${code}.` })
  if (transfer.status !== 'bounced_back') throw wrongOrder('Transfer must be bounced back.')
  later(book, transfer.id, soon(book), { kind: 'fail', code })
  return ok({
    failure_reason_code: code,
    failure_description: failureText(code),
    occurred_at: fineStamp(book.world.now()),
  })
}

const TopUpBody = z.looseObject({
  profileId: z.int(),
  balanceId: z.int(),
  currency: z.string(),
  amount: z.number(),
  channel: z.enum(['TRANSFER', 'CARD']).default('CARD'),
})

export const simulateTopUp = (call: Call) => {
  const { book } = call
  const { profileId, balanceId, currency, amount, channel } = readBody(call, TopUpBody)
  const profile = ownProfile(book, userOf(call), profileId)
  const balance = book.balances.get(String(balanceId))
  if (!balance?.open || balance.profile !== profile.id) throw unreadable('balanceId', 'Balance could not be found.')
  if (!isCurrency(currency) || balance.currency !== currency)
    throw unreadable('currency', 'Currency is not that of the balance.')
  if (amount <= 0) throw unreadable('amount', 'Amount must be larger than 0.')
  const entry = topUp(book, balance.id, String(amount), channel)
  const after = { id: balance.id, value: number(entry.after), currency }
  return ok({ transactionId: entry.id, state: 'COMPLETED', balancesAfter: [after] })
}

export const topUp = (
  book: Book,
  balance: number,
  amount: string,
  channel: 'TRANSFER' | 'CARD',
  paymentReference: string | null = null,
) =>
  credit(book, balance, amount, {
    at: book.world.now(),
    kind: channel === 'CARD' ? 'CARD' : 'DEPOSIT',
    reference: channel === 'CARD' ? `CARD-${book.next('payment')}` : `BNK-${book.next('payment')}`,
    description: 'Received money',
    paymentReference,
  })

const verified = (call: Call, id: string | number) => {
  const profile = ownProfile(call.book, userOf(call), id)
  profileVerified(call.book, profile, true)
  return ok({ profileId: profile.id, state: 'VERIFIED' })
}

/** Answers of these two are ours. */
export const verifyProfile = (call: Call) =>
  verified(call, readBody(call, z.looseObject({ profileId: z.int() })).profileId)

export const verifyInPath = (call: Call) => verified(call, call.params.profile ?? '')
