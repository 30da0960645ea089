import { z } from 'zod'
import type { Change, Delivery, WebhookDoor } from '../../core/vendor'
import { registry } from './callbacks'
import { isSigned } from './signature'

const SIGNATURE = 'x-freshbooks-hmac-sha256'
const HANDSHAKE = 'callback.verify'

const number = z.string().regex(/^\d+$/)

/** Ids only: no data, no id of the message, no time (sheet section 5). `user_id` and the rest differ by age and say nothing. */
const Event = z.lazy(() => z.object({ name: z.string().min(1), object_id: number, account_id: z.string().min(1) }))
const Handshake = z.lazy(() => z.object({ name: z.literal(HANDSHAKE), object_id: number, verifier: z.string().min(1) }))

/** Kinds of records by the noun of the event. */
const TYPES: Record<string, string> = {
  invoice: 'invoice',
  payment: 'payment',
  client: 'client',
  bill: 'bill',
  bill_vendor: 'vendor',
  expense: 'expense',
  item: 'item',
  category: 'expense-category',
  tax: 'tax',
}

const fields = ({ body }: Delivery): unknown => Object.fromEntries(new URLSearchParams(body))

export const webhook: WebhookDoor = {
  /** A delivery does not say which callback it is of, and each has a secret of its own. */
  scope: 'hook',
  registry,
  probe: () => false,

  handshake(delivery) {
    const shown = Handshake.safeParse(fields(delivery)).data
    return shown && { remoteId: shown.object_id, secret: shown.verifier }
  },

  async verify({ headers, body }, secret) {
    const signature = headers.get(SIGNATURE)
    return signature !== null && isSigned(body, secret, signature)
  },

  accounts(delivery) {
    const event = Event.safeParse(fields(delivery)).data
    return event ? [event.account_id] : []
  },

  changes(delivery, account) {
    const event = Event.safeParse(fields(delivery)).data
    if (!event) return undefined
    return event.account_id === account ? changesOf(event) : []
  },
}

/** Two updates of one record look alike, so there is no id of the event: each means that the record is read again. */
const changesOf = ({ name, object_id }: z.infer<typeof Event>): Change[] => {
  const noun = name.split('.')[0] ?? ''
  const type = Object.hasOwn(TYPES, noun) ? TYPES[noun] : undefined
  return type === undefined ? [] : [{ type, id: object_id, event: name }]
}
