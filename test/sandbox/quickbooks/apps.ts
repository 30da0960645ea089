import type { Collection } from '../store'
import type { WorldContext } from '../vendor'

/** Configured per app in Intuit's developer portal, which has no API (sheet 15). */
export interface Hook {
  url: string
  format: 'cloudevents' | 'legacy'
  contentType: string
  entities: string[] | 'all'
}

export interface App {
  clientId: string
  clientSecret: string
  redirectUris: string[]
  environment: 'production' | 'development'
  verifierToken: string
  hook: Hook | null
}

/** One consent of one company to one app, and the refresh tokens that come from it. */
export interface Family {
  id: string
  clientId: string
  realmId: string
  consentedAt: number
  refreshToken: string
  /** When the present value was first given out. */
  bornAt: number
  /** Idle time counts from here. */
  usedAt: number
  previous: { token: string; endedAt: number } | null
  ended: 'revoked' | 'disconnected' | 'attacked' | null
  /** The user who consented is no administrator any more (code 120). */
  lostAdmin: boolean
}

export interface AccessToken {
  token: string
  family: string
  expiresAt: number
}

export interface AuthCode {
  code: string
  clientId: string
  realmId: string
  redirectUri: string
  expiresAt: number
}

export interface Registry {
  apps: Collection<App>
  families: Collection<Family>
  tokens: Collection<AccessToken>
  codes: Collection<AuthCode>
}

export const openRegistry = ({ store }: WorldContext): Registry => ({
  apps: store.collection('app'),
  families: store.collection('family'),
  tokens: store.collection('token'),
  codes: store.collection('code'),
})

/** Webhooks of a company go to each app that it is connected to. */
export const connectedApps = (world: WorldContext, realmId: string): App[] => {
  const { apps, families } = openRegistry(world)
  const live = families.all().filter((family) => family.realmId === realmId && family.ended === null)
  return apps.all().filter(({ clientId }) => live.some((family) => family.clientId === clientId))
}
