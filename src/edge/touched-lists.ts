import type { Change, Vendor } from '../core/vendor'
import type { Env } from '../env'
import { now } from '../lib/clock'
import { log } from '../lib/log'
import { openDb } from '../store/config'
import { checkSoon } from '../store/connections'

/** Lists are not read again more often than that, however many events say so. */
const EVERY_MS = 10 * 60_000
const MOST = 2_000

/** By connection, when this isolate said so last: a flood of events is not a flood of queries. */
const said = new Map<string, number>()

/** A vendor tells of something that can be mapped: its lists are read again within minutes (edge/daily.ts), not at the next day. */
export const noteLists = async (
  env: Env,
  { references }: Vendor,
  connection: string,
  changes: Change[],
): Promise<void> => {
  const at = now()
  if (!changes.some(({ type }) => Object.hasOwn(references, type)) || at - (said.get(connection) ?? 0) < EVERY_MS)
    return
  if (said.size >= MOST) said.clear()
  said.set(connection, at)
  try {
    await checkSoon(openDb(env.DB), connection, at - EVERY_MS)
  } catch (thrown) {
    // The event itself is what matters; the lists are read once a day all the same.
    said.delete(connection)
    log('lists_not_noted', { connection, error: thrown instanceof Error ? thrown.name : 'error' })
  }
}
