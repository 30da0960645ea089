import type { Change, WebhookDoor } from '../../core/vendor'
import { hmacKey, hmacMatches, toHex } from '../../lib/bytes'
import { parseJson } from '../../lib/json'
import { type Event, eventsOf } from './webhook-events'

const SIGNATURE = 'intuit-signature'

/** 32 bytes in base64. The last letter carries four bits only: another one that decodes to the same bytes is not taken. */
const BASE64 = /^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/

/** Kinds of records by Intuit's name in lower case; other events concern nobody here. */
const TYPES = new Map([
  ['vendor', 'vendor'],
  ['bill', 'bill'],
  ['purchaseorder', 'purchase-order'],
  ['vendorcredit', 'vendor-credit'],
  ['account', 'account'],
  ['department', 'department'],
  ['class', 'class'],
  ['term', 'term'],
  ['item', 'item'],
])

export const webhook: WebhookDoor = {
  scope: 'app',
  byHand: {
    events: ['Vendor', 'Bill', 'PurchaseOrder', 'VendorCredit', 'Account', 'Department', 'Class', 'Term', 'Item'],
    steps: [
      'Open the developer portal of Intuit, choose the app that this connector uses, then Webhooks, for production or for development as the connection is.',
      'Enter {url} and tick the entities listed here, with all of their operations.',
      'Choose the CloudEvents format where the portal asks; the older format is understood as well.',
      'Copy the verifier token that Intuit shows and store it as the worker secret of the app. It is one for all companies.',
      'Intuit may need five minutes until the first event.',
    ],
  },

  /** Intuit sends nothing unsigned. */
  probe: () => false,

  /** Base64 of HMAC-SHA256 over the raw body, keyed with the verifier token; no time is signed, so `eventId` tells repeats. */
  async verify({ headers, body }, secret) {
    const given = headers.get(SIGNATURE) ?? ''
    if (!BASE64.test(given)) return false
    const bytes = Uint8Array.from(atob(given), (letter) => letter.charCodeAt(0))
    return hmacMatches(await hmacKey(secret), toHex(bytes), body)
  },

  accounts: ({ body }) => [...new Set(eventsOf(parseJson(body)).map(({ realm }) => realm))],

  /** Never undefined: an error for something not understood would hold back what follows it [D] (sheet 15). */
  changes: ({ body }, account) =>
    eventsOf(parseJson(body)).flatMap((event) => (event.realm === account ? changesOf(event) : [])),
}

/** A merge concerns the record that stays and the one that went. */
const changesOf = ({ entity, operation, id, deletedId, eventId }: Event): Change[] => {
  const type = TYPES.get(entity)
  if (type === undefined) return []
  const ids = deletedId ? [id, deletedId] : [id]
  return ids.map((one) => ({ type, id: one, event: `${type}.${operation}`, ...(eventId && { eventId }) }))
}
