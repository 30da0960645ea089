import { it } from 'vitest'
import * as a from './commands'
import { holdsAfter } from './holds'
import { TIMEOUT } from './runs'

it(
  'deliveries twice, late, lost or out of order, through faults of the vendors: all is kept',
  () =>
    holdsAfter(
      30,
      { weight: 3, arbitrary: a.draft },
      { weight: 4, arbitrary: a.approve },
      { weight: 4, arbitrary: a.deliver },
      { weight: 1, arbitrary: a.late },
      { weight: 1, arbitrary: a.lose },
      { weight: 1, arbitrary: a.poll },
      { weight: 5, arbitrary: a.fault },
      { weight: 1, arbitrary: a.lag },
      { weight: 2, arbitrary: a.once },
      { weight: 1, arbitrary: a.settled },
    ),
  TIMEOUT,
)
