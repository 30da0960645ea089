import type { Delivery, OutgoingRequest } from '../vendor'
import type { Registration } from './grants'
import { graphId } from './ids'
import type { Book } from './model'
import { got } from './model'
import { major } from './money'
import type { Invoice } from './records'
import { amountDue } from './status'

/** The only events that Wave is known to send (sheet 1, 7). */
export const LIFE_CYCLE = [
  'invoice.approved',
  'invoice.sent',
  'invoice.viewed',
  'invoice.paid',
  'invoice.partially_paid',
  'invoice.overpaid',
  'invoice.overdue',
]

export const emitInvoice = (book: Book, event: string, invoice: Invoice): void =>
  announce(book, event, invoice.business, invoiceData(book, event, invoice))

/** An event of the seed documents, which Wave does not have: only in the extra mode. */
export const emitSeedNamed = (book: Book, event: string, business: string, data: Record<string, string>): void => {
  if (book.world.switched('webhook.seedEvents', false)) announce(book, event, business, data, true)
}

/** Without a Pro plan or the scope the event is skipped silently (sheet 7). */
export const announce = (
  book: Book,
  event: string,
  business: string,
  data: Record<string, string>,
  unlisted = false,
): void => {
  if (book.world.switched('webhook.lost', false)) return
  if (book.records.Business.get(business)?.plan !== 'pro') return
  const body = JSON.stringify({
    event_id: crypto.randomUUID(),
    event_type: event,
    business_id: businessForm(book, business),
    data,
  })
  for (const to of book.registrations.all())
    if (mayHear(to) && (unlisted || to.events.includes(event))) queue(book, to, event, body)
}

/** The empty, unsigned call that may come when a URL is saved (sheet 7). */
export const probe = (book: Book, to: Registration): void =>
  book.world.deliver({ event: 'probe', url: to.url, meta: { secret: '' }, body: '' })

const mayHear = ({ scopes }: Registration) => scopes.includes('invoice:read') || scopes.includes('invoice:*')

const queue = (book: Book, to: Registration, event: string, body: string): void => {
  const meta = { secret: to.secret, skew: String(book.world.switched('webhook.skewSeconds', 0)) }
  for (let copy = 0; copy < book.world.switched('webhook.copies', 1); copy += 1)
    book.world.deliver({ event, url: to.url, meta, body })
}

const businessForm = (book: Book, business: string): string =>
  book.world.switched<string>('webhook.businessId', 'uuid') === 'uuid'
    ? business
    : graphId('Business', { id: business, business })

/** Fields per event as in the sheet's table; ids bare, amounts in major units. */
export const invoiceData = (book: Book, event: string, invoice: Invoice): Record<string, string> => {
  const id = { invoice_id: invoice.id }
  const head = { ...id, customer_id: invoice.customer, currency_code: invoice.currency }
  const balance = major(amountDue(invoice), invoice.currency)
  switch (event) {
    case 'invoice.paid':
    case 'invoice.partially_paid':
    case 'invoice.overpaid':
      return {
        ...head,
        amount_paid: major(invoice.amountPaid, invoice.currency),
        remaining_balance: balance,
        paid_date: paidDate(book, invoice),
      }
    case 'invoice.overdue':
      return { ...head, due_date: invoice.dueDate, invoice_balance: balance, issue_date: invoice.invoiceDate }
    case 'invoice.viewed':
      return { ...id, view_timestamp: pythonStamp(invoice.lastViewedAt ?? invoice.modifiedAt) }
    case 'invoice.sent':
      return id
    default:
      return head
  }
}

const paidDate = (book: Book, invoice: Invoice): string => {
  const last = invoice.payments.at(-1)
  return last === undefined ? invoice.invoiceDate : got(book.records.InvoicePayment.get(last), last).paymentDate
}

/** `2026-04-30T06:18:01.212000+00:00` (sheet 3). */
const pythonStamp = (iso: string): string => iso.replace('Z', '000+00:00')

/** Signed as it leaves: `t` is new on each attempt, the body and its `event_id` are not (sheet 7). */
export const signed = async (delivery: Delivery, now: number, tampered: boolean): Promise<OutgoingRequest> => {
  const headers: Record<string, string> = { 'content-type': 'application/json' }
  const request = { url: delivery.url, method: 'POST', headers, body: delivery.body }
  const { secret = '', skew = '0' } = delivery.meta
  if (!secret) return request
  const t = String(Math.floor(now / 1000) + Number(skew))
  const v1 = await hmac(tampered ? `${secret}-not` : secret, `${t}.${delivery.body}`)
  headers['x-wave-signature'] = `t=${t},v1=${v1}`
  headers['x-wave-timestamp'] = t
  return request
}

const hmac = async (secret: string, text: string): Promise<string> => {
  const bytes = new TextEncoder()
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const key = await crypto.subtle.importKey('raw', bytes.encode(secret), algorithm, false, ['sign'])
  const digest = await crypto.subtle.sign('HMAC', key, bytes.encode(text))
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
