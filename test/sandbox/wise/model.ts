import type { Collection } from '../store'
import type { WorldContext } from '../vendor'
import type { Notification, Subscription } from './hooks'
import type { KeyPair } from './key-pair'
import type { Client, Grant, OneTimeToken, Token, User } from './people'

/** Amounts are decimal text everywhere; only answers turn them into JSON numbers. */
export type Decimal = string

export interface Profile {
  id: number
  publicId: string
  user: number
  type: 'PERSONAL' | 'BUSINESS'
  name: string
  /** Where the account is held, ISO 3166 alpha 2: decides about strong customer authentication. */
  country: string
  /** The multi-currency account around the balances: `resource.id` of balance events. */
  account: number
  verified: boolean
  createdAt: number
}

export interface Balance {
  id: number
  profile: number
  currency: string
  amount: Decimal
  open: boolean
  createdAt: number
  modifiedAt: number
}

/** One line of a balance; `id` is the `step_id` of its event. */
export interface Entry {
  id: number
  profile: number
  balance: number
  at: number
  direction: 'credit' | 'debit'
  amount: Decimal
  currency: string
  after: Decimal
  fee: Decimal
  kind: 'TRANSFER' | 'DEPOSIT' | 'CONVERSION' | 'CARD'
  /** As in events: the transfer id as text, or `BNK-…`, `CARD-…`. */
  reference: string
  description: string
  paymentReference: string | null
}

export type PayIn = 'BALANCE' | 'BANK_TRANSFER'

export interface Price {
  payIn: PayIn
  fee: Decimal
  source: Decimal
  target: Decimal
  /** Why this way of paying is closed. */
  closed: string | null
}

export interface Notice {
  text: string
  link: string | null
  type: 'WARNING' | 'INFO' | 'BLOCKED'
}

export interface Quote {
  id: string
  profile: number
  user: number
  sourceCurrency: string
  targetCurrency: string
  provided: 'SOURCE' | 'TARGET'
  amount: Decimal
  payOut: string
  preferredPayIn: string | null
  targetAccount: number | null
  rate: Decimal
  createdAt: number
  rateExpiresAt: number
  expiresAt: number
  prices: Price[]
  notices: Notice[]
  transfer: number | null
  funded: boolean
}

export interface Address {
  country: string
  city: string
  firstLine: string
  postCode: string
  state?: string | undefined
}

export type Outcome = 'SUCCESS' | 'PARTIAL_FAILURE' | 'FAILURE' | 'COULD_NOT_CHECK'

export interface Recipient {
  id: number
  profile: number
  user: number
  name: string
  currency: string
  type: string
  legalType: 'PRIVATE' | 'BUSINESS'
  details: Record<string, string>
  address: Address | null
  ownedByCustomer: boolean
  refund: boolean
  active: boolean
  createdAt: number
  nameCheck: { outcome: Outcome; mustAccept: boolean; acceptedAt: number | null }
}

export interface Transfer {
  id: number
  profile: number
  user: number
  targetAccount: number
  sourceAccount: number | null
  quote: string
  customerTransactionId: string
  status: string
  details: Record<string, string>
  rate: Decimal
  sourceCurrency: string
  /** Converted net amount, without the fee (sheet 5). */
  sourceValue: Decimal
  targetCurrency: string
  targetValue: Decimal
  /** What leaves the balance: the quote's `sourceAmount`. */
  debit: Decimal
  fee: Decimal
  swift: boolean
  createdAt: number
  changedAt: number
  /** The last step that was asked for through the simulation routes. */
  simulated: string | null
  /** Balance that paid; `null` when unfunded or paid by bank transfer. */
  paidFrom: number | null
  cases: string[]
  payinSession: string
  history: { status: string; at: number }[]
}

export interface Payment {
  id: number
  transfer: number
  method: PayIn
  status: 'CREATED' | 'COMPLETED'
  amount: Decimal
  currency: string
  createdAt: number
}

/** Something that happens later, on the world's clock. */
export interface Effect {
  id: string
  dueAt: number
  transfer: number
  does: { kind: 'move'; to: string } | { kind: 'fund' } | { kind: 'fail'; code: string }
}

/** Everything of one world. */
export interface Book {
  world: WorldContext
  users: Collection<User>
  clients: Collection<Client>
  tokens: Collection<Token>
  grants: Collection<Grant>
  oneTimeTokens: Collection<OneTimeToken>
  profiles: Collection<Profile>
  balances: Collection<Balance>
  entries: Collection<Entry>
  quotes: Collection<Quote>
  recipients: Collection<Recipient>
  transfers: Collection<Transfer>
  payments: Collection<Payment>
  effects: Collection<Effect>
  subscriptions: Collection<Subscription>
  notifications: Collection<Notification>
  /** Answers of calls with `X-idempotence-uuid`, by that header. */
  repeated: Collection<unknown>
  /** Rates that were set by hand, by `USD-EUR`. */
  rates: Collection<Decimal>
  keys: Collection<KeyPair>
  next(counter: keyof typeof FIRST): number
}

/** Numbers of different kinds never look alike, so that a mixed-up id is not found. */
const FIRST = {
  user: 5_100_001,
  profile: 61_000_001,
  account: 33_000_001,
  balance: 210_001,
  entry: 8_400_001,
  recipient: 702_000_001,
  transfer: 903_000_001,
  payment: 12_500_001,
}

export const openBook = (world: WorldContext): Book => {
  const kept = <T>(kind: string): Collection<T> => world.store.collection<T>(kind)
  return {
    world,
    users: kept('user'),
    clients: kept('client'),
    tokens: kept('token'),
    grants: kept('grant'),
    oneTimeTokens: kept('one-time-token'),
    profiles: kept('profile'),
    balances: kept('balance'),
    entries: kept('entry'),
    quotes: kept('quote'),
    recipients: kept('recipient'),
    transfers: kept('transfer'),
    payments: kept('payment'),
    effects: kept('effect'),
    subscriptions: kept('subscription'),
    notifications: kept('notification'),
    repeated: kept('repeated'),
    rates: kept('rate'),
    keys: kept('key'),
    next: (counter) => world.store.next(counter, FIRST[counter]),
  }
}

export const save = <T extends { id: number | string }>(kept: Collection<T>, document: T): T =>
  kept.put(String(document.id), document)

/** For what the simulator itself must have; a miss is a mistake of the test or of ours. */
export const must = <T>(found: T | undefined, what: string): T => {
  if (found === undefined) throw new Error(`Wise simulator: no ${what}`)
  return found
}
