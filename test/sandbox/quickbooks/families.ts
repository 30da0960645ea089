import type { WorldContext } from '../vendor'
import { type Family, openRegistry } from './apps'

const DAY_SECONDS = 86_400
const FIVE_YEARS = 5 * 365 * DAY_SECONDS

const secret = (prefix: string): string => `${prefix}${crypto.randomUUID().replaceAll('-', '')}`

const limits = (world: WorldContext) => ({
  access: world.switched('oauth.expiresIn', 3600),
  idle: world.switched('oauth.idleSeconds', 100 * DAY_SECONDS),
  hard: world.switched('oauth.hardSeconds', FIVE_YEARS),
  rotateAfter: world.switched('oauth.rotateSeconds', DAY_SECONDS),
  grace: world.switched('oauth.graceSeconds', 0),
})

const since = (world: WorldContext, then: number): number => (world.now() - then) / 1000

export const startFamily = (world: WorldContext, clientId: string, realmId: string, refreshToken?: string): Family => {
  const now = world.now()
  const id = crypto.randomUUID()
  return openRegistry(world).families.put(id, {
    id,
    clientId,
    realmId,
    consentedAt: now,
    refreshToken: refreshToken ?? secret('RT1-'),
    bornAt: now,
    usedAt: now,
    previous: null,
    ended: null,
    lostAdmin: false,
  })
}

/** By the present value or the one before it; of a value that was seeded again, the latest consent. */
export const familyOf = (world: WorldContext, value: string): Family | undefined =>
  openRegistry(world)
    .families.all()
    .findLast(({ refreshToken, previous }) => refreshToken === value || previous?.token === value)

export const end = (world: WorldContext, family: Family, why: NonNullable<Family['ended']>): void => {
  openRegistry(world).families.put(family.id, { ...family, ended: why })
}

export const refreshable = (world: WorldContext, family: Family, value: string): boolean => {
  const { idle, hard, grace } = limits(world)
  if (family.ended !== null) return false
  if (since(world, family.usedAt) > idle || since(world, family.consentedAt) > hard) return false
  if (family.refreshToken === value) return true
  return grace > 0 && family.previous !== null && since(world, family.previous.endedAt) <= grace
}

/** The value changes on the first refresh a day or more after it was born; until then it stays (sheet 2). */
export const rotated = (world: WorldContext, family: Family, value: string): Family => {
  const { families } = openRegistry(world)
  const now = world.now()
  const due = value === family.refreshToken && since(world, family.bornAt) >= limits(world).rotateAfter
  if (!due) return families.put(family.id, { ...family, usedAt: now })
  const next = { ...family, usedAt: now, bornAt: now, refreshToken: secret('RT1-') }
  // [T] One report: the answered value never worked, and the old one went on.
  if (world.switched('oauth.newValueDead', false)) {
    families.put(family.id, { ...family, usedAt: now })
    return next
  }
  return families.put(family.id, { ...next, previous: { token: value, endedAt: now } })
}

/** The answer of the token endpoint; earlier access tokens live on until they expire. */
export const issue = (world: WorldContext, family: Family, hard: boolean) => {
  const limit = limits(world)
  const token = secret('eyJ.')
  openRegistry(world).tokens.put(token, { token, family: family.id, expiresAt: world.now() + limit.access * 1000 })
  const left = Math.floor(limit.hard - since(world, family.consentedAt))
  return {
    token_type: 'bearer',
    access_token: token,
    refresh_token: family.refreshToken,
    expires_in: limit.access,
    x_refresh_token_expires_in: Math.min(limit.idle, left),
    ...(hard ? { x_refresh_token_hard_expires_in: left } : {}),
  }
}
