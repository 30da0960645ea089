import type { VendorRequest, VendorResponse, WorldContext } from '../vendor'

/** No limit is published (sheet 2); the wording is ours. `429-bare` comes without `Retry-After`. */
export const throttled = (world: WorldContext, form: string): VendorResponse => ({
  status: 429,
  headers: form === '429-bare' ? {} : { 'retry-after': String(world.switched('rate.retryAfter', 2)) },
  body: {
    errors: [{ message: 'Too many requests.', extensions: { code: 'TOO_MANY_REQUESTS', id: crypto.randomUUID() } }],
  },
})

interface Load {
  running: number
  times: number[]
}

export interface Limiter {
  around(request: VendorRequest, answer: () => Promise<VendorResponse>): Promise<VendorResponse>
}

/** Calls per minute and calls at once, per token; both off until switched on. */
export const makeLimiter = (world: WorldContext): Limiter => {
  const loads = new Map<string, Load>()
  return {
    async around(request, answer) {
      const key = request.headers.get('authorization') ?? ''
      const load = loads.get(key) ?? { running: 0, times: [] }
      loads.set(key, load)
      if (over(world, load)) return throttled(world, world.switched('rate.form', '429'))
      load.running += 1
      try {
        await held(world)
        return await answer()
      } finally {
        load.running -= 1
      }
    },
  }
}

const over = (world: WorldContext, load: Load): boolean => {
  const atOnce = world.switched('rate.atOnce', 0)
  const perMinute = world.switched('rate.perMinute', 0)
  const now = world.now()
  load.times = load.times.filter((time) => time > now - 60_000)
  if (atOnce > 0 && load.running >= atOnce) return true
  if (perMinute > 0 && load.times.length >= perMinute) return true
  load.times.push(now)
  return false
}

/** Answers are instant, so that calls could never overlap: with a limit on, each is held a moment. */
const held = (world: WorldContext): Promise<void> | undefined => {
  if (world.switched('rate.atOnce', 0) === 0) return undefined
  return new Promise((resolve) => setTimeout(resolve, world.switched('rate.holdMs', 20)))
}
