import { z } from 'zod'
import type { Source } from '../../core/flow'
import { instant } from '../../lib/dates'
import { add, type Decimal } from '../../lib/money'
import { Payment, readPayments } from './funding'
import { type Movement, movementKey } from './movements'
import { readOwnTransfer } from './own-transfers'
import { TransferTold } from './tidings'
import { transfers } from './transfer-list'
import { createdAt, TransferShape } from './transfer-reads'
import { progressOf } from './transfer-states'

/** A transfer as Wise shows it now, what was paid into it, and what its events have told that nothing shows. */
export const TransferStory = z.lazy(() =>
  z.object({
    transfer: TransferShape,
    payments: z.array(Payment),
    told: z.array(TransferTold),
  }),
)
export type TransferStory = z.infer<typeof TransferStory>

const { deleted: _, ...listed } = transfers

/** Two reads; one while it waits for its money. */
export const transferStories: Source<TransferStory> = {
  ...listed,
  record: TransferStory,
  async read(api, id, told = []) {
    const transfer = await readOwnTransfer(api, id)
    if (!transfer) return null
    const payments = progressOf(transfer.status) === 'waiting' ? [] : await readPayments(api, id)
    return { transfer, payments, told: z.array(TransferTold).parse(told) }
  },
  version: ({ transfer }) => transfers.version(transfer),
  number: ({ transfer }) => transfer.id,
  state: (story) => [story.transfer.status, failureWords(story), casesOf(story).join(', ')].filter(Boolean).join(': '),
  date: ({ transfer }) => transfers.date(transfer),
  row: ({ transfer }) => transfers.row?.(transfer) ?? '',
}

/** Money that left the balance for a transfer: decimal text, ms since 1970. */
export interface Debit {
  amount: Decimal
  currency: string
  at: number
}

/** Undefined while nothing has left the balance, also where the money came from elsewhere. */
export const debitOf = (story: TransferStory): Debit | undefined => toldDebit(story) ?? shownDebit(story)

const toldDebit = (story: TransferStory): Debit | undefined => {
  const debits = movementsOf(story, 'debit')
  const [first] = debits
  return first && { amount: add(...debits.map(({ amount }) => amount)), currency: first.currency, at: first.at }
}

/** Where the event was lost: the payment that Wise shows. */
const shownDebit = ({ transfer, payments }: TransferStory): Debit | undefined => {
  const own = payments.filter(({ method, amount }) => method === 'BALANCE' && amount != null)
  const [first] = own
  if (!first) return undefined
  const at = first.timeCreated ? instant(first.timeCreated) : createdAt(transfer)
  return {
    amount: add(...own.map(({ amount }) => amount ?? '0')),
    currency: first.currency ?? transfer.sourceCurrency,
    at,
  }
}

/** Money that came back, each time once: by the movement, and not by the state or the refund event that tell of it too (sheet 11). */
export const creditsOf = (story: TransferStory): Movement[] => movementsOf(story, 'credit')

const movementsOf = ({ told }: TransferStory, direction: Movement['direction']): Movement[] => {
  const moved = told.flatMap((one) =>
    one.kind === 'movement' && one.movement.direction === direction ? [one.movement] : [],
  )
  return [...new Map(moved.map((movement) => [movementKey(movement), movement])).values()]
}

/** Why the recipient did not get it, in the words of Wise; '' where it was not said. */
export const failureWords = ({ told }: TransferStory): string =>
  told.flatMap((one) => (one.kind === 'payout failure' ? [one.words] : [])).at(-1) ?? ''

/** What Wise has asked last and nobody has answered. */
export const casesOf = ({ told }: TransferStory): string[] =>
  told.flatMap((one) => (one.kind === 'cases' ? [one.cases] : [])).at(-1) ?? []
