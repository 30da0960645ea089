import type { OAuth, ReadApi } from '../../core/vendor'

/** Sheet section 4. `offline_access` is not in Wave's list, and a grant that lacks a scope is answered narrower: see `warnings`. */
const SCOPES = [
  'user:read',
  'business:read',
  'account:read',
  'customer:read',
  'product:read',
  'sales_tax:read',
  'vendor:read',
  'invoice:read',
  'invoice:write',
  'transaction:write',
]

const host = () => 'https://api.waveapps.com'

export const oauth: OAuth = {
  app: 'deployment',
  authorize: { host, path: '/oauth2/authorize/' },
  token: { host, path: '/oauth2/token/' },
  revoke: { host, path: '/oauth2/token-revoke/' },
  scopes: SCOPES,
  clientAuth: 'body',
  redirectOnRefresh: true,
}

/** A full access token has no scopes: it may do everything. */
export const warnings = async (_api: ReadApi, credentials: { kind: string }, scope: string): Promise<string[]> => {
  if (credentials.kind !== 'oauth' || scope === '') return []
  const granted = new Set(scope.split(' '))
  const has = (wanted: string) => granted.has(wanted) || granted.has(wanted.replace(/:\w+$/, ':*'))
  const missing = SCOPES.filter((wanted) => !has(wanted))
  if (missing.length === 0) return []
  return [
    `Wave granted fewer scopes than asked for; missing: ${missing.join(', ')}. Connect again and allow all of them.`,
  ]
}
