import { z } from 'zod'
import { type Call, ok, readBody, userOf } from './call'
import { minus } from './decimal'
import { notFound, refusal, unreadable } from './errors'
import { stateChanged } from './events'
import { type Book, type Quote, type Recipient, save, type Transfer } from './model'
import type { User } from './people'
import { priceOf } from './pricing'
import { refuseSpent } from './quotes'
import { needsAddress } from './recipient-types'
import { refuseUnaccepted, usableRecipient } from './recipients'
import { detailProblems, TransferDetails } from './transfer-rules'
import { transferView } from './transfer-view'

export const TransferBody = z.looseObject({
  targetAccount: z.int().nullish(),
  sourceAccount: z.int().nullish(),
  quoteUuid: z.string().nullish(),
  customerTransactionId: z.string().nullish(),
  details: TransferDetails.default({}),
})
type TransferBody = z.infer<typeof TransferBody>

const idOf = ({ customerTransactionId }: TransferBody): string => {
  const parsed = z.guid().safeParse(customerTransactionId)
  if (!parsed.success) throw unreadable('customerTransactionId', 'customerTransactionId must be a UUID.')
  return parsed.data.toLowerCase()
}

/** The answer to a repeat is the first transfer [I]; to another body under the same id nobody knows (sheet 7). */
const repeated = (book: Book, user: User, id: string, body: TransferBody): Transfer | undefined => {
  const first = book.transfers.all().find((one) => one.user === user.id && one.customerTransactionId === id)
  const differs = first && (first.targetAccount !== body.targetAccount || first.quote !== body.quoteUuid)
  if (differs && book.world.switched<string>('transfers.otherBody', 'first') === 'refuse')
    throw refusal(409, { code: 'sandbox.transaction.id.used', message: 'customerTransactionId was used before.' })
  return first
}

const targetOf = ({ targetAccount }: TransferBody): number => {
  if (targetAccount != null) return targetAccount
  const path = 'targetRecipientId'
  throw refusal(422, { code: 'ERROR', message: 'Unable to parse number [null]', path, arguments: [path] })
}

const quoteOf = (book: Book, user: User, { quoteUuid }: TransferBody): Quote => {
  const quote = book.quotes.get(quoteUuid ?? '')
  if (quote?.user !== user.id)
    throw refusal(422, { code: 'sandbox.quote.unknown', message: 'Quote could not be found.', path: 'quoteUuid' })
  return quote
}

const refuseUnfit = (book: Book, quote: Quote, recipient: Recipient): void => {
  const refuse = (code: string, message: string) => refusal(422, { code, message })
  if (recipient.currency !== quote.targetCurrency)
    throw refuse('sandbox.recipient.currency', `Recipient takes ${recipient.currency}, quote ${quote.targetCurrency}.`)
  if (quote.targetAccount !== null && quote.targetAccount !== recipient.id)
    throw refuse('sandbox.recipient.not.of.quote', 'The quote is for another recipient.')
  if (!recipient.address && recipient.type !== 'email' && needsAddress(quote.sourceCurrency, quote.targetCurrency))
    throw refuse(
      'INVALID_RECIPIENT',
      'Recipient address is mandatory for this payment, please update or create a new recipient.',
    )
  refuseUnaccepted(recipient)
  const blocked = quote.notices.find(({ type }) => type === 'BLOCKED')
  if (blocked) throw refuse('sandbox.quote.blocked', blocked.text)
  if (book.world.switched('transfers.approval', false))
    throw refuse('sandbox.approval', 'Quote cannot be accepted with this request due to missing approval.')
}

const draft = (book: Book, quote: Quote, recipient: Recipient, body: TransferBody): Omit<Transfer, 'id'> => {
  const now = book.world.now()
  const price = priceOf(quote)
  const details = Object.entries(body.details).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  )
  return {
    profile: quote.profile,
    user: quote.user,
    targetAccount: recipient.id,
    sourceAccount: body.sourceAccount ?? null,
    quote: quote.id,
    customerTransactionId: idOf(body),
    status: 'incoming_payment_waiting',
    details: Object.fromEntries(details),
    rate: quote.rate,
    sourceCurrency: quote.sourceCurrency,
    sourceValue: minus(price.source, price.fee),
    targetCurrency: quote.targetCurrency,
    targetValue: price.target,
    debit: price.source,
    fee: price.fee,
    swift: quote.payOut.startsWith('SWIFT'),
    createdAt: now,
    changedAt: now,
    simulated: null,
    paidFrom: null,
    cases: [],
    payinSession: crypto.randomUUID(),
    history: [{ status: 'incoming_payment_waiting', at: now }],
  }
}

/** Nothing is awaited in here, so of two calls that race one finds the other's transfer. */
export const makeTransfer = (book: Book, user: User, body: TransferBody): Transfer => {
  const first = repeated(book, user, idOf(body), body)
  if (first) return first
  const target = targetOf(body)
  const quote = quoteOf(book, user, body)
  const recipient = usableRecipient(book, quote.profile, target, 422)
  refuseSpent(book, quote)
  refuseUnfit(book, quote, recipient)
  const problems = detailProblems(quote, recipient, body.details)
  if (problems.length > 0) throw refusal(422, ...problems)
  const made = save(book.transfers, { id: book.next('transfer'), ...draft(book, quote, recipient, body) })
  save(book.quotes, { ...quote, transfer: made.id })
  stateChanged(book, made, null, made.createdAt)
  return made
}

export const createTransfer = (call: Call) =>
  ok(transferView(call.book, makeTransfer(call.book, userOf(call), readBody(call, TransferBody))))

export const transferOf = (call: Call): Transfer => {
  const transfer = call.book.transfers.get(call.params.transfer ?? '')
  if (!transfer || transfer.user !== userOf(call).id) throw notFound('Transfer')
  return transfer
}

export const readTransfer = (call: Call) => ok(transferView(call.book, transferOf(call)))
