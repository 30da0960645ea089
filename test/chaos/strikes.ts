import type { z } from 'zod'
import type { Fault as WorldFault } from '../sandbox/faults'
import type { Cell } from './cell'
import type { Side } from './scene'

type Strike = Omit<z.input<typeof WorldFault>, 'vendor'>

export const hit = (cell: Cell, side: Side, strike: Strike): Promise<void> =>
  cell.play.office.world.fault({ vendor: side.vendor, skip: cell.random.between(0, 3), ...strike })

/** Of the strikes, this many are for the target's writes; the rest for any call of either side. */
const ON_WRITES = 0.6

/** A strike for each so many records, on calls that chance picks; the first on the first write there is. */
export const sprinkle = async (cell: Cell, share: number, strike: (cell: Cell) => Strike): Promise<void> => {
  const { random, records, scene } = cell
  const { source, target } = scene
  const writes = target.writes ?? {}
  const count = Math.max(3, Math.round(records * share))
  await hit(cell, target, { ...writes, skip: 0, ...strike(cell) })
  for (let n = 1; n < count; n += 1) {
    const skip = random.between(0, records)
    if (random.chance(ON_WRITES)) await hit(cell, target, { ...writes, skip, ...strike(cell) })
    else await hit(cell, random.pick([source, target]), { skip, ...strike(cell) })
  }
}
