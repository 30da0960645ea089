import * as oauth from 'oauth4webapi'
import { z } from 'zod'
import type { Tokens } from '../core/grant'
import type { OAuth, OAuthApp, Place } from '../core/vendor'
import { readCapped, toBase64 } from '../lib/bytes'
import { now, realSpan } from '../lib/clock'
import { parseJson } from '../lib/json'
import { within } from '../lib/patience'

/** Some token endpoints take twelve seconds (traps: infusionsoft-php#220). */
const PATIENCE_MS = 60_000
const LARGEST = 100_000
const SHORTEST_MS = 60_000

/** Where and as whom tokens are asked for. `base` takes every host's place (development). */
export interface Desk {
  oauth: OAuth
  place: Place
  base: string | undefined
  app: OAuthApp
  /** Fetches with the deployment's client certificate, where it has one for this vendor. */
  certified: Certified | undefined
}

export type Certified = Pick<Fetcher, 'fetch'>

/** `refused`: the vendor says no for good. `outage`: nobody knows what it did. */
export type Redeemed =
  | { kind: 'tokens'; tokens: Omit<Tokens, 'previous'> }
  | { kind: 'refused'; code: string; words: string }
  | { kind: 'outage'; words: string }

export const redeemCode = (
  desk: Desk,
  { code, verifier, redirectUri }: { code: string; verifier: string; redirectUri: string },
): Promise<Redeemed> =>
  redeem(desk, now(), async (as, client, auth, options) => {
    const parameters = oauth.validateAuthResponse(as, client, new URLSearchParams({ code }), oauth.expectNoState)
    return oauth.authorizationCodeGrantRequest(as, client, auth, parameters, redirectUri, verifier, options)
  })

export const redeemPassword = (desk: Desk, user: { username: string; password: string }): Promise<Redeemed> =>
  redeem(desk, now(), (as, client, auth, options) => {
    const parameters = { ...user, scope: desk.oauth.scopes.join(' ') }
    return oauth.genericTokenEndpointRequest(as, client, auth, 'password', parameters, options)
  })

/** `consentAt` is when the chain began. */
export const redeemRefresh = (
  desk: Desk,
  refreshToken: string,
  consentAt: number,
  redirectUri: string | null,
): Promise<Redeemed> =>
  redeem(desk, consentAt, (as, client, auth, options) => {
    const more = desk.oauth.redirectOnRefresh && redirectUri ? { redirect_uri: redirectUri } : {}
    return oauth.refreshTokenGrantRequest(as, client, auth, refreshToken, { ...options, additionalParameters: more })
  })

/** A token of the app itself, for what is not any company's. */
export const redeemApp = (desk: Desk): Promise<Redeemed> =>
  redeem(desk, now(), (as, client, auth, options) => oauth.clientCredentialsGrantRequest(as, client, auth, {}, options))

/** Best effort: where it fails, the token ends by itself. Answers the status; null where the vendor has no such endpoint. */
export const revoke = async (desk: Desk, token: string): Promise<number | null> => {
  const { revoke: door, revokeBody } = desk.oauth
  if (!door) return null
  const url = urlOf(desk, door)
  const as: oauth.AuthorizationServer = { issuer: url, revocation_endpoint: url }
  const send = revokeBody === 'json' ? asJson : asGiven
  const options = {
    ...optionsOf(desk),
    [oauth.customFetch]: (to: string, init: Init) => send(to, init, desk.certified),
  }
  const client: oauth.Client = { client_id: desk.app.clientId }
  return (await oauth.revocationRequest(as, client, authOf(desk), token, options)).status
}

type Ask = (
  as: oauth.AuthorizationServer,
  client: oauth.Client,
  auth: oauth.ClientAuth,
  options: oauth.TokenEndpointRequestOptions,
) => Promise<Response>

const redeem = async (desk: Desk, consentAt: number, ask: Ask): Promise<Redeemed> => {
  const url = tokenUrlOf(desk)
  const as: oauth.AuthorizationServer = { issuer: url, token_endpoint: url }
  const client: oauth.Client = { client_id: desk.app.clientId }
  try {
    const response = await ask(as, client, authOf(desk), optionsOf(desk))
    const answer = await oauth.processGenericTokenEndpointResponse(as, client, response)
    return { kind: 'tokens', tokens: tokensOf(desk.oauth, answer, consentAt) }
  } catch (thrown) {
    return refusalOf(thrown)
  }
}

const urlOf = ({ place, base }: Desk, door: OAuth['token']): string => `${base ?? door.host(place)}${door.path}`

const tokenUrlOf = (desk: Desk): string => {
  const { token, mtls } = desk.oauth
  return urlOf(desk, mtls && desk.certified ? { ...token, host: mtls.host } : token)
}

const authOf = ({ oauth: { clientAuth }, app }: Desk): oauth.ClientAuth => {
  switch (clientAuth) {
    case 'basic':
      return plainBasic(app)
    case 'body':
      return oauth.ClientSecretPost(app.clientSecret)
    case 'basic+id':
      return (as, client, body, headers) => {
        body.set('client_id', client.client_id)
        return plainBasic(app)(as, client, body, headers)
      }
  }
}

/** Vendors decode base64 and no more: RFC 6749's form-encoding inside it would spoil an id or secret with a `-`. */
const plainBasic =
  ({ clientId, clientSecret }: OAuthApp): oauth.ClientAuth =>
  (_as, _client, _body, headers) =>
    headers.set('authorization', `Basic ${toBase64(`${clientId}:${clientSecret}`)}`)

const optionsOf = ({ oauth: { tokenHeaders }, base, certified }: Desk): oauth.TokenEndpointRequestOptions => ({
  headers: new Headers(tokenHeaders),
  [oauth.customFetch]: (url: string, init: Init) => plainly(url, init, certified),
  // Only a development base URL may be without TLS.
  [oauth.allowInsecureRequests]: base !== undefined,
})

/**
 * Fetches, and brings into the standard's form what vendors answer beside it: an error inside HTTP 200, a content type that is
 * not JSON's, an ID token that nobody asked for, a life that is no number of seconds (the refresh token beside it is the only
 * one there is). Never follows a redirect: the secret would go along.
 */
const plainly = async (url: string, init: Init, certified: Certified | undefined): Promise<Response> => {
  const { status, text } = await patiently(url, init, certified)
  const answer = Answer.safeParse(parseJson(text)).data
  if (!answer) return new Response(text, { status: status === 200 ? 502 : status })
  const { id_token: _, expires_in, ...rest } = answer
  const life = Number(expires_in) > 0 ? { expires_in } : {}
  return Response.json(
    { ...rest, ...life },
    { status: status === 200 && typeof rest.error === 'string' ? 400 : status },
  )
}

type Init = oauth.CustomFetchOptions<string, unknown>

const asGiven = async (url: string, init: Init, certified: Certified | undefined): Promise<Response> => {
  const { status, text } = await patiently(url, init, certified)
  return new Response(text || null, { status })
}

/** The form's fields as JSON: Intuit's revoke endpoint takes nothing else. */
const asJson = (url: string, init: Init, certified: Certified | undefined): Promise<Response> => {
  const { headers, body } = init
  const json = body instanceof URLSearchParams ? JSON.stringify(Object.fromEntries(body)) : body
  return asGiven(url, { ...init, headers: { ...headers, 'content-type': 'application/json' }, body: json }, certified)
}

const patiently = (
  url: string,
  { method, headers, body }: Init,
  certified: Certified | undefined,
): Promise<{ status: number; text: string }> =>
  within(realSpan(PATIENCE_MS), async (signal) => {
    const sent = body instanceof URLSearchParams || typeof body === 'string' ? { body } : {}
    const request = { method, headers, redirect: 'manual' as const, signal, ...sent }
    const response = await (certified ? certified.fetch(url, request) : fetch(url, request))
    return { status: response.status, text: (await readCapped(response, LARGEST)) ?? '' }
  })

const Answer = z.record(z.string(), z.unknown())

const tokensOf = (desk: OAuth, answer: oauth.TokenEndpointResponse, consentAt: number): Omit<Tokens, 'previous'> => ({
  accessToken: answer.access_token,
  refreshToken: answer.refresh_token ?? null,
  scope: answer.scope ?? '',
  expiresAt: endOf(desk, answer, now()),
  chainEndsAt: desk.chainEndsAt?.(answer, consentAt) ?? null,
})

/**
 * When the access token ends; null where that is not known, so that it is used until the vendor refuses it. An end that has come
 * with the token itself says nothing (FreshBooks was seen to repeat the time of an older token): believed, it would have the token
 * renewed at every call. And no token lives longer from now than it is said to live at all.
 */
const endOf = ({ expiresAt }: OAuth, answer: oauth.TokenEndpointResponse, at: number): number | null => {
  const longest = answer.expires_in === undefined ? Number.POSITIVE_INFINITY : at + answer.expires_in * 1000
  const end = Math.min(expiresAt?.(answer, at) ?? longest, longest)
  return Number.isFinite(end) && end >= at + SHORTEST_MS ? end : null
}

/** A refusal is a 4xx that is not a request for patience; everything else leaves open what happened. */
const refusalOf = (thrown: unknown): Redeemed => {
  // Whatever its body says: Wave refuses so while the plan has lapsed, and takes the same token again later (its sheet, section 4).
  if (statusOf(thrown) === 403) return { kind: 'refused', code: 'status_403', words: wordsOf(thrown) }
  if (thrown instanceof oauth.ResponseBodyError && thrown.status < 500 && thrown.status !== 429)
    return { kind: 'refused', code: thrown.error, words: thrown.error_description ?? thrown.error }
  const status = statusOf(thrown)
  if (status !== undefined && status >= 400 && status < 500 && status !== 429 && status !== 408)
    return { kind: 'refused', code: `status_${status}`, words: `status ${status}` }
  return { kind: 'outage', words: status === undefined ? 'no complete answer' : `status ${status}` }
}

const wordsOf = (thrown: unknown): string =>
  thrown instanceof oauth.ResponseBodyError ? (thrown.error_description ?? thrown.error) : 'status 403'

const statusOf = (thrown: unknown): number | undefined => {
  if (thrown instanceof oauth.WWWAuthenticateChallengeError) return thrown.status
  if (thrown instanceof oauth.ResponseBodyError) return thrown.status
  const cause = thrown instanceof oauth.OperationProcessingError ? thrown.cause : undefined
  return cause instanceof Response ? cause.status : undefined
}
