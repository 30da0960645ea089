import { Failed, type Failure } from '../../core/failure'
import type { Lookups, Mapped } from '../../core/flow'
import { dateIn } from '../../lib/dates'
import type { TransactionDraft } from '../../vendors/wave/transactions'
import { type Movement, movementKey } from '../../vendors/wise/movements'
import { progressOf } from '../../vendors/wise/transfer-states'
import { creditsOf, type TransferStory } from '../../vendors/wise/transfer-story'
import { bankAccount } from './balances'
import type { Settings } from './settings'
import { type Paid, paidOf, paymentLines, returnLines } from './transfer-money'
import { describe, priceNote, returnNote } from './transfer-words'

export const STAGES = ['paid', 'pending', 'pending-back', 'sent'] as const
type Stage = (typeof STAGES)[number]

const BACK = 'back-'

export const variantOf = (credit: Movement): string => `${BACK}${movementKey(credit)}`

/** Nothing has left a balance, and nothing came back. */
export const isUntouched = (story: TransferStory): boolean =>
  paidOf(story) === undefined && creditsOf(story).length === 0 && !isFromBalance(story)

const isFromBalance = ({ payments }: TransferStory): boolean => payments.some(({ method }) => method === 'BALANCE')

/** Somebody has sent the money to Wise from a bank: that is no movement of a balance. */
const isFromElsewhere = (story: TransferStory): boolean => story.payments.length > 0 && !isFromBalance(story)

/** All entries that one transfer has to have by now, those that stand already among them. */
export class Bookings {
  readonly #story: TransferStory
  readonly #settings: Settings
  readonly #standing: Set<string>
  readonly #zone: string
  readonly #paid: Paid | undefined
  readonly #credits: Movement[]

  constructor(story: TransferStory, settings: Settings, { variants, targetAccount }: Lookups) {
    this.#story = story
    this.#settings = settings
    this.#standing = new Set(variants)
    this.#zone = targetAccount.timeZone ?? ''
    this.#paid = paidOf(story)
    this.#credits = creditsOf(story)
  }

  all(): Mapped<TransactionDraft>[] {
    const untold = this.untold()
    if (untold) throw untold
    return this.known()
  }

  /** What Wise has still to say before all of it can be booked. */
  untold(): Failed | undefined {
    if (!this.#paid) return isFromElsewhere(this.#story) ? undefined : debitNotTold(this.#story)
    return isReturned(this.#story) && !this.#isReturnKnown() ? creditNotTold(this.#story) : undefined
  }

  /** As far as it was told. */
  known(): Mapped<TransactionDraft>[] {
    const paid = this.#paid
    if (!paid) return this.#returned('clearingAccount')
    if (!this.#isStaged()) return [this.#stage('paid', paid), ...this.#returned('payoutAccount')]
    return this.#staged(paid)
  }

  /** What was told is not kept for ever; what was booked by it is. */
  #isReturnKnown(): boolean {
    return this.#credits.length > 0 || [...this.#standing].some((variant) => variant.startsWith(BACK))
  }

  /** What has begun without a pending account ends without, and the other way round. */
  #isStaged(): boolean {
    if (this.#standing.has('pending') || this.#standing.has('sent')) return true
    return this.#settings.pendingAccount !== undefined && !this.#standing.has('paid')
  }

  /** Once money came back that was only pending, it is never booked as sent: a late word of that changes nothing. */
  #staged(paid: Paid): Mapped<TransactionDraft>[] {
    const isSettled = this.#credits.some((credit) => this.#standing.has(variantOf(credit)))
    const isSent = progressOf(this.#story.transfer.status) === 'sent' && !isSettled
    const sent = this.#standing.has('sent') || isSent
    const pending = this.#standing.has('pending') || !sent
    return [
      ...(pending ? [this.#stage('pending', paid)] : []),
      ...(pending && sent ? [this.#stage('pending-back', paid)] : []),
      ...(sent ? [this.#stage('sent', paid)] : []),
      ...this.#returned(sent ? 'payoutAccount' : 'pendingAccount'),
    ]
  }

  #stage(variant: Stage, paid: Paid): Mapped<TransactionDraft> {
    const isPending = variant === 'pending' || variant === 'pending-back'
    const isBack = variant === 'pending-back'
    const lines = paymentLines(
      paid,
      this.#account(isPending ? 'pendingAccount' : 'payoutAccount'),
      this.#settings,
      isBack ? 'credit' : 'debit',
    )
    return {
      variant,
      draft: {
        date: dateIn(this.#zone, paid.at),
        description: describe(this.#story, WORDS[variant]),
        notes: priceNote(this.#story),
        currency: paid.currency,
        anchor: {
          account: bankAccount(this.#settings, paid.currency),
          amount: paid.amount,
          direction: isBack ? 'deposit' : 'withdrawal',
        },
        lines,
      },
    }
  }

  #returned(against: 'payoutAccount' | 'pendingAccount' | 'clearingAccount'): Mapped<TransactionDraft>[] {
    return this.#credits.map((credit) => ({
      variant: variantOf(credit),
      draft: {
        date: dateIn(this.#zone, credit.at),
        description: describe(this.#story, 'returned'),
        notes: returnNote(this.#story, credit, this.#paid?.amount),
        currency: credit.currency,
        anchor: {
          account: bankAccount(this.#settings, credit.currency, credit.balance),
          amount: credit.amount,
          direction: 'deposit',
        },
        lines: returnLines(this.#paid, credit, this.#account(against), this.#settings),
      },
    }))
  }

  #account(name: 'payoutAccount' | 'pendingAccount' | 'clearingAccount'): string {
    const account = this.#settings[name]
    if (account !== undefined) return account
    throw new Failed(pendingAccountMissing(this.#story))
  }
}

const WORDS: Record<Stage, string> = { paid: '', pending: 'pending', 'pending-back': 'no longer pending', sent: 'sent' }

/** The money is back in a balance, whatever it had been. */
const isReturned = ({ transfer }: TransferStory): boolean =>
  ['funds_refunded', 'charged_back'].includes(transfer.status)

const notTold = (code: string, message: string, remedy: string): Failed =>
  new Failed({
    kind: 'transient',
    code,
    message,
    remedy,
  })

const debitNotTold = ({ transfer }: TransferStory): Failed =>
  notTold(
    'wise_debit_not_told',
    `transfer ${transfer.id} was paid from a balance, and Wise has not said how much was taken`,
    'Wise tells of it by a webhook; it is waited for. If it does not come within a day: see the activity on wise.com, book the payment in Wave by hand, then ignore this record.',
  )

const creditNotTold = ({ transfer }: TransferStory): Failed =>
  notTold(
    'wise_refund_not_told',
    `transfer ${transfer.id} is ${transfer.status}, and Wise has not said how much came back to which balance`,
    'Wise tells of it by a webhook; it is waited for. If it does not come within a day: see the activity on wise.com, book what came back in Wave by hand, then ignore this record.',
  )

const pendingAccountMissing = ({ transfer }: TransferStory): Failure => ({
  kind: 'unmapped',
  code: 'unmapped',
  message: `transfer ${transfer.id} was booked as pending, and the setting pendingAccount is gone`,
  remedy: 'Set pendingAccount again until no transfer stands on it, then replay.',
  codes: [{ mapping: 'settings.pendingAccount', code: 'pending', label: 'pending payments' }],
})
