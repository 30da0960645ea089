import type { TenantApi } from '../core/tenant'
import { checkEnv, type Env } from '../env'
import { type DataKey, unwrapKey } from '../lib/seal'
import { openDb } from '../store/config'
import { findTenant } from '../store/tenants'

/** Actions that belong to no tenant (keys, new tenants, deliveries for unknown accounts) are audited in this one's chain. */
export const SERVICE_TENANT = 'service'

/** The data key that everything of a tenant is sealed with. */
export const tenantKey = async (env: Env, tenant: string): Promise<DataKey> => {
  const found = await findTenant(openDb(env.DB), tenant)
  if (!found) throw new Error(`no tenant ${tenant}`)
  return unwrapKey(checkEnv(env).keyring, tenant, found.dataKey)
}

/** The object of a tenant. A stub stays broken after a reset, so a new one is made for each use. */
export const tenantOf = (env: Env, tenant: string): TenantApi => env.TENANT.get(env.TENANT.idFromName(tenant))
