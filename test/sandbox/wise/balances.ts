import { z } from 'zod'
import { type Call, type Handler, ok, profileOf, readBody } from './call'
import { isCurrency } from './currencies'
import { minus, number } from './decimal'
import { notFound, refusal, unreadable } from './errors'
import { balanceIn, covers, credit, debit, openBalance } from './ledger'
import { type Balance, type Book, save } from './model'
import { priceOf } from './pricing'
import { findQuote, refuseSpent } from './quotes'
import { fineStamp } from './stamps'

export const balanceView = ({ id, currency, amount, createdAt, modifiedAt }: Balance) => {
  const money = { value: number(amount), currency }
  return {
    id,
    currency,
    type: 'STANDARD',
    name: null,
    icon: null,
    investmentState: 'NOT_INVESTED',
    amount: money,
    reservedAmount: { value: 0, currency },
    cashAmount: money,
    totalWorth: money,
    creationTime: fineStamp(createdAt),
    modificationTime: fineStamp(modifiedAt),
    visible: true,
  }
}

/** `types` is required (sheet 3); savings jars are not here, so only STANDARD finds any. */
export const listBalances = (call: Call) => {
  const profile = profileOf(call)
  const types = call.query.get('types')?.split(',')
  if (!types) throw unreadable('types', "Required request parameter 'types' is not present")
  const open = call.book.balances.all().filter((one) => one.profile === profile.id && one.open)
  return ok(types.includes('STANDARD') ? open.map(balanceView) : [])
}

export const readBalance = (call: Call) => {
  const balance = call.book.balances.get(call.params.balance ?? '')
  if (!balance || balance.profile !== profileOf(call).id) throw notFound('Balance')
  return ok(balanceView(balance))
}

/** The same header answers the same again; without it the call is refused (sheet 1; the refusal is ours). */
const once =
  (run: (call: Call) => unknown): Handler =>
  (call) => {
    const key = z.guid().safeParse(call.request.headers.get('x-idempotence-uuid')).data
    if (key === undefined) throw unreadable('X-idempotence-uuid', 'X-idempotence-uuid must be a UUID.')
    const name = `${call.request.path} ${key}`
    return ok(call.book.repeated.get(name) ?? call.book.repeated.put(name, run(call)), 201)
  }

const OpenBody = z.looseObject({ currency: z.string(), type: z.literal('STANDARD') })

export const createBalance = once((call) => {
  const { currency } = readBody(call, OpenBody)
  const profile = profileOf(call)
  if (!isCurrency(currency)) throw unreadable('currency', 'Currency is not supported.')
  if (balanceIn(call.book, profile.id, currency))
    throw refusal(409, { code: 'balance.exists', message: `There is a ${currency} balance already.` })
  return balanceView(openBalance(call.book, profile.id, currency))
})

const moneyView = (value: string, currency: string) => ({ value: number(value), currency })

/** Between two balances of one profile, by a quote that pays out to a balance. */
const convert = (book: Book, profile: number, quoteId: string) => {
  const quote = findQuote(book, profile, quoteId)
  if (!quote) throw notFound('Quote')
  refuseSpent(book, quote)
  if (quote.payOut !== 'BALANCE') throw unreadable('quoteId', 'The quote must pay out to BALANCE.')
  const price = priceOf({ ...quote, preferredPayIn: 'BALANCE' })
  const source = balanceIn(book, profile, quote.sourceCurrency)
  if (!source || !covers(source, price.source))
    throw refusal(422, { code: 'balance.insufficient-funds', message: 'Not enough money in the balance.' })
  const target = balanceIn(book, profile, quote.targetCurrency) ?? openBalance(book, profile, quote.targetCurrency)
  const at = book.world.now()
  const number = book.next('payment')
  const of = { at, kind: 'CONVERSION', reference: `CONVERSION-${number}`, description: 'Converted money' } as const
  const out = debit(book, source.id, price.source, { ...of, fee: price.fee })
  const into = credit(book, target.id, price.target, of)
  save(book.quotes, { ...quote, transfer: 0, funded: true })
  return { quote, price, out, into, number, at }
}

export const createMovement = once((call) => {
  const { quoteId } = readBody(call, z.looseObject({ quoteId: z.string() }))
  const { quote, price, out, into, number: id, at } = convert(call.book, profileOf(call).id, quoteId)
  const { sourceCurrency, targetCurrency } = quote
  return {
    id,
    type: 'CONVERSION',
    state: 'COMPLETED',
    balancesAfter: [moneyView(out.after, sourceCurrency), moneyView(into.after, targetCurrency)],
    creationTime: fineStamp(at),
    sourceAmount: moneyView(price.source, sourceCurrency),
    targetAmount: moneyView(price.target, targetCurrency),
    convertedAmount: moneyView(minus(price.source, price.fee), sourceCurrency),
    rate: number(quote.rate),
    feeAmounts: [moneyView(price.fee, sourceCurrency)],
  }
})
