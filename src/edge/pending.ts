import type { Env } from '../env'
import { openDb } from '../store/config'
import { deletePending, pendingByTenant } from '../store/pending'
import { tenantOf } from './tenants'

/** At most 100 bound parameters a statement. */
const AT_ONCE = 90

/** Saved changes whose tenant could not be reached at the time. */
export const handOnPending = async (env: Env): Promise<void> => {
  const db = openDb(env.DB)
  for (const { tenant, version, actions } of await pendingByTenant(db, AT_ONCE)) {
    await tenantOf(env, tenant).configure(version, actions)
    await deletePending(
      db,
      actions.map(({ id }) => id),
    )
  }
}
