import type { Delivery, OutgoingRequest } from '../vendor'
import type { Notification } from './hooks'
import { signingKey } from './key-pair'
import { sign } from './keys'
import { type Book, must, save } from './model'
import { DAY, fineStamp, MINUTE, SECOND, stamp } from './stamps'

const RETRIES = 25
const DOUBLED = 11
const TIMEOUT = 5 * SECOND

/** After 1, 2, 4 … minutes, doubling to the eleventh, then daily (sheet 11); `null` after the last. */
export const pauseAfter = (failures: number): number | null => {
  if (failures > RETRIES) return null
  return failures <= DOUBLED ? 2 ** (failures - 1) * MINUTE : DAY
}

const isOwn = (book: Book): boolean => book.world.switched<string>('webhooks.transport', 'world') === 'own'

/** Hands over what is due: to the world at once, or, sent by ourselves, at the next `deliver-due`. */
export const queue = (book: Book, one: Notification): void => {
  if (isOwn(book) || one.dueAt === null || one.dueAt > book.world.now()) return
  save(book.notifications, { ...one, dueAt: null, state: 'sent' })
  book.world.deliver({ event: one.event, url: one.url, meta: metaOf(one), body: one.body })
}

const metaOf = ({ deliveryId, test }: Pick<Notification, 'deliveryId' | 'test'>): Record<string, string> => ({
  deliveryId,
  test: String(test),
})

/** On every call: retries and late events whose time has come. */
export const queueDue = (book: Book): void => {
  for (const one of book.notifications.all()) if (one.state === 'waiting') queue(book, one)
}

/** What the receiver answered; `null` is no answer within five seconds. */
export const answered = (book: Book, one: Notification, status: number | null): Notification => {
  const attempts = [...one.attempts, { at: book.world.now(), status }]
  if (status !== null && status >= 200 && status < 300)
    return save(book.notifications, { ...one, attempts, dueAt: null, state: 'arrived' })
  const pause = pauseAfter(attempts.length)
  if (pause === null) return save(book.notifications, { ...one, attempts, dueAt: null, state: 'given-up' })
  const renewed = book.world.switched('webhooks.newIdOnRetry', false)
  const deliveryId = renewed ? crypto.randomUUID() : one.deliveryId
  return save(book.notifications, { ...one, deliveryId, attempts, dueAt: book.world.now() + pause, state: 'waiting' })
}

/** Sends everything that is due over the network and keeps the answers. */
export const deliverDue = async (book: Book): Promise<Notification[]> => {
  const due = book.notifications.all().filter(({ dueAt }) => dueAt !== null && dueAt <= book.world.now())
  const sent: Notification[] = []
  for (const one of due) {
    const request = await outgoing(book, { url: one.url, meta: metaOf(one), body: one.body }, book.world.now(), false)
    sent.push(answered(book, must(book.notifications.get(one.id), 'notification'), await statusOf(request)))
  }
  return sent
}

export const statusOf = async ({ url, ...init }: OutgoingRequest): Promise<number | null> => {
  try {
    const response = await fetch(url, { ...init, redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT) })
    await response.body?.cancel()
    return response.status
  } catch {
    return null
  }
}

type Signatures = 'sha256' | 'both' | 'sha1' | 'none'

const signatures = async (book: Book, body: string, tampered: boolean): Promise<Record<string, string>> => {
  const mode = book.world.switched<Signatures>('webhooks.signature', 'sha256')
  const text = tampered || book.world.switched('webhooks.tampered', false) ? `${body} ` : body
  const { privateKey } = signingKey(book)
  const headers: Record<string, string> = {}
  if (mode === 'sha256' || mode === 'both') headers['x-signature-sha256'] = await sign(privateKey, text)
  if (mode === 'sha1' || mode === 'both') headers['x-signature'] = await sign(privateKey, text, 'SHA-1')
  return headers
}

/** Whether a retry has a new `sent_at` is not known (sheet 14): a switch. */
const stamped = (book: Book, body: string, now: number): string => {
  if (!book.world.switched('webhooks.freshSentAt', false)) return body
  return body.replace(/"sent_at":"([^"]+)"/, (_, old: string) => {
    return `"sent_at":"${old.includes('.') ? fineStamp(now) : stamp(now)}"`
  })
}

/** Signed as it leaves, over the very bytes of the body (sheet 11). */
export const outgoing = async (
  book: Book,
  { url, meta, body: kept }: Pick<Delivery, 'url' | 'meta' | 'body'>,
  now: number,
  tampered: boolean,
): Promise<OutgoingRequest> => {
  const headers: Record<string, string> = { 'content-type': 'application/json' }
  // The probe of the old web form: unsigned, without ids.
  if (meta.deliveryId === undefined) return { url, method: 'POST', headers, body: kept }
  const body = stamped(book, kept, now)
  const test = meta.test === 'true' ? { 'x-test-notification': 'true' } : {}
  const signed = await signatures(book, body, tampered)
  return { url, method: 'POST', headers: { ...headers, 'x-delivery-id': meta.deliveryId, ...test, ...signed }, body }
}
