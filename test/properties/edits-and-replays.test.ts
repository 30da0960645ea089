import { it } from 'vitest'
import * as a from './commands'
import { holdsAfter } from './holds'
import { TIMEOUT } from './runs'

it(
  'edits, new mappings, replays and pauses, through faults and in the middle of work: all is kept, history is not restated',
  () =>
    holdsAfter(
      30,
      { weight: 2, arbitrary: a.draft },
      { weight: 3, arbitrary: a.approve },
      { weight: 3, arbitrary: a.deliver },
      { weight: 3, arbitrary: a.edit },
      { weight: 1, arbitrary: a.rename },
      { weight: 1, arbitrary: a.poll },
      { weight: 2, arbitrary: a.remap },
      { weight: 3, arbitrary: a.replay },
      { weight: 1, arbitrary: a.pause },
      { weight: 1, arbitrary: a.resume },
      { weight: 2, arbitrary: a.fault },
      { weight: 3, arbitrary: a.settled },
      { weight: 2, arbitrary: a.meanwhile(a.edit, a.deliver, a.replay, a.remap, a.poll) },
    ),
  TIMEOUT,
)
