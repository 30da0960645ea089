import type { Books } from './books'
import type { Hook } from './model'
import type { EVENT_TYPES } from './webhooks'

export type EventType = (typeof EVENT_TYPES)[number]

const deliver = (books: Books, hook: Hook, body: string): void =>
  books.world.deliver({
    event: hook.Type,
    url: hook.ExternalURL,
    meta: { company: books.company().accountId, hook: hook.ID },
    body,
  })

/** To every active hook of the type. Payloads are thin and irregular on purpose, as in the samples (sheet 11). */
export const send = (books: Books, event: EventType, payload: object): void => {
  const body = JSON.stringify({ ...payload, EventType: event })
  for (const hook of books.hooks.all()) if (hook.IsActive && hook.Type === event) deliver(books, hook, body)
}

/** A delivery whose receiver did not take it. */
export interface Retry {
  ID: string
  hook: string
  body: string
  failures: number
  dueAt: number
}

const TRIES = 6
const MINUTE = 60_000

/** Waits of 5, 10, 15, 20 and 25 minutes; after the sixth failure the hook falls silent (sheet 11). */
export const failDelivery = (books: Books, hook: Hook, body: string): Hook => {
  const known = books.retries.all().find((retry) => retry.hook === hook.ID && retry.body === body)
  const ID = known?.ID ?? crypto.randomUUID()
  const failures = (known?.failures ?? 0) + 1
  if (failures === TRIES) {
    books.retries.remove(ID)
    return books.hooks.save(hook.ID, { ...hook, IsActive: false })
  }
  books.retries.save(ID, { ID, hook: hook.ID, body, failures, dueAt: books.world.now() + failures * 5 * MINUTE })
  return hook
}

/** Sends again what is due. It stays known until it fails once more or the test forgets it. */
export const retryDeliveries = (books: Books): number => {
  const due = books.retries.all().filter(({ dueAt }) => dueAt <= books.world.now())
  for (const retry of due) {
    const hook = books.hooks.get(retry.hook)
    books.retries.save(retry.ID, { ...retry, dueAt: Number.MAX_SAFE_INTEGER })
    if (hook?.IsActive) deliver(books, hook, retry.body)
  }
  return due.length
}
