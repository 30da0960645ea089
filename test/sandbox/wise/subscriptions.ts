import { z } from 'zod'
import { type Call, callerOf, clientOf, ok, profileOf, readBody } from './call'
import { sendTest, testBody } from './deliveries'
import { notFound, type Refusal, refusal } from './errors'
import type { Subscription } from './hooks'
import { type Book, save } from './model'
import { outgoing, statusOf } from './sending'
import { stamp } from './stamps'

type Scope = Subscription['scope']

/** Scopes and versions (sheet 11). */
const EVENTS: Record<string, { scopes: Scope['domain'][]; versions: string[] }> = {
  'transfers#state-change': { scopes: ['profile', 'application'], versions: ['2.0.0', '4.0.0'] },
  'transfers#payout-failure': { scopes: ['profile', 'application'], versions: ['2.0.0', '4.0.0', '5.0.0'] },
  'transfers#refund': { scopes: ['profile', 'application'], versions: ['1.0.0', '2.0.0', '4.0.0'] },
  'transfers#active-cases': { scopes: ['profile', 'application'], versions: ['2.0.0', '4.0.0'] },
  'balances#update': { scopes: ['profile', 'application'], versions: ['2.1.0', '2.2.0', '3.0.0', '4.0.0'] },
  'balances#credit': { scopes: ['profile'], versions: ['2.0.0', '4.0.0'] },
  'balances#account-state-change': { scopes: ['application'], versions: ['2.0.0', '4.0.0'] },
  'profiles#verification-state-change': { scopes: ['application'], versions: ['2.0.0', '4.0.0'] },
}

export const SubscriptionBody = z.looseObject({
  name: z.string().min(1),
  trigger_on: z.string(),
  delivery: z.looseObject({ version: z.string(), url: z.string() }),
})
export type SubscriptionBody = z.infer<typeof SubscriptionBody>

/** Texts of these are ours. */
const bad = (path: string, message: string): Refusal => refusal(400, { code: 'INVALID_SUBSCRIPTION', message, path })

const refuseEvent = ({ trigger_on, delivery }: SubscriptionBody, domain: Scope['domain']): void => {
  const event = EVENTS[trigger_on]
  if (!event) throw bad('trigger_on', `Unknown event ${trigger_on}.`)
  if (!event.scopes.includes(domain)) throw bad('trigger_on', `${trigger_on} is not available for a ${domain}.`)
  if (!event.versions.includes(delivery.version)) throw bad('delivery.version', `Unknown version ${delivery.version}.`)
}

const isAddress = (host: string): boolean => host.startsWith('[') || /^\d+(\.\d+){3}$/.test(host)

/** https on 443, a host name, no query (sheet 11); `webhooks.allowLocal` opens it for tests and the demo, query apart. */
const refuseUrl = (book: Book, text: string): void => {
  if (!URL.canParse(text)) throw bad('delivery.url', 'Callback URL is not a URL.')
  const { protocol, port, search, hostname } = new URL(text)
  if (search !== '') throw bad('delivery.url', 'Callback URL must not have a query.')
  if (book.world.switched('webhooks.allowLocal', false)) return
  if (protocol !== 'https:' || port !== '') throw bad('delivery.url', 'Callback URL must be https on port 443.')
  if (isAddress(hostname) || hostname === 'localhost') throw bad('delivery.url', 'Callback URL must have a host name.')
}

/** The call that every new subscription begins with; `false` when the target does not say 2xx. */
const reaches = async (book: Book, { trigger_on, delivery }: SubscriptionBody): Promise<boolean> => {
  const mode = book.world.switched<'call' | 'skip'>('webhooks.probe', 'call')
  if (mode === 'skip') return true
  const body = testBody(book, { event: trigger_on, version: delivery.version })
  const meta = { deliveryId: crypto.randomUUID(), test: 'true' }
  const status = await statusOf(await outgoing(book, { url: delivery.url, meta, body }, book.world.now(), false))
  return status !== null && status >= 200 && status < 300
}

export const keepSubscription = (book: Book, body: SubscriptionBody, scope: Scope, createdBy: string): Subscription => {
  refuseEvent(body, scope.domain)
  refuseUrl(book, body.delivery.url)
  return save(book.subscriptions, {
    id: crypto.randomUUID(),
    name: body.name,
    event: body.trigger_on,
    version: body.delivery.version,
    url: body.delivery.url,
    scope,
    createdBy,
    createdAt: book.world.now(),
  })
}

export const subscriptionView = ({ id, name, event, version, url, scope, createdBy, createdAt }: Subscription) => ({
  id,
  name,
  delivery: { version, url },
  trigger_on: event,
  scope,
  created_by: { type: scope.domain === 'profile' ? 'user' : 'application', id: createdBy },
  created_at: stamp(createdAt),
})

type ScopeOf = (call: Call) => Scope

export const ofProfile: ScopeOf = (call) => ({ domain: 'profile', id: String(profileOf(call).id) })

export const ofApplication: ScopeOf = (call) => ({ domain: 'application', id: clientOf(call).key })

/** Status of the refused probe is [U] (sheet 14). */
export const create = (scopeOf: ScopeOf) => async (call: Call) => {
  const scope = scopeOf(call)
  const body = readBody(call, SubscriptionBody)
  refuseEvent(body, scope.domain)
  refuseUrl(call.book, body.delivery.url)
  if (!(await reaches(call.book, body))) {
    const status = call.book.world.switched('webhooks.probeStatus', 400)
    throw refusal(status, { code: 'INVALID_CALLBACK_URL', message: 'Callback URL did not answer with success.' })
  }
  const { user, client } = callerOf(call)
  return ok(subscriptionView(keepSubscription(call.book, body, scope, String(user ?? client))))
}

const within = (call: Call, { domain, id }: Scope): Subscription[] =>
  call.book.subscriptions.all().filter(({ scope }) => scope.domain === domain && scope.id === id)

const one = (call: Call, scope: Scope): Subscription => {
  const found = within(call, scope).find(({ id }) => id === call.params.subscription)
  if (!found) throw notFound('Subscription')
  return found
}

export const list = (scopeOf: ScopeOf) => (call: Call) => ok(within(call, scopeOf(call)).map(subscriptionView))

export const read = (scopeOf: ScopeOf) => (call: Call) => ok(subscriptionView(one(call, scopeOf(call))))

export const remove = (scopeOf: ScopeOf) => (call: Call) => {
  call.book.subscriptions.delete(one(call, scopeOf(call)).id)
  return { status: 204, body: null }
}

export const testNotification = (call: Call) => {
  sendTest(call.book, one(call, ofApplication(call)))
  return ok({})
}
