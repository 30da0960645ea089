import type { Flow } from '../../core/flow'
import { type TransactionDraft, transactions } from '../../vendors/wave/transactions'
import { creditsOf, type TransferStory, transferStories } from '../../vendors/wise/transfer-story'
import { BANK_FEED } from './balances'
import { figuresOfTransfer } from './figures'
import { Settings } from './settings'
import { Bookings, isUntouched, STAGES, variantOf } from './transfer-bookings'
import { paidOf } from './transfer-money'

/**
 * What a transfer does to the balance becomes entries in Wave, which can be neither changed nor taken back: one when the money leaves,
 * and one for each time that money comes back, by the movement that brought it. With a pending account the first one stands there, is
 * reversed when the transfer is sent, and is booked for good. Whatever order it is told in, the accounts end the same.
 */
export const transferToTransaction: Flow<TransferStory, TransactionDraft, Settings> = {
  name: 'wave-wise/transfer-to-transaction',
  source: transferStories,
  target: transactions,
  settings: Settings,

  skip(story, { bankFeed }) {
    if (bankFeed) return BANK_FEED
    return isUntouched(story) ? `${story.transfer.status}: nothing has left a balance for it` : undefined
  },

  parts: (story) => (isUntouched(story) ? [] : [...STAGES, ...creditsOf(story).map(variantOf)]),

  fingerprint(story, part) {
    const credit = creditsOf(story).find((one) => variantOf(one) === part)
    if (credit) return { amount: credit.amount, currency: credit.currency, balance: credit.balance }
    const { amount, converted, currency } = paidOf(story) ?? {}
    return { amount, converted, currency }
  },

  figures: figuresOfTransfer,

  map: (story, settings, lookups) => new Bookings(story, settings, lookups).all(),
}
