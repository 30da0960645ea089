import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { DAY, type Rig, rig } from './quickbooks/rig'
import {
  ACCESS_TOKEN,
  CLIENT_ID,
  CLIENT_SECRET,
  REALM_ID,
  REDIRECT_URI,
  REFRESH_TOKEN,
} from './quickbooks/seed-defaults'

const FORM = 'application/x-www-form-urlencoded'
const basic = (id = CLIENT_ID, secret = CLIENT_SECRET) => ({ authorization: `Basic ${btoa(`${id}:${secret}`)}` })

const token = (qbo: Rig, form: { [name: string]: string }, headers: { [name: string]: string } = basic()) =>
  qbo.raw('POST', '/oauth2/v1/tokens/bearer', new URLSearchParams(form).toString(), {
    'content-type': FORM,
    ...headers,
  })

const refreshing = (qbo: Rig, value = REFRESH_TOKEN) =>
  token(qbo, { grant_type: 'refresh_token', refresh_token: value })

const Tokens = z.object({
  token_type: z.literal('bearer'),
  access_token: z.string(),
  refresh_token: z.string(),
  expires_in: z.number(),
  x_refresh_token_expires_in: z.number(),
})

const refreshed = async (qbo: Rig, value?: string) => {
  const answer = await refreshing(qbo, value)
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
  return Tokens.parse(answer.body)
}

const ask = (qbo: Rig, extra: { [name: string]: string } = {}) => {
  const query = new URLSearchParams({
    client_id: CLIENT_ID,
    response_type: 'code',
    scope: 'com.intuit.quickbooks.accounting',
    redirect_uri: REDIRECT_URI,
    state: 'abc',
    ...extra,
  })
  return qbo.raw('GET', `/connect/oauth2?${query}`)
}

const back = async (qbo: Rig, extra: { [name: string]: string }) => {
  const answer = await ask(qbo, extra)
  expect(answer.status).toBe(302)
  return Object.fromEntries(new URL(answer.headers?.location ?? '').searchParams)
}

const codeOf = async (qbo: Rig): Promise<string> => (await back(qbo, { decision: 'allow' })).code ?? ''

const exchange = (qbo: Rig, code: string, redirect = REDIRECT_URI) =>
  token(qbo, { grant_type: 'authorization_code', code, redirect_uri: redirect })

const probe = (qbo: Rig, bearer: string, realm = REALM_ID) =>
  qbo.raw('GET', `/v3/company/${realm}/companyinfo/${realm}`, '', {
    accept: 'application/json',
    authorization: `Bearer ${bearer}`,
  })

const INVALID_GRANT = { status: 400, body: { error: 'invalid_grant' } }

describe('consent', () => {
  it('shows a page whose links lead back with a code, the state and the company', async () => {
    const qbo = rig()
    const page = await ask(qbo)
    expect(page.status).toBe(200)
    const link = /href="([^"]*decision=allow[^"]*)"/.exec(String(page.body))?.[1]?.replaceAll('&amp;', '&') ?? ''
    const url = new URL(link)
    const answer = await qbo.raw('GET', `/connect/oauth2${url.search}`)
    const location = new URL(answer.headers?.location ?? '')
    expect(location.origin + location.pathname).toBe(REDIRECT_URI)
    expect(Object.fromEntries(location.searchParams)).toEqual({
      code: expect.any(String),
      state: 'abc',
      realmId: REALM_ID,
    })
  })

  it('comes back with access_denied when the user says no, and with invalid_scope for another scope', async () => {
    const qbo = rig()
    expect(await back(qbo, { decision: 'deny' })).toEqual({ error: 'access_denied', state: 'abc' })
    expect(await back(qbo, { scope: 'everything' })).toEqual({ error: 'invalid_scope', state: 'abc' })
  })

  it('never sends anyone to an address that is not registered', async () => {
    const answer = await ask(rig(), { redirect_uri: 'https://evil.test/', decision: 'allow' })
    expect(answer).toMatchObject({ status: 400 })
    expect(answer.headers?.location).toBeUndefined()
  })

  it('turns a code into tokens once, for the same address, within ten minutes', async () => {
    const qbo = rig()
    const code = await codeOf(qbo)
    expect(await exchange(qbo, code, 'https://other.test/')).toMatchObject(INVALID_GRANT)
    const answer = await exchange(qbo, code)
    const { access_token } = Tokens.parse(answer.body)
    expect(answer.body).toMatchObject({ expires_in: 3600, x_refresh_token_expires_in: 8_640_000 })
    expect((await probe(qbo, access_token)).status).toBe(200)
    expect(await exchange(qbo, code)).toMatchObject(INVALID_GRANT)
    const late = await codeOf(qbo)
    qbo.clock.now += 600_000
    expect(await exchange(qbo, late)).toMatchObject(INVALID_GRANT)
  })

  it('takes the client by Basic or in the form, and refuses a wrong secret', async () => {
    const qbo = rig()
    const form = { grant_type: 'refresh_token', refresh_token: REFRESH_TOKEN }
    const posted = await token(qbo, { ...form, client_id: CLIENT_ID, client_secret: CLIENT_SECRET }, {})
    expect(posted.status).toBe(200)
    const wrong = { status: 401, body: { error: 'invalid_client' } }
    expect(await token(qbo, form, basic(CLIENT_ID, 'wrong'))).toMatchObject(wrong)
    expect(await token(qbo, form, {})).toMatchObject(wrong)
  })

  it('says where everything is in the discovery document', async () => {
    const { body } = await rig().raw('GET', '/.well-known/openid_configuration')
    expect(body).toMatchObject({
      token_endpoint: 'https://world.test/w/quickbooks/oauth2/v1/tokens/bearer',
      revocation_endpoint: 'https://world.test/w/quickbooks/v2/oauth2/tokens/revoke',
    })
  })
})

describe('refresh', () => {
  it('keeps the refresh token for a day, then changes it, and the old one is dead', async () => {
    const qbo = rig()
    expect((await refreshed(qbo)).refresh_token).toBe(REFRESH_TOKEN)
    qbo.clock.now += DAY - 1000
    expect((await refreshed(qbo)).refresh_token).toBe(REFRESH_TOKEN)
    qbo.clock.now += 1000
    const next = await refreshed(qbo)
    expect(next.refresh_token).not.toBe(REFRESH_TOKEN)
    expect(await refreshing(qbo)).toMatchObject(INVALID_GRANT)
    expect((await refreshed(qbo, next.refresh_token)).refresh_token).toBe(next.refresh_token)
  })

  it('lets the old value live on for the grace that a test gives', async () => {
    const qbo = rig()
    qbo.switches['oauth.graceSeconds'] = 60
    qbo.clock.now += DAY
    const next = await refreshed(qbo)
    expect((await refreshed(qbo)).refresh_token).toBe(next.refresh_token)
    qbo.clock.now += 61_000
    expect(await refreshing(qbo)).toMatchObject(INVALID_GRANT)
  })

  it('can answer a new value that never works, as one report has it', async () => {
    const qbo = rig()
    qbo.switches['oauth.newValueDead'] = true
    qbo.clock.now += DAY
    const { refresh_token } = await refreshed(qbo)
    expect(await refreshing(qbo, refresh_token)).toMatchObject({
      status: 400,
      body: { error: 'invalid_grant', error_description: 'Token invalid' },
    })
    expect((await refreshing(qbo)).status).toBe(200)
  })

  it('refuses the second of two refreshes at the same time, and ends the consent when told so', async () => {
    const qbo = rig()
    qbo.switches['oauth.refreshMs'] = 5
    const [first, second] = await Promise.all([refreshing(qbo), refreshing(qbo)])
    expect([first.status, second.status]).toEqual([200, 400])
    expect((await probe(qbo, Tokens.parse(first.body).access_token)).status).toBe(200)
    qbo.switches['oauth.parallelKills'] = true
    const both = await Promise.all([refreshing(qbo), refreshing(qbo)])
    expect(both).toMatchObject([INVALID_GRANT, INVALID_GRANT])
    expect((await probe(qbo, ACCESS_TOKEN)).status).toBe(401)
  })

  it('dies after a hundred idle days, and five years after the consent whatever was done', async () => {
    const idle = rig()
    idle.clock.now += 100 * DAY + 1000
    expect(await refreshing(idle)).toMatchObject(INVALID_GRANT)
    const used = rig()
    let value = REFRESH_TOKEN
    for (let day = 0; day < 5 * 365; day += 73) {
      used.clock.now += 73 * DAY
      value = (await refreshed(used, value)).refresh_token
    }
    used.clock.now += 1000
    expect(await refreshing(used, value)).toMatchObject(INVALID_GRANT)
  })

  it('tells the hard end only to those who ask', async () => {
    const qbo = rig()
    const form = { grant_type: 'refresh_token', refresh_token: REFRESH_TOKEN }
    const asked = await token(qbo, form, { ...basic(), 'x-include-refresh-token-hard-expires-in': 'true' })
    expect(asked.body).toMatchObject({ x_refresh_token_hard_expires_in: 157_680_000 })
    expect((await token(qbo, form)).body).not.toHaveProperty('x_refresh_token_hard_expires_in')
  })

  it('belongs to the app that got the consent', async () => {
    const qbo = rig({ apps: [{}, { clientId: 'other', clientSecret: 'other' }] })
    const form = { grant_type: 'refresh_token', refresh_token: REFRESH_TOKEN }
    expect((await token(qbo, form, basic('other', 'other'))).body).toEqual({
      error_description: 'Incorrect Token type or clientID',
      error: 'invalid_grant',
    })
  })

  it('is over after a revocation by either token', async () => {
    for (const value of [REFRESH_TOKEN, ACCESS_TOKEN]) {
      const qbo = rig()
      const headers = { ...basic(), 'content-type': 'application/json' }
      const revoked = await qbo.raw('POST', '/v2/oauth2/tokens/revoke', JSON.stringify({ token: value }), headers)
      expect(revoked).toMatchObject({ status: 200, body: '' })
      expect((await probe(qbo, ACCESS_TOKEN)).status).toBe(401)
      expect(await refreshing(qbo)).toMatchObject(INVALID_GRANT)
    }
  })
})

describe('access to the API', () => {
  it('refuses a missing, unknown or expired token in the spelling of the gateway, echoing the token', async () => {
    const qbo = rig()
    qbo.clock.now += 3_600_000
    const answer = await probe(qbo, ACCESS_TOKEN)
    expect(answer.status).toBe(401)
    expect(answer.headers?.['www-authenticate']).toBe('Bearer realm="Intuit", error="invalid_token"')
    expect(answer.body).toMatchObject({
      fault: {
        error: [{ code: '3200', detail: `Token expired: ${ACCESS_TOKEN}`, element: null }],
        type: 'AUTHENTICATION',
      },
      time: qbo.clock.now,
    })
    expect((await probe(qbo, 'x')).body).toMatchObject({
      fault: { error: [{ detail: 'Malformed bearer token: too short or too long' }] },
    })
    expect((await probe(qbo, 'never-given-out')).status).toBe(401)
  })

  it('refuses the token of another company, an app that was disconnected, and development keys on a live company', async () => {
    const qbo = rig({
      apps: [{}, { clientId: 'dev', clientSecret: 'dev', environment: 'development' }],
      realms: [{}, { realmId: '77' }],
      grants: [{}, { clientId: 'dev', accessToken: 'dev-access', refreshToken: 'dev-refresh' }],
    })
    const refusal = { status: 403, body: { fault: { error: [{ code: '3100', detail: null }], type: 'SERVICE' } } }
    expect(await probe(qbo, ACCESS_TOKEN, '77')).toMatchObject(refusal)
    expect(await probe(qbo, 'dev-access')).toMatchObject(refusal)
    qbo.act('disconnect')
    expect(await probe(qbo, ACCESS_TOKEN)).toMatchObject(refusal)
    expect(await refreshing(qbo)).toMatchObject(INVALID_GRANT)
  })

  it('refuses a user who is no administrator any more with code 120', async () => {
    const qbo = rig()
    qbo.act('lose-admin')
    expect(await probe(qbo, ACCESS_TOKEN)).toMatchObject({
      status: 401,
      body: { Fault: { Error: [{ code: '120' }], type: 'AuthorizationFault' } },
    })
    qbo.act('regain-admin')
    expect((await probe(qbo, ACCESS_TOKEN)).status).toBe(200)
  })

  it('carries intuit_tid on every answer, good or bad', async () => {
    const qbo = rig()
    for (const answer of [
      await probe(qbo, ACCESS_TOKEN),
      await probe(qbo, 'unknown-token'),
      await refreshing(qbo, 'none'),
    ])
      expect(answer.headers?.intuit_tid).toMatch(/^1-/)
  })
})
