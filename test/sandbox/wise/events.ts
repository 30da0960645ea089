import { number } from './decimal'
import { announce } from './deliveries'
import { type Balance, type Book, type Entry, type Profile, save, type Transfer } from './model'
import { fineStamp, offsetStamp, stamp } from './stamps'

const major = (version: string): number => Number(version.split('.')[0])

/** Since 4.0.0 with milliseconds (sheet 11). */
export const eventStamp = (version: string, at: number): string => (major(version) >= 4 ? fineStamp(at) : stamp(at))

const resourceOf = ({ id, profile, targetAccount }: Transfer) => ({
  id,
  profile_id: profile,
  account_id: targetAccount,
  type: 'transfer',
})

export const stateChanged = (book: Book, transfer: Transfer, previous: string | null, at: number): void =>
  announce(book, 'transfers#state-change', transfer.profile, (version) => ({
    resource: resourceOf(transfer),
    current_state: transfer.status,
    previous_state: previous,
    occurred_at: eventStamp(version, at),
  }))

/** No `resource` in this one, and an odd stamp in the old version (sheet 11). */
export const payoutFailed = (book: Book, transfer: Transfer, failure: { code: string; text: string }, at: number) =>
  announce(book, 'transfers#payout-failure', transfer.profile, (version) => ({
    transfer_id: transfer.id,
    profile_id: transfer.profile,
    failure_reason_code: failure.code,
    failure_description: failure.text,
    occurred_at: version === '2.0.0' ? offsetStamp(at) : eventStamp(version, at),
  }))

export const refunded = (book: Book, transfer: Transfer, amount: string, at: number): void =>
  announce(book, 'transfers#refund', transfer.profile, (version) => ({
    resource: { ...resourceOf(transfer), refund_amount: number(amount), refund_currency: transfer.sourceCurrency },
    occurred_at: eventStamp(version, at),
  }))

/** Without a time of its own (sheet 11). */
export const casesChanged = (book: Book, transfer: Transfer): void =>
  announce(book, 'transfers#active-cases', transfer.profile, () => ({
    resource: resourceOf(transfer),
    active_cases: transfer.cases,
  }))

const CHANNELS: Record<Entry['kind'], string> = {
  TRANSFER: 'TRANSFER',
  DEPOSIT: 'TRANSFER',
  CONVERSION: 'CONVERSION',
  CARD: 'CARD',
}

const accountOf = (book: Book, { profile }: Entry) => ({
  id: book.profiles.get(String(profile))?.account ?? 0,
  profile_id: profile,
  type: 'balance-account',
})

const legacyCredit = (book: Book, entry: Entry): void =>
  announce(book, 'balances#credit', entry.profile, (version) => ({
    resource: accountOf(book, entry),
    amount: number(entry.amount),
    currency: entry.currency,
    post_transaction_balance_amount: number(entry.after),
    occurred_at: eventStamp(version, entry.at),
    transaction_type: 'credit',
  }))

/** The amount is positive in both directions (sheet 11). */
export const balanceChanged = (book: Book, entry: Entry): void => {
  announce(book, 'balances#update', entry.profile, (version) => ({
    resource: accountOf(book, entry),
    amount: number(entry.amount),
    balance_id: entry.balance,
    channel_name: CHANNELS[entry.kind],
    currency: entry.currency,
    occurred_at: eventStamp(version, entry.at),
    ...(major(version) >= 3 ? { post_transaction_balance_amount: number(entry.after), step_id: entry.id } : {}),
    transaction_type: entry.direction,
    transfer_reference: entry.reference,
  }))
  if (entry.direction === 'credit') legacyCredit(book, entry)
}

export const balanceStateChanged = (book: Book, { id, profile, open }: Balance): void =>
  announce(book, 'balances#account-state-change', profile, (version) => ({
    resource: { id, profile_id: profile, state: open ? 'ACTIVE' : 'INACTIVE', type: 'balance-account' },
    occurred_at: eventStamp(version, book.world.now()),
  }))

export const profileVerified = (book: Book, profile: Profile, verified: boolean): void => {
  const { id } = save(book.profiles, { ...profile, verified })
  announce(book, 'profiles#verification-state-change', id, (version) => ({
    resource: { id, type: 'profile' },
    current_state: verified ? 'verified' : 'not_verified',
    occurred_at: eventStamp(version, book.world.now()),
  }))
}
