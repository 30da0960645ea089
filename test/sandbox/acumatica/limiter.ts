import type { VendorResponse, WorldContext } from '../vendor'
import { refusalInForm } from './refusal-forms'

const MINUTE = 60_000
const MOST_QUEUED = 20
const PATIENCE = 10 * MINUTE
/** Real time between two looks at the world's clock while a request waits. */
const LOOK = 5

export interface Limiter {
  /** Waits as the licence makes it wait; answers the refusal when it was declined. Whoever was let in calls `left`. */
  enter(): Promise<VendorResponse | undefined>
  left(): void
}

/**
 * Throttling is queueing (sheet 8): from half of the minute's requests on, each is held for the time left in the window
 * divided by the requests left; those above the concurrent limit wait too; more than 20 waiting, or ten minutes of waiting,
 * are declined and do not count. Time is the world's.
 */
export const makeLimiter = (world: WorldContext): Limiter => {
  let [windowStart, counted, running, queued] = [0, 0, 0, 0]
  const perMinute = () => world.switched('throttle.perMinute', 0)
  const atOnce = () => world.switched('throttle.atOnce', 0)

  const roll = () => {
    if (world.now() < windowStart + MINUTE) return
    windowStart = world.now()
    counted = 0
  }
  const isFull = () => perMinute() > 0 && counted >= perMinute()
  const isBusy = () => atOnce() > 0 && running >= atOnce()

  /** Milliseconds for which the next request is held once it has its turn. */
  const delay = (): number => {
    const [limit, next] = [perMinute(), counted + 1]
    if (limit === 0 || next <= limit / 2) return 0
    return (windowStart + MINUTE - world.now()) / Math.max(1, limit - next + 1)
  }
  const take = () => {
    counted += 1
    running += 1
  }

  const look = async () => {
    await new Promise((resolve) => setTimeout(resolve, LOOK))
    roll()
  }

  /** False: it waited too long for its turn. */
  const queue = async (): Promise<boolean> => {
    const since = world.now()
    while (isFull() || isBusy()) {
      await look()
      if (world.now() - since > PATIENCE) return false
    }
    const goesAt = world.now() + delay()
    take()
    while (world.now() < goesAt) await look()
    return true
  }

  return {
    async enter() {
      roll()
      if (!isFull() && !isBusy() && delay() === 0) {
        take()
        return undefined
      }
      if (queued >= MOST_QUEUED) return refusalInForm(world, '429')
      queued += 1
      const isIn = await queue()
      queued -= 1
      return isIn ? undefined : refusalInForm(world, '429')
    },
    left: () => {
      running -= 1
    },
  }
}
