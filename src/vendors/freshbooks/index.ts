import { z } from 'zod'
import { OAuthCredentials, type Vendor } from '../../core/vendor'
import { account, accounts } from './account'
import { refusal } from './errors'
import { oauth } from './oauth'
import { references } from './references'
import { warnings } from './warnings'
import { webhook } from './webhook'

/** FreshBooks: REST, consent by OAuth only. Its books are only ever read; what is changed are its callbacks. */
export const freshbooks: Vendor<z.infer<typeof OAuthCredentials>> = {
  name: 'freshbooks',
  credentials: OAuthCredentials,
  settings: z.object({ baseUrl: z.url().optional() }),
  // Not published. 600 in about 60 s seen live in 2026; whether they are counted per token, app or account is not known.
  limits: [{ calls: 550, perMs: 60_000 }],
  concurrency: 2,
  timeout: 30_000,
  maxBytes: 10_000_000,
  baseUrl: () => 'https://api.freshbooks.com',
  authorise: (headers, _credentials, token) => headers.set('authorization', `Bearer ${token}`),
  oauth,
  reads: ({ method }) => method === 'GET',
  refusal,
  account,
  accounts,
  warnings,
  references,
  webhook,
}
