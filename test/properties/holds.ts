import fc from 'fast-check'
import { type Command, opening } from './commands'
import { openPlay } from './play'
import { keepsItsPromises } from './promises'
import { runs } from './runs'

const LONGEST = 10

/** Whatever of these happens, in whatever order, the promises are kept. */
export const holdsAfter = (numRuns: number, ...commands: fc.WeightedArbitrary<Command>[]): Promise<void> =>
  fc.assert(
    fc.asyncProperty(
      opening,
      fc.array(fc.oneof(...commands), { minLength: 2, maxLength: LONGEST, size: 'max' }),
      async (first, sequence) => {
        const play = await openPlay()
        try {
          await play.all([...first, ...sequence])
          await keepsItsPromises(play)
        } finally {
          play.close()
        }
      },
    ),
    runs(numRuns),
  )
