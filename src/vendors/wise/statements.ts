import { z } from 'zod'
import { Failed } from '../../core/failure'
import type { ReadApi } from '../../core/vendor'
import { now } from '../../lib/clock'
import { same } from '../../lib/money'
import { get } from './client'
import type { Movement } from './movements'
import { currency, decimal, text } from './shapes'

const Line = z.lazy(() =>
  z.object({
    /** Negative for debits, unlike in the webhook (sheet 11). */
    amount: z.object({ value: decimal, currency }),
    details: z.object({ description: text, paymentReference: text }),
    referenceNumber: text,
  }),
)
const Statement = z.object({ transactions: z.array(Line) })

/** What the payer wrote, and how Wise names the payment. */
export const PaymentNote = z.lazy(() => z.object({ reference: z.string(), words: z.string() }))
export type PaymentNote = z.infer<typeof PaymentNote>

/** The statement has its own clock. */
const AROUND_MS = 3_600_000
/** It may lag behind the event by minutes (sheet 11); after this it is taken for one that never comes. */
const LAG_MS = 15 * 60_000

/** What a statement says of money that came. Null = none can be had: strong authentication, a missing right, or Wise does not list it. */
export const readPaymentNote = async (api: ReadApi, movement: Movement): Promise<PaymentNote | null> => {
  const line = await readLine(api, movement)
  if (line) return { reference: line.details.paymentReference, words: line.details.description }
  if (line === undefined && now() - movement.at < LAG_MS) throw notListedYet(movement)
  return null
}

/** Undefined = not listed; null = Wise does not let us look. */
const readLine = async (api: ReadApi, movement: Movement): Promise<z.infer<typeof Line> | undefined | null> => {
  const { balance, currency, at } = movement
  const [intervalStart, intervalEnd] = [at - AROUND_MS, at + AROUND_MS].map((ms) => new Date(ms).toISOString())
  const route = '/profiles/{profile}/balance-statements/{balance}/statement.json'
  const query = { currency, intervalStart: intervalStart ?? '', intervalEnd: intervalEnd ?? '', type: 'COMPACT' }
  try {
    const { transactions } = await api.read(get('v1', route, { profile: api.account, balance }, query), Statement)
    return transactions.find((line) => isOf(line, movement))
  } catch (thrown) {
    if (thrown instanceof Failed && thrown.failure.kind === 'rejected') return null
    throw thrown
  }
}

/** A bare transfer id in the event is `TRANSFER-<id>` here. */
const isOf = (
  { amount, referenceNumber }: z.infer<typeof Line>,
  { reference, transfer, ...moved }: Movement,
): boolean =>
  referenceNumber === (transfer === null ? reference : `TRANSFER-${transfer}`) &&
  amount.currency === moved.currency &&
  same(amount.value, moved.amount)

const notListedYet = ({ reference }: Movement): Failed =>
  new Failed({
    kind: 'transient',
    code: 'wise_statement_late',
    message: `the statement does not show ${reference} yet`,
    remedy: 'Nothing to do: it is looked at again, for a quarter of an hour at most.',
  })
