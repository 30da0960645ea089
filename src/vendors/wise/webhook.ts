import { z } from 'zod'
import type { Change, WebhookDoor } from '../../core/vendor'
import { parseJson } from '../../lib/json'
import { movementOf } from './movements'
import { noticesOf } from './notices'
import { isSigned } from './signature'
import { registry } from './subscriptions'
import { movementTidings, transferTidings } from './tidings'
import { transferEventOf } from './transfer-events'
import { eventOf, type WiseEvent } from './webhook-events'
import { publicKey } from './webhook-keys'

const SIGNATURE = 'x-signature-sha256'

const Probe = z.strictObject({ message: z.unknown() })

export const webhook: WebhookDoor = {
  scope: 'hook',
  publicKey,
  registry,

  /** The old web form of wise.com tries a URL with an unsigned body that holds nothing but a message (sheet 11). */
  probe: ({ headers, body }) => !headers.has(SIGNATURE) && Probe.safeParse(parseJson(body)).success,

  /** `X-Signature`, of SHA-1, is no proof any more. No time is signed, and retries go on for two weeks: none is too old. */
  async verify({ headers, body }, key) {
    const signature = headers.get(SIGNATURE)
    return signature !== null && isSigned(body, signature, key)
  },

  accounts(delivery) {
    const event = eventOf(delivery)
    return event && !event.test && event.profile !== '' ? [event.profile] : []
  },

  /** All customers of Wise have one key, so the profile is looked at as well: an event of another's says nothing here. */
  changes(delivery, account) {
    const event = eventOf(delivery)
    if (!event) return undefined
    if (!concerns(event, account) || event.type === 'other' || event.id === '') return []
    const eventId = delivery.headers.get('x-delivery-id')
    const of = { event: event.name, ...(eventId && { eventId }) }
    return [{ type: event.type, id: event.id, ...of, ...toldBy(delivery.body) }, ...alsoOf(delivery.body, of)]
  },

  notices(delivery, account) {
    const event = eventOf(delivery)
    return event && concerns(event, account) ? noticesOf(event, delivery.body) : []
  },
}

/** What Wise shows nowhere again: movements of money, and why a payment came back (sheet 11). */
const toldBy = (body: string): Pick<Change, 'tells'> => {
  const movement = movementOf(body)
  if (movement) return { tells: { key: 'movement', body: movement } }
  const event = transferEventOf(body)
  return event ? { tells: transferTidings(event) } : {}
}

/** Money that moved for a transfer belongs to the story of that transfer as well. */
const alsoOf = (body: string, of: Pick<Change, 'event' | 'eventId'>): Change[] => {
  const movement = movementOf(body)
  if (!movement?.transfer) return []
  return [{ type: 'transfer', id: movement.transfer, ...of, tells: movementTidings(movement) }]
}

const concerns = ({ profile, test }: WiseEvent, account: string): boolean => !test && profile === account
