import { z } from 'zod'
import type { OAuth, Place } from '../../core/vendor'
import { now } from '../../lib/clock'

/** The older hosts of the sandbox (transferwise.tech) were switched off in June 2026 (sheet 1 and 2). */
const hostOf =
  (production: string, sandbox: string) =>
  ({ environment }: Pick<Place, 'environment'>): string =>
    environment === 'sandbox' ? sandbox : production

export const apiHost = hostOf('https://api.wise.com', 'https://api.wise-sandbox.com')
const mtlsHost = hostOf('https://api-mtls.transferwise.com', 'https://api-mtls.wise-sandbox.com')
const webHost = hostOf('https://wise.com', 'https://wise-sandbox.com')

const ChainLife = z.lazy(() => z.object({ refresh_token_expires_in: z.coerce.number().positive() }))

/**
 * For partners, who have credentials from Wise; everybody else has a personal token. No scopes are asked for, and nothing is known
 * of a way to give tokens back. A renewal ends the access token before it at once (sheet 4).
 */
export const oauth: OAuth = {
  app: 'deployment',
  authorize: { host: webHost, path: '/oauth/authorize/' },
  token: { host: apiHost, path: '/oauth/token' },
  mtls: { binding: 'WISE_MTLS', host: mtlsHost },
  scopes: [],
  clientAuth: 'basic+id',
  accountParameter: 'profileId',
  /** About 20 years, again with each refresh token. */
  chainEndsAt(extras) {
    const left = ChainLife.safeParse(extras).data?.refresh_token_expires_in
    return left === undefined ? null : now() + left * 1000
  },
}
