import type { Env } from '../env'
import { log } from '../lib/log'
import { openDb } from '../store/config'
import { deletePending, pendingOf, tenantsPending } from '../store/pending'
import { tenantOf } from './tenants'

/** At most 100 bound parameters a statement. */
const ACTIONS_AT_ONCE = 90
const TENANTS_AT_ONCE = 100

/** Saved changes whose tenant could not be reached at the time. One that still cannot be reached does not delay the others. */
export const handOnPending = async (env: Env): Promise<void> => {
  for (const waiting of await tenantsPending(openDb(env.DB), TENANTS_AT_ONCE))
    await handOn(env, waiting).catch((thrown: unknown) => {
      const error = thrown instanceof Error ? thrown.name : typeof thrown
      log('pending_action_waits', { tenant: waiting.tenant, error })
    })
}

const handOn = async (env: Env, { tenant, version }: { tenant: string; version: number }): Promise<void> => {
  const db = openDb(env.DB)
  const actions = await pendingOf(db, tenant, ACTIONS_AT_ONCE)
  await tenantOf(env, tenant).configure(version, actions)
  await deletePending(
    db,
    actions.map(({ id }) => id),
  )
}
