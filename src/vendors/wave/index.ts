import { z } from 'zod'
import type { Vendor } from '../../core/vendor'
import { account, Settings } from './account'
import { isQuery } from './client'
import { refusal } from './errors'
import { references } from './references'
import { webhook } from './webhook'

/** A full access token made in Wave's portal, or an OAuth access token. */
const Credentials = z.object({ kind: z.literal('token'), token: z.string().min(1) })

/** Wave Accounting: GraphQL over one URL. Only ever read: no pair writes to it. */
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
  authorise: (headers, { token }) => headers.set('authorization', `Bearer ${token}`),
  reads: isQuery,
  refusal,
  account,
  references,
  webhook,
}
