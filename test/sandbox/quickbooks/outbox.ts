import type { Delivery, OutgoingRequest, WorldContext } from '../vendor'
import { outgoing } from './outgoing'

interface Waiting {
  id: string
  delivery: Delivery
  attempts: number
  dueAt: number
}

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

/** Waits after each failed attempt; the last one goes on for ever (sheet 15, blog of 2025-10). */
const PERSISTENT = [0, 10 * SECOND, 20 * SECOND, 30 * SECOND, 5 * MINUTE, 20 * MINUTE, 2 * HOUR, 4 * HOUR, 6 * HOUR]
/** The older page: three retries, and only for some answers; then the message is dropped. */
const OLDER = [20 * MINUTE, 30 * MINUTE, 50 * MINUTE]
const OLDER_STATUSES = [408, 500, 502, 503, 504]
const PATIENCE = 3 * SECOND

const outbox = (world: WorldContext) => world.store.collection<Waiting>('outbox')

export const queue = (world: WorldContext, delivery: Omit<Delivery, 'id' | 'vendor'>): void => {
  const id = String(world.store.next('outbox'))
  const whole = { ...delivery, id, vendor: 'quickbooks' }
  outbox(world).put(id, { id, delivery: whole, attempts: 0, dueAt: world.now() })
}

/** The first one of each app holds up those behind it until it is acknowledged. */
const offered = (world: WorldContext): Waiting[] => {
  if (!world.switched('webhook.blocks', true)) return outbox(world).all()
  const heads = new Map<string, Waiting>()
  for (const one of outbox(world).all()) {
    const app = one.delivery.meta.clientId ?? ''
    if (!heads.has(app)) heads.set(app, one)
  }
  return [...heads.values()]
}

/** What Intuit would send at this moment, if anything. Whoever asks sends it and then says how it went. */
export const nextDue = async (
  world: WorldContext,
  tampered: boolean,
): Promise<(OutgoingRequest & { id: string }) | null> => {
  const [due] = offered(world).filter(({ dueAt }) => dueAt <= world.now())
  return due ? { id: due.id, ...(await outgoing(due.delivery, world.now(), tampered)) } : null
}

const nextWait = (world: WorldContext, status: number, attempts: number): number | undefined => {
  if (world.switched('webhook.olderRetries', false))
    return OLDER_STATUSES.includes(status) ? OLDER[attempts] : undefined
  return PERSISTENT[Math.min(attempts, PERSISTENT.length - 1)]
}

/** Acknowledged is 200 within three seconds. */
export const answered = (world: WorldContext, id: string, status: number, ms: number) => {
  const waiting = outbox(world).get(id)
  if (!waiting) throw new Error(`simulator: no delivery ${id} is waiting`)
  const wait = status === 200 && ms <= PATIENCE ? undefined : nextWait(world, status, waiting.attempts)
  if (wait === undefined) outbox(world).delete(id)
  else outbox(world).put(id, { ...waiting, attempts: waiting.attempts + 1, dueAt: world.now() + wait })
  return { waiting: outbox(world).size }
}

export const waitingDeliveries = (world: WorldContext) => outbox(world).all()
