import type { BatchItem } from 'drizzle-orm/batch'
import type { AuditEntry } from '../../core/audit'
import type { PendingAction } from '../../core/tenant'
import { checkEnv, type Env } from '../../env'
import { now } from '../../lib/clock'
import { newId } from '../../lib/ids'
import { problem } from '../../lib/problem'
import { newDataKey, wrapKey } from '../../lib/seal'
import { type Db, openDb } from '../../store/config'
import { deletePending, insertPending, versionRises } from '../../store/pending'
import { findTenant, insertTenantOnce } from '../../store/tenants'
import { SERVICE_TENANT, tenantOf } from '../tenants'
import type { AdminContext } from './api'

/** What is written into the audit: never a secret. */
export interface Action {
  tenant: string
  /** E.g. `integration.update`. */
  name: string
  integration?: string
  record?: string
  details: Record<string, unknown>
}

/** Who makes a change, and as part of what. */
export interface Who {
  env: Env
  key: string
  principal: string
  request: string
}

export const whoOf = (c: AdminContext): Who => ({
  env: c.env,
  key: c.get('caller').key,
  principal: c.get('caller').principal,
  request: c.get('request'),
})

const entryOf = (who: Who, { name, integration, record, details }: Action): AuditEntry => ({
  at: now(),
  kind: 'action',
  actor: { by: 'key', id: who.key },
  ...(integration && { integration }),
  ...(record && { record }),
  outcome: name,
  text: who.principal,
  requests: [],
  correlation: who.request,
  details,
})

/**
 * A change of configuration (design section 7): change, new version and the audit line are one batch in D1; then the tenant
 * learns of it, and only then it is done. So a pause holds at once, and no saved change lacks its audit entry.
 */
export const change = (c: AdminContext, action: Action, statements: BatchItem<'sqlite'>[]): Promise<void> =>
  changeAs(whoOf(c), action, statements)

export const changeAs = async (who: Who, action: Action, statements: BatchItem<'sqlite'>[]): Promise<void> => {
  checkEnv(who.env)
  const db = openDb(who.env.DB)
  if (action.tenant === SERVICE_TENANT) await ensureService(who.env, db)
  const id = newId('a', now())
  const entry = JSON.stringify(entryOf(who, action))
  const pending = insertPending(db, { id, tenant: action.tenant, entry, at: now() })
  const [risen] = await db.batch([versionRises(db, action.tenant), ...statements, pending])
  try {
    await tenantOf(who.env, action.tenant).configure(risen[0]?.version ?? 0, [{ id, entry }])
  } catch {
    throw problem(503, 'saved_not_active', 'the change is saved and becomes active within minutes; do not repeat it')
  }
  // The tenant knows; where this fails, cron tells it again, which changes nothing.
  await deletePending(db, [id]).catch(() => {})
}

/** An action as it goes to the tenant, for calls that enter it together with what they do. */
export const pendingOf = (c: AdminContext, action: Action): PendingAction => ({
  id: newId('a', now()),
  entry: JSON.stringify(entryOf(whoOf(c), action)),
})

/** An action that changes nothing in D1: it only has to stand in the audit. */
export const note = (c: AdminContext, action: Action): Promise<void> =>
  tenantOf(c.env, action.tenant).note([pendingOf(c, action)])

/** The reserved tenant is made when it is first needed. */
export const ensureService = async (env: Env, db: Db): Promise<void> => {
  if (await findTenant(db, SERVICE_TENANT)) return
  const dataKey = await wrapKey(checkEnv(env).keyring, SERVICE_TENANT, newDataKey())
  await insertTenantOnce(db, { id: SERVICE_TENANT, name: SERVICE_TENANT, version: 1, dataKey, createdAt: now() })
}
