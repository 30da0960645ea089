import { z } from 'zod'
import type { OAuth } from '../../core/vendor'
import { now } from '../../lib/clock'

/** From the consent, however often it is renewed [D] (sheet 2). */
const FIVE_YEARS_S = 157_680_000

export const SCOPE = 'com.intuit.quickbooks.accounting'

const HardEnd = z.lazy(() => z.object({ x_refresh_token_hard_expires_in: z.coerce.number().positive() }))

/** Sandbox and production have the same hosts, and different apps. */
export const oauth: OAuth = {
  app: 'deployment',
  authorize: { host: () => 'https://appcenter.intuit.com', path: '/connect/oauth2' },
  token: { host: () => 'https://oauth.platform.intuit.com', path: '/oauth2/v1/tokens/bearer' },
  revoke: { host: () => 'https://developer.api.intuit.com', path: '/v2/oauth2/tokens/revoke' },
  revokeBody: 'json',
  // [U]: Intuit calls it "disconnect", which in its own screens is of the company.
  revokesCompany: true,
  scopes: [SCOPE],
  clientAuth: 'basic',
  tokenHeaders: { 'x-include-refresh-token-hard-expires-in': 'true' },
  // After a rotation the old value was once seen to work while the new one was refused [T] (sheet 2).
  keepsPrevious: true,
  accountParameter: 'realmId',
  chainEndsAt(extras, consentAt) {
    const left = HardEnd.safeParse(extras).data?.x_refresh_token_hard_expires_in
    return left === undefined ? consentAt + FIVE_YEARS_S * 1000 : now() + left * 1000
  },
}
