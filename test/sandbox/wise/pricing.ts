import Big from 'big.js'
import { rounded } from './decimal'
import { refusal } from './errors'
import type { Book, Decimal, PayIn, Price, Quote } from './model'

/** Wise's real fees are not known to us (sheet 13.4): a fixed part in the source currency and a percentage. */
const FEES: Record<PayIn, { fixed: Decimal; percent: Decimal }> = {
  BALANCE: { fixed: '0.65', percent: '0.45' },
  BANK_TRANSFER: { fixed: '1.05', percent: '0.505' },
}

type Asked = Pick<
  Quote,
  'profile' | 'sourceCurrency' | 'targetCurrency' | 'provided' | 'amount' | 'rate' | 'targetAccount'
>

/** Binding a recipient may change the price (sheet 5): the switch `quotes.recipientFee` adds to the fixed part. */
const feeParts = (book: Book, { targetAccount }: Asked, payIn: PayIn) => {
  const { fixed, percent } = book.world.switched('fees', FEES)[payIn]
  const extra = targetAccount === null ? '0' : book.world.switched('quotes.recipientFee', '0')
  return { fixed: new Big(fixed).plus(extra), share: new Big(percent).div(100) }
}

/** `target = round((source - fee) * rate)`; with a target amount `source = target / rate + fee` (sheet 5). */
const figures = (book: Book, asked: Asked, payIn: PayIn) => {
  const { fixed, share } = feeParts(book, asked, payIn)
  const { sourceCurrency, targetCurrency, amount, rate } = asked
  if (asked.provided === 'SOURCE') {
    const fee = rounded(share.times(amount).plus(fixed), sourceCurrency)
    return { fee, source: amount, target: rounded(new Big(amount).minus(fee).times(rate), targetCurrency) }
  }
  const net = rounded(new Big(amount).div(rate), sourceCurrency)
  const fee = rounded(fixed.plus(net).div(new Big(1).minus(share)).times(share).plus(fixed), sourceCurrency)
  return { fee, source: new Big(net).plus(fee).toFixed(), target: amount }
}

const closedBecause = (book: Book, { profile, sourceCurrency }: Asked, payIn: PayIn): string | null => {
  if (payIn !== 'BALANCE') return null
  const holds = book.balances
    .all()
    .some((one) => one.profile === profile && one.open && one.currency === sourceCurrency)
  return holds ? null : `Open a ${sourceCurrency} balance to pay from it.`
}

export const pricesOf = (book: Book, asked: Asked): Price[] => {
  const prices = (['BALANCE', 'BANK_TRANSFER'] as const).map((payIn) => ({
    payIn,
    ...figures(book, asked, payIn),
    closed: closedBecause(book, asked, payIn),
  }))
  // Code and text are ours: no public source says what an amount below the fee gets.
  if (prices.some(({ target }) => new Big(target).lte(0)))
    throw refusal(400, {
      code: 'error.amount.below.fee',
      message: 'The amount does not cover the fee.',
      path: 'sourceAmount',
    })
  return prices
}

/** Without a preferred way the quote stands for a bank transfer, and its fee differs (sheet 5). */
export const priceOf = ({ prices, preferredPayIn }: Pick<Quote, 'prices' | 'preferredPayIn'>): Price => {
  const wanted = prices.find(({ payIn }) => payIn === preferredPayIn)
  const price = wanted ?? prices.find(({ payIn }) => payIn === 'BANK_TRANSFER')
  if (!price) throw new Error('a quote without prices')
  return price
}
