import { ACUMATICA_APP, ACUMATICA_USER, acumaticaSeed } from './acumatica-cin7-firm'
import type { Admin } from './admin'
import { admin } from './office'
import { joinTime } from './time'
import { openWorld, type TestWorld } from './world'

export { ACUMATICA_APP, ACUMATICA_USER }
export const ACUMATICA_PUSH = 'marker-secret-acumatica-push'

/** A tenant of ours, and an Acumatica instance with the site `Prod`; nothing is connected yet. */
export interface Instance {
  admin: Admin
  world: TestWorld
  tenant: string
  tenantUrl: string
}

let instances = 0

/** `seed` = of the simulator, beside app and user; `books` = of its one tenant. */
export const openInstance = async (books: object = {}, seed: object = {}): Promise<Instance> => {
  instances += 1
  const api = await admin()
  const world = openWorld(`acu${instances}-${crypto.randomUUID().slice(0, 8)}`)
  const { id: tenant } = await api.call<{ id: string }>('POST', '/v1/tenants', { name: world.name })
  await joinTime(world)
  await world.seed({ acumatica: { ...acumaticaSeed(books), ...seed } })
  return { admin: api, world, tenant, tenantUrl: `${world.baseUrl('acumatica')}/Prod` }
}

/** A connection as yet without credentials; answers its path in the admin API. */
export const newConnection = async (
  { admin: api, tenant, tenantUrl }: Instance,
  settings: object = {},
): Promise<string> => {
  const given = { vendor: 'acumatica', name: 'Acumatica', settings: { tenantUrl, ...settings } }
  const { id } = await api.call<{ id: string }>('POST', `/v1/tenants/${tenant}/connections`, given)
  return `/v1/tenants/${tenant}/connections/${id}`
}

export const idOf = (path: string): string => path.split('/').at(-1) ?? ''
