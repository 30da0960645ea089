import type { VendorRequest, VendorResponse, WorldContext } from '../vendor'
import { authenticate, whoever } from './auth'
import { AUTHORIZE_PATH, serveAuthorize } from './authorize'
import { openBooks } from './books'
import { serveEndpoint } from './endpoint'
import { malformed, Refusal, unpublished } from './errors'
import type { Limiter } from './limiter'
import type { Session } from './model'
import { settleOperations } from './operations'
import { instanceOf, knownTenant } from './registry'
import { isPublished, serveRoot } from './root'
import { cookiesFor, signIn, signOut } from './sign-in'
import { readDay } from './stamps'
import { discovery, serveToken, TOKEN_PATH } from './token'

export interface Door {
  world: WorldContext
  limiter: Limiter
}

/** All of an instance on one base: identity server, sign-in and the contract API, below the site's name if it has one. */
export const handle = async (door: Door, request: VendorRequest): Promise<VendorResponse> => {
  try {
    return await answer(door, request)
  } catch (error) {
    if (error instanceof Refusal) return error.response
    throw error
  }
}

/** Path below the site, decoded: a slash in a key cannot be told from a separator (sheet 5). */
const pathBelow = (site: string, path: string): string => {
  const prefix = site === '' ? '' : `/${site}`
  if (!path.startsWith(`${prefix}/`)) throw unpublished()
  try {
    return decodeURIComponent(path.slice(prefix.length))
  } catch {
    throw malformed('', 'The address is not valid.')
  }
}

const answer = async (door: Door, request: VendorRequest): Promise<VendorResponse> => {
  const { world } = door
  const { site } = instanceOf(world)
  const address = site === '' ? request.baseUrl : `${request.baseUrl}/${site}`
  const path = pathBelow(site, request.path)
  if (path === '/identity/.well-known/openid-configuration')
    return { status: 200, body: discovery(address, AUTHORIZE_PATH) }
  if (path === AUTHORIZE_PATH) return serveAuthorize(world, { ...request, baseUrl: address })
  if (path === TOKEN_PATH) return serveToken(world, request)
  const [area = '', ...segments] = path.slice(1).split('/')
  if (area !== 'entity') throw unpublished()
  return serveEntity(door, request, new URL(address).pathname, segments)
}

const serveEntity = async (
  door: Door,
  request: VendorRequest,
  site: string,
  segments: string[],
): Promise<VendorResponse> => {
  const { world } = door
  const [name = '', version = '', ...rest] = segments.filter((segment) => segment !== '')
  if (name === '' && request.method === 'GET')
    return { status: 200, body: serveRoot(world, site, whoever(world, request)) }
  if (name === 'auth' && request.method === 'POST' && version === 'login') return signIn(world, request)
  const session = authenticate(world, request)
  if (name === 'auth' && request.method === 'POST' && version === 'logout') return signOut(world, request, session)
  const refused = await door.limiter.enter()
  if (refused) return refused
  try {
    settleOperations(world)
    if (!isPublished(world, session, name, version)) throw unpublished()
    const base = `${site}/entity/${name}/${version}`
    const books = booksFor(world, request, session, version)
    const response = serveEndpoint({ world, request, books, version, base, session }, rest)
    return withCookies(session, response)
  } finally {
    door.limiter.left()
  }
}

/** A session of `api:concurrent_access` is tracked by its cookies (sheet 3). */
const withCookies = (session: Session, response: VendorResponse): VendorResponse =>
  session.kind === 'concurrent'
    ? { ...response, headers: { ...response.headers, 'set-cookie': cookiesFor(session) } }
    : response

/** `PX-CbApiBranch` and `PX-CbApiBusinessDate` count for one request (sheet 5). */
const booksFor = (world: WorldContext, { headers }: VendorRequest, session: Session, version: string) => {
  const branch = headers.get('px-cbapibranch') ?? session.branch
  if (branch !== null && !knownTenant(world, session.tenant).branches.includes(branch))
    throw malformed('PX-CbApiBranch', `The branch ${branch} is not found.`)
  const day = headers.get('px-cbapibusinessdate')
  const today = day === null ? null : readDay(day)
  if (today === undefined) throw malformed('PX-CbApiBusinessDate', `${day} is not a date.`)
  return openBooks(world, session.tenant, { branch, today, version })
}
