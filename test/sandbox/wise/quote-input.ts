import { z } from 'zod'
import { type Call, readBody } from './call'
import { isCurrency, isRoute } from './currencies'
import { fits } from './decimal'
import { type Problem, refusal } from './errors'
import type { Decimal } from './model'

const PAY_OUT = ['BANK_TRANSFER', 'BALANCE', 'SWIFT', 'SWIFT_OUR', 'INTERAC'] as const

/** Amounts are JSON numbers, never text (sheet 5). */
export const QuoteBody = z.looseObject({
  sourceCurrency: z.string().nullish(),
  targetCurrency: z.string().nullish(),
  sourceAmount: z.number().nullish(),
  targetAmount: z.number().nullish(),
  targetAccount: z.int().nullish(),
  payOut: z.enum(PAY_OUT).nullish(),
  preferredPayIn: z.string().nullish(),
  paymentMetadata: z.looseObject({ transferNature: z.string().optional() }).nullish(),
})

export interface QuoteInput {
  sourceCurrency: string
  targetCurrency: string
  provided: 'SOURCE' | 'TARGET'
  amount: Decimal
  targetAccount: number | null
  payOut: string | null
  preferredPayIn: string | null
}

const badCurrency = (path: string): Problem => ({
  code: 'CurrencyCode',
  message: "That wasn't a valid ISO-4217 currency code (like GBP, USD or EUR).",
  path,
})

const currencies = ({ sourceCurrency, targetCurrency }: z.infer<typeof QuoteBody>) => {
  const bad = [
    ...(isCurrency(sourceCurrency) ? [] : [badCurrency('sourceCurrency')]),
    ...(isCurrency(targetCurrency) ? [] : [badCurrency('targetCurrency')]),
  ]
  if (!isCurrency(sourceCurrency) || !isCurrency(targetCurrency)) throw refusal(400, ...bad)
  if (isRoute(sourceCurrency, targetCurrency)) return { sourceCurrency, targetCurrency }
  const route = `${sourceCurrency}-${targetCurrency}`
  throw refusal(400, { code: 'error.route.not.supported', message: `We don't support ${route}.`, arguments: [route] })
}

const ONE_ONLY = 'Please only specify a source or target amount.'

/** Exactly one, above zero, no finer than the currency (the last refusal is ours). */
const amounts = (body: z.infer<typeof QuoteBody>, source: string, target: string) => {
  const { sourceAmount, targetAmount } = body
  if (sourceAmount != null && targetAmount != null)
    throw refusal(400, { code: 'error.quote.amount.onlySingle', message: ONE_ONLY, path: 'sourceAmount' })
  const path = targetAmount == null ? 'sourceAmount' : 'targetAmount'
  const given = targetAmount ?? sourceAmount ?? 0
  if (given <= 0)
    throw refusal(400, {
      code: 'error.greaterThanZero',
      message: "Please type in a number that's larger than 0.",
      path,
    })
  const provided: QuoteInput['provided'] = path === 'sourceAmount' ? 'SOURCE' : 'TARGET'
  if (!fits(String(given), provided === 'SOURCE' ? source : target))
    throw refusal(400, { code: 'error.amount.too.fine', message: 'Too many decimals for the currency.', path })
  return { provided, amount: String(given) }
}

export const readQuote = (call: Pick<Call, 'book' | 'body'>): QuoteInput => {
  const body = readBody(call, QuoteBody)
  const route = currencies(body)
  return {
    ...route,
    ...amounts(body, route.sourceCurrency, route.targetCurrency),
    targetAccount: body.targetAccount ?? null,
    payOut: body.payOut ?? null,
    preferredPayIn: body.preferredPayIn ?? null,
  }
}
