import { env } from 'cloudflare:workers'
import { z } from 'zod'
import { now } from '../../src/lib/clock'
import { openDb } from '../../src/store/config'
import { storedReferences, storeReferences } from '../../src/store/references'
import type { Admin } from './admin'
import { admin } from './office'
import { stubOf } from './tenant'
import { joinTime } from './time'
import { openWorld, type TestWorld } from './world'

const Seeded = z.object({
  wise: z.object({
    publicKey: z.string(),
    users: z.array(z.object({ profiles: z.array(z.object({ id: z.number(), type: z.string(), name: z.string() })) })),
  }),
})

export interface Profile {
  id: string
  name: string
}

/** One business at Wise, and a connection for it that has no credentials yet. */
export interface WiseOffice {
  admin: Admin
  world: TestWorld
  tenant: string
  connection: string
  business: Profile
  publicKey: string
  /** Of the connection, for the admin API. */
  path(rest?: string): string
}

/** `seed` for the simulator. It calls no URL of ours: what it would send is handed over by the test. */
export const openWise = async (seed: object, options: object = {}): Promise<WiseOffice> => {
  const api = await admin()
  const world = openWorld(`wise-${crypto.randomUUID().slice(0, 8)}`)
  const { id: tenant } = await api.call<{ id: string }>('POST', '/v1/tenants', { name: world.name })
  await joinTime(world)
  await world.switches({ 'wise.webhooks.probe': 'skip', 'wise.oauth.consent': 'approve' })
  const { wise } = Seeded.parse(await world.seed({ wise: seed }))
  const business = wise.users[0]?.profiles.find(({ type }) => type === 'BUSINESS')
  if (!business) throw new Error('no business was seeded')
  const settings = { baseUrl: world.baseUrl('wise'), webhookPublicKey: wise.publicKey, ...options }
  const given = { vendor: 'wise', environment: 'sandbox', name: 'Wise', settings }
  const { id: connection } = await api.call<{ id: string }>('POST', `/v1/tenants/${tenant}/connections`, given)
  return {
    admin: api,
    world,
    tenant,
    connection,
    business: { id: String(business.id), name: business.name },
    publicKey: wise.publicKey,
    path: (rest = '') => `/v1/tenants/${tenant}/connections/${connection}${rest}`,
  }
}

/** As if somebody had looked at it for a mapping: the daily check keeps such a list up to date. */
export const keepList = async ({ tenant, connection }: WiseOffice, kind: string): Promise<void> => {
  const answered = await stubOf(tenant).references(connection, kind)
  if (!answered.ok) throw new Error(answered.failure.message)
  await storeReferences(openDb(env.DB), connection, kind, answered.value, now())
}

export const keptCodes = async ({ connection }: WiseOffice, kind: string): Promise<string[]> =>
  (await storedReferences(openDb(env.DB), connection, kind)).entries.map(({ name }) => name)
