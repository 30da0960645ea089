import { rejected } from '../../core/failure'
import type { Decimal } from '../../lib/money'
import { expiresAt, type Priced, type Quote } from './quotes'

/** What a payment from the balance costs and brings, as Wise says it; never computed here (sheet 5). */
export interface Price {
  /** The balance is debited by this, fee included. */
  source: Decimal
  fee: Decimal
  /** The recipient gets this. */
  target: Decimal
  rate: Decimal
  sourceCurrency: string
  targetCurrency: string
  /** Ms since 1970. */
  expiresAt: number
  /** What Wise wants to be known, e.g. that the rate is not guaranteed. */
  warnings: string[]
}

/** Refused where Wise blocks it, or takes no money from the balance for it. */
export const balancePrice = (quote: Quote): Price => {
  const { disabled, disabledReason } = balanceOption(quote)
  if (disabled) throw notOffered(quote, disabledReason?.message ?? '')
  return priceOf(quote)
}

/** A preview is nobody's, so that Wise may show its balance as closed; what it would cost stands there all the same. */
export const previewPrice = (preview: Priced): Price => priceOf(preview)

const priceOf = (quote: Priced): Price => {
  const blocked = said(quote, 'BLOCKED')
  if (blocked.length > 0) throw isBlocked(blocked.join('; '))
  const { sourceAmount, targetAmount, fee } = balanceOption(quote)
  return {
    source: sourceAmount,
    fee: fee.total,
    target: targetAmount,
    rate: quote.rate,
    sourceCurrency: quote.sourceCurrency,
    targetCurrency: quote.targetCurrency,
    expiresAt: expiresAt(quote),
    warnings: said(quote, 'WARNING'),
  }
}

const balanceOption = (quote: Priced): Priced['paymentOptions'][number] => {
  const option = quote.paymentOptions.find(({ payIn, payOut }) => payIn === 'BALANCE' && payOut === quote.payOut)
  if (!option) throw notOffered(quote, '')
  return option
}

const said = ({ notices }: Priced, type: string): string[] =>
  (notices ?? []).flatMap((notice) => (notice.type === type ? [notice.text] : []))

const isBlocked = (words: string) =>
  rejected(
    'wise_quote_blocked',
    words.slice(0, 300) || 'Wise blocks this payment without a word',
    'Wise does not let this be paid: see its words, and settle it with Wise before it is asked for again.',
  )

const notOffered = ({ sourceCurrency, targetCurrency }: Priced, words: string) =>
  rejected(
    'wise_balance_not_offered',
    words.slice(0, 300) || `Wise offers no payment from the balance from ${sourceCurrency} to ${targetCurrency}`,
    `Open a ${sourceCurrency} balance on wise.com and put money into it, or pay from another currency; then ask for it again.`,
  )
