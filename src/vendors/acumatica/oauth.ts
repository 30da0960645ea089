import type { OAuth, Place } from '../../core/vendor'
import { settingsOf } from './settings'

const DAY_MS = 86_400_000

/** From the consent, however often it is renewed, unless the administrator has chosen a sliding end (sheet 3). */
const CHAIN_DAYS = 30

/** The identity server is part of the customer's instance. */
const host = (place: Place): string => settingsOf(place).tenantUrl

/** The connected application belongs to the instance, so its id and secret belong to the connection. There is no revocation (sheet 3). */
export const oauth: OAuth = {
  app: 'connection',
  authorize: { host, path: '/identity/connect/authorize' },
  token: { host, path: '/identity/connect/token' },
  // One session belongs to the grant then and is used again after each renewal: no seat of the licence is left behind (sheet 3).
  scopes: ['api', 'offline_access'],
  clientAuth: 'body',
  chainEndsAt: (_extras, consentAt) => consentAt + CHAIN_DAYS * DAY_MS,
}
