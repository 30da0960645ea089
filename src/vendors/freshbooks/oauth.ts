import { z } from 'zod'
import type { OAuth } from '../../core/vendor'
import { readMe } from './me'

/**
 * Sheet section 1. One that does not exist, or is not ticked in the app, refuses the whole consent, so only what is read is asked
 * for. What the ledger accounts need is not public; `journal_entries` is assumed.
 */
const SCOPES = [
  'profile',
  'invoices',
  'clients',
  'payments',
  'bills',
  'bill_payments',
  'bill_vendors',
  'expenses',
  'journal_entries',
  'billable_items',
  'taxes',
].map((noun) => `user:${noun}:read`)

const api = () => 'https://api.freshbooks.com'

const Times = z.lazy(() => z.object({ created_at: z.number(), expires_in: z.number() }))
const HALF_A_DAY_S = 43_200

export const oauth: OAuth = {
  app: 'deployment',
  authorize: { host: () => 'https://auth.freshbooks.com', path: '/oauth/authorize' },
  token: { host: api, path: '/auth/oauth/token' },
  revoke: { host: api, path: '/auth/oauth/revoke' },
  scopes: SCOPES,
  clientAuth: 'body',
  redirectOnRefresh: true,

  /** A renewal was seen to answer the time at which the old token was made (live 2026). */
  expiresAt(extras, now) {
    const { created_at, expires_in } = Times.safeParse(extras).data ?? {
      created_at: now / 1000,
      expires_in: z.object({ expires_in: z.number() }).safeParse(extras).data?.expires_in ?? HALF_A_DAY_S,
    }
    return (created_at + expires_in) * 1000
  },

  /** One chain of tokens per person and app: a new consent ends the one before, whatever company it was for (3p, one source). */
  identity: async (session) => (await readMe(session)).identity_id,
}
