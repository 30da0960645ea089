import type { VendorRequest, VendorResponse } from '../vendor'
import { authRefusal } from './errors'
import type { Book } from './model'
import type { Client, Grant } from './people'
import { fineStamp, MINUTE, SECOND, stamp } from './stamps'

const ACCESS_SECONDS = 43_199
const REFRESH_SECONDS = 628_639_555
const CODE_LIFE = 30 * MINUTE

const clientOf = (book: Book, headers: Headers): Client => {
  const pair = /^Basic (\S+)$/i.exec(headers.get('authorization') ?? '')?.[1] ?? ''
  const client = book.clients.all().find(({ id, secret }) => btoa(`${id}:${secret}`) === pair)
  if (!client) throw authRefusal(401, 'invalid_client', 'Bad client credentials')
  return client
}

const invalidGrant = () => authRefusal(401, 'invalid_grant', 'Invalid user credentials.')

/** `POST /oauth/token` (sheet 4). */
export const tokenEndpoint = (book: Book, { headers, body }: VendorRequest): VendorResponse => {
  const client = clientOf(book, headers)
  const isForm = headers.get('content-type')?.startsWith('application/x-www-form-urlencoded')
  const form = new URLSearchParams(isForm ? body : '')
  switch (form.get('grant_type') ?? '') {
    case '':
      throw authRefusal(400, 'invalid_request', 'Missing grant type')
    case 'authorization_code':
      return exchange(book, client, form)
    case 'registration_code':
      return register(book, client, form)
    case 'refresh_token':
      return refresh(book, client, form)
    case 'client_credentials':
      return answer(book, issue(book, { kind: 'client', client: client.id, user: null }))
    default:
      throw authRefusal(400, 'unsupported_grant_type', 'Unsupported grant type')
  }
}

const live = (book: Book, kind: Grant['kind'], secret: string | null, client: Client): Grant => {
  const grant = book.grants.get(secret ?? '')
  const fits = grant?.kind === kind && grant.client === client.id && grant.expiresAt > book.world.now()
  if (!grant || !fits) throw invalidGrant()
  return grant
}

const named = (form: URLSearchParams, client: Client): void => {
  if (form.get('client_id') !== client.id) throw authRefusal(400, 'invalid_request', 'Missing or wrong client_id')
}

const exchange = (book: Book, client: Client, form: URLSearchParams): VendorResponse => {
  named(form, client)
  const grant = live(book, 'code', form.get('code'), client)
  if (grant.redirectUri !== form.get('redirect_uri')) throw invalidGrant()
  book.grants.delete(grant.secret)
  return granted(book, grant)
}

const register = (book: Book, client: Client, form: URLSearchParams): VendorResponse => {
  named(form, client)
  const grant = live(book, 'registration', form.get('registration_code'), client)
  if (book.users.get(String(grant.user))?.email !== form.get('email')) throw invalidGrant()
  return granted(book, grant)
}

/** The access token before dies at once; the refresh token before too, unless a switch keeps it (sheet 4). */
const refresh = (book: Book, client: Client, form: URLSearchParams): VendorResponse => {
  const grant = live(book, 'refresh', form.get('refresh_token'), client)
  revoke(book, grant.accessToken)
  if (!book.world.switched('oauth.oldRefreshLives', false)) book.grants.delete(grant.secret)
  return granted(book, grant)
}

/** An access token and its refresh token, as a consent brings them. */
export const grantTo = (book: Book, from: Pick<Grant, 'client' | 'user' | 'redirectUri'>) => {
  const access = issue(book, { kind: 'user', client: from.client, user: from.user })
  const secret = crypto.randomUUID()
  const expiresAt = book.world.now() + REFRESH_SECONDS * SECOND
  book.grants.put(secret, { ...from, secret, kind: 'refresh', accessToken: access.token, expiresAt })
  return { access, secret }
}

const granted = (book: Book, { client, user, redirectUri }: Grant): VendorResponse => {
  const { access, secret } = grantTo(book, { client, user, redirectUri })
  return answer(book, access, secret)
}

const lifeOf = (book: Book): number => book.world.switched('oauth.expiresIn', ACCESS_SECONDS)

const issue = (book: Book, of: { kind: 'user' | 'client'; client: string; user: number | null }) => {
  const token = crypto.randomUUID()
  const expiresAt = book.world.now() + lifeOf(book) * SECOND
  return book.tokens.put(token, { ...of, token, readOnly: false, expiresAt, revoked: false })
}

const answer = (book: Book, access: { token: string }, refreshToken?: string): VendorResponse => {
  const now = book.world.now()
  const seconds = lifeOf(book)
  const more = {
    refresh_token: refreshToken,
    refresh_token_expires_in: REFRESH_SECONDS,
    refresh_token_expires_at: fineStamp(now + REFRESH_SECONDS * SECOND),
  }
  const body = {
    access_token: access.token,
    token_type: 'bearer',
    expires_in: seconds,
    expires_at: fineStamp(now + seconds * SECOND),
    scope: 'transfers',
    created_at: stamp(now),
    ...(refreshToken === undefined ? {} : more),
  }
  return { status: 200, body }
}

export const revoke = (book: Book, access: string | null): void => {
  const token = book.tokens.get(access ?? '')
  if (token) book.tokens.put(token.token, { ...token, revoked: true })
}

/** A user's consent to one application, or to all of them, ends: tokens, refresh tokens, codes. */
export const forget = (book: Book, user: number, client?: string): void => {
  const meant = (of: { user: number | null; client: string | null }) =>
    of.user === user && of.client === (client ?? of.client)
  for (const token of book.tokens.all()) if (meant(token) && token.kind === 'user') revoke(book, token.token)
  for (const grant of book.grants.all()) if (meant(grant)) book.grants.delete(grant.secret)
}

export const makeCode = (book: Book, of: { client: string; user: number; redirectUri: string }): string => {
  const secret = `${crypto.randomUUID().slice(0, 8)}-code`
  const expiresAt = book.world.now() + CODE_LIFE
  book.grants.put(secret, { ...of, secret, kind: 'code', accessToken: null, expiresAt })
  return secret
}
