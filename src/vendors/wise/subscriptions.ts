import { z } from 'zod'
import { Failed, rejected } from '../../core/failure'
import type { Call, Hook, HookRegistry, RemoteHook, SetupApi } from '../../core/vendor'
import { get, post, remove } from './client'

/** Since 4.0.0 times have milliseconds, and balances a step and what is left after it (sheet 11). */
const VERSION = '4.0.0'

const EVENTS = [
  'transfers#state-change',
  'transfers#payout-failure',
  'transfers#refund',
  'transfers#active-cases',
  'balances#update',
]

/** No profile can subscribe to these, so a personal token never hears of them (sheet 1). */
const APP_EVENTS = ['profiles#verification-state-change', 'balances#account-state-change']

const Subscription = z.lazy(() =>
  z.object({
    id: z.string().min(1),
    trigger_on: z.string(),
    delivery: z.object({ url: z.string() }),
  }),
)

/** The subscriptions of the profile, or of the app: the same calls at two places. */
interface Shelf {
  api: SetupApi
  route: string
  ids: Record<string, string>
}

const ofProfile = (api: SetupApi): Shelf => ({
  api,
  route: '/profiles/{profile}/subscriptions',
  ids: { profile: api.account },
})

const ofApp = (app: SetupApi): Shelf => ({
  api: app,
  route: '/applications/{client}/subscriptions',
  ids: { client: app.account },
})

const shelves = (api: SetupApi): Shelf[] => [ofProfile(api), ...(api.app ? [ofApp(api.app)] : [])]

const shelfFor = (api: SetupApi, { event }: Hook): Shelf => {
  if (!APP_EVENTS.includes(event)) return ofProfile(api)
  if (!api.app) throw noApp(event)
  return ofApp(api.app)
}

/** Wise never switches one off: what is listed is alive. */
const listed = async ({ api, route, ids }: Shelf): Promise<RemoteHook[]> =>
  (await api.read(get('v3', route, ids), z.array(Subscription))).map(({ id, trigger_on, delivery }) => ({
    remoteId: id,
    event: trigger_on,
    url: delivery.url,
    active: true,
  }))

const creation = ({ route, ids }: Shelf, { event, url }: Hook): Call =>
  post('v3', route, ids, { name: `ml-connector ${event}`, trigger_on: event, delivery: { version: VERSION, url } })

/** Gone already is what was wanted; nothing says whose it was. */
const dropped = async ({ api, route, ids }: Shelf, subscription: string): Promise<boolean> => {
  try {
    await api.change(remove('v3', `${route}/{subscription}`, { ...ids, subscription }), z.unknown())
    return true
  } catch (thrown) {
    if (thrown instanceof Failed && thrown.failure.code === 'wise_not_found') return false
    throw thrown
  }
}

export const registry: HookRegistry = {
  events: EVENTS,
  appEvents: APP_EVENTS,

  async list(api) {
    return (await Promise.all(shelves(api).map(listed))).flat()
  },

  /** Wise calls the URL before it answers. The signing key is Wise's own. */
  async register(api, hook) {
    const shelf = shelfFor(api, hook)
    return (await shelf.api.change(creation(shelf, hook), Subscription)).id
  },

  async unregister(api, remoteId) {
    for (const shelf of shelves(api)) if (await dropped(shelf, remoteId)) return
  },
}

const noApp = (event: string): Failed =>
  rejected(
    'wise_no_app_key',
    `only an app is told of ${event}, and the deployment does not know its key`,
    'Store the client key of the app as worker secret WISE_CLIENT_KEY (…_SANDBOX for the sandbox) and connect by consent.',
  )
