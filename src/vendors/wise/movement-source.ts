import { z } from 'zod'
import { rejected } from '../../core/failure'
import type { Source } from '../../core/flow'
import { Movement, movementKey } from './movements'
import { readOwnTransfer } from './own-transfers'
import { PaymentNote, readPaymentNote } from './statements'

/**
 * A movement of a balance; `ours` = of a transfer of this profile, and so part of that transfer's story. `note` = what the payer
 * wrote, of money that somebody else sent; null = not to be had.
 */
export const KnownMovement = Movement.extend({ ours: z.boolean(), note: PaymentNote.nullable() })
export type KnownMovement = z.infer<typeof KnownMovement>

const unreadable = () =>
  rejected(
    'wise_movement_unreadable',
    'Wise told of a movement of money without its time, or in another form than it documents',
    'See the stored record and the activity on wise.com; book the movement in Wave by hand, then ignore this record.',
  )

/** Money goes back to cards, and between balances, without anybody paying us. */
const isReceipt = ({ direction, channel }: Movement): boolean =>
  direction === 'credit' && !['CARD', 'CONVERSION'].includes(channel.toUpperCase())

/**
 * Movements as the events have told them: Wise shows none again, and lists none without strong authentication. One read where a
 * transfer is named, because a credit may be of somebody else's; and one of the statement where somebody has paid us.
 */
export const movements: Source<KnownMovement> = {
  vendor: 'wise',
  type: 'balance-movement',
  record: KnownMovement,
  async read(api, _, told = []) {
    if (told.length === 0) return null
    const movement = Movement.safeParse(told[0]).data
    if (!movement) throw unreadable()
    const ours = movement.transfer !== null && (await readOwnTransfer(api, movement.transfer)) !== null
    return { ...movement, ours, note: !ours && isReceipt(movement) ? await readPaymentNote(api, movement) : null }
  },
  changes: async (_, cursor) => ({ items: [], next: cursor ?? '', done: true }),
  version: () => '',
  number: (movement) => movement.reference || movementKey(movement),
  date: ({ at }) => new Date(at).toISOString().slice(0, 10),
}
