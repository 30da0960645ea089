import type { WorldContext } from '../vendor'
import type { App, Grant } from './model'
import { openRegistry, tenantOf } from './registry'

const DAY = 86_400_000
/** By default the whole chain ends 30 days after the first consent (sheet 3). */
const CHAIN_DAYS = 30

const secret = (): string => crypto.randomUUID().replaceAll('-', '').toUpperCase()

const endOf = (app: App, startedAt: number, now: number): number | null => {
  if (app.refresh.mode === 'fixed') return startedAt + CHAIN_DAYS * DAY
  const { slidingDays, absoluteDays } = app.refresh
  const slid = now + slidingDays * DAY
  return absoluteDays === null ? slid : Math.min(slid, startedAt + absoluteDays * DAY)
}

export const startGrant = (
  world: WorldContext,
  app: App,
  user: string,
  scopes: string[],
  refreshToken = secret(),
): Grant => {
  const now = world.now()
  const id = crypto.randomUUID()
  return openRegistry(world).grants.put(id, {
    id,
    clientId: app.clientId,
    tenant: tenantOf(app.clientId),
    user,
    scopes,
    startedAt: now,
    refreshToken: scopes.includes('offline_access') ? refreshToken : null,
    endsAt: endOf(app, now, now),
    spent: [],
    ended: null,
  })
}

/** The value must be the present one: a spent one is dead, and by the switch it takes the chain with it. */
export const rotate = (world: WorldContext, app: App, value: string): Grant | undefined => {
  const { grants } = openRegistry(world)
  const grant = grants.all().findLast((one) => one.refreshToken === value || one.spent.includes(value))
  if (!grant || grant.clientId !== app.clientId || grant.ended !== null) return undefined
  if (grant.refreshToken !== value) {
    if (world.switched('oauth.reuseKills', false)) grants.put(grant.id, { ...grant, ended: 'reused' })
    return undefined
  }
  const now = world.now()
  if (grant.endsAt !== null && grant.endsAt <= now) return undefined
  const endsAt = endOf(app, grant.startedAt, now)
  return grants.put(grant.id, { ...grant, refreshToken: secret(), endsAt, spent: [...grant.spent, value] })
}

/** The answer of the token endpoint; earlier access tokens live on until they expire. */
export const issue = (world: WorldContext, grant: Grant) => {
  const expires_in = world.switched('oauth.expiresIn', 3600)
  const token = secret()
  openRegistry(world).tokens.put(token, { token, grant: grant.id, expiresAt: world.now() + expires_in * 1000 })
  return {
    access_token: token,
    expires_in,
    token_type: 'Bearer',
    ...(grant.refreshToken === null ? {} : { refresh_token: grant.refreshToken }),
    scope: grant.scopes.join(' '),
  }
}

const KNOWN_SCOPES = ['api', 'offline_access', 'api:concurrent_access', 'openid', 'profile', 'email', 'phone']

/** Scopes are asked for in the request, not configured on the application (sheet 3). */
export const readScopes = (text: string | null): string[] | undefined => {
  const scopes = (text ?? '').split(' ').filter((scope) => scope !== '')
  return scopes.length > 0 && scopes.every((scope) => KNOWN_SCOPES.includes(scope)) ? scopes : undefined
}
