import type { VendorRequest, VendorResponse } from '../vendor'
import type { Grant } from './grants'
import type { Book } from './model'

/** Sheet 4. Error bodies are RFC 6749's, as Wave's own texts are oauthlib's. */
export const serveOauth = (book: Book, { method, path, body, query }: VendorRequest): VendorResponse => {
  if (path === '/oauth2/authorize/') return authorize(book, query)
  if (method !== 'POST') return { status: 405, headers: { allow: 'POST' }, body: 'Method Not Allowed' }
  const form = new URLSearchParams(body)
  const application = book.applications.get(form.get('client_id') ?? '')
  if (!application || application.clientSecret !== form.get('client_secret')) return oauthError(401, 'invalid_client')
  if (path === '/oauth2/token-revoke/') return revoke(book, form)
  if (path !== '/oauth2/token/') return { status: 404, body: 'Not Found' }
  if (form.get('grant_type') === 'refresh_token') return refresh(book, form)
  if (form.get('grant_type') === 'authorization_code') return exchange(book, form)
  return oauthError(400, 'unsupported_grant_type')
}

/** The page where a user agrees; the switch `oauth.consent` says what this one does. Unknown apps and addresses never get that far. */
const authorize = (book: Book, query: URLSearchParams): VendorResponse => {
  const application = book.applications.get(query.get('client_id') ?? '')
  if (!application) return { status: 400, body: 'Invalid client_id parameter value.' }
  const redirectUri = query.get('redirect_uri') ?? application.redirectUris[0] ?? ''
  if (!application.redirectUris.includes(redirectUri)) return { status: 400, body: 'Mismatching redirect URI.' }
  if (query.get('response_type') !== 'code') return back(redirectUri, query, { error: 'unsupported_response_type' })
  if (book.world.switched<string>('oauth.consent', 'approve') === 'deny')
    return back(redirectUri, query, { error: 'access_denied' })
  const wanted = (query.get('scope') ?? '').split(' ')
  if (wanted.some((scope) => !KNOWN_SCOPE.test(scope))) return back(redirectUri, query, { error: 'invalid_scope' })
  const scopes = wanted.filter((scope) => !book.world.switched<string[]>('oauth.withheld', []).includes(scope))
  const secret = `wave-code-${crypto.randomUUID()}`
  const businesses = book.world.switched<string[] | 'all'>('oauth.businesses', 'all')
  const expiresAt = book.world.now() + CODE_LIFE_MS
  const clientId = application.clientId
  book.grants.put(secret, { secret, accessToken: null, clientId, businesses, scopes, redirectUri, expiresAt })
  return back(redirectUri, query, { code: secret })
}

const CODE_LIFE_MS = 600_000
const KNOWN_SCOPE =
  /^(account|business|customer|product|sales_tax|vendor|invoice|estimate|transaction|user):(read|write|send|\*)$/

const back = (redirectUri: string, query: URLSearchParams, answer: Record<string, string>): VendorResponse => {
  const location = new URL(redirectUri)
  for (const [name, value] of Object.entries(answer)) location.searchParams.set(name, value)
  const state = query.get('state')
  if (state !== null) location.searchParams.set('state', state)
  return { status: 302, headers: { location: location.href }, body: '' }
}

const oauthError = (status: number, error: string): VendorResponse => ({ status, body: { error } })

/** A code works once, within its time, for the application and address it was made for. */
const exchange = (book: Book, form: URLSearchParams): VendorResponse => {
  const grant = book.grants.get(form.get('code') ?? '')
  const usable = grant && grant.expiresAt !== null && grant.expiresAt > book.world.now() && fits(grant, form)
  if (!usable) return oauthError(400, 'invalid_grant')
  book.grants.delete(grant.secret)
  return issue(book, grant)
}

const fits = (grant: Grant, form: URLSearchParams): boolean =>
  grant.clientId === form.get('client_id') && grant.redirectUri === form.get('redirect_uri')

const refresh = (book: Book, form: URLSearchParams): VendorResponse => {
  if (!form.get('redirect_uri') && book.world.switched('oauth.redirectOnRefresh', true))
    return oauthError(400, 'invalid_request')
  const grant = book.grants.get(form.get('refresh_token') ?? '')
  if (!grant || grant.expiresAt !== null || grant.clientId !== form.get('client_id'))
    return oauthError(400, 'invalid_grant')
  if (!hasActivePlan(book, grant)) return oauthError(403, 'subscription_required')
  const scopes = form.get('scope')?.split(' ') ?? grant.scopes
  if (scopes.some((scope) => !grant.scopes.includes(scope))) return oauthError(400, 'invalid_scope')
  if (grant.accessToken !== null) kill(book, grant.accessToken)
  const rotates = book.world.switched('oauth.refreshToken', true)
  if (rotates) book.grants.delete(grant.secret)
  return issue(book, { ...grant, scopes }, rotates ? undefined : grant.secret)
}

const hasActivePlan = (book: Book, { businesses }: Grant): boolean =>
  book.records.Business.all().some(
    ({ id, plan }) => plan === 'pro' && (businesses === 'all' || businesses.includes(id)),
  )

/** `kept` is the refresh token that stays in force when the answer brings no new one. */
const issue = (book: Book, grant: Grant, kept?: string): VendorResponse => {
  const seconds = book.world.switched('oauth.expiresIn', 7200)
  const access = `wave-access-${crypto.randomUUID()}`
  const { businesses, scopes } = grant
  const expiresAt = book.world.now() + seconds * 1000
  book.tokens.put(access, { token: access, businesses, scopes, expiresAt, revoked: false })
  const rotates = book.world.switched('oauth.refreshToken', true)
  const secret = kept ?? `wave-refresh-${crypto.randomUUID()}`
  if (rotates || kept) book.grants.put(secret, { ...grant, secret, accessToken: access, expiresAt: null })
  const answer = { access_token: access, token_type: 'Bearer', expires_in: seconds, scope: scopes.join(' ') }
  return { status: 200, body: rotates ? { ...answer, refresh_token: secret } : answer }
}

const kill = (book: Book, access: string): void => {
  const token = book.tokens.get(access)
  if (token) book.tokens.put(access, { ...token, revoked: true })
}

/** Either token ends the grant. */
const revoke = (book: Book, form: URLSearchParams): VendorResponse => {
  const given = form.get('token') ?? ''
  kill(book, given)
  for (const grant of book.grants.all())
    if (grant.secret === given || grant.accessToken === given) {
      if (grant.accessToken !== null) kill(book, grant.accessToken)
      book.grants.delete(grant.secret)
    }
  return { status: 200, body: '' }
}
