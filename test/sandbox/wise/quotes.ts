import { z } from 'zod'
import { type Call, ok, profileOf, readBody } from './call'
import { rateOf } from './currencies'
import { gatewayRefusal, notFound, refusal } from './errors'
import { type Book, type Notice, type Profile, type Quote, save } from './model'
import { pricesOf } from './pricing'
import { type QuoteInput, readQuote } from './quote-input'
import { isExpired, previewView, quoteView } from './quote-view'
import { usableRecipient } from './recipients'
import { DAY, MINUTE } from './stamps'

const READABLE_AFTER_EXPIRY = 2 * DAY
const GUARANTEED_AT_ONCE = 3

/** Guaranteed rates are few at a time: beyond three open ones comes a warning (sheet 5). */
const noticesOf = (book: Book, profile: number): Notice[] => {
  const open = book.transfers
    .all()
    .filter((one) => one.profile === profile && one.status === 'incoming_payment_waiting')
  const warning: Notice = { text: 'You have too many guaranteed rate transfers open.', link: null, type: 'WARNING' }
  return [
    ...book.world.switched<Notice[]>('quotes.notices', []),
    ...(open.length >= GUARANTEED_AT_ONCE ? [warning] : []),
  ]
}

/** How the money goes out follows the recipient, unless it was said. */
const payOutFor = (type: string): string | undefined => ({ swift_code: 'SWIFT', interac: 'INTERAC' })[type]

const bound = (book: Book, profile: number, input: Pick<QuoteInput, 'targetAccount' | 'targetCurrency' | 'payOut'>) => {
  const { targetAccount, targetCurrency, payOut } = input
  if (targetAccount === null) return { payOut: payOut ?? 'BANK_TRANSFER' }
  const recipient = usableRecipient(book, profile, targetAccount, 400)
  if (recipient.currency !== targetCurrency)
    throw refusal(400, {
      code: 'error.targetAccount.currency',
      message: `The recipient takes ${recipient.currency}.`,
      path: 'targetAccount',
    })
  return { payOut: payOut ?? payOutFor(recipient.type) ?? 'BANK_TRANSFER' }
}

/** Sandbox and samples: 30 minutes for both; guides also show longer ends (sheet 5), hence two switches. */
const ends = (book: Book, from: number) => ({
  rateExpiresAt: from + book.world.switched('quotes.rateMinutes', 30) * MINUTE,
  expiresAt: from + book.world.switched('quotes.quoteMinutes', 30) * MINUTE,
})

const draftQuote = (book: Book, owner: { profile: number; user: number }, input: QuoteInput): Quote => {
  const now = book.world.now()
  const rate = rateOf(book, input.sourceCurrency, input.targetCurrency)
  const { payOut } = bound(book, owner.profile, input)
  return {
    id: crypto.randomUUID(),
    ...owner,
    ...input,
    payOut,
    rate,
    createdAt: now,
    ...ends(book, now),
    prices: pricesOf(book, { ...input, profile: owner.profile, rate }),
    notices: noticesOf(book, owner.profile),
    transfer: null,
    funded: false,
  }
}

export const makeQuote = (book: Book, { id, user }: Profile, input: QuoteInput): Quote =>
  save(book.quotes, draftQuote(book, { profile: id, user }, input))

/** Of this profile, and not long gone: readable for about 48 hours after its end (sheet 3). */
export const findQuote = (book: Book, profile: number, id: string): Quote | undefined => {
  const quote = book.quotes.get(id)
  if (!quote || quote.profile !== profile) return undefined
  const gone = quote.transfer === null && quote.expiresAt + READABLE_AFTER_EXPIRY <= book.world.now()
  return gone ? undefined : quote
}

const quoteOf = (call: Call): Quote => {
  const quote = findQuote(call.book, profileOf(call).id, call.params.quote ?? '')
  if (!quote) throw notFound('Quote')
  return quote
}

export const createQuote = (call: Call) =>
  ok(quoteView(call.book, makeQuote(call.book, profileOf(call), readQuote(call))))

export const readOneQuote = (call: Call) => ok(quoteView(call.book, quoteOf(call)))

export const previewQuote = (call: Call) =>
  ok(
    previewView(call.book, draftQuote(call.book, { profile: 0, user: 0 }, { ...readQuote(call), targetAccount: null })),
  )

const Patch = z.looseObject({ targetAccount: z.int().nullish(), payOut: z.string().nullish() })

/** Used is 409, expired 422: ours, as community emulators have it (sheet 13.6). */
export const refuseSpent = (book: Book, quote: Quote): void => {
  if (quote.transfer !== null)
    throw refusal(409, { code: 'sandbox.quote.used', message: 'Quote has already been used for a transfer.' })
  if (isExpired(book, quote)) throw refusal(422, { code: 'sandbox.quote.expired', message: 'Quote has expired.' })
}

/** Binds the recipient; fee and amounts are worked out again. */
export const patchQuote = (call: Call) => {
  const { book, request } = call
  if (!request.headers.get('content-type')?.startsWith('application/merge-patch+json'))
    throw gatewayRefusal(415, `Content type '${request.headers.get('content-type') ?? ''}' not supported`)
  const quote = quoteOf(call)
  refuseSpent(book, quote)
  const { targetAccount, payOut } = readBody(call, Patch)
  const chosen = quote.payOut === 'BANK_TRANSFER' ? null : quote.payOut
  const input = { ...quote, targetAccount: targetAccount ?? quote.targetAccount, payOut: payOut ?? chosen }
  const patched = { ...input, ...bound(book, quote.profile, input) }
  return ok(quoteView(book, save(book.quotes, { ...patched, prices: pricesOf(book, patched) })))
}
