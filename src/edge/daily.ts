import type { Alert } from '../core/audit'
import type { Failure } from '../core/failure'
import type { Env } from '../env'
import { now } from '../lib/clock'
import { log } from '../lib/log'
import { openDb } from '../store/config'
import { leastChecked, markChecked } from '../store/connections'
import { refreshLists } from './daily-references'
import { tenantOf } from './tenants'

const EVERY_MS = 24 * 3_600_000
const AT_ONCE = 20

/** Once a day for each connection: what the vendor changed is seen, what can be repaired is, what cannot is raised. */
export const checkConnections = async (env: Env): Promise<void> => {
  const db = openDb(env.DB)
  const due = await leastChecked(db, now() - EVERY_MS, AT_ONCE)
  if (due.length === 0) return
  await Promise.all(due.map(({ id, tenant }) => check(env, tenant, id)))
  await markChecked(
    db,
    due.map(({ id }) => id),
    now(),
  )
}

const check = async (env: Env, tenant: string, connection: string): Promise<void> => {
  const api = tenantOf(env, tenant)
  try {
    const checked = await api.hooks(connection)
    await api.alert(hooksAlert(connection, checked.ok ? checked.value.problems : refusalOf(checked.failure)))
    await api.alert(lapsedAlert(connection, await refreshLists(env, tenant, connection)))
  } catch (thrown) {
    log('check_failed', { connection, error: thrown instanceof Error ? thrown.name : 'error' })
  }
}

/** Outages and refused credentials have alerts of their own. */
const refusalOf = ({ kind, message, remedy }: Failure): string[] =>
  kind === 'rejected' ? [`${message} — ${remedy}`] : []

const hooksAlert = (connection: string, problems: string[]): Alert => ({
  cause: `webhooks/${connection}`,
  kind: 'webhooks',
  integration: '',
  text: problems.join('; '),
  remedy: `Register them again (POST …/connections/${connection}/webhooks); until then, polling finds what they would have told.`,
  at: now(),
  resolved: problems.length === 0,
})

const MOST_NAMED = 20

const lapsedAlert = (connection: string, lapsed: string[]): Alert => ({
  cause: `mappings/${connection}`,
  kind: 'mapping_lapsed',
  integration: '',
  text: `mapped to something that is inactive or gone: ${lapsed.slice(0, MOST_NAMED).join('; ')}`,
  remedy: 'Choose others (PUT …/mappings/{kind}), or activate them again: records that need them will fail.',
  at: now(),
  resolved: lapsed.length === 0,
})
