import type { TenantApi } from '../core/tenant'
import type { Env } from '../env'

/** Actions that belong to no tenant (keys, new tenants, deliveries for unknown accounts) are audited in this one's chain. */
export const SERVICE_TENANT = 'service'

/** The object of a tenant. A stub stays broken after a reset, so a new one is made for each use. */
export const tenantOf = (env: Env, tenant: string): TenantApi => env.TENANT.get(env.TENANT.idFromName(tenant))
