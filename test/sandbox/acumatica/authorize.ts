import type { VendorRequest, VendorResponse, WorldContext } from '../vendor'
import { readScopes } from './grants'
import type { App } from './model'
import { knownTenant, openRegistry, tenantOf } from './registry'

/** [U] The life of a code is not known; five minutes. */
const CODE_LIFE = 300_000
export const AUTHORIZE_PATH = '/identity/connect/authorize'

const page = (status: number, title: string, text: string): VendorResponse => ({
  status,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: `<!DOCTYPE html><html><head><title>${title}</title></head><body><h1>${title}</h1>${text}</body></html>`,
})

const backTo = (redirectUri: string, answer: Record<string, string>, state: string | null): VendorResponse => {
  const url = new URL(redirectUri)
  for (const [key, value] of Object.entries(answer)) url.searchParams.set(key, value)
  if (state !== null) url.searchParams.set('state', state)
  return { status: 302, headers: { location: url.toString() }, body: '' }
}

/**
 * Consents at once, as the sheet wants it (12.1). With the switch `oauth.consent: 'page'` it shows a page whose links carry
 * `decision=allow|deny`; `decision=deny` works always. Nobody is sent to an address that is not registered.
 */
export const serveAuthorize = (world: WorldContext, { method, query, baseUrl }: VendorRequest): VendorResponse => {
  if (method !== 'GET' && method !== 'POST') return page(405, 'Method not allowed', '')
  const app = openRegistry(world).apps.get(query.get('client_id') ?? '')
  if (!app) return page(400, 'Error', '<p>unauthorized_client</p>')
  const redirectUri = query.get('redirect_uri') ?? ''
  if (!app.redirectUris.includes(redirectUri)) return page(400, 'Error', '<p>Invalid redirect_uri</p>')
  const state = query.get('state')
  // Implicit and hybrid flows exist at the vendor; nobody uses them here.
  if (query.get('response_type') !== 'code') return backTo(redirectUri, { error: 'unsupported_response_type' }, state)
  const scopes = readScopes(query.get('scope'))
  if (!scopes) return backTo(redirectUri, { error: 'invalid_scope' }, state)
  const challenge = query.get('code_challenge')
  if (challenge !== null && query.get('code_challenge_method') !== 'S256')
    return backTo(redirectUri, { error: 'invalid_request' }, state)
  const decision =
    query.get('decision') ?? (world.switched<string>('oauth.consent', 'auto') === 'auto' ? 'allow' : null)
  if (decision === 'deny') return backTo(redirectUri, { error: 'access_denied' }, state)
  if (decision !== 'allow') return consentPage(query, `${baseUrl}${AUTHORIZE_PATH}`)
  const code = freshCode(world, app, { redirectUri, scopes, challenge, user: query.get('user') })
  return backTo(redirectUri, { code, scope: scopes.join(' ') }, state)
}

interface Consent {
  redirectUri: string
  scopes: string[]
  challenge: string | null
  /** Who signs in; the first user of the tenant when it does not matter. */
  user: string | null
}

export const freshCode = (world: WorldContext, { clientId }: App, consent: Consent): string => {
  const code = crypto.randomUUID().replaceAll('-', '')
  const user = consent.user ?? knownTenant(world, tenantOf(clientId)).users[0]?.name ?? ''
  openRegistry(world).codes.put(code, { code, clientId, ...consent, user, expiresAt: world.now() + CODE_LIFE })
  return code
}

const consentPage = (query: URLSearchParams, address: string): VendorResponse => {
  const link = (decision: string, words: string) => {
    const target = new URLSearchParams({ ...Object.fromEntries(query), decision })
    return `<p><a href="${address}?${target}`
      .replaceAll('&', '&amp;')
      .replaceAll('+', '%20')
      .concat(`">${words}</a></p>`)
  }
  return page(200, 'Permissions', `${link('allow', 'Allow')}${link('deny', 'Deny')}`)
}
