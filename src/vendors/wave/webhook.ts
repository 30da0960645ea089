import { z } from 'zod'
import type { Change, Delivery, WebhookDoor } from '../../core/vendor'
import { hmacKey, hmacMatches } from '../../lib/bytes'
import { parseJson } from '../../lib/json'
import { businessUuid, childId } from './ids'

const SIGNATURE = 'x-wave-signature'
const WINDOW_MS = 300_000

/** Key order and most of `data` are not certain (sheet section 7): only what is used is asked for. Ids are bare numbers as text. */
const Envelope = z.lazy(() =>
  z.object({
    event_id: z.string().min(1),
    event_type: z.string(),
    business_id: z.string(),
    data: z.record(z.string(), z.unknown()),
  }),
)
type Envelope = z.infer<typeof Envelope>

/** The seven that Wave sends, and the names that the brief promises; each means: read that record again. */
const INVOICE_EVENTS = new Set([
  'invoice.approved',
  'invoice.sent',
  'invoice.viewed',
  'invoice.paid',
  'invoice.partially_paid',
  'invoice.overpaid',
  'invoice.overdue',
  'invoice.created',
  'invoice.updated',
  'payment.created',
  'transaction.created',
])
const CUSTOMER_EVENTS = new Set(['customer.created'])

/** Of the signature: unix seconds, and the HMAC in hex. */
const Parts = z.lazy(() => z.object({ t: z.string().regex(/^\d{1,12}$/), v1: z.string() }))

export const webhook: WebhookDoor = {
  scope: 'app',
  probe: ({ headers, body }) => !headers.has(SIGNATURE) && parseJson(body) === undefined,

  /** `t=<unix seconds>,v1=<hex HMAC-SHA256 of "<t>.<raw body>">`; the clock may differ by 300 s either way. */
  async verify({ headers, body }, secret, now) {
    const parts = Object.fromEntries((headers.get(SIGNATURE) ?? '').split(',').map((part) => part.trim().split('=')))
    const { t, v1 } = Parts.safeParse(parts).data ?? {}
    if (t === undefined || v1 === undefined || Math.abs(now - Number(t) * 1000) > WINDOW_MS) return false
    return hmacMatches(await hmacKey(secret), v1, `${t}.${body}`)
  },

  accounts: (delivery) => {
    const account = businessUuid(envelopeOf(delivery)?.business_id ?? '')
    return account === undefined ? [] : [account]
  },

  byHand: {
    events: [
      'invoice.approved',
      'invoice.sent',
      'invoice.viewed',
      'invoice.paid',
      'invoice.partially_paid',
      'invoice.overpaid',
      'invoice.overdue',
    ],
    steps: [
      'Open the developer portal of Wave, choose the application that this connector uses, then Webhooks.',
      'Enter {url} and tick the invoice events.',
      'Copy the signing secret that Wave shows and store it (PUT …/webhook-secret, or the worker secret of the app).',
      'Deliveries need an active Pro or Advisor plan and the scope invoice:read.',
    ],
  },

  changes(delivery, account) {
    const envelope = envelopeOf(delivery)
    if (!envelope) return undefined
    return businessUuid(envelope.business_id) === account ? changesOf(envelope, account) : []
  },
}

const envelopeOf = ({ body }: Delivery): Envelope | undefined => Envelope.safeParse(parseJson(body)).data

/** A JSON number has lost the last digits of an id by now (sheet section 3). */
const text = (id: unknown): string => (typeof id === 'string' ? id : '')

const changesOf = ({ event_id, event_type, data }: Envelope, account: string): Change[] => {
  const told = (type: string, id: string | undefined): Change[] =>
    id === undefined ? [] : [{ type, id, event: event_type, eventId: event_id }]
  if (INVOICE_EVENTS.has(event_type)) return told('invoice', childId(account, 'Invoice', text(data.invoice_id)))
  if (CUSTOMER_EVENTS.has(event_type)) return told('customer', childId(account, 'Customer', text(data.customer_id)))
  return []
}
