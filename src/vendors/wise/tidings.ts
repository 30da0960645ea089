import { z } from 'zod'
import type { Tidings } from '../../core/vendor'
import { Movement, movementKey } from './movements'
import type { TransferEvent } from './transfer-events'

const of = { transfer: z.string(), at: z.number() }

/** What was told of one transfer, as it is kept: `at` in ms since 1970, amounts positive decimal text. */
export const TransferTold = z.lazy(() =>
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('state'), ...of, from: z.string(), to: z.string() }),
    z.object({ kind: z.literal('refund'), ...of, amount: z.string(), currency: z.string() }),
    z.object({ kind: z.literal('payout failure'), ...of, code: z.string(), words: z.string() }),
    z.object({ kind: z.literal('cases'), ...of, cases: z.array(z.string()) }),
    z.object({ kind: z.literal('movement'), ...of, movement: Movement }),
  ]),
)
export type TransferTold = z.infer<typeof TransferTold>

/** The time comes first in the key, so that what was told sorts by when it happened, in whatever order it came. */
const keyOf = (at: number, ...rest: string[]): string =>
  [Number.isNaN(at) ? '' : new Date(at).toISOString(), ...rest].join(' ')

export const transferTidings = (event: TransferEvent): Tidings => ({
  key: keyOf(event.at, event.kind, ...whatOf(event)),
  body: event satisfies TransferTold,
})

const whatOf = (event: TransferEvent): string[] => {
  switch (event.kind) {
    case 'state':
      return [event.to]
    case 'refund':
      return [event.amount, event.currency]
    case 'payout failure':
      return [event.code]
    case 'cases':
      return event.cases
  }
}

export const movementTidings = (movement: Movement): Tidings => ({
  key: keyOf(movement.at, 'movement', movementKey(movement)),
  body: { kind: 'movement', transfer: movement.transfer ?? '', at: movement.at, movement } satisfies TransferTold,
})
