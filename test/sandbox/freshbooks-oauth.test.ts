import { describe, expect, it } from 'vitest'
import { dig, open, type Row } from './freshbooks/rig'
import { CLIENT_ID, CLIENT_SECRET, REDIRECT_URI } from './freshbooks/seed-input'

type Opened = Awaited<ReturnType<typeof open>>

const ASKED = {
  client_id: CLIENT_ID,
  response_type: 'code',
  redirect_uri: REDIRECT_URI,
  scope: 'user:invoices:read user:payments:read',
  state: 'abc',
}

const ask = ({ call }: Opened, more: Record<string, string> = {}, path = '/oauth/authorize') =>
  call('GET', `${path}?${new URLSearchParams({ ...ASKED, decision: 'approve', ...more })}`)

const back = (answer: { headers: Headers }) => new URL(answer.headers.get('location') ?? 'none:').searchParams

const consent = async (opened: Opened, more: Record<string, string> = {}) =>
  back(await ask(opened, more)).get('code') ?? ''

const CREDENTIALS = { client_id: CLIENT_ID, client_secret: CLIENT_SECRET, redirect_uri: REDIRECT_URI }

const token = ({ call }: Opened, fields: Row, path = '/auth/oauth/token') =>
  call('POST', path, { ...CREDENTIALS, ...fields }, { authorization: '' })

const exchange = (opened: Opened, code: string, more: Row = {}) =>
  token(opened, { grant_type: 'authorization_code', code, ...more })

const refresh = (opened: Opened, refresh_token: unknown, more: Row = {}) =>
  token(opened, { grant_type: 'refresh_token', refresh_token, ...more })

const granted = async (opened: Opened, more: Record<string, string> = {}) =>
  (await exchange(opened, await consent(opened, more))).body

const me = ({ call }: Opened, bearer: unknown) =>
  call('GET', '/auth/api/v1/users/me', undefined, { authorization: `Bearer ${bearer}` })

const REFUSED = { status: 400, body: { error: 'invalid_grant' } }

describe('the consent page', () => {
  it('shows a form that carries everything on, and sends the approving user back with code and state', async () => {
    const opened = await open()
    const page = await opened.call('GET', `/oauth/authorize?${new URLSearchParams(ASKED)}`)
    expect(page.status).toBe(200)
    expect(page.body).toContain('name="state" value="abc"')
    const form = new URLSearchParams({ ...ASKED, decision: 'approve' }).toString()
    const answer = await opened.call('POST', '/oauth/authorize', form)
    expect(answer.status).toBe(302)
    expect(back(answer).get('state')).toBe('abc')
    expect(back(answer).get('code')).toMatch(/^[0-9a-f]{64}$/)
  })

  it('sends a denial back', async () => {
    expect(back(await ask(await open(), { decision: 'deny' })).get('error')).toBe('access_denied')
  })

  it('refuses all scopes when one does not exist or is not enabled on the application', async () => {
    const opened = await open({ applications: [{ scopes: ['user:profile:read', 'user:invoices:read'] }] })
    const error = async (scope: string) => back(await ask(opened, { scope })).get('error')
    expect(await error('user:invoices:read user:profile:write')).toBe('invalid_scope')
    expect(await error('user:invoices:read user:bills:read')).toBe('invalid_scope')
    expect(await error('user:invoices:read')).toBeNull()
  })

  it('does not send anybody to an address over http, with a query, or not registered', async () => {
    const uris = ['http://a.test/back', 'https://a.test/back?x=1', REDIRECT_URI]
    const opened = await open({ applications: [{ redirectUris: uris }] })
    for (const redirect_uri of ['http://a.test/back', 'https://a.test/back?x=1', 'https://b.test/back'])
      expect((await ask(opened, { redirect_uri })).status).toBe(400)
    await opened.switches({ 'oauth.httpRedirect': true })
    expect((await ask(opened, { redirect_uri: 'http://a.test/back' })).status).toBe(302)
  })

  it('is also there under the other set of addresses, and can be answered by an act', async () => {
    const opened = await open()
    expect((await ask(opened, {}, '/service/auth/oauth/authorize')).status).toBe(302)
    const { location } = await opened.act('consent', { state: 's' })
    expect(new URL(String(location)).searchParams.get('state')).toBe('s')
  })
})

describe('tokens', () => {
  it('come for a code, with the profile scope added, seconds since 1970 and half a day to live', async () => {
    const body = await granted(await open())
    expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 43_200 })
    expect(dig(body, 'scope')).toBe('user:profile:read user:invoices:read user:payments:read')
    expect(dig(body, 'refresh_token')).toMatch(/^[0-9a-f]{64}$/)
    expect(Math.abs(Number(dig(body, 'created_at')) - Date.now() / 1000)).toBeLessThan(60)
  })

  it('are asked for in JSON, as a form or in parts, at both addresses, with the secret in the body or the header', async () => {
    const opened = await open()
    const ways: [string, string][] = []
    const codes = [await consent(opened), await consent(opened), await consent(opened)]
    const [one = '', two = '', three = ''] = codes
    const fields = { ...CREDENTIALS, grant_type: 'authorization_code' }
    ways.push(['application/x-www-form-urlencoded', new URLSearchParams({ ...fields, code: one }).toString()])
    const parts = Object.entries({ ...fields, code: two }).map(
      ([name, value]) => `--b\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
    )
    ways.push(['multipart/form-data; boundary=b', `${parts.join('')}--b--\r\n`])
    for (const [type, body] of ways)
      expect((await opened.call('POST', '/auth/oauth/token', body, { 'content-type': type })).status).toBe(200)
    const authorization = `Basic ${btoa(`${CLIENT_ID}:${CLIENT_SECRET}`)}`
    const basic = { grant_type: 'authorization_code', code: three, redirect_uri: REDIRECT_URI }
    const answer = await opened.call('POST', '/service/auth/oauth/token', basic, { authorization })
    expect(answer.status).toBe(200)
  })

  it('do not come for a used, late, foreign or misdirected code', async () => {
    const opened = await open({ applications: [{}, { clientId: 'other', clientSecret: 'x' }] })
    const code = await consent(opened)
    expect((await exchange(opened, code)).status).toBe(200)
    expect(await exchange(opened, code)).toMatchObject(REFUSED)
    expect(await exchange(opened, await consent(opened), { redirect_uri: 'https://b.test/' })).toMatchObject(REFUSED)
    const foreign = { client_id: 'other', client_secret: 'x' }
    expect(await exchange(opened, await consent(opened), foreign)).toMatchObject(REFUSED)
    const late = await consent(opened)
    await opened.world.advance(300_000)
    expect(await exchange(opened, late)).toMatchObject(REFUSED)
  })

  it('do not come to a wrong secret or for another kind of grant', async () => {
    const opened = await open()
    const wrong = await exchange(opened, await consent(opened), { client_secret: 'no' })
    expect(wrong).toMatchObject({ status: 401, body: { error: 'invalid_client' } })
    const kind = await token(opened, { grant_type: 'password' })
    expect(kind).toMatchObject({ status: 400, body: { error: 'unsupported_grant_type' } })
  })

  it('hold the code to its PKCE challenge', async () => {
    const opened = await open()
    const code_challenge = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'
    const challenged = () => consent(opened, { code_challenge, code_challenge_method: 'S256' })
    expect(await exchange(opened, await challenged(), { code_verifier: 'wrong' })).toMatchObject(REFUSED)
    const code_verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'
    expect((await exchange(opened, await challenged(), { code_verifier })).status).toBe(200)
  })

  it('stop working after their time', async () => {
    const opened = await open()
    const access = dig(await granted(opened), 'access_token')
    expect((await me(opened, access)).status).toBe(200)
    await opened.world.advance(43_200_000)
    expect(await me(opened, access)).toMatchObject({ status: 401, body: { error: 'unauthenticated' } })
  })
})

describe('refreshing', () => {
  it('brings a new refresh token, and the used one is dead', async () => {
    const opened = await open()
    const first = dig(await granted(opened), 'refresh_token')
    const second = await refresh(opened, first)
    expect(second.status).toBe(200)
    expect(dig(second.body, 'refresh_token')).not.toBe(first)
    expect(await refresh(opened, first)).toMatchObject(REFUSED)
    expect((await refresh(opened, dig(second.body, 'refresh_token'))).status).toBe(200)
  })

  it('is over for an older consent of the same person, not for those of others', async () => {
    const opened = await open({ identities: [{}, { email: 'bob@maple.example' }] })
    const [first, bobs] = [await granted(opened), await granted(opened, { identity: 'bob@maple.example' })]
    await granted(opened)
    expect(await refresh(opened, dig(first, 'refresh_token'))).toMatchObject(REFUSED)
    expect((await refresh(opened, dig(bobs, 'refresh_token'))).status).toBe(200)
  })

  it('needs the redirect address unless switched', async () => {
    const opened = await open()
    const first = dig(await granted(opened), 'refresh_token')
    const without = { redirect_uri: undefined }
    expect(await refresh(opened, first, without)).toMatchObject({ status: 400, body: { error: 'invalid_request' } })
    await opened.switches({ 'oauth.redirectOnRefresh': false })
    expect((await refresh(opened, first, without)).status).toBe(200)
  })

  it('leaves the old access token alive unless switched', async () => {
    const opened = await open()
    const first = await granted(opened)
    const second = await refresh(opened, dig(first, 'refresh_token'))
    expect((await me(opened, dig(first, 'access_token'))).status).toBe(200)
    await opened.switches({ 'oauth.oldTokenSurvives': false })
    await refresh(opened, dig(second.body, 'refresh_token'))
    expect((await me(opened, dig(second.body, 'access_token'))).status).toBe(401)
  })

  it('may answer the first created_at: the token then dies by that', async () => {
    const opened = await open()
    await opened.switches({ 'oauth.refreshKeepsCreatedAt': true })
    const first = await granted(opened)
    await opened.world.advance(43_000_000)
    const { body } = await refresh(opened, dig(first, 'refresh_token'))
    expect(dig(body, 'created_at')).toBe(dig(first, 'created_at'))
    await opened.world.advance(300_000)
    expect((await me(opened, dig(body, 'access_token'))).status).toBe(401)
  })
})

describe('the end of a consent', () => {
  it('comes with revoke, at once and for both tokens', async () => {
    const opened = await open()
    const body = await granted(opened)
    const answer = await token(opened, { token: dig(body, 'access_token') }, '/auth/oauth/revoke')
    expect(answer).toMatchObject({ status: 200, body: {} })
    expect((await me(opened, dig(body, 'access_token'))).status).toBe(401)
    expect(await refresh(opened, dig(body, 'refresh_token'))).toMatchObject(REFUSED)
  })

  it('comes when the user takes the application away', async () => {
    const opened = await open()
    const body = await granted(opened)
    await opened.world.act('freshbooks', 'revoke-app')
    expect((await me(opened, dig(body, 'access_token'))).status).toBe(401)
    expect(await refresh(opened, dig(body, 'refresh_token'))).toMatchObject(REFUSED)
  })
})

describe('users/me', () => {
  it('has two memberships without a result layer, one of them without an account', async () => {
    const opened = await open()
    const { body } = await me(opened, 'full')
    expect(dig(body, 'response.business_memberships')).toMatchObject([
      { role: 'owner', business: { account_id: 'aBc1De' } },
      { role: 'client', business: { account_id: null } },
    ])
    const ids = [0, 1].flatMap((n) => [
      dig(body, `response.business_memberships.${n}.id`),
      dig(body, `response.business_memberships.${n}.business.id`),
    ])
    expect(new Set(ids).size).toBe(4)
    expect(dig(body, 'response.permissions')).toEqual({
      aBc1De: { 'accounts_payable.access': true, 'manual_journal_entries_feature.access': true },
    })
  })
})
