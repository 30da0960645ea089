import type { Flow } from '../../core/flow'
import { dateIn } from '../../lib/dates'
import { show } from '../../lib/money'
import { type TransactionDraft, transactions } from '../../vendors/wave/transactions'
import { type KnownMovement, movements } from '../../vendors/wise/movement-source'
import { movementKey } from '../../vendors/wise/movements'
import { BANK_FEED, bankAccount } from './balances'
import { figuresOfMovement } from './figures'
import { ruleFor } from './rules'
import { Settings } from './settings'

const VARIANT = 'movement'
const RECEIPTS = 'wave-wise/receipt-to-payment'

/** Movements of a balance that no transfer of this profile stands for: cards, receipts, conversions, charges. Booked by rules, else for a person to sort. */
export const balanceToTransaction: Flow<KnownMovement, TransactionDraft, Settings> = {
  name: 'wave-wise/balance-to-transaction',
  source: movements,
  target: transactions,
  settings: Settings,
  shares: { with: RECEIPTS, isFirst: false },

  skip(movement, { bankFeed }) {
    if (bankFeed) return BANK_FEED
    return movement.ours ? `of transfer ${movement.transfer}: booked with it` : undefined
  },

  fingerprint: ({ balance, direction, amount, currency }) => ({ balance, direction, amount, currency }),

  figures(movement, settings, { linked, targetAccount }) {
    const isPayment = linked({ flow: RECEIPTS, sourceId: movementKey(movement), variant: 'payment' }) !== undefined
    const draft = () => draftOf(movement, settings, targetAccount.timeZone ?? '')
    return isPayment ? [] : figuresOfMovement(VARIANT, movement.currency, draft)
  },

  map: (movement, settings, { targetAccount }) => [
    { variant: VARIANT, draft: draftOf(movement, settings, targetAccount.timeZone ?? '') },
  ],
}

const draftOf = (movement: KnownMovement, settings: Settings, zone: string): TransactionDraft => {
  const { amount, currency, balance, direction, at } = movement
  const isCredit = direction === 'credit'
  return {
    date: dateIn(zone, at),
    description: [`Wise ${isCredit ? 'received' : 'paid'}`, movement.reference, movement.note?.reference]
      .filter(Boolean)
      .join(' · '),
    notes: notesOf(movement),
    currency,
    anchor: {
      account: bankAccount(settings, currency, balance),
      amount,
      direction: isCredit ? 'deposit' : 'withdrawal',
    },
    lines: [
      {
        account: accountOf(movement, settings),
        amount,
        side: isCredit ? 'credit' : 'debit',
        description: movement.channel,
      },
    ],
  }
}

const notesOf = ({ channel, after, currency, step, note }: KnownMovement): string =>
  [note?.words, channel, after === null ? '' : `${show(after)} ${currency} after it`, step && `step ${step}`]
    .filter(Boolean)
    .join(' · ')

/** As Wise names the channel of money that goes from one balance to another. */
const CONVERSION = 'CONVERSION'

const accountOf = (movement: KnownMovement, settings: Settings): string =>
  ruleFor(settings, movement)?.account ??
  (movement.channel === CONVERSION ? settings.fxAccount : settings.clearingAccount)
