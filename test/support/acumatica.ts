import type { Admin } from './admin'
import { admin } from './office'
import { joinTime } from './time'
import { openWorld, type TestWorld } from './world'

export const ACUMATICA_APP = {
  clientId: '5e1f2a70-3c44-4b1d-9c0e-0a7b6d5c4e3f@MyTenant',
  clientSecret: 'marker-secret-acumatica-app',
}
export const ACUMATICA_USER = { username: 'api', password: 'marker-secret-acumatica-user' }
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
  const { username: name, password } = ACUMATICA_USER
  await world.seed({
    acumatica: {
      instance: { site: 'Prod' },
      apps: [{ ...ACUMATICA_APP, redirectUris: ['https://connector.test/oauth/acumatica/callback'] }],
      tenants: [{ name: 'MyTenant', users: [{ name, password }], ...books }],
      grants: [],
      ...seed,
    },
  })
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
