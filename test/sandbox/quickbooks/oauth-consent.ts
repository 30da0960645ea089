import type { VendorRequest, VendorResponse, WorldContext } from '../vendor'
import { type App, openRegistry } from './apps'
import { realms } from './books'
import type { Realm } from './model'

const SCOPE = 'com.intuit.quickbooks.accounting'
const KNOWN = [SCOPE, 'com.intuit.quickbooks.payment', 'openid', 'profile', 'email', 'phone', 'address']

/** [U] The life of a code is not known; ten minutes (sheet 2). */
const CODE_LIFE = 600_000

const page = (status: number, title: string, text: string): VendorResponse => ({
  status,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: `<!DOCTYPE html><html><head><title>${title}</title></head><body><h1>${title}</h1>${text}</body></html>`,
})

const problemPage = (text: string): VendorResponse => page(400, 'Sorry, but the connection failed', `<p>${text}</p>`)

const backTo = (redirectUri: string, answer: Record<string, string>): VendorResponse => {
  const url = new URL(redirectUri)
  for (const [key, value] of Object.entries(answer)) url.searchParams.set(key, value)
  return { status: 302, headers: { location: url.toString() }, body: '' }
}

/** A company that these keys can reach at all: development keys only see sandbox companies. */
export const reachable = (app: App, { environment }: Realm): boolean =>
  (app.environment === 'development') === (environment === 'sandbox')

/**
 * `GET /connect/oauth2` shows the consent page; its links carry `decision=allow|deny` and the company, and lead back to the
 * caller. With the switch `oauth.consent: 'auto'` the first company is connected at once.
 */
export const serveConsent = (world: WorldContext, { method, query, baseUrl }: VendorRequest): VendorResponse => {
  if (method !== 'GET' && method !== 'POST') return page(405, 'Method not allowed', '')
  const app = openRegistry(world).apps.get(query.get('client_id') ?? '')
  if (!app) return problemPage('The client_id is unknown.')
  const redirectUri = query.get('redirect_uri') ?? ''
  if (!app.redirectUris.includes(redirectUri)) return problemPage('The redirect_uri is not registered for this app.')
  const state = query.get('state')
  if (!state) return problemPage('The state is missing.')
  if (query.get('response_type') !== 'code') return backTo(redirectUri, { error: 'unsupported_response_type', state })
  const scopes = (query.get('scope') ?? '').split(' ')
  if (!scopes.includes(SCOPE) || scopes.some((scope) => !KNOWN.includes(scope)))
    return backTo(redirectUri, { error: 'invalid_scope', state })
  return decided(world, app, query, redirectUri, state) ?? consentPage(world, app, query, baseUrl)
}

const decided = (
  world: WorldContext,
  app: App,
  query: URLSearchParams,
  redirectUri: string,
  state: string,
): VendorResponse | undefined => {
  const decision =
    query.get('decision') ?? (world.switched<string>('oauth.consent', 'page') === 'auto' ? 'allow' : null)
  if (decision === 'deny') return backTo(redirectUri, { error: 'access_denied', state })
  if (decision !== 'allow') return undefined
  const own = companies(world, app)
  const realm = query.has('realmId') ? own.find(({ realmId }) => realmId === query.get('realmId')) : own[0]
  if (!realm) return problemPage('There is no such company for this app.')
  return backTo(redirectUri, { code: freshCode(world, app, realm, redirectUri), state, realmId: realm.realmId })
}

const companies = (world: WorldContext, app: App): Realm[] =>
  realms(world)
    .all()
    .filter((realm) => reachable(app, realm))

export const freshCode = (world: WorldContext, { clientId }: App, { realmId }: Realm, redirectUri: string): string => {
  const code = `AB1${crypto.randomUUID().replaceAll('-', '')}`
  openRegistry(world).codes.put(code, { code, clientId, realmId, redirectUri, expiresAt: world.now() + CODE_LIFE })
  return code
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')

const consentPage = (world: WorldContext, app: App, query: URLSearchParams, baseUrl: string): VendorResponse => {
  const link = (words: string, extra: Record<string, string>) => {
    const target = new URLSearchParams({ ...Object.fromEntries(query), ...extra })
    return `<p><a href="${escaped(`${baseUrl}/connect/oauth2?${target}`)}">${escaped(words)}</a></p>`
  }
  const allow = companies(world, app).map(({ realmId, companyName }) =>
    link(`Connect ${companyName}`, { decision: 'allow', realmId }),
  )
  return page(200, 'Connect to QuickBooks', [...allow, link('No thanks', { decision: 'deny' })].join(''))
}
