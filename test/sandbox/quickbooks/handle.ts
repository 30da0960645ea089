import type { VendorRequest, VendorResponse, WorldContext } from '../vendor'
import { authenticate } from './auth'
import { type Books, openBooks, silently } from './books'
import { type Ask, type Limiter, refusalInForm } from './limiter'
import { discovery, type InFlight, REVOKE_PATH, serveRevoke, serveToken, TOKEN_PATH } from './oauth'
import { serveConsent } from './oauth-consent'
import { Refusal } from './refusals'
import { type Route, routeOf, unknownPath } from './routes'
import { envelopeTime } from './stamps'
import { refusalOfEnded } from './writes'
import { asXml } from './xml'

export interface Door {
  world: WorldContext
  limiter: Limiter
  inFlight: InFlight
}

const BASE = /^\/v3\/company\/([^/]+)\/(.+)$/

/** All hosts of the vendor on one base: consent, tokens, revocation, discovery and the API (sheet 1). */
export const handle = async (door: Door, request: VendorRequest): Promise<VendorResponse> => {
  const { status, headers, body } = await answer(door, request)
  const own = { intuit_tid: `1-${crypto.randomUUID()}`, 'qbo-version': '2026.46', 'service-time': 'total=12' }
  return { status, headers: { ...own, ...headers }, body }
}

const answer = (door: Door, request: VendorRequest): VendorResponse | Promise<VendorResponse> => {
  const { world } = door
  const { path, baseUrl } = request
  if (path === '/connect/oauth2') return serveConsent(world, request)
  if (path === TOKEN_PATH) return serveToken(world, door.inFlight, request)
  if (path === REVOKE_PATH) return serveRevoke(world, request)
  if (path === '/.well-known/openid_configuration') return { status: 200, body: discovery(baseUrl, false) }
  if (path === '/.well-known/openid_sandbox_configuration') return { status: 200, body: discovery(baseUrl, true) }
  const [, realmId, rest = ''] = BASE.exec(path) ?? []
  return realmId === undefined ? { status: 404, body: '' } : serveApi(door, request, realmId, rest.split('/'))
}

const serveApi = async (
  { world, limiter }: Door,
  request: VendorRequest,
  realmId: string,
  segments: string[],
): Promise<VendorResponse> => {
  const caller = authenticate(world, request.headers, realmId)
  if ('status' in caller) return caller
  const route = routeOf(request.method, segments)
  const { clientId } = caller.app
  const isSandbox = caller.app.environment === 'development'
  const ask: Ask = {
    realmId,
    clientId,
    isBatch: route?.kind === 'batch',
    isMetered: !isSandbox && route?.kind !== 'write',
  }
  const refused = limiter.refuse(ask)
  if (refused) return refused
  limiter.started(ask)
  try {
    await held(world)
    return inAskedForm(request, run(booksFor(world, realmId), request, route))
  } finally {
    limiter.ended(ask)
  }
}

/** Answers are instant, so calls could never overlap unless they are held a moment. */
const held = (world: WorldContext): Promise<void> | undefined => {
  const ms = world.switched('throttle.holdMs', 0)
  return ms === 0 ? undefined : new Promise((resolve) => setTimeout(resolve, ms))
}

const booksFor = (world: WorldContext, realmId: string): Books =>
  world.switched('webhook.echo', true) ? openBooks(world, realmId) : openBooks(world, realmId, silently)

const run = (books: Books, request: VendorRequest, route: Route | undefined): VendorResponse => {
  const now = books.world.now()
  try {
    if (!route) throw unknownPath(request)
    if (route.kind === 'read' && endedForReads(books)) throw refusalOfEnded(books)
    const body = { ...route.run(books, request), time: envelopeTime(now) }
    return (route.kind === 'read' ? undefined : afterCommit(books)) ?? { status: 200, body }
  } catch (error) {
    if (error instanceof Refusal) return error.answer(now)
    throw error
  }
}

const endedForReads = (books: Books): boolean =>
  books.realm().status === 'suspended' && books.world.switched('suspended.readsToo', false)

/** Done, but told as a failure: the write stands (sheet 4, 10000 and 504). */
const afterCommit = ({ world }: Books): VendorResponse | undefined => {
  const form = world.switched<string>('write.answer', 'normal')
  if (form === 'normal') return undefined
  if (form !== '504') return refusalInForm(world, form)
  return {
    status: 504,
    headers: { 'content-type': 'text/html' },
    body: '<html><body><h1>504 Gateway Time-out</h1></body></html>',
  }
}

const inAskedForm = ({ headers }: VendorRequest, response: VendorResponse): VendorResponse => {
  if (headers.get('accept')?.includes('application/json') || typeof response.body === 'string') return response
  return {
    ...response,
    headers: { ...response.headers, 'content-type': 'application/xml' },
    body: asXml(response.body),
  }
}
