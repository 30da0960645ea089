import type { Alert } from '../core/audit'
import { now } from '../lib/clock'

const CAUSE = 'dead-letters'

/** Messages that nobody could take: one alert, however many there are. */
export const deadLetters = (queue: string, reason: string): Alert => ({
  cause: CAUSE,
  kind: 'dead_letter',
  integration: '',
  text: `a message of queue ${queue} could not be handed over: ${reason}`,
  remedy:
    'List the dead letters (GET /v1/dead-letters) and replay each one; polling finds most of what they told of anyway.',
  at: now(),
  resolved: false,
})

export const noDeadLetters = (): Alert => ({ ...deadLetters('', ''), resolved: true })
