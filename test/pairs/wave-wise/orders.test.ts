import { describe, expect, it } from 'vitest'
import { Failed } from '../../../src/core/failure'
import { canonical } from '../../../src/lib/json'
import { add, negate } from '../../../src/lib/money'
import type { Settings } from '../../../src/pairs/wave-wise/settings'
import { transferToTransaction as flow } from '../../../src/pairs/wave-wise/transfer-to-transaction'
import { sidesOf, type TransactionDraft } from '../../../src/vendors/wave/transactions'
import type { TransferTold } from '../../../src/vendors/wise/tidings'
import { at, failed, keyOf, lookups, moved, returned, settings, story } from './samples'

/** What happens at Wise, in its order: a state that a reading shows from then on, or only an event. */
type Happening = { status?: string; told: TransferTold }

const state = (to: string, day: string): Happening => ({
  status: to,
  told: { kind: 'state', transfer: '47500002', at: at(day), from: '', to },
})
const PAID: Happening[] = [state('processing', '2T15:20:00'), { told: moved() }, state('funds_converted', '2T15:30:00')]
const refunded = (amount = '1000'): Happening[] => [
  state('funds_refunded', '5T08:59:00'),
  { told: { kind: 'refund', transfer: '47500002', at: at('5T08:59:30'), amount, currency: 'USD' } },
  { told: returned({ amount }) },
]
const SENT = state('outgoing_payment_sent', '3T09:00:00')
const BOUNCED = state('bounced_back', '4T09:00:00')

const STORIES: Record<string, { events: Happening[]; left: Record<string, string> }> = {
  sent: { events: [...PAID, SENT], left: { 'wise-usd': '-1000', payouts: '994.85', fees: '5.15' } },
  'sent, bounced and sent again': {
    events: [...PAID, SENT, BOUNCED, state('outgoing_payment_sent', '4T12:00:00')],
    left: { 'wise-usd': '-1000', payouts: '994.85', fees: '5.15' },
  },
  'sent, bounced and refunded': { events: [...PAID, SENT, { told: failed() }, BOUNCED, ...refunded()], left: {} },
  'bounced and refunded': { events: [...PAID, { told: failed() }, BOUNCED, ...refunded()], left: {} },
  'cancelled and refunded': {
    events: [...PAID.slice(0, 2), state('cancelled', '2T16:00:00'), ...refunded()],
    left: {},
  },
  'refunded while a late reading still shows it as sent': {
    events: [...PAID, BOUNCED, { told: returned() }, SENT, ...refunded()],
    left: {},
  },
  'charged back': {
    events: [...PAID, SENT, state('charged_back', '4T09:00:00'), { told: returned() }],
    left: {},
  },
}

/** The same for the same seed, so that a failure can be seen again. */
const dice = (seed: number) => () => {
  seed = (seed * 1_664_525 + 1_013_904_223) % 2 ** 32
  return seed / 2 ** 32
}

const shuffled = <T>(list: T[], random: () => number): T[] => {
  const deck = [...list]
  for (let n = deck.length - 1; n > 0; n -= 1) {
    const other = Math.floor(random() * (n + 1))
    const [a, b] = [deck[n], deck[other]]
    if (a !== undefined && b !== undefined) [deck[n], deck[other]] = [b, a]
  }
  return deck
}

/** Wave and the links of the engine: an entry is made once and never changed. */
const openBooks = () => {
  const entries = new Map<string, { print: string; draft: TransactionDraft }>()
  return {
    entries,
    write(variant: string, print: string, draft: TransactionDraft) {
      const known = entries.get(variant)
      expect(known?.print ?? print).toBe(print)
      const { debit, credit } = sidesOf(draft)
      expect(debit).toBe(credit)
      if (!known) entries.set(variant, { print, draft })
    },
    balances() {
      const all: Record<string, string> = {}
      const post = (account: string, amount: string, side: string) => {
        all[account] = add(all[account] ?? '0', side === 'debit' ? amount : negate(amount))
      }
      for (const { draft } of entries.values()) {
        post(draft.anchor.account, draft.anchor.amount, draft.anchor.direction === 'deposit' ? 'debit' : 'credit')
        for (const line of draft.lines) post(line.account, line.amount, line.side)
      }
      return Object.fromEntries(Object.entries(all).filter(([, amount]) => amount !== '0'))
    },
  }
}
type Books = ReturnType<typeof openBooks>

/** One run of the flow, as the engine does it. Answers whether it came to an end. */
const carry = (books: Books, given: Settings, status: string, told: TransferTold[]): boolean => {
  const known = [...new Map(told.map((one) => [keyOf(one), one])).entries()].sort(([a], [b]) => (a < b ? -1 : 1))
  const payments = status === 'incoming_payment_waiting' ? [] : story(status).payments
  const record = story(
    status,
    known.map(([, one]) => one),
    { payments },
  )
  if (flow.skip?.(record, given, lookups()) !== undefined) return true
  try {
    const result = flow.map(record, given, lookups({ variants: [...books.entries.keys()] }))
    if (!Array.isArray(result)) throw new Error(result.code)
    for (const { variant, draft } of result) {
      expect(flow.parts?.(record)).toContain(variant)
      books.write(variant, canonical(flow.fingerprint(record, variant)), draft)
    }
    return true
  } catch (thrown) {
    if (thrown instanceof Failed && thrown.failure.kind === 'transient') return false
    throw thrown
  }
}

const permutations = <T>(list: T[]): T[][] =>
  list.length < 2
    ? [list]
    : list.flatMap((one, n) => permutations([...list.slice(0, n), ...list.slice(n + 1)]).map((rest) => [one, ...rest]))

/** What decides about the books, without what only accompanies it. */
const SENT_BOUNCED_REFUNDED: Happening[] = [
  { status: 'processing', told: moved() },
  SENT,
  BOUNCED,
  state('funds_refunded', '5T08:59:00'),
  { told: { kind: 'refund', transfer: '47500002', at: at('5T08:59:30'), amount: '1000', currency: 'USD' } },
  { told: returned() },
]

/** In this order; a reading shows as much as was told (`late` = all that will ever be). The last one is told twice. */
const playInOrder = (order: Happening[], given: Settings, late: boolean): Books => {
  const books = openBooks()
  const events = SENT_BOUNCED_REFUNDED
  const told: TransferTold[] = []
  let reached = 0
  for (const event of [...order, ...order.slice(-1)]) {
    told.push(event.told)
    reached = late ? events.length - 1 : Math.max(reached, events.indexOf(event))
    carry(books, given, statusAt(events, reached), told)
  }
  expect(carry(books, given, statusAt(events, events.length - 1), told)).toBe(true)
  return books
}

/** Events in any order, some twice; a reading shows at least what was told, and perhaps what will be told later. */
const play = (events: Happening[], given: Settings, random: () => number): Books => {
  const books = openBooks()
  const deck = shuffled([...events, ...events.filter(() => random() < 0.3)], random)
  const told: TransferTold[] = []
  let reached = 0
  for (const event of deck) {
    told.push(event.told)
    const least = Math.max(reached, events.indexOf(event))
    reached = least + Math.floor(random() * (events.length - least))
    carry(books, given, statusAt(events, reached), told)
  }
  expect(carry(books, given, statusAt(events, events.length - 1), told)).toBe(true)
  return books
}

const statusAt = (events: Happening[], index: number): string =>
  events
    .slice(0, index + 1)
    .flatMap(({ status }) => status ?? [])
    .at(-1) ?? 'incoming_payment_waiting'

describe.each([
  ['booked once', settings()],
  ['pending first', settings({ pendingAccount: 'pending' })],
])('a transfer, %s', (_, given) => {
  it.each(Object.entries(STORIES))(
    'that is %s leaves the same accounts, whatever order its events come in',
    (__, one) => {
      for (let seed = 1; seed <= 100; seed += 1) {
        const books = play(one.events, given, dice(seed))
        expect([seed, books.balances()]).toEqual([seed, one.left])
      }
    },
  )

  it.each([
    ['at once', false],
    ['with every reading', true],
  ])('that is sent, bounced and refunded leaves nothing in each of all orders, its end being seen %s', (___, late) => {
    for (const order of permutations(SENT_BOUNCED_REFUNDED)) {
      const books = playInOrder(order, given, late)
      expect([order.map(({ told }) => told.kind), books.balances()]).toEqual([order.map(({ told }) => told.kind), {}])
    }
  })
})
