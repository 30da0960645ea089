import type { WorldContext } from '../vendor'
import { type Books, openBooks, save } from './books'
import { openDirectory, ownerOf } from './directory'
import { type Callback, hears, type Notification } from './hooks'

const SECOND = 1_000
const DAY = 86_400_000

/** Tells every verified callback; ids only, no data (sheet 0.2). */
export const emit = (books: Books, event: string, id: number): void => {
  if (books.world.switched('webhook.lost', false)) return
  const copies = books.world.switched('webhook.copies', 1)
  for (const callback of books.callbacks.all())
    if (callback.verified && hears(callback, event))
      for (let copy = 0; copy < copies; copy += 1) queue(books, callback, event, fieldsOf(books, event, id))
}

const fieldsOf = (books: Books, name: string, id: number): [string, string][] => {
  const what: [string, string][] = [
    ['name', name],
    ['object_id', String(id)],
  ]
  const account: [string, string] = ['account_id', books.accountId]
  const user: [string, string] = ['user_id', '1']
  const system = books.world.switched('webhook.system', '')
  const more: [string, string][] = system === '' ? [] : [['system', system]]
  if (books.world.switched<'new' | 'old'>('webhook.fields', 'new') === 'old') return [...what, user, account, ...more]
  const business = books.business()
  const identity = ownerOf(books.directory, business.id)?.id ?? 0
  return [...what, account, ['business_id', String(business.id)], ['identity_id', String(identity)], user, ...more]
}

/** The first POST to a callback's address brings its secret. */
export const shakeHands = (books: Books, callback: Callback): void => {
  const fields: [string, string][] = [
    ['name', 'callback.verify'],
    ['object_id', String(callback.id)],
    ['verifier', callback.verifier],
    ['account_id', books.accountId],
    ['user_id', '1'],
  ]
  queue(books, callback, 'callback.verify', fields)
}

const queue = (books: Books, callback: Callback, event: string, fields: [string, string][]): void => {
  const dueAt = books.world.now() + books.world.switched('webhook.delayMs', 0)
  const id = String(books.world.store.next('notification'))
  const { uri: url } = callback
  const made = { id, callback: callback.id, event, url, fields, attempts: [], dueAt, state: 'waiting' as const }
  if (dueAt <= books.world.now()) send(books, made)
  else books.notifications.put(id, made)
}

const release = (books: Books): void => {
  for (const waiting of books.notifications.all())
    if (waiting.dueAt !== null && waiting.dueAt <= books.world.now()) send(books, waiting)
}

const send = (books: Books, { id, callback, event, url, fields, ...rest }: Notification): void => {
  books.notifications.put(id, { ...rest, id, callback, event, url, fields, dueAt: null, state: 'sent' })
  const meta = { account: books.accountId, callback: String(callback), fields: JSON.stringify(fields) }
  books.world.deliver({ event, url, meta, body: new URLSearchParams(fields).toString() })
}

/** What became due as the clock moved. */
export const releaseDue = (world: WorldContext): void => {
  for (const { accountId } of openDirectory(world).businesses.all())
    if (accountId !== null) release(openBooks(world, accountId))
}

/** How a receiver answered: 2xx within ten seconds is success, a redirect is not (sheet 5). */
export const reported = (books: Books, notification: Notification, status: number, ms: number): Notification => {
  const good = status >= 200 && status < 300 && ms < 10 * SECOND
  const attempts = [...notification.attempts, { at: books.world.now(), status }]
  mark(books, notification.callback, good)
  const next = good ? { state: 'arrived' as const, dueAt: null } : again(books, attempts.length)
  return books.notifications.put(notification.id, { ...notification, attempts, ...next })
}

/** No numbers are published: five retries, each twice as late as the one before it, unless switched. */
const again = (books: Books, failures: number): Pick<Notification, 'state' | 'dueAt'> => {
  if (failures > books.world.switched('webhook.retries', 5)) return { state: 'given-up', dueAt: null }
  const wait = books.world.switched('webhook.retrySeconds', 60) * SECOND * 2 ** (failures - 1)
  return { state: 'waiting', dueAt: books.world.now() + wait }
}

/** A callback that fails over a long period is switched off. */
const mark = (books: Books, id: number, good: boolean): void => {
  const callback = books.callbacks.get(String(id))
  if (!callback) return
  const now = books.world.now()
  const since = callback.failingSince ?? now
  const off = !good && now - since >= books.world.switched('webhook.disableAfterDays', 7) * DAY
  save(books.callbacks, {
    ...callback,
    failingSince: good ? null : since,
    ...(off ? { verified: false, updatedAt: now } : {}),
  })
}
