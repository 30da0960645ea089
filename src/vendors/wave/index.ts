import { z } from 'zod'
import { OAuthCredentials, type Vendor } from '../../core/vendor'
import { account, accounts, Settings } from './account'
import { isQuery } from './client'
import { refusal } from './errors'
import { oauth, warnings } from './oauth'
import { references } from './references'
import { webhook } from './webhook'

/** A full access token made in Wave's portal, or consent by OAuth. */
const Credentials = z.lazy(() =>
  z.discriminatedUnion('kind', [z.object({ kind: z.literal('token'), token: z.string().min(1) }), OAuthCredentials]),
)

/** Wave Accounting: GraphQL over one URL. Written are money transactions and payments of invoices, nothing else (mutations.ts). */
export const wave: Vendor<z.infer<typeof Credentials>> = {
  name: 'wave',
  credentials: Credentials,
  settings: Settings,
  // Not published; this is what nobody was ever refused for (sheet section 2).
  limits: [{ calls: 1, perMs: 1000 }],
  concurrency: 2,
  timeout: 30_000,
  maxBytes: 8_000_000,
  baseUrl: () => 'https://gql.waveapps.com',
  authorise: (headers, credentials, token) =>
    headers.set('authorization', `Bearer ${credentials.kind === 'token' ? credentials.token : token}`),
  oauth,
  reads: isQuery,
  refusal,
  account,
  accounts,
  warnings,
  references,
  webhook,
}
