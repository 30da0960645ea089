import type { BatchItem } from 'drizzle-orm/batch'
import type { AuditEntry } from '../../core/audit'
import { checkEnv, type Env } from '../../env'
import { now } from '../../lib/clock'
import { newId } from '../../lib/ids'
import { problem } from '../../lib/problem'
import { newDataKey, wrapKey } from '../../lib/seal'
import { deletePending, insertPending, versionRises } from '../../store/pending'
import { findTenant, insertTenantOnce } from '../../store/tenants'
import { SERVICE_TENANT, tenantOf } from '../tenants'
import { type AdminContext, type Caller, dbOf } from './api'

/** What is written into the audit: never a secret. */
export interface Action {
  tenant: string
  /** E.g. `integration.update`. */
  name: string
  integration?: string
  record?: string
  details: Record<string, unknown>
}

export const entryOf = (caller: Caller, { name, integration, record, details }: Action): AuditEntry => ({
  at: now(),
  kind: 'action',
  actor: { by: 'key', id: caller.key },
  ...(integration && { integration }),
  ...(record && { record }),
  outcome: name,
  text: caller.principal,
  requests: [],
  correlation: newId('x', now()),
  details,
})

/**
 * A change of configuration (design section 7): change, new version and the audit line are one batch in D1; then the tenant
 * learns of it, and only then it is done. So a pause holds at once, and no saved change lacks its audit entry.
 */
export const change = async (c: AdminContext, action: Action, statements: BatchItem<'sqlite'>[]): Promise<void> => {
  const db = dbOf(c)
  const id = newId('a', now())
  const entry = JSON.stringify(entryOf(c.get('caller'), action))
  const pending = insertPending(db, { id, tenant: action.tenant, entry, at: now() })
  const [rise, ...others] = [versionRises(db, action.tenant), ...statements, pending] as const
  await db.batch([rise, ...others])
  const tenant = await findTenant(db, action.tenant)
  try {
    await tenantOf(c.env, action.tenant).configure(tenant?.version ?? 0, [{ id, entry }])
  } catch {
    throw problem(503, 'saved_not_active', 'the change is saved and becomes active within minutes; do not repeat it')
  }
  await deletePending(db, [id])
}

/** An action that changes nothing in D1: it only has to stand in the audit. */
export const note = async (c: AdminContext, action: Action): Promise<void> => {
  const entry = entryOf(c.get('caller'), action)
  await tenantOf(c.env, action.tenant).note([{ id: entry.correlation, entry: JSON.stringify(entry) }])
}

/** The tenant of everything that belongs to none. */
export const ensureService = async (env: Env, c: AdminContext): Promise<void> => {
  const db = dbOf(c)
  if (await findTenant(db, SERVICE_TENANT)) return
  const dataKey = await wrapKey(checkEnv(env).keyring, SERVICE_TENANT, newDataKey())
  await insertTenantOnce(db, { id: SERVICE_TENANT, name: SERVICE_TENANT, version: 1, dataKey, createdAt: now() })
}
