import type { VendorRequest, VendorResponse } from '../vendor'
import { randomHex } from './consent'
import { type Application, type Chain, type Code, chainKey, type Directory, type Token } from './directory'
import { formOf, withBasic } from './forms'

type Form = Record<string, string>

const HALF_A_DAY = 43_200

/** RFC 6749's shape; FreshBooks' own texts are not recorded (sheet 10). */
const oauthError = (status: number, error: string, error_description: string): VendorResponse => ({
  status,
  body: { error, error_description },
})

const invalidGrant = () =>
  oauthError(400, 'invalid_grant', 'The provided authorization grant is invalid, expired, revoked or already used.')

const missing = (field: string) => oauthError(400, 'invalid_request', `Missing required parameter: ${field}.`)

/** `token` and `revoke`. */
export const serveOauth = async (directory: Directory, request: VendorRequest): Promise<VendorResponse> => {
  if (request.method !== 'POST') return oauthError(405, 'invalid_request', 'Use POST.')
  const form = withBasic(await formOf(request), request.headers)
  const application = directory.applications.get(form.client_id ?? '')
  if (!application || application.clientSecret !== form.client_secret)
    return oauthError(401, 'invalid_client', 'Client authentication failed.')
  if (request.path.endsWith('/revoke')) return revoke(directory, application, form)
  if (form.grant_type === 'authorization_code') return exchange(directory, application, form)
  if (form.grant_type === 'refresh_token') return refresh(directory, application, form)
  return oauthError(400, 'unsupported_grant_type', 'The grant type is not supported.')
}

/** A code works once: a second use fails, and so does a late one. */
const exchange = async (directory: Directory, application: Application, form: Form): Promise<VendorResponse> => {
  if (!form.code) return missing('code')
  if (!form.redirect_uri) return missing('redirect_uri')
  const code = directory.codes.get(form.code)
  directory.codes.delete(form.code)
  if (!code || !(await fits(directory, code, application, form))) return invalidGrant()
  const { identity, scopes } = code
  return issue(directory, { identity, scopes, clientId: application.clientId, createdAt: directory.world.now() })
}

const fits = async (directory: Directory, code: Code, { clientId }: Application, form: Form): Promise<boolean> => {
  const { world } = directory
  const inTime = code.expiresAt > world.now()
  const proven = code.challenge === null || !world.switched('oauth.enforcePkce', true) || (await proves(code, form))
  return inTime && proven && code.clientId === clientId && code.redirectUri === form.redirect_uri
}

const proves = async ({ challenge }: Code, { code_verifier = '' }: Form): Promise<boolean> => {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(code_verifier))
  const text = btoa(String.fromCharCode(...new Uint8Array(digest)))
  return text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '') === challenge
}

/** Single use: the one that is replaced answers `invalid_grant` from then on (sheet 0.1). */
const refresh = (directory: Directory, { clientId, redirectUris }: Application, form: Form): VendorResponse => {
  const { world } = directory
  if (!form.refresh_token) return missing('refresh_token')
  if (!form.redirect_uri && world.switched('oauth.redirectOnRefresh', true)) return missing('redirect_uri')
  if (form.redirect_uri && !redirectUris.includes(form.redirect_uri)) return invalidGrant()
  const chain = directory.chains
    .all()
    .find((one) => one.refreshToken === form.refresh_token && one.clientId === clientId)
  if (!chain) return invalidGrant()
  if (!world.switched('oauth.oldTokenSurvives', true)) kill(directory, chain.accessToken)
  const createdAt = world.switched('oauth.refreshKeepsCreatedAt', false) ? chain.createdAt : world.now()
  return issue(directory, { ...chain, createdAt })
}

/** A fresh consent of the same person for the same application ends the chain before it, too. */
const issue = (
  directory: Directory,
  { identity, clientId, scopes, createdAt }: Omit<Chain, 'accessToken' | 'refreshToken'>,
): VendorResponse => {
  const seconds = directory.world.switched('oauth.expiresIn', HALF_A_DAY)
  const made = createdAt - (createdAt % 1000)
  const expiresAt = made + seconds * 1000
  const token = accessToken(identity, expiresAt)
  directory.tokens.put(token, { token, identity, clientId, scopes, createdAt: made, expiresAt, revoked: false })
  const refreshToken = randomHex(32)
  const chain = { refreshToken, accessToken: token, identity, clientId, scopes, createdAt: made }
  directory.chains.put(chainKey(identity, clientId), chain)
  return {
    status: 200,
    body: {
      access_token: token,
      token_type: 'Bearer',
      expires_in: seconds,
      refresh_token: refreshToken,
      scope: scopes.join(' '),
      created_at: made / 1000,
      direct_buy_tokens: {},
      ...directory.world.switched('oauth.shown', {}),
    },
  }
}

const part = (value: unknown): string =>
  btoa(JSON.stringify(value)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')

/** Looks like a JWT; nobody checks its signature. */
const accessToken = (identity: number, expiresAt: number): string =>
  `${part({ alg: 'RS256', typ: 'JWT' })}.${part({ sub: identity, exp: expiresAt / 1000, jti: crypto.randomUUID() })}.${randomHex(16)}`

const kill = (directory: Directory, access: string): void => {
  const token = directory.tokens.get(access)
  if (token) directory.tokens.put(access, { ...token, revoked: true })
}

/** Either token ends the consent; one that is not known is answered alike (RFC 7009). */
const revoke = (directory: Directory, { clientId }: Application, form: Form): VendorResponse => {
  const chain = directory.chains
    .all()
    .find((one) => one.clientId === clientId && [one.refreshToken, one.accessToken].includes(form.token ?? ''))
  const token = directory.tokens.get(form.token ?? '')
  if (token?.clientId === clientId) kill(directory, token.token)
  if (chain) {
    kill(directory, chain.accessToken)
    directory.chains.delete(chainKey(chain.identity, clientId))
  }
  return { status: 200, body: {} }
}

/** A user takes an application off the list of connected ones. */
export const revokeApplication = (directory: Directory, identity: number, clientId: string): Token[] => {
  directory.chains.delete(chainKey(identity, clientId))
  const own = directory.tokens.all().filter((one) => one.identity === identity && one.clientId === clientId)
  for (const { token } of own) kill(directory, token)
  return own
}
