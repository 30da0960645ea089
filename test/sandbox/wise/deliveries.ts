import type { Subscription } from './hooks'
import { type Book, save } from './model'
import { queue } from './sending'
import { fineStamp, stamp } from './stamps'

type Data = (version: string) => object

/** A partner's application hears of the profiles of users who gave it access. */
const reaches = (book: Book, { scope }: Subscription, profile: number): boolean => {
  if (scope.domain === 'profile') return scope.id === String(profile)
  const client = book.clients.all().find(({ key }) => key === scope.id)
  const user = book.profiles.get(String(profile))?.user
  return book.grants
    .all()
    .some((grant) => grant.kind === 'refresh' && grant.client === client?.id && grant.user === user)
}

/** In events this one is spelt differently from its subscription (sheet 11, sample). */
const SPELLING: Record<string, string> = { 'balances#account-state-change': 'balances#account-state-changed' }

/** Compact JSON, keys in the order of all signed captures (sheet 11). */
export const envelope = (book: Book, of: Pick<Subscription, 'id' | 'event' | 'version'>, data: object): string => {
  const now = book.world.now()
  return JSON.stringify({
    data,
    subscription_id: of.id,
    event_type: SPELLING[of.event] ?? of.event,
    schema_version: of.version,
    sent_at: Number(of.version.split('.')[0]) >= 4 ? fineStamp(now) : stamp(now),
  })
}

const EMPTY = '00000000-0000-0000-0000-000000000000'

/** One for each subscription; `webhooks.copies` repeats each, with the same delivery id or a new one. */
export const announce = (book: Book, event: string, profile: number, data: Data): void => {
  const { world } = book
  if (world.switched('webhooks.lost', false)) return
  for (const subscription of book.subscriptions.all())
    if (subscription.event === event && reaches(book, subscription, profile)) {
      const body = envelope(book, subscription, data(subscription.version))
      const deliveryId = crypto.randomUUID()
      for (let copy = 0; copy < world.switched('webhooks.copies', 1); copy += 1) {
        const fresh = copy > 0 && world.switched<string>('webhooks.copyIds', 'same') === 'new'
        put(book, subscription, { body, deliveryId: fresh ? crypto.randomUUID() : deliveryId, test: false })
      }
    }
}

const put = (book: Book, of: Subscription, what: { body: string; deliveryId: string; test: boolean }): void =>
  queue(
    book,
    save(book.notifications, {
      id: crypto.randomUUID(),
      subscription: of.id,
      event: of.event,
      url: of.url,
      attempts: [],
      dueAt: book.world.now() + book.world.switched('webhooks.delayMs', 0),
      state: 'waiting',
      ...what,
    }),
  )

const TRANSFER = { id: 0, profile_id: 0, account_id: 0, type: 'transfer' }
const ACCOUNT = { id: 0, profile_id: 0, type: 'balance-account' }

/** Ids 0, amount 0.01; the fields of the second list are documented but missing in production's tests (sheet 11). */
const TESTS: Record<string, { sent: object; missing: object }> = {
  'transfers#state-change': {
    sent: { resource: TRANSFER, current_state: 'processing', previous_state: 'incoming_payment_waiting' },
    missing: {},
  },
  'transfers#payout-failure': {
    sent: { transfer_id: 0, profile_id: 0, failure_reason_code: 'WRONG_ID_NUMBER' },
    missing: { failure_description: 'Test' },
  },
  'transfers#refund': {
    sent: { resource: { ...TRANSFER, refund_amount: 0.01 } },
    missing: { resource: { ...TRANSFER, refund_amount: 0.01, refund_currency: 'GBP' } },
  },
  'transfers#active-cases': { sent: { resource: TRANSFER }, missing: { active_cases: [] } },
  'balances#update': {
    sent: { resource: ACCOUNT, amount: 0.01, currency: 'GBP', transaction_type: 'credit' },
    missing: { balance_id: 0, channel_name: 'TRANSFER', transfer_reference: 'BNK-0' },
  },
  'balances#credit': {
    sent: { resource: ACCOUNT, amount: 0.01, currency: 'GBP', transaction_type: 'credit' },
    missing: { post_transaction_balance_amount: 0.01 },
  },
  'balances#account-state-change': { sent: { resource: { ...ACCOUNT, state: 'ACTIVE' } }, missing: {} },
  'profiles#verification-state-change': {
    sent: { resource: { id: 0, type: 'profile' }, current_state: 'verified' },
    missing: {},
  },
}

export const testBody = (book: Book, { event, version }: Pick<Subscription, 'event' | 'version'>): string => {
  const { sent, missing } = TESTS[event] ?? { sent: {}, missing: {} }
  const full = book.world.switched<string>('webhooks.testFields', 'missing') === 'all'
  const data = { ...sent, ...(full ? missing : {}), occurred_at: stamp(book.world.now()) }
  return envelope(book, { id: EMPTY, event, version }, data)
}

/** A test notification through the ordinary way, not as the probe of a new subscription. */
export const sendTest = (book: Book, of: Subscription): void =>
  put(book, of, { body: testBody(book, of), deliveryId: crypto.randomUUID(), test: true })
