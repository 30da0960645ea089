import type { VendorRequest, VendorResponse, WorldContext } from '../vendor'
import { accountingRoute } from './accounting'
import { type Books, openBooks } from './books'
import { serveCallbacks } from './callbacks'
import { serveConsent } from './consent'
import { type Business, type Directory, liveToken, membershipsOf, meView, openDirectory, type Token } from './directory'
import { accessDenied, insufficientScope, RawRefusal, Refusal, refusal } from './errors'
import { releaseDue } from './events'
import { Body, sorted } from './fields'
import { serveKinds, serveLedger } from './ledger'
import type { makeLimiter } from './limiter'
import { serveOauth } from './oauth'
import { render, unauthenticated, versionOf } from './render'
import { PROFILE } from './scopes'

interface Visit {
  directory: Directory
  request: VendorRequest
  token: Token
}

/** Two sets of OAuth paths with one behaviour (sheet 1). */
const OAUTH = /^(?:\/service)?\/auth\/oauth\/(?:token|revoke)$/
const CONSENT = /^(?:\/service\/auth)?\/oauth\/authorize$/
const ACCOUNTING = /^\/accounting\/account\/([^/]+)\/(\w+\/\w+)(?:\/([^/]+))?$/
const EVENTS = /^\/events\/account\/([^/]+)\/events\/callbacks(?:\/([^/]+))?$/
const LEDGER = /^\/accounting\/businesses\/([^/]+)\/ledger_accounts\/accounts(?:\/([^/]+))?$/
const KINDS = /^\/accounting\/ledger_accounts\/(types|sub_types)(?:\/([^/]+))?$/

export const handle = async (
  world: WorldContext,
  admit: ReturnType<typeof makeLimiter>,
  request: VendorRequest,
): Promise<VendorResponse> => {
  releaseDue(world)
  const directory = openDirectory(world)
  if (CONSENT.test(request.path)) return serveConsent(directory, request)
  const { headers, refused } = admit(bucketOf(directory, request), request.method)
  if (refused) return refused
  const answer = await answered(directory, request)
  const api = { ...headers, 'x-api-version': versionOf(world, request) }
  return { ...answer, headers: { ...api, ...answer.headers }, body: sorted(answer.body) }
}

/** Whether limits are kept per token, application or account, nobody knows (sheet 6). */
const bucketOf = (directory: Directory, { headers, path }: VendorRequest): string => {
  const token = liveToken(directory, headers)
  const key = directory.world.switched<'token' | 'app' | 'account'>('rate.key', 'token')
  if (key === 'account') return /\/account\/([^/]+)/.exec(path)?.[1] ?? 'none'
  return (key === 'app' ? token?.clientId : token?.token) ?? 'none'
}

const answered = async (directory: Directory, request: VendorRequest): Promise<VendorResponse> => {
  try {
    if (OAUTH.test(request.path)) return await serveOauth(directory, request)
    const token = liveToken(directory, request.headers)
    return token ? serve({ directory, request, token }) : unauthenticated(directory.world, request)
  } catch (error) {
    if (error instanceof RawRefusal) return { status: error.status, body: error.body }
    if (error instanceof Refusal) return render(directory.world, request, error)
    throw error
  }
}

const serve = (visit: Visit): VendorResponse => {
  const { path } = visit.request
  const [, account = '', kind = '', id] = ACCOUNTING.exec(path) ?? []
  if (account) return accounting(visit, account, kind, id)
  const [, listener = '', callback] = EVENTS.exec(path) ?? []
  if (listener) return events(visit, listener, callback)
  const [, business = '', uuid] = LEDGER.exec(path) ?? []
  if (business) return ledger(visit, business, uuid)
  const [, kinds = '', row] = KINDS.exec(path) ?? []
  if (kinds) return serveKinds(kinds, row)
  if (path === '/auth/api/v1/users/me') return me(visit)
  throw refusal(404, 1012, 'The requested URL was not found on the server.')
}

const me = ({ directory, token }: Visit): VendorResponse => {
  needs(token, PROFILE)
  const identity = directory.identities.get(String(token.identity))
  if (!identity) throw accessDenied('Unknown identity')
  return { status: 200, body: { response: meView(directory, identity) } }
}

const needs = ({ scopes }: Token, scope: string): void => {
  if (!scopes.includes(scope)) throw insufficientScope(scopes, scope)
}

const scopeFor = (object: string, method: string): string => `user:${object}:${method === 'GET' ? 'read' : 'write'}`

const accounting = (visit: Visit, account: string, kind: string, id: string | undefined): VendorResponse => {
  const route = accountingRoute(kind)
  if (!route) throw refusal(404, 1012, 'The requested URL was not found on the server.')
  const { method, query } = visit.request
  needs(visit.token, scopeFor(route.scope, method))
  const books = booksFor(visit, (business) => business.accountId === account)
  return route.serve({ books, method, id, query, body: readBody(visit.request) })
}

const events = (visit: Visit, account: string, id: string | undefined): VendorResponse => {
  const { method, query } = visit.request
  const books = booksFor(visit, (business) => business.accountId === account)
  return serveCallbacks({ books, token: visit.token, method, id, query, body: readBody(visit.request) })
}

/** Which scope the ledger needs is not known (sheet 1). */
const ledger = (visit: Visit, business: string, uuid: string | undefined): VendorResponse => {
  const { method } = visit.request
  needs(visit.token, scopeFor(visit.directory.world.switched('ledger.scope', 'journal_entries'), method))
  const books = booksFor(visit, (one) => one.uuid === business)
  return serveLedger(books, method, uuid, readBody(visit.request))
}

/** Only accounts of which the person is a member; ids are compared with their case. */
const booksFor = ({ directory, token }: Visit, is: (business: Business) => boolean): Books => {
  const { world } = directory
  const found = membershipsOf(directory, token.identity).find(({ business }) => is(business))?.business
  if (!found?.accountId)
    throw refusal(world.switched('account.foreignStatus', 403), 1003, 'You do not have access to this account.')
  if (!found.active) throw refusal(403, 1042, 'This account is inactive.')
  return openBooks(world, found.accountId)
}

const readBody = ({ method, body }: VendorRequest): Body => {
  if (method === 'GET' || method === 'DELETE') return {}
  const parsed = Body.safeParse(parseJson(body))
  if (!parsed.success) throw refusal(400, 1005, 'The body must be a JSON object.')
  return parsed.data
}

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    throw refusal(400, 1005, 'Expecting value: line 1 column 1 (char 0)')
  }
}
