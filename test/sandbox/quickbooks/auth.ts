import type { VendorResponse, WorldContext } from '../vendor'
import { type App, type Family, openRegistry } from './apps'
import { realms } from './books'
import { reachable } from './oauth-consent'
import { forbidden, problem, Refusal, unauthenticated } from './refusals'

export interface Caller {
  app: App
  family: Family
}

const MALFORMED = 'Malformed bearer token: too short or too long'

/** Who calls, or the gateway's refusal (sheet 17.2). */
export const authenticate = (world: WorldContext, headers: Headers, realmId: string): Caller | VendorResponse => {
  const now = world.now()
  const bearer = /^Bearer (\S+)$/i.exec(headers.get('authorization') ?? '')?.[1]
  if (bearer === undefined || bearer.length < 8) return unauthenticated(now, MALFORMED)
  const { tokens, families, apps } = openRegistry(world)
  const token = tokens.get(bearer)
  const family = families.get(token?.family ?? '')
  const app = apps.get(family?.clientId ?? '')
  if (!token || !family || !app) return unauthenticated(now, `Token invalid: ${bearer}`)
  if (token.expiresAt <= now) return unauthenticated(now, `Token expired: ${bearer}`)
  if (family.ended === 'disconnected') return forbidden
  if (family.ended !== null) return unauthenticated(now, `Token revoked: ${bearer}`)
  const realm = realms(world).get(realmId)
  if (!realm || family.realmId !== realmId || !reachable(app, realm)) return forbidden
  if (family.lostAdmin) return new Refusal([problem('120')], 401, 'AuthorizationFault').answer(now)
  return { app, family }
}
