import { z } from 'zod'
import { rejected } from '../../core/failure'
import type { Source } from '../../core/flow'
import { Movement, movementKey } from './movements'
import { readOwnTransfer } from './own-transfers'

/** A movement of a balance; `ours` = of a transfer of this profile, and so part of that transfer's story. */
export const KnownMovement = Movement.extend({ ours: z.boolean() })
export type KnownMovement = z.infer<typeof KnownMovement>

const unreadable = () =>
  rejected(
    'wise_movement_unreadable',
    'Wise told of a movement of money without its time, or in another form than it documents',
    'See the stored record and the activity on wise.com; book the movement in Wave by hand, then ignore this record.',
  )

/**
 * Movements as the events have told them: Wise shows none again, and lists none without strong authentication. One read where a
 * transfer is named, because a credit may be of somebody else's.
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
    return { ...movement, ours }
  },
  changes: async (_, cursor) => ({ items: [], next: cursor ?? '', done: true }),
  version: () => '',
  number: (movement) => movement.reference || movementKey(movement),
  date: ({ at }) => new Date(at).toISOString().slice(0, 10),
}
