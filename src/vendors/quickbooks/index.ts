import { z } from 'zod'
import { OAuthCredentials, type Vendor } from '../../core/vendor'
import { account, warnings } from './account'
import { refusal } from './errors'
import { oauth } from './oauth'
import { references } from './references'
import { webhook } from './webhook'

/** QuickBooks Online, Accounting API v3 (Intuit): JSON over REST, one company ("realm") per consent. */
export const quickbooks: Vendor<z.infer<typeof OAuthCredentials>> = {
  name: 'quickbooks',
  credentials: OAuthCredentials,
  settings: z.object({ baseUrl: z.url().optional() }),
  // 10 a second and 500 a minute per company [D] (sheet 5); some are left to whoever else works for it.
  limits: [
    { calls: 8, perMs: 1000 },
    { calls: 450, perMs: 60_000 },
  ],
  concurrency: 4,
  // QuickBooks itself gives up after 120 s [D].
  timeout: 125_000,
  maxBytes: 20_000_000,
  baseUrl: ({ environment }) =>
    environment === 'sandbox' ? 'https://sandbox-quickbooks.api.intuit.com' : 'https://quickbooks.api.intuit.com',
  authorise: (headers, _credentials, token) => headers.set('authorization', `Bearer ${token}`),
  oauth,
  reads: ({ method }) => method === 'GET',
  refusal,
  account,
  warnings,
  references,
  webhook,
}
