import type { Alert } from '../core/audit'
import type { Env } from '../env'
import { now } from '../lib/clock'
import { log } from '../lib/log'
import { databaseSize, dropReplayed, isDue } from '../store/chores'
import { type Db, openDb } from '../store/config'
import { SERVICE_TENANT, tenantOf } from './tenants'

const HOUR_MS = 3_600_000
/** Read dead letters are kept as long as deliveries are (tenant/retention.ts). */
const REPLAYED_MS = 35 * 24 * HOUR_MS
const LETTERS_AT_ONCE = 200
/** What D1 holds at most on the paid plan, and how full it is to be when somebody is told. */
const LARGEST_BYTES = 10_000_000_000
const FULL = 0.7

/** Once an hour, what concerns the whole deployment. */
export const doChores = async (env: Env): Promise<void> => {
  const db = openDb(env.DB)
  if (!(await isDue(db, 'hourly', now(), HOUR_MS))) return
  await tenantOf(env, SERVICE_TENANT).alert(sizeAlert(await databaseSize(db)))
  await prune(db)
}

const prune = async (db: Db): Promise<void> => {
  const rows = await dropReplayed(db, now() - REPLAYED_MS, LETTERS_AT_ONCE)
  if (rows > 0) log('pruned', { deadLetters: rows })
}

const sizeAlert = (bytes: number): Alert => ({
  cause: 'database-full',
  kind: 'database_full',
  integration: '',
  text: `the database D1 holds ${(bytes / 1_000_000_000).toFixed(1)} GB of ${LARGEST_BYTES / 1_000_000_000} GB`,
  remedy:
    'Nothing is written any more once it is full. Erase tenants that are not served any more, or export their audit and shorten how long it is kept (src/tenant/retention.ts).',
  at: now(),
  resolved: bytes < LARGEST_BYTES * FULL,
})
