import { type Decimal, show } from '../../lib/money'
import type { Movement } from '../../vendors/wise/movements'
import { failureWords, type TransferStory } from '../../vendors/wise/transfer-story'

/** Wave shows a transaction by these words only, so they hold the id that leads back to Wise. */
export const describe = ({ transfer }: TransferStory, what: string): string =>
  [`Wise transfer ${transfer.id}`, what, transfer.reference].filter(Boolean).join(' · ')

/** What the recipient gets, and at which rate. */
export const priceNote = ({ transfer }: TransferStory): string => {
  const gets = `${show(transfer.targetValue)} ${transfer.targetCurrency}`
  return transfer.rate == null ? gets : `${gets} at a rate of ${transfer.rate}`
}

const ENDS = new Map([
  ['bounced_back', 'the payment bounced'],
  ['cancelled', 'the transfer was cancelled'],
  ['charged_back', 'the payment was charged back'],
  ['funds_refunded', 'the payment was refunded'],
])

/** Why it came back, in the words of Wise where it has said any. */
export const returnNote = (story: TransferStory, { amount, currency }: Movement, paid: Decimal | undefined): string => {
  const { status } = story.transfer
  const of = paid === undefined || paid === amount ? '' : ` of ${show(paid)} ${story.transfer.sourceCurrency}`
  const why = [ENDS.get(status) ?? `state ${status}`, failureWords(story)].filter(Boolean).join(': ')
  return `${show(amount)} ${currency}${of} came back; ${why}`
}
