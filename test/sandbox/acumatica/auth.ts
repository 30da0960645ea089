import type { VendorRequest, WorldContext } from '../vendor'
import { Refusal, unauthorised } from './errors'
import type { AccessToken, Grant, Session } from './model'
import { openRegistry } from './registry'
import { liveSession, openSession, useSession } from './sessions'
import { cookiesOf } from './sign-in'

const refused = () => new Refusal(unauthorised)

/** Who calls, by bearer token or by the cookies of a sign-in. @throws Refusal 401 with an empty body. */
export const authenticate = (world: WorldContext, request: VendorRequest): Session => {
  const bearer = /^Bearer (\S+)$/i.exec(request.headers.get('authorization') ?? '')?.[1]
  if (bearer !== undefined) return ofToken(world, request, bearer)
  const cookies = cookiesOf(request.headers)
  const session = liveSession(world, cookies['ASP.NET_SessionId'] ?? '')
  if (session?.kind !== 'cookie' || cookies['.ASPXAUTH'] !== session.id) throw refused()
  return useSession(world, session)
}

/** As `authenticate`, where nobody has to sign in. */
export const whoever = (world: WorldContext, request: VendorRequest): Session | undefined => {
  try {
    return authenticate(world, request)
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
}

const ofToken = (world: WorldContext, request: VendorRequest, bearer: string): Session => {
  const { tokens, grants, tenants } = openRegistry(world)
  const token = tokens.get(bearer)
  const grant = grants.get(token?.grant ?? '')
  if (!token || !grant || token.expiresAt <= world.now() || grant.ended !== null) throw refused()
  const isUser = tenants.get(grant.tenant)?.users.some(({ name }) => name === grant.user)
  if (!isUser || !grant.scopes.some((scope) => scope.startsWith('api'))) throw refused()
  const { id, kind, endsAt } = seatOf(request, grant, token)
  const session = liveSession(world, id)
  if (session) return useSession(world, session)
  return openSession(world, { id, kind, endsAt, tenant: grant.tenant, user: grant.user, branch: null })
}

/**
 * With `offline_access` one session belongs to the grant; with `api` alone it ends with the token; with
 * `api:concurrent_access` each call without the session's cookie opens one more (sheet 3).
 */
const seatOf = (request: VendorRequest, grant: Grant, token: AccessToken): Pick<Session, 'id' | 'kind' | 'endsAt'> => {
  if (grant.scopes.includes('api:concurrent_access')) {
    const known = cookiesOf(request.headers)['ASP.NET_SessionId']
    return { id: known ?? crypto.randomUUID(), kind: 'concurrent', endsAt: null }
  }
  if (grant.scopes.includes('offline_access')) return { id: grant.id, kind: 'grant', endsAt: null }
  return { id: token.token, kind: 'token', endsAt: token.expiresAt }
}
