import { it } from 'vitest'
import * as a from './commands'
import { holdsAfter } from './holds'
import { TIMEOUT } from './runs'

it(
  'the object killed at any vendor call, again and again, while invoices are carried and changed: all is kept',
  () =>
    holdsAfter(
      30,
      { weight: 3, arbitrary: a.draft },
      { weight: 4, arbitrary: a.approve },
      { weight: 3, arbitrary: a.deliver },
      { weight: 2, arbitrary: a.edit },
      { weight: 1, arbitrary: a.rename },
      { weight: 1, arbitrary: a.poll },
      { weight: 2, arbitrary: a.fault },
      { weight: 1, arbitrary: a.lag },
      { weight: 1, arbitrary: a.replay },
      { weight: 5, arbitrary: a.kill },
      { weight: 2, arbitrary: a.once },
      { weight: 2, arbitrary: a.settled },
    ),
  TIMEOUT,
)
