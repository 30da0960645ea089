import { env } from 'cloudflare:workers'
import type { Admin } from './admin'
import { open, type Seen } from './browser'
import { admin } from './office'
import { companyButton, press } from './quickbooks-consent'
import { joinTime } from './time'
import { openWorld, type TestWorld } from './world'

export const APP = { clientId: env.QUICKBOOKS_CLIENT_ID_SANDBOX, clientSecret: env.QUICKBOOKS_CLIENT_SECRET_SANDBOX }
const REDIRECT = 'https://connector.test/oauth/quickbooks/callback'
const VERIFIER = env.QUICKBOOKS_WEBHOOK_SECRET_SANDBOX

/** A tenant with one connection to QuickBooks that nobody has consented to yet, and the company behind it. */
export interface Client {
  admin: Admin
  world: TestWorld
  tenant: string
  connection: string
  realm: string
}

/** Fifteen digits are within what a double holds; companies have up to nineteen. */
export const newRealm = (): string =>
  `9341${String(crypto.getRandomValues(new BigUint64Array(1))[0])
    .padStart(15, '0')
    .slice(-15)}`

/** Intuit's side: the developer's app, and one company in its sandbox. */
export const openIntuit = async (company: Record<string, unknown> = {}): Promise<TestWorld> => {
  const world = openWorld(`q-${crypto.randomUUID().slice(0, 8)}`)
  await joinTime(world)
  const app = { ...APP, redirectUris: [REDIRECT], environment: 'development', verifierToken: VERIFIER }
  await world.seed({ quickbooks: { apps: [app], realms: [], grants: [] } })
  await addCompany(world, company)
  return world
}

export const addCompany = (world: TestWorld, company: Record<string, unknown>): Promise<unknown> =>
  world.seed({ quickbooks: { apps: [], realms: [{ environment: 'sandbox', ...company }], grants: [] } })

export const addClient = async (world: TestWorld, realm: string): Promise<Client> => {
  const api = await admin()
  const { id: tenant } = await api.call<{ id: string }>('POST', '/v1/tenants', { name: `${world.name} ${realm}` })
  const { id: connection } = await api.call<{ id: string }>('POST', `/v1/tenants/${tenant}/connections`, {
    vendor: 'quickbooks',
    environment: 'sandbox',
    name: 'QuickBooks',
    settings: { baseUrl: world.baseUrl('quickbooks') },
  })
  return { admin: api, world, tenant, connection, realm }
}

export const openClient = async (company: Record<string, unknown> = {}): Promise<Client> => {
  const realm = newRealm()
  return addClient(await openIntuit({ realmId: realm, companyName: 'Harbour Lane Supplies', ...company }), realm)
}

export const pathOf = ({ tenant, connection }: Client, rest = ''): string =>
  `/v1/tenants/${tenant}/connections/${connection}${rest}`

/** The link to Intuit's consent page. */
export const authorize = async (client: Client): Promise<string> =>
  (await client.admin.call<{ url: string }>('GET', pathOf(client, '/authorize'))).url

/** The whole way of a user who agrees: the connector's last page. */
export const consent = async (client: Client, realm = client.realm): Promise<Seen> =>
  open(await press(await authorize(client), companyButton(realm)))

export const connect = async (client: Client): Promise<void> => {
  const page = await consent(client)
  if (page.status !== 200) throw new Error(page.text)
  await client.admin.call('POST', pathOf(client, '/confirm'))
}

export const connectionOf = (client: Client) =>
  client.admin.call<{ state: string; account: { id: string; name: string } | null }>('GET', pathOf(client))
