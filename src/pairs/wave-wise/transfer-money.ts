import { rejected } from '../../core/failure'
import { atMost, type Decimal, isZero, subtract } from '../../lib/money'
import type { TransactionLine } from '../../vendors/wave/transactions'
import type { Movement } from '../../vendors/wise/movements'
import { debitOf, type TransferStory } from '../../vendors/wise/transfer-story'
import type { Settings } from './settings'

/** What a transfer took from the balance: decimal text in `currency`. */
export interface Paid {
  /** All of it. */
  amount: Decimal
  /** What is on its way to the recipient. */
  converted: Decimal
  fee: Decimal
  currency: string
  /** Ms since 1970. */
  at: number
}

/** Undefined while nothing has left the balance. The fee is what was taken beyond what is converted. */
export const paidOf = (story: TransferStory): Paid | undefined => {
  const debit = debitOf(story)
  if (!debit) return undefined
  const { sourceValue, sourceCurrency, id } = story.transfer
  if (debit.currency !== sourceCurrency || !atMost(sourceValue, debit.amount))
    throw rejected(
      'wise_debit_differs',
      `transfer ${id} converts ${sourceValue} ${sourceCurrency}, and the balance was debited by ${debit.amount} ${debit.currency}`,
      'See on wise.com what happened; book the transfer in Wave by hand, then ignore this record.',
    )
  return { ...debit, converted: sourceValue, fee: subtract(debit.amount, sourceValue) }
}

type Side = TransactionLine['side']

const line = (account: string, amount: Decimal, side: Side, description: string): TransactionLine[] =>
  isZero(amount) ? [] : [{ account, amount, side, description }]

/** Everything of a payment, on one side: the way there is a debit, the way back a credit. */
export const paymentLines = ({ converted, fee }: Paid, account: string, { feeAccount }: Settings, side: Side) => [
  ...line(account, converted, side, 'Payment'),
  ...line(feeAccount, fee, side, 'Wise fee'),
]

/**
 * Money that came back settles what was on its way first, and then the fee. Less than that leaves the rest where it was booked, for
 * a person to see; more is not understood. In another currency nothing can be compared.
 */
export const returnLines = (
  paid: Paid | undefined,
  { amount, currency }: Movement,
  account: string,
  { feeAccount }: Settings,
): TransactionLine[] => {
  if (!paid || currency !== paid.currency || atMost(amount, paid.converted))
    return line(account, amount, 'credit', 'Returned')
  const fee = subtract(amount, paid.converted)
  if (!atMost(fee, paid.fee)) throw tooMuch(paid, amount)
  return [
    ...line(account, paid.converted, 'credit', 'Returned'),
    ...line(feeAccount, fee, 'credit', 'Wise fee returned'),
  ]
}

const tooMuch = (paid: Paid, amount: Decimal) =>
  rejected(
    'wise_refund_exceeds_payment',
    `${amount} ${paid.currency} came back of a transfer that had cost ${paid.amount}`,
    'See on wise.com what happened; book the money in Wave by hand, then ignore this record.',
  )
