import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import worker from '../../src/index'
import type { Admin } from './admin'
import { agree, choose, open, type Seen } from './browser'
import { admin } from './office'
import { joinTime } from './time'
import { openWorld, type TestWorld } from './world'

const APP = { clientId: env.FRESHBOOKS_CLIENT_ID_SANDBOX, clientSecret: env.FRESHBOOKS_CLIENT_SECRET_SANDBOX }
const REDIRECT = 'https://connector.test/oauth/freshbooks/callback'

type Row = Record<string, unknown>

/** FreshBooks with our app, and one person who owns the books that were seeded. */
export interface Firm {
  admin: Admin
  world: TestWorld
  /** FreshBooks' id of the person: chains of tokens belong to it, so no two tests share one. */
  person: number
}

export const newPerson = (): number => 10_000 + Math.floor(Math.random() * 2 ** 40)

export const MAPLE = { name: 'Maple Goods', accountId: 'mA9Le' }
export const BAKERY = { name: 'Birch Bakery', accountId: 'bIr4K' }

export const openFirm = async (businesses: Row[] = [MAPLE, BAKERY], more: Row = {}): Promise<Firm> => {
  const world = openWorld(`fb-${crypto.randomUUID().slice(0, 8)}`)
  const person = newPerson()
  await joinTime(world)
  const applications = [{ ...APP, redirectUris: [REDIRECT] }]
  await world.seed({ freshbooks: { applications, businesses, identities: [{ id: person }], ...more } })
  await world.switches({ 'freshbooks.oauth.consent': 'approve' })
  return { admin: await admin(), world, person }
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
export const connected = async (firm: Firm, account: string): Promise<Seat> => {
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
