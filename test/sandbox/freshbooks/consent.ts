import type { VendorRequest, VendorResponse } from '../vendor'
import { type Application, type Code, type Directory, type Identity, identityOf } from './directory'
import { ALL_SCOPES, withProfile } from './scopes'

const FIVE_MINUTES = 300_000

export interface Asked {
  application: Application
  redirectUri: string
  scopes: string[]
  state: string | null
  challenge: string | null
}

const page = (status: number, title: string, inside: string): VendorResponse => ({
  status,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: `<!DOCTYPE html><html><head><title>${title}</title></head><body><h1>${title}</h1>${inside}</body></html>`,
})

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/** https and no query (sheet 1); http only for demonstrations on one machine. */
const redirectProblem = (directory: Directory, application: Application, uri: string): string | undefined => {
  const http = directory.world.switched('oauth.httpRedirect', false)
  if (!uri.startsWith('https://') && !(http && uri.startsWith('http://'))) return 'The redirect URI must use HTTPS.'
  if (uri.includes('?')) return 'The redirect URI must not have a query.'
  return application.redirectUris.includes(uri) ? undefined : 'The redirect URI is not registered.'
}

/** What a link to the consent page asks for, or what is wrong with it: then nobody is sent back. */
const readAsked = (directory: Directory, params: URLSearchParams): Asked | string => {
  const application = directory.applications.get(params.get('client_id') ?? '')
  if (!application) return 'Unknown application.'
  const redirectUri = params.get('redirect_uri') ?? ''
  const problem = redirectProblem(directory, application, redirectUri)
  if (problem !== undefined) return problem
  if (params.get('response_type') !== 'code') return 'The response type must be code.'
  const challenge = params.get('code_challenge')
  if (challenge !== null && params.get('code_challenge_method') !== 'S256') return 'Only S256 is supported.'
  const scopes = params.get('scope')?.split(' ').filter(Boolean) ?? application.scopes
  return { application, redirectUri, scopes, state: params.get('state'), challenge }
}

/**
 * `GET` shows a page with a form; the form (`POST`), or the same link with `decision=approve|deny`, answers for the user.
 * `identity` (id or e-mail) says who is signed in; otherwise the first one is.
 */
export const serveConsent = (directory: Directory, { method, query, body }: VendorRequest): VendorResponse => {
  const params = method === 'POST' ? new URLSearchParams(body) : query
  const asked = readAsked(directory, params)
  if (typeof asked === 'string') return page(400, 'An error has occurred', `<p>${escaped(asked)}</p>`)
  const decision = params.get('decision') ?? directory.world.switched('oauth.consent', 'page')
  if (decision !== 'approve' && decision !== 'deny') return form(asked, params)
  const identity = identityOf(directory, params.get('identity') ?? undefined)
  if (!identity) return page(400, 'An error has occurred', '<p>Nobody is signed in.</p>')
  return { status: 302, headers: { location: decided(directory, asked, identity, decision === 'approve') }, body: '' }
}

const form = ({ application, scopes }: Asked, params: URLSearchParams): VendorResponse => {
  const hidden = [...params].map(
    ([name, value]) => `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`,
  )
  const buttons =
    '<button name="decision" value="approve">Allow</button><button name="decision" value="deny">Deny</button>'
  const list = `<ul>${scopes.map((scope) => `<li>${escaped(scope)}</li>`).join('')}</ul>`
  return page(
    200,
    `Connect ${escaped(application.clientId)}`,
    `${list}<form method="post">${hidden.join('')}${buttons}</form>`,
  )
}

/** Where the browser goes next. One scope that does not exist, or is not enabled, refuses all of them (sheet 1). */
export const decided = (directory: Directory, asked: Asked, identity: Identity, approved: boolean): string => {
  const { application, scopes, redirectUri, state } = asked
  const back = (answer: Record<string, string>): string =>
    `${redirectUri}?${new URLSearchParams({ ...answer, ...(state === null ? {} : { state }) })}`
  const known = scopes.every((scope) => ALL_SCOPES.includes(scope) && application.scopes.includes(scope))
  if (!known) return back({ error: 'invalid_scope', error_description: 'The requested scope is invalid or unknown.' })
  if (!approved) return back({ error: 'access_denied', error_description: 'The resource owner denied the request.' })
  return back({ code: issueCode(directory, asked, identity).code })
}

const issueCode = (directory: Directory, asked: Asked, { id }: Identity): Code => {
  const code = randomHex(32)
  return directory.codes.put(code, {
    code,
    clientId: asked.application.clientId,
    identity: id,
    scopes: withProfile(asked.scopes),
    redirectUri: asked.redirectUri,
    challenge: asked.challenge,
    expiresAt: directory.world.now() + directory.world.switched('oauth.codeMs', FIVE_MINUTES),
  })
}

export const randomHex = (bytes: number): string =>
  [...crypto.getRandomValues(new Uint8Array(bytes))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
