import type { VendorRequest, VendorResponse, WorldContext } from '../vendor'
import { type App, type AuthCode, openRegistry } from './apps'
import { end, familyOf, issue, refreshable, rotated, startFamily } from './families'
import { Body, parseJson } from './read-body'

/** Sheet 2: bodies as recorded; which of the two texts a case gets is not known. */
const oauthError = (status: number, error: string, description?: string): VendorResponse => ({
  status,
  body: description === undefined ? { error } : { error_description: description, error },
})

export const TOKEN_PATH = '/oauth2/v1/tokens/bearer'
export const REVOKE_PATH = '/v2/oauth2/tokens/revoke'

const basic = (headers: Headers): [id: string, secret: string] | undefined => {
  const encoded = /^Basic (\S+)$/i.exec(headers.get('authorization') ?? '')?.[1]
  if (encoded === undefined) return undefined
  const [id = '', ...secret] = decoded(encoded).split(':')
  return [id, secret.join(':')]
}

const decoded = (encoded: string): string => {
  try {
    return atob(encoded)
  } catch {
    return ''
  }
}

/** By Basic or, for tokens, in the form (`client_secret_post`). */
const appOf = (world: WorldContext, headers: Headers, form?: URLSearchParams): App | undefined => {
  const [id, secret] = basic(headers) ?? [form?.get('client_id') ?? '', form?.get('client_secret') ?? '']
  const app = openRegistry(world).apps.get(id)
  return app?.clientSecret === secret ? app : undefined
}

const invalidClient = (world: WorldContext): VendorResponse =>
  oauthError(world.switched('oauth.invalidClientStatus', 401), 'invalid_client')

/** Refresh values whose exchange is under way: a second one at the same time is refused (sheet 2, "Concurrency trap"). */
export type InFlight = Set<string>

export const serveToken = async (
  world: WorldContext,
  inFlight: InFlight,
  { method, headers, body }: VendorRequest,
): Promise<VendorResponse> => {
  if (method !== 'POST') return oauthError(405, 'invalid_request')
  if (!headers.get('content-type')?.includes('application/x-www-form-urlencoded'))
    return oauthError(400, 'invalid_request')
  const form = new URLSearchParams(body)
  const app = appOf(world, headers, form)
  if (!app) return invalidClient(world)
  const hard = headers.get('x-include-refresh-token-hard-expires-in') === 'true'
  if (form.get('grant_type') === 'authorization_code') return exchange(world, app, form, hard)
  if (form.get('grant_type') === 'refresh_token') return alone(world, inFlight, app, form, hard)
  return oauthError(400, 'unsupported_grant_type')
}

/** A code works once, within its time, for the app and address it was made for. */
const exchange = (world: WorldContext, app: App, form: URLSearchParams, hard: boolean): VendorResponse => {
  const { codes } = openRegistry(world)
  const code = codes.get(form.get('code') ?? '')
  if (!code || !fits(world, code, app, form)) return oauthError(400, 'invalid_grant')
  codes.delete(code.code)
  return { status: 200, body: issue(world, startFamily(world, app.clientId, code.realmId), hard) }
}

const fits = (world: WorldContext, code: AuthCode, app: App, form: URLSearchParams): boolean =>
  code.clientId === app.clientId && code.redirectUri === form.get('redirect_uri') && code.expiresAt > world.now()

const alone = async (
  world: WorldContext,
  inFlight: InFlight,
  app: App,
  form: URLSearchParams,
  hard: boolean,
): Promise<VendorResponse> => {
  const value = form.get('refresh_token') ?? ''
  if (inFlight.has(value)) return trap(world, value)
  inFlight.add(value)
  try {
    await pause(world.switched('oauth.refreshMs', 20))
    return refresh(world, app, value, hard)
  } finally {
    inFlight.delete(value)
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

const trap = (world: WorldContext, value: string): VendorResponse => {
  const family = familyOf(world, value)
  if (family && world.switched('oauth.parallelKills', false)) end(world, family, 'attacked')
  return oauthError(400, 'invalid_grant')
}

const refresh = (world: WorldContext, app: App, value: string, hard: boolean): VendorResponse => {
  const family = familyOf(world, value)
  if (!family) return oauthError(400, 'invalid_grant', 'Token invalid')
  if (family.clientId !== app.clientId) return oauthError(400, 'invalid_grant', 'Incorrect Token type or clientID')
  if (!refreshable(world, family, value)) {
    if (world.switched('oauth.reuseKills', false)) end(world, family, 'attacked')
    return oauthError(400, 'invalid_grant')
  }
  return { status: 200, body: issue(world, rotated(world, family, value), hard) }
}

/** Either token ends the whole consent (sheet 2). The refusal of an unknown token is not known. */
export const serveRevoke = (world: WorldContext, { method, headers, body }: VendorRequest): VendorResponse => {
  if (method !== 'POST') return oauthError(405, 'invalid_request')
  const app = appOf(world, headers)
  if (!app) return invalidClient(world)
  if (!headers.get('content-type')?.includes('application/json')) return oauthError(400, 'invalid_request')
  const token = Body.safeParse(readJson(body)).data?.token
  const { tokens, families } = openRegistry(world)
  const value = typeof token === 'string' ? token : ''
  const family = familyOf(world, value) ?? families.get(tokens.get(value)?.family ?? '')
  if (family?.clientId !== app.clientId) return oauthError(400, 'invalid_request')
  end(world, family, 'revoked')
  return { status: 200, body: '' }
}

const readJson = (body: string): unknown => {
  try {
    return parseJson(body)
  } catch {
    return undefined
  }
}

export const discovery = (baseUrl: string, sandbox: boolean) => ({
  issuer: `${baseUrl}/op/v1`,
  authorization_endpoint: `${baseUrl}/connect/oauth2`,
  token_endpoint: `${baseUrl}${TOKEN_PATH}`,
  userinfo_endpoint: `${baseUrl}/${sandbox ? 'sandbox/' : ''}v1/openid_connect/userinfo`,
  revocation_endpoint: `${baseUrl}${REVOKE_PATH}`,
  response_types_supported: ['code'],
  scopes_supported: ['openid', 'email', 'profile', 'address', 'phone'],
  token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
})
