import { beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { makePair, pemOf, toBase64 } from './wise/keys'
import { type Answer, openStage, ordered, quoteBody, type Stage } from './wise/stage'

let stage: Stage
beforeEach(() => {
  stage = openStage()
})

const error = ({ json }: Answer) => json.error
const LATER = 43_200_000

describe('paths and headers', () => {
  it('are answered in the old and in the calendar form alike, and nowhere else', async () => {
    const old = await stage.call('GET', '/v2/profiles')
    expect(old.status).toBe(200)
    expect((await stage.call('GET', '/2026Q3/profiles')).body).toEqual(old.body)
    for (const path of ['/v9/profiles', '/2025Q1/profiles', '/v3/profiles', '/2026Q3/nothing', '/profiles'])
      expect((await stage.call('GET', path)).status, path).toBe(404)
    expect((await stage.call('DELETE', '/v2/profiles')).status).toBe(405)
  })

  it('bring the old profiles and the requirements without a quote on old paths only', async () => {
    const { list } = await stage.call('GET', '/v1/profiles')
    expect(list.map(({ type }) => type)).toEqual(['personal', 'business'])
    expect(list[1]).toHaveProperty('details.name', 'Field Trading LLC')
    expect((await stage.call('GET', '/v1/account-requirements?source=USD&target=EUR')).status).toBe(200)
    expect((await stage.call('GET', '/2026Q3/account-requirements?source=USD&target=EUR')).status).toBe(404)
  })

  it('echo a correlation id and bring a trace id, also with a refusal', async () => {
    const sent = { 'x-external-correlation-id': 'c-1' }
    const { headers } = await stage.call('GET', '/v1/me', undefined, sent)
    expect(headers).toMatchObject({ 'X-External-Correlation-Id': 'c-1', 'x-trace-id': expect.any(String) })
    const long = { 'x-external-correlation-id': 'x'.repeat(37) }
    expect((await stage.call('GET', '/nothing', undefined, long)).headers).not.toHaveProperty(
      'X-External-Correlation-Id',
    )
  })

  it('want JSON that can be read', async () => {
    expect((await stage.call('POST', '/v1/transfers', '{"a"')).status).toBe(400)
    expect((await stage.call('POST', '/v1/transfers', 'a=1', { 'content-type': 'text/plain' })).status).toBe(415)
  })

  it('find misspelt fields when told to', async () => {
    const body = quoteBody({ preferedPayIn: 'BALANCE' })
    const path = `/v3/profiles/${stage.business}/quotes`
    expect((await stage.call('POST', path, body)).status).toBe(200)
    stage.switches['strict.fields'] = true
    expect((await stage.call('POST', path, body)).json.errors[0]).toMatchObject({ path: 'preferedPayIn' })
  })
})

describe('tokens', () => {
  it('are asked for, and refused when wrong, revoked or expired', async () => {
    expect(error(await stage.call('GET', '/v1/me', undefined, { authorization: '' }))).toBe('missing_token')
    const wrong = await stage.call('GET', '/v1/me', undefined, { authorization: 'Bearer nobody' })
    expect([wrong.status, wrong.body]).toEqual([401, { error: 'invalid_token', error_description: 'Invalid token' }])
    await stage.act('issue-token', { token: 'short', expiresAt: '2026-03-02T16:00:00Z' })
    stage.token = 'short'
    expect((await stage.call('GET', '/v1/me')).status).toBe(200)
    stage.clock.now += 3_600_000
    expect((await stage.call('GET', '/v1/me')).status).toBe(401)
    await stage.act('issue-token', { token: 'gone' })
    stage.token = 'gone'
    await stage.act('revoke-token', { token: 'gone' })
    expect((await stage.call('GET', '/v1/me')).status).toBe(401)
  })

  it('that only read may look and ask, but change nothing', async () => {
    await stage.act('issue-token', { token: 'reader', readOnly: true })
    stage.token = 'reader'
    expect((await stage.call('GET', '/v2/profiles')).status).toBe(200)
    expect((await stage.call('POST', '/v3/quotes', quoteBody())).status).toBe(200)
    const refused = await stage.call('POST', `/v3/profiles/${stage.business}/quotes`, quoteBody())
    expect(refused.status).toBe(403)
    expect(refused.headers).not.toHaveProperty('x-2fa-approval')
  })

  it('reach the profiles of their own user only', async () => {
    const other = { email: 'x@x.example', name: 'Xi Other', profiles: [{ id: 777, name: 'Other' }] }
    stage.wise.seed({ users: [other] })
    expect((await stage.call('GET', '/v2/profiles/777')).status).toBe(403)
    expect((await stage.call('GET', '/v4/profiles/777/balances?types=STANDARD')).status).toBe(403)
    expect((await stage.call('GET', '/v2/profiles')).list).toHaveLength(2)
  })

  it('of the personal kind can be kept to what the reference lists for them', async () => {
    stage.switches['auth.personalEverywhere'] = false
    expect((await stage.call('GET', '/v2/accounts')).status).toBe(403)
    expect((await stage.call('GET', '/v1/transfers')).status).toBe(200)
  })
})

describe('OAuth', () => {
  const REDIRECT = 'https://connector.example/oauth/wise'
  const Tokens = z.object({
    access_token: z.string(),
    refresh_token: z.string().optional(),
    expires_in: z.literal(43_199),
    token_type: z.literal('bearer'),
  })
  const basic = (pair = 'wise-client:wise-client-secret') => ({
    authorization: `Basic ${btoa(pair)}`,
    'content-type': 'application/x-www-form-urlencoded',
  })
  const ask = (form: Record<string, string>, headers = basic()) =>
    stage.call('POST', '/oauth/token', new URLSearchParams(form).toString(), headers)
  const refresh = (refresh_token: string) => ask({ grant_type: 'refresh_token', refresh_token })
  const exchange = (code: string, change = {}) =>
    ask({ grant_type: 'authorization_code', client_id: 'wise-client', code, redirect_uri: REDIRECT, ...change })
  const granted = () => {
    const { grants } = z
      .object({ grants: z.array(z.object({ accessToken: z.string(), refreshToken: z.string() })) })
      .parse(stage.wise.seed({ grants: [{}] }))
    return grants[0] ?? { accessToken: '', refreshToken: '' }
  }
  const works = async (token: string) =>
    (await stage.call('GET', '/v1/me', undefined, { authorization: `Bearer ${token}` })).status === 200
  const sentBack = async (query: Record<string, string>) => {
    const asked = { client_id: 'wise-client', redirect_uri: REDIRECT, state: 's 1', ...query }
    const { status, headers } = await stage.call('GET', `/oauth/authorize/?${new URLSearchParams(asked)}`)
    expect(status).toBe(302)
    return new URL(headers.location ?? '').searchParams
  }
  const newCode = async () => (await sentBack({ decision: 'approve' })).get('code') ?? ''

  it('asks on a page, and sends code, state and profile back', async () => {
    const asked = new URLSearchParams({ client_id: 'wise-client', redirect_uri: REDIRECT, state: 's' })
    const page = await stage.call('GET', `/oauth/authorize?${asked}`)
    expect([page.status, page.body]).toEqual([200, expect.stringContaining('Give access')])
    const form = new URLSearchParams([...asked, ['decision', 'approve'], ['profileId', String(stage.personal)]])
    const { headers } = await stage.call('POST', '/oauth/authorize/', form.toString())
    const back = new URL(headers.location ?? '').searchParams
    expect(Object.fromEntries(back)).toEqual({
      code: expect.any(String),
      state: 's',
      profileId: String(stage.personal),
    })
    expect(Object.fromEntries(await sentBack({ decision: 'deny' }))).toMatchObject({
      error: 'access_denied',
      state: 's 1',
    })
  })

  it('refuses an address that is not registered to the letter', async () => {
    const asked = new URLSearchParams({
      client_id: 'wise-client',
      redirect_uri: `${REDIRECT}?a=1`,
      decision: 'approve',
    })
    expect((await stage.call('GET', `/oauth/authorize/?${asked}`)).status).toBe(400)
  })

  it('gives tokens once for a code, within thirty minutes, for its own address', async () => {
    const code = await newCode()
    expect((await exchange(code, { redirect_uri: 'https://elsewhere.example' })).status).toBe(401)
    const tokens = Tokens.parse((await exchange(code)).body)
    expect(await works(tokens.access_token)).toBe(true)
    expect((await exchange(code)).body).toEqual({
      error: 'invalid_grant',
      error_description: 'Invalid user credentials.',
    })
    const late = await newCode()
    stage.clock.now += 1_800_000
    expect((await exchange(late)).status).toBe(401)
  })

  it('kills the access token before at once, and the refresh token before', async () => {
    const { accessToken, refreshToken } = granted()
    const tokens = Tokens.parse((await refresh(refreshToken)).body)
    expect(tokens.refresh_token).not.toBe(refreshToken)
    expect([await works(accessToken), await works(tokens.access_token)]).toEqual([false, true])
    expect((await refresh(refreshToken)).status).toBe(401)
    stage.clock.now += LATER
    expect(await works(tokens.access_token)).toBe(false)
  })

  it('can keep the refresh token before alive', async () => {
    stage.switches['oauth.oldRefreshLives'] = true
    const { refreshToken } = granted()
    await refresh(refreshToken)
    expect((await refresh(refreshToken)).status).toBe(200)
  })

  it('refuses wrong clients, missing and unknown grants', async () => {
    const wrong = await ask({ grant_type: 'refresh_token' }, basic('wise-client:no'))
    expect([wrong.status, error(wrong)]).toEqual([401, 'invalid_client'])
    const none = await ask({})
    expect([none.status, none.body]).toEqual([
      400,
      { error: 'invalid_request', error_description: 'Missing grant type' },
    ])
    expect(error(await ask({ grant_type: 'password' }))).toBe('unsupported_grant_type')
    const json = { ...basic(), 'content-type': 'application/json' }
    expect(error(await ask({ grant_type: 'client_credentials' }, json))).toBe('invalid_request')
  })

  it('knows registration codes and client credentials; the latter without a refresh token or a user', async () => {
    await stage.act('register-user', { email: 'new@field.example', registrationCode: 'r-1' })
    const form = { grant_type: 'registration_code', client_id: 'wise-client', registration_code: 'r-1' }
    expect((await ask({ ...form, email: 'other@field.example' })).status).toBe(401)
    expect(Tokens.parse((await ask({ ...form, email: 'new@field.example' })).body).refresh_token).toBeTruthy()
    const own = Tokens.parse((await ask({ grant_type: 'client_credentials' })).body)
    expect(own.refresh_token).toBeUndefined()
    expect(await works(own.access_token)).toBe(false)
  })

  it('ends when the user throws the app out, or changes the e-mail address', async () => {
    const first = granted()
    await stage.act('revoke-app')
    expect(await works(first.accessToken)).toBe(false)
    expect((await refresh(first.refreshToken)).status).toBe(401)
    const second = granted()
    await stage.act('change-email', { to: 'nora@elsewhere.example' })
    expect([await works(second.accessToken), (await refresh(second.refreshToken)).status]).toEqual([false, 401])
  })
})

describe('strong customer authentication', () => {
  const british = async () => {
    await stage.act('set-country', { country: 'GB' })
    return (await ordered(stage)).pay
  }
  const fund = (path: string, headers: Record<string, string> = {}) =>
    stage.call('POST', path, { type: 'BALANCE' }, headers)

  it('stops funding by a personal token where the account is held outside six countries', async () => {
    const refused = await fund(await british())
    expect([refused.status, refused.headers]).toEqual([
      403,
      expect.objectContaining({ 'x-2fa-approval': expect.any(String), 'x-2fa-approval-result': 'REJECTED' }),
    ])
    expect(refused.json).toMatchObject({ status: 403, error: 'Forbidden' })
    expect((await stage.call('GET', '/v1/transfers?status=incoming_payment_waiting')).list).toHaveLength(1)
  })

  it('stops statements as well, and nothing else', async () => {
    await british()
    const path = `/v1/profiles/${stage.business}/balance-statements/${stage.balances.USD}/statement.json`
    const query = '?currency=USD&intervalStart=2026-03-01T00:00:00Z&intervalEnd=2026-03-31T00:00:00Z&type=COMPACT'
    expect((await stage.call('GET', path + query)).headers).toHaveProperty('x-2fa-approval')
    expect((await stage.call('GET', `/v4/profiles/${stage.business}/balances?types=STANDARD`)).status).toBe(200)
  })

  it('takes a signed one-time token once, when that is switched on', async () => {
    const pair = await makePair()
    const spki = await crypto.subtle.exportKey('spki', pair.publicKey)
    await stage.act('upload-sca-key', { pem: pemOf(z.instanceof(ArrayBuffer).parse(spki)) })
    const signed = async (token: string) => {
      const bytes = new TextEncoder().encode(token)
      const signature = toBase64(await crypto.subtle.sign('RSASSA-PKCS1-v1_5', pair.privateKey, bytes))
      return { 'x-2fa-approval': token, 'x-signature': signature }
    }
    const path = await british()
    const challenge = async () => (await fund(path)).headers['x-2fa-approval'] ?? ''
    expect((await fund(path, await signed(await challenge()))).status).toBe(403)
    stage.switches['sca.personalSignature'] = true
    const token = await challenge()
    const headers = await signed(token)
    expect((await fund(path, { ...headers, 'x-signature': btoa('nonsense') })).status).toBe(403)
    const paid = await fund(path, headers)
    expect([paid.status, paid.headers['x-2fa-approval-result']]).toEqual([201, 'APPROVED'])
    expect((await fund(path, headers)).status).toBe(403)
  })

  it('asks OAuth users too when told to, and passes them once their factors are in', async () => {
    const path = await british()
    const { grants } = z
      .object({ grants: z.array(z.object({ accessToken: z.string() })) })
      .parse(stage.wise.seed({ grants: [{}] }))
    stage.token = grants[0]?.accessToken ?? ''
    stage.switches['sca.userTokens'] = true
    const token = (await fund(path)).headers['x-2fa-approval'] ?? ''
    const state = await stage.call('GET', '/v1/one-time-token/status', undefined, { 'one-time-token': token })
    expect(state.json).toHaveProperty('oneTimeTokenProperties.validity', 3600)
    await stage.act('approve-one-time-token', { token })
    expect((await fund(path, { 'x-2fa-approval': token })).status).toBe(201)
  })
})

describe('limits', () => {
  const burst = async (calls: number) => {
    const statuses: number[] = []
    for (let call = 0; call < calls; call += 1) statuses.push((await stage.call('GET', '/v1/me')).status)
    return statuses
  }

  it('are a hundred in a second for each token', async () => {
    const statuses = await burst(101)
    expect(statuses.filter((status) => status === 200)).toHaveLength(100)
    const refused = await stage.call('GET', '/v1/me')
    expect([refused.status, refused.headers]).toEqual([
      429,
      expect.objectContaining({ 'Retry-After': '5', 'X-Rate-Limited-By': 'wise-public-api' }),
    ])
    await stage.act('issue-token', { token: 'other' })
    expect((await stage.call('GET', '/v1/me', undefined, { authorization: 'Bearer other' })).status).toBe(200)
    stage.clock.now += 1000
    expect((await stage.call('GET', '/v1/me')).status).toBe(200)
  })

  it('are so many in a minute', async () => {
    stage.switches['rateLimit.perMinute'] = 3
    expect(await burst(4)).toEqual([200, 200, 200, 429])
    stage.clock.now += 60_000
    expect(await burst(1)).toEqual([200])
  })

  it('can be refused without a waiting time, or with a body', () => {
    expect(stage.wise.throttled('429-bare').headers).toEqual({ 'X-Rate-Limited-By': 'wise-public-api' })
    expect(stage.wise.throttled('429-json').body).toMatchObject({ status: 429 })
    expect(stage.wise.throttled('429').body).toBeNull()
  })
})
