import { z } from 'zod'
import { OAuthCredentials, type Vendor } from '../../core/vendor'
import { account, accounts } from './account'
import { reads } from './client'
import { refusal } from './errors'
import { apiHost, oauth } from './oauth'
import { Settings } from './profiles'
import { references } from './references'
import { warnings } from './warnings'
import { webhook } from './webhook'

/** A personal token, made on wise.com, or consent by OAuth, for partners of Wise. */
const Credentials = z.lazy(() =>
  z.discriminatedUnion('kind', [z.object({ kind: z.literal('token'), token: z.string().min(1) }), OAuthCredentials]),
)

/** Wise Platform: quotes, recipients, transfers and balances of one profile. */
export const wise: Vendor<z.infer<typeof Credentials>> = {
  name: 'wise',
  credentials: Credentials,
  settings: Settings,
  // 100 a second and 1000 a minute by default (sheet 12); some are left to whoever else works for the business.
  limits: [
    { calls: 80, perMs: 1000 },
    { calls: 900, perMs: 60_000 },
  ],
  concurrency: 4,
  // Nothing is published. Long, because a payment without an answer has to be looked up.
  timeout: 60_000,
  maxBytes: 8_000_000,
  baseUrl: apiHost,
  authorise: (headers, credentials, token) =>
    headers.set('authorization', `Bearer ${credentials.kind === 'token' ? credentials.token : token}`),
  oauth,
  reads,
  refusal,
  account,
  accounts,
  warnings,
  references,
  webhook,
}
