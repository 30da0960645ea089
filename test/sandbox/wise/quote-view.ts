import Big from 'big.js'
import { number } from './decimal'
import type { Book, Price, Quote } from './model'
import { priceOf } from './pricing'
import { byDay, deliveryAt, stamp } from './stamps'

/** The earlier of the two ends counts (sheet 5). */
export const isExpired = (book: Book, { expiresAt, rateExpiresAt }: Quote): boolean =>
  Math.min(expiresAt, rateExpiresAt) <= book.world.now()

const statusOf = (book: Book, quote: Quote): string => {
  if (quote.funded) return 'FUNDED'
  if (quote.transfer !== null) return 'ACCEPTED'
  return isExpired(book, quote) ? 'EXPIRED' : 'PENDING'
}

const money = (value: string, currency: string) => ({
  amount: number(value),
  currency,
  label: `${number(value)} ${currency}`,
})

const optionView = (quote: Quote, { payIn, fee, source, target, closed }: Price) => {
  const { sourceCurrency, targetCurrency, payOut } = quote
  const at = deliveryAt(quote.createdAt)
  return {
    disabled: closed !== null,
    ...(closed === null ? {} : { disabledReason: { code: 'error.payInmethod.disabled', message: closed } }),
    estimatedDelivery: stamp(at),
    formattedEstimatedDelivery: byDay(at),
    estimatedDeliveryDelays: [],
    fee: { transferwise: number(fee), payIn: 0, discount: 0, partner: 0, total: number(fee) },
    price: {
      priceSetId: 238,
      total: { type: 'TOTAL', label: 'Total fees', value: money(fee, sourceCurrency) },
      items: [
        { type: 'FEE', label: 'fee', value: money('0', sourceCurrency) },
        { type: 'TRANSFERWISE', label: 'Our fee', value: money(fee, sourceCurrency) },
      ],
    },
    sourceAmount: number(source),
    targetAmount: number(target),
    sourceCurrency,
    targetCurrency,
    payIn,
    payOut,
    allowedProfileTypes: ['PERSONAL', 'BUSINESS'],
    payInProduct: payIn === 'BALANCE' ? 'BALANCE' : 'CHEAP',
    feePercentage: number(new Big(fee).div(source).round(4, Big.roundHalfUp).toFixed()),
  }
}

const figures = (quote: Omit<Quote, 'id'>) => {
  const price = priceOf(quote)
  return {
    sourceCurrency: quote.sourceCurrency,
    targetCurrency: quote.targetCurrency,
    sourceAmount: number(price.source),
    targetAmount: number(price.target),
    payOut: quote.payOut,
    preferredPayIn: quote.preferredPayIn,
    rate: number(quote.rate),
  }
}

export const quoteView = (book: Book, quote: Quote) => ({
  id: quote.id,
  ...figures(quote),
  createdTime: stamp(quote.createdAt),
  user: quote.user,
  profile: quote.profile,
  ...(quote.targetAccount === null ? {} : { targetAccount: quote.targetAccount }),
  rateType: book.world.switched('quotes.rateType', 'FIXED'),
  rateExpirationTime: stamp(quote.rateExpiresAt),
  guaranteedTargetAmountAllowed: true,
  targetAmountAllowed: true,
  guaranteedTargetAmount: false,
  providedAmountType: quote.provided,
  paymentOptions: quote.prices.map((price) => optionView(quote, price)),
  status: statusOf(book, quote),
  expirationTime: stamp(quote.expiresAt),
  notices: quote.notices,
})

/** A preview has no id and belongs to nobody: it cannot become a transfer (sheet 3). */
export const previewView = (book: Book, quote: Quote) => {
  const { id: _, user: __, profile: ___, ...rest } = quoteView(book, quote)
  return rest
}
