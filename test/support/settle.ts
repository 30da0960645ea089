import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { passTime } from './time'

/** Far beyond every schedule of the engine; what is due later than this waits for something else. */
const HORIZON_MS = 48 * 3_600_000

/**
 * Runs what is due at the tenant and moves the clock (ours and the world's) to the next due time, until nothing is due any more.
 * Answers how much time it took on that clock.
 */
export const settle = async (tenant: string, rounds = 200): Promise<number> => {
  let moved = 0
  for (let round = 0; round < rounds; round += 1) {
    const wait = await runOnce(tenant)
    if (wait === null) return moved
    if (wait > 0) {
      if (moved + wait > HORIZON_MS) throw new Error(`tenant ${tenant} is due only in ${wait} ms`)
      moved += wait
      await passTime(wait)
    }
  }
  throw new Error(`tenant ${tenant} does not come to rest`)
}

/** One run of the alarm; answers how long until the next, or null. */
export const runOnce = async (tenant: string): Promise<number | null> => {
  const stub = env.TENANT.get(env.TENANT.idFromName(tenant))
  return runInDurableObject(stub, async (instance, state) => {
    await instance.alarm()
    const next = await state.storage.getAlarm()
    return next === null ? null : Math.max(0, next - Date.now())
  })
}
