import type { Delivery, OutgoingRequest, WorldContext } from '../vendor'
import { outgoing } from './outgoing'

interface Waiting {
  id: string
  delivery: Delivery
  attempts: number
  dueAt: number
  /** Given up after five attempts; form SM502000 can send it again for two days. */
  stopped: boolean
}

const MOST_ATTEMPTS = 5
/** [U] Spacing of the attempts is not known. */
const SPACING = 60_000
const KEPT = 2 * 86_400_000

const outbox = ({ store }: WorldContext) => store.collection<Waiting>('outbox')

/** Leaves through the world; with `push.outbox` it waits here, and a test plays the receiver. */
export const queue = (world: WorldContext, delivery: Omit<Delivery, 'id' | 'vendor'>): void => {
  if (!world.switched('push.outbox', false)) {
    world.deliver(delivery)
    return
  }
  const id = String(world.store.next('outbox'))
  const whole = { ...delivery, id, vendor: 'acumatica' }
  outbox(world).put(id, { id, delivery: whole, attempts: 0, dueAt: world.now(), stopped: false })
}

/** What Acumatica would send at this moment, if anything; order is not promised (`reversed`). */
export const nextPush = async (
  world: WorldContext,
  { reversed, tampered }: { reversed: boolean; tampered: boolean },
): Promise<(OutgoingRequest & { id: string; attempt: number }) | null> => {
  const due = outbox(world)
    .all()
    .filter(({ stopped, dueAt }) => !stopped && dueAt <= world.now())
  const one = reversed ? due.at(-1) : due[0]
  if (!one) return null
  return { id: one.id, attempt: one.attempts + 1, ...(await outgoing(one.delivery, world.now(), tampered)) }
}

/** Any answer but 2xx, or none (status 0), is sent again: five attempts in total (sheet 11). */
export const answerPush = (world: WorldContext, id: string, status: number) => {
  const waiting = known(world, id)
  if (status >= 200 && status < 300) {
    outbox(world).delete(id)
    return { left: outbox(world).size, stopped: false }
  }
  const attempts = waiting.attempts + 1
  const stopped = attempts >= MOST_ATTEMPTS
  outbox(world).put(id, { ...waiting, attempts, stopped, dueAt: world.now() + SPACING })
  return { left: outbox(world).size, stopped }
}

/** By hand on form SM502000. */
export const resendPush = (world: WorldContext, id: string): void => {
  const waiting = known(world, id)
  if (!waiting.stopped || waiting.dueAt + KEPT < world.now()) throw new Error(`simulator: push ${id} cannot be resent`)
  outbox(world).put(id, { ...waiting, attempts: 0, stopped: false, dueAt: world.now() })
}

export const waitingPushes = (world: WorldContext): Waiting[] => outbox(world).all()

const known = (world: WorldContext, id: string): Waiting => {
  const waiting = outbox(world).get(id)
  if (!waiting) throw new Error(`simulator: no push ${id} is waiting`)
  return waiting
}
