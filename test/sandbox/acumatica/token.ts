import type { VendorRequest, VendorResponse, WorldContext } from '../vendor'
import { issue, readScopes, rotate, startGrant } from './grants'
import type { App, AuthCode } from './model'
import { openRegistry, tenantOf } from './registry'

export const TOKEN_PATH = '/identity/connect/token'

const oauthError = (world: WorldContext, error: string): VendorResponse =>
  world.switched('oauth.unreadable', false)
    ? { status: 400, headers: { 'content-type': 'text/html' }, body: '<html><body><h1>Bad Request</h1></body></html>' }
    : { status: 400, body: { error } }

/** Client credentials travel in the form; the signed assertion that may stand for the secret is not simulated (sheet 3). */
const appOf = (world: WorldContext, form: URLSearchParams): App | undefined => {
  const app = openRegistry(world).apps.get(form.get('client_id') ?? '')
  return app?.clientSecret === form.get('client_secret') ? app : undefined
}

/** `POST /identity/connect/token`, form bodies only. */
export const serveToken = async (
  world: WorldContext,
  { method, headers, body }: VendorRequest,
): Promise<VendorResponse> => {
  if (method !== 'POST') return { status: 405, body: '' }
  if (!headers.get('content-type')?.includes('application/x-www-form-urlencoded'))
    return oauthError(world, 'invalid_request')
  const form = new URLSearchParams(body)
  const app = appOf(world, form)
  if (!app) return oauthError(world, 'invalid_client')
  const grantType = form.get('grant_type')
  if (grantType === 'authorization_code') return exchange(world, app, form)
  if (grantType === 'password') return passwordGrant(world, app, form)
  if (grantType === 'refresh_token') return refresh(world, app, form)
  return oauthError(world, 'unsupported_grant_type')
}

/** A code works once: a wrong address, secret or verifier does not use it up, a second use does nothing. */
const exchange = async (world: WorldContext, app: App, form: URLSearchParams): Promise<VendorResponse> => {
  const { codes } = openRegistry(world)
  const code = codes.get(form.get('code') ?? '')
  if (!code || !(await fits(world, code, app, form))) return oauthError(world, 'invalid_grant')
  if (!codes.delete(code.code)) return oauthError(world, 'invalid_grant')
  return { status: 200, body: issue(world, startGrant(world, app, code.user, code.scopes)) }
}

const fits = async (world: WorldContext, code: AuthCode, app: App, form: URLSearchParams): Promise<boolean> =>
  code.clientId === app.clientId &&
  code.redirectUri === form.get('redirect_uri') &&
  code.expiresAt > world.now() &&
  (code.challenge === null || code.challenge === (await challengeOf(form.get('code_verifier') ?? '')))

const challengeOf = async (verifier: string): Promise<string> => {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))
  const text = btoa(String.fromCharCode(...new Uint8Array(digest)))
  return text.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}

const passwordGrant = (world: WorldContext, app: App, form: URLSearchParams): VendorResponse => {
  const tenant = openRegistry(world).tenants.get(tenantOf(app.clientId))
  const user = tenant?.users.find(({ name }) => name === form.get('username'))
  if (!user || user.password !== form.get('password')) return oauthError(world, 'invalid_grant')
  const scopes = readScopes(form.get('scope'))
  if (!scopes) return oauthError(world, 'invalid_scope')
  return { status: 200, body: issue(world, startGrant(world, app, user.name, scopes)) }
}

/** [1] Without a refresh token it is `invalid_request`. */
const refresh = (world: WorldContext, app: App, form: URLSearchParams): VendorResponse => {
  const value = form.get('refresh_token')
  if (!value) return oauthError(world, 'invalid_request')
  const grant = rotate(world, app, value)
  return grant ? { status: 200, body: issue(world, grant) } : oauthError(world, 'invalid_grant')
}

/** `GET /identity/.well-known/openid-configuration` */
export const discovery = (site: string, authorizePath: string) => ({
  issuer: `${site}/identity`,
  authorization_endpoint: `${site}${authorizePath}`,
  token_endpoint: `${site}${TOKEN_PATH}`,
  scopes_supported: ['openid', 'profile', 'email', 'phone', 'api', 'api:concurrent_access', 'offline_access'],
  response_types_supported: ['code'],
  grant_types_supported: ['authorization_code', 'password', 'refresh_token'],
  code_challenge_methods_supported: ['S256'],
  token_endpoint_auth_methods_supported: ['client_secret_post'],
})
