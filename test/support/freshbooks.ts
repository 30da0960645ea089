import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import worker from '../../src/index'
import type { Admin } from './admin'
import { agree, choose, open, type Seen } from './browser'
import { admin } from './office'
import { joinTime } from './time'
import { openWorld, type TestWorld } from './world'

export const APP = { clientId: env.FRESHBOOKS_CLIENT_ID_SANDBOX, clientSecret: env.FRESHBOOKS_CLIENT_SECRET_SANDBOX }
export const REDIRECT = 'https://connector.test/oauth/freshbooks/callback'

type Row = Record<string, unknown>

/** FreshBooks with our app, and one person who owns the books that were seeded. No two tests share an id: we remember each. */
export interface Firm {
  admin: Admin
  world: TestWorld
  /** FreshBooks' id of the person: chains of tokens belong to it. */
  person: number
  /** Of the businesses, in their order. */
  accounts: string[]
  /** The first of them. */
  account: string
}

export const newPerson = (): number => 10_000 + Math.floor(Math.random() * 2 ** 40)

export const newAccount = (): string => `aB${crypto.randomUUID().slice(0, 6)}`

const TWO = [{ name: 'Maple Goods' }, { name: 'Birch Bakery' }]

export const openFirm = async (given: Row[] = TWO, more: Row = {}): Promise<Firm> => {
  const world = openWorld(`fb-${crypto.randomUUID().slice(0, 8)}`)
  const person = newPerson()
  const accounts = given.map(newAccount)
  await joinTime(world)
  const businesses = given.map((one, at) => ({ name: 'Maple Goods', accountId: accounts[at], ...one }))
  const applications = [{ ...APP, redirectUris: [REDIRECT] }]
  await world.seed({ freshbooks: { applications, businesses, identities: [{ id: person }], ...more } })
  await world.switches({ 'freshbooks.oauth.consent': 'approve' })
  return { admin: await admin(), world, person, accounts, account: accounts[0] ?? '' }
}

/** A tenant's connection to FreshBooks. */
export interface Seat {
  tenant: string
  connection: string
  /** Of the admin API, e.g. `path('/test')`. */
  path(rest?: string): string
}

export const newSeat = async ({ admin: api, world }: Firm): Promise<Seat> => {
  const { id: tenant } = await api.call<{ id: string }>('POST', '/v1/tenants', { name: world.name })
  const settings = { baseUrl: world.baseUrl('freshbooks') }
  const given = { vendor: 'freshbooks', environment: 'sandbox', name: 'FreshBooks', settings }
  const { id: connection } = await api.call<{ id: string }>('POST', `/v1/tenants/${tenant}/connections`, given)
  return { tenant, connection, path: (rest = '') => `/v1/tenants/${tenant}/connections/${connection}${rest}` }
}

/** What the person in front of the browser sees in the end; `account` is chosen where the page asks. */
export const consent = async ({ admin: api, person }: Firm, seat: Seat, account = '', as = person): Promise<Seen> => {
  const { url } = await api.call<{ url: string }>('GET', seat.path('/authorize'))
  const page = await open(await agree(`${url}&identity=${as}`))
  return page.text.includes('which company?') && account !== '' ? choose('freshbooks', page.text, account) : page
}

/** A connection that is ready for work. */
export const connected = async (firm: Firm, account = firm.account): Promise<Seat> => {
  const seat = await newSeat(firm)
  await consent(firm, seat, account)
  await firm.admin.call('POST', seat.path('/confirm'))
  return seat
}

export const stateOf = async ({ admin: api }: Firm, seat: Seat): Promise<string> =>
  (await api.call<{ state: string }>('GET', seat.path())).state

/** Requests to the token endpoint. */
export const tokenRequests = async ({ world }: Firm): Promise<number> =>
  (await world.calls('freshbooks')).filter(({ path }) => path === '/auth/oauth/token').length

/** A webhook through the front door, with all that goes on after the answer. */
export const receive = async (request: Request): Promise<number> => {
  const context = createExecutionContext()
  const response = await worker.fetch(request, env, context)
  await waitOnExecutionContext(context)
  return response.status
}

/** The person takes our app off the list of connected ones at FreshBooks. */
export const revokeApp = ({ world, person }: Firm): Promise<unknown> =>
  world.act('freshbooks', 'revoke-app', { identity: String(person), clientId: APP.clientId })
