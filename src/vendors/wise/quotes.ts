import { z } from 'zod'
import type { StepPlan } from '../../core/flow'
import type { Call, ReadApi } from '../../core/vendor'
import { instant } from '../../lib/dates'
import { jsonNumber } from '../../lib/json'
import type { Decimal } from '../../lib/money'
import { get, patch, post } from './client'
import { currency, decimal, flag, id, text } from './shapes'

/** What is to be priced: so much of the balance's currency (`source`), or so much for the recipient (`target`). */
export interface Wanted {
  source: string
  target: string
  fixed: 'source' | 'target'
  amount: Decimal
  /** A recipient that is known already: its quote needs no change later. */
  recipient?: string
}

const Option = z.lazy(() =>
  z.object({
    disabled: flag,
    disabledReason: z.object({ message: text }).nullish(),
    fee: z.object({ total: decimal }),
    sourceAmount: decimal,
    targetAmount: decimal,
    payIn: z.string(),
    payOut: z.string(),
  }),
)

const Priced = z.object({
  sourceCurrency: currency,
  targetCurrency: currency,
  payOut: z.string(),
  rate: decimal,
  rateExpirationTime: z.string().nullish(),
  expirationTime: z.string().nullish(),
  paymentOptions: z.array(Option),
  notices: z.array(z.object({ text: text, type: text })).nullish(),
  targetAccount: id.nullish(),
})
/** A price that nothing can be made of: without id, kept by nobody. */
export type Priced = z.infer<typeof Priced>

export const QuoteShape = Priced.extend({ id: z.uuid(), status: z.string() })
/** A price that Wise holds until it ends; one transfer can be made of it. */
export type Quote = z.infer<typeof QuoteShape>

/** `preferredPayIn` is what makes it the price of a payment from the balance: the request knows no `payIn` (sheet 5). */
const bodyOf = ({ source, target, fixed, amount, recipient }: Wanted) => ({
  sourceCurrency: source,
  targetCurrency: target,
  [fixed === 'source' ? 'sourceAmount' : 'targetAmount']: jsonNumber(amount),
  preferredPayIn: 'BALANCE',
  ...(recipient && { targetAccount: Number(recipient) }),
})

export const quoteCall = ({ account }: Pick<ReadApi, 'account'>, wanted: Wanted): Call =>
  post('v3', '/profiles/{profile}/quotes', { profile: account }, bodyOf(wanted))

/** One whose answer was lost binds nobody, and no list shows it: none is looked for, another is asked for. */
export const quoteStep = (api: ReadApi, name: string, wanted: Wanted): StepPlan<Quote> => ({
  name,
  call: () => quoteCall(api, wanted),
  answer: QuoteShape,
  find: async () => null,
})

/** What it would cost now, without any trace at Wise: for an approval. */
export const readPreview = (api: ReadApi, wanted: Wanted): Promise<Priced> =>
  api.read(post('v3', '/quotes', {}, bodyOf(wanted)), Priced)

export const readQuote = (api: ReadApi, quote: string): Promise<Quote> =>
  api.read(get('v3', '/profiles/{profile}/quotes/{quote}', { profile: api.account, quote }), QuoteShape)

/** Fee, amounts and delivery may be others with the recipient: the answer counts, not the quote before (sheet 5). */
export const bindCall = ({ account }: Pick<ReadApi, 'account'>, quote: string, recipient: string): Call =>
  patch(
    'v3',
    '/profiles/{profile}/quotes/{quote}',
    { profile: account, quote },
    { targetAccount: Number(recipient) },
    'application/merge-patch+json',
  )

export const bindStep = (api: ReadApi, name: string, quote: string, recipient: string): StepPlan<Quote> => ({
  name,
  call: () => bindCall(api, quote, recipient),
  answer: QuoteShape,
  async find() {
    const known = await readQuote(api, quote)
    return known.targetAccount === recipient ? known : null
  },
})

/** No transfer is begun this close to the end of its price. */
const MARGIN_MS = 60_000

/** Milliseconds since 1970: the earlier of both ends, which the documents see differently (sheet 5). NaN where none is said. */
export const expiresAt = ({ rateExpirationTime, expirationTime }: Priced): number => {
  const ends = [rateExpirationTime, expirationTime].flatMap((time) => (time ? [instant(time)] : []))
  return ends.length === 0 ? Number.NaN : Math.min(...ends)
}

/** Whether a transfer can still be made of it; one whose end is not known is not relied on. */
export const isFresh = (quote: Quote, now: number): boolean =>
  quote.status === 'PENDING' && expiresAt(quote) - MARGIN_MS > now
