import type { Env } from '../env'
import { now } from '../lib/clock'
import { log } from '../lib/log'
import { openDb } from '../store/config'
import { leastPoked, markPoked } from '../store/tenants'
import { tenantOf } from './tenants'

const EVERY_MS = 15 * 60_000
/** Fewer than the parameters that a statement takes. */
const AT_ONCE = 50

/**
 * Sees to it that each tenant does its work in time: an alarm can be lost with a crash of the platform, and nothing else would
 * wake a tenant that nobody calls. The others are not held up by one that cannot be reached; it comes again in its turn.
 */
export const pokeTenants = async (env: Env): Promise<void> => {
  const db = openDb(env.DB)
  const ids = await leastPoked(db, now() - EVERY_MS, AT_ONCE)
  if (ids.length === 0) return
  await Promise.all(ids.map((id) => poke(env, id)))
  await markPoked(db, ids, now())
}

const poke = (env: Env, tenant: string): Promise<void> =>
  tenantOf(env, tenant)
    .poke()
    .catch((thrown: unknown) => log('poke_failed', { tenant, error: thrown instanceof Error ? thrown.name : 'error' }))
