import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { BASE, DAY, type Rig, rig } from './acumatica/rig'
import { CLIENT_ID, CLIENT_SECRET, REDIRECT_URI, REFRESH_TOKEN, USER } from './acumatica/seed-defaults'

type Words = Record<string, string>
const FORM = { 'content-type': 'application/x-www-form-urlencoded' }
const CLIENT = { client_id: CLIENT_ID, client_secret: CLIENT_SECRET }

const token = (acu: Rig, form: Words, headers: Words = FORM) =>
  acu.raw('POST', '/identity/connect/token', new URLSearchParams({ ...CLIENT, ...form }).toString(), headers)
const refreshing = (acu: Rig, value = REFRESH_TOKEN) =>
  token(acu, { grant_type: 'refresh_token', refresh_token: value })

const Tokens = z.strictObject({
  access_token: z.string(),
  expires_in: z.literal(3600),
  token_type: z.literal('Bearer'),
  refresh_token: z.string().optional(),
  scope: z.string(),
})
const tokensOf = async (answer: ReturnType<typeof token>) => {
  const { status, body } = await answer
  expect(status, JSON.stringify(body)).toBe(200)
  return Tokens.parse(body)
}

const ask = (acu: Rig, extra: Words = {}) => {
  const query = { response_type: 'code', client_id: CLIENT_ID, redirect_uri: REDIRECT_URI, scope: 'api offline_access' }
  return acu.raw('GET', `/identity/connect/authorize?${new URLSearchParams({ ...query, state: 'abc', ...extra })}`)
}
const back = async (acu: Rig, extra: Words = {}) => {
  const answer = await ask(acu, extra)
  expect(answer.status, JSON.stringify(answer.body)).toBe(302)
  const location = new URL(answer.headers?.location ?? '')
  expect(location.origin + location.pathname).toBe(REDIRECT_URI)
  return Object.fromEntries(location.searchParams)
}
const codeOf = async (acu: Rig, extra?: Words) => (await back(acu, extra)).code ?? ''
const exchange = (acu: Rig, code: string, extra: Words = {}) =>
  token(acu, { grant_type: 'authorization_code', code, redirect_uri: REDIRECT_URI, ...extra })

const probe = async (acu: Rig, bearer: string) => (await acu.call('GET', '/Vendor', undefined, {}, bearer)).status
const refusal = (error: string) => ({ status: 400, body: { error } })

describe('consent', () => {
  it('leads back at once with code, scope and state', async () => {
    expect(await back(rig())).toEqual({ code: expect.any(String), scope: 'api offline_access', state: 'abc' })
  })

  it('can be a page with the choice, and can be denied', async () => {
    const acu = rig()
    acu.switches['oauth.consent'] = 'page'
    const page = await ask(acu)
    const links = [...String(page.body).matchAll(/href="([^"]+)"/g)].map(([, link = '']) =>
      link.replaceAll('&amp;', '&'),
    )
    const follow = async (link = '') => {
      const answer = await acu.raw('GET', link.replace(BASE, ''))
      return Object.fromEntries(new URL(answer.headers?.location ?? '').searchParams)
    }
    expect(await follow(links[0])).toEqual({ code: expect.any(String), scope: 'api offline_access', state: 'abc' })
    expect(await follow(links[1])).toEqual({ error: 'access_denied', state: 'abc' })
    expect(await back(rig(), { decision: 'deny' })).toEqual({ error: 'access_denied', state: 'abc' })
  })

  it('never sends anyone to an address that is not registered, nor for an unknown client', async () => {
    for (const extra of [{ redirect_uri: `${REDIRECT_URI}/` }, { client_id: 'no@MyTenant' }]) {
      const answer = await ask(rig(), extra)
      expect(answer.status).toBe(400)
      expect(answer.headers).not.toHaveProperty('location')
    }
  })

  it('comes back with an error for scopes, response types and challenges that are not offered', async () => {
    const acu = rig()
    expect(await back(acu, { scope: 'everything' })).toMatchObject({ error: 'invalid_scope' })
    expect(await back(acu, { response_type: 'token' })).toMatchObject({ error: 'unsupported_response_type' })
    const plain = { code_challenge: 'x', code_challenge_method: 'plain' }
    expect(await back(acu, plain)).toMatchObject({ error: 'invalid_request' })
  })
})

describe('a code', () => {
  it('becomes tokens once, for its own address and client, within five minutes', async () => {
    const acu = rig()
    const code = await codeOf(acu)
    expect(await exchange(acu, code, { redirect_uri: 'https://other.test/' })).toMatchObject(refusal('invalid_grant'))
    const { access_token } = await tokensOf(exchange(acu, code))
    expect(await probe(acu, access_token)).toBe(200)
    expect(await exchange(acu, code)).toMatchObject(refusal('invalid_grant'))
    const late = await codeOf(acu)
    acu.clock.now += 300_000
    expect(await exchange(acu, late)).toMatchObject(refusal('invalid_grant'))
  })

  it('wants the verifier when it was asked for with a challenge', async () => {
    const acu = rig()
    // RFC 7636, appendix B
    const challenge = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'
    const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'
    const code = await codeOf(acu, { code_challenge: challenge, code_challenge_method: 'S256' })
    expect(await exchange(acu, code)).toMatchObject(refusal('invalid_grant'))
    expect(await exchange(acu, code, { code_verifier: 'wrong' })).toMatchObject(refusal('invalid_grant'))
    await tokensOf(exchange(acu, code, { code_verifier: verifier }))
  })

  it('brings a refresh token only with offline_access', async () => {
    const acu = rig()
    expect(await tokensOf(exchange(acu, await codeOf(acu)))).toHaveProperty('refresh_token')
    const alone = await tokensOf(exchange(acu, await codeOf(acu, { scope: 'api' })))
    expect(alone).not.toHaveProperty('refresh_token')
    expect(alone.scope).toBe('api')
  })
})

describe('the token endpoint', () => {
  it('refuses wrong clients, other grants, other bodies and missing tokens', async () => {
    const acu = rig()
    const grant = { grant_type: 'refresh_token', refresh_token: REFRESH_TOKEN }
    expect(await token(acu, { ...grant, client_secret: 'wrong' })).toMatchObject(refusal('invalid_client'))
    expect(await token(acu, { ...grant, client_id: 'no@MyTenant' })).toMatchObject(refusal('invalid_client'))
    expect(await token(acu, { grant_type: 'client_credentials' })).toMatchObject(refusal('unsupported_grant_type'))
    expect(await token(acu, { grant_type: 'refresh_token' })).toMatchObject(refusal('invalid_request'))
    const json = { 'content-type': 'application/json' }
    expect(await token(acu, grant, json)).toMatchObject(refusal('invalid_request'))
    expect((await acu.raw('GET', '/identity/connect/token')).status).toBe(405)
    acu.switches['oauth.unreadable'] = true
    expect((await token(acu, { grant_type: 'client_credentials' })).body).toMatch('<html>')
  })

  it('takes a user’s password', async () => {
    const acu = rig()
    const grant = { grant_type: 'password', username: USER, password: 'acu-password', scope: 'api offline_access' }
    const { access_token } = await tokensOf(token(acu, grant))
    expect(await probe(acu, access_token)).toBe(200)
    expect(await token(acu, { ...grant, password: 'wrong' })).toMatchObject(refusal('invalid_grant'))
  })
})

describe('refresh', () => {
  it('changes the refresh token each time; the old one is dead, the old access token is not', async () => {
    const acu = rig()
    const { access_token, refresh_token = '' } = await tokensOf(refreshing(acu))
    expect(refresh_token).not.toBe(REFRESH_TOKEN)
    expect(await refreshing(acu)).toMatchObject(refusal('invalid_grant'))
    await tokensOf(refreshing(acu, refresh_token))
    expect(await probe(acu, access_token)).toBe(200)
  })

  it('lets one of two at the same time through', async () => {
    const acu = rig()
    const answers = await Promise.all([refreshing(acu), refreshing(acu)])
    expect(answers.map(({ status }) => status)).toEqual([200, 400])
  })

  it('ends the chain when a spent token comes back, where a tenant does that', async () => {
    const acu = rig()
    acu.switches['oauth.reuseKills'] = true
    const { access_token, refresh_token = '' } = await tokensOf(refreshing(acu))
    await refreshing(acu)
    expect(await refreshing(acu, refresh_token)).toMatchObject(refusal('invalid_grant'))
    expect(await probe(acu, access_token)).toBe(401)
  })

  const chain = async (acu: Rig, days: number[]) => {
    let value = REFRESH_TOKEN
    const statuses = []
    for (const wait of days) {
      acu.clock.now += wait * DAY
      const answer = await refreshing(acu, value)
      value = Tokens.safeParse(answer.body).data?.refresh_token ?? value
      statuses.push(answer.status)
    }
    return statuses
  }

  it('lasts 30 days from consent, however often it is used', async () => {
    expect(await chain(rig(), [20, 9, 1])).toEqual([200, 200, 400])
  })

  it('slides where an administrator says so, until its absolute end or for ever', async () => {
    const sliding = (absoluteDays: number | null) => rig({ apps: [{ refresh: { mode: 'sliding', absoluteDays } }] })
    expect(await chain(sliding(70), [29, 29, 11, 1])).toEqual([200, 200, 200, 400])
    expect(await chain(sliding(null), [29, 29, 29, 29, 30])).toEqual([200, 200, 200, 200, 400])
  })

  it('is over when the consent is revoked, the secret changed or the application removed', async () => {
    const acu = rig()
    acu.act('change-secret', { clientSecret: 'new' })
    expect(await refreshing(acu)).toMatchObject(refusal('invalid_client'))
    acu.act('change-secret', { clientSecret: CLIENT_SECRET })
    acu.act('revoke')
    expect(await refreshing(acu)).toMatchObject(refusal('invalid_grant'))
    expect(await probe(acu, 'acu-access-token')).toBe(401)
    acu.act('remove-app')
    expect(await refreshing(acu)).toMatchObject(refusal('invalid_client'))
  })
})

describe('an access token', () => {
  it('is 401 with an empty body when it is unknown, missing or an hour old', async () => {
    const acu = rig()
    expect(await acu.call('GET', '/Vendor', undefined, {}, 'nonsense')).toMatchObject({ status: 401, body: null })
    expect((await acu.raw('GET', '/entity/Default/24.200.001/Vendor')).status).toBe(401)
    acu.clock.now += 3_599_999
    expect(await probe(acu, 'acu-access-token')).toBe(200)
    acu.clock.now += 1
    expect(await probe(acu, 'acu-access-token')).toBe(401)
  })

  it('can end before its time, while the refresh token lives', async () => {
    const acu = rig()
    acu.act('expire-access')
    expect(await probe(acu, 'acu-access-token')).toBe(401)
    expect(await probe(acu, (await tokensOf(refreshing(acu))).access_token)).toBe(200)
  })

  it('comes from an act as well, which gives a code as the redirect would', async () => {
    const acu = rig()
    const { code } = z.object({ code: z.string() }).parse(acu.act('consent'))
    await tokensOf(exchange(acu, code))
  })

  it('belongs to the tenant behind the @ of its client', async () => {
    const apps = [{}, { clientId: 'AAA@Other' }]
    const grants = [{}, { clientId: 'AAA@Other', accessToken: 'other-token', refreshToken: 'other-refresh' }]
    const tenants = [{ vendors: [{ VendorID: 'A', VendorName: 'A' }] }, { name: 'Other' }]
    const acu = rig({ apps, grants, tenants })
    expect((await acu.call('GET', '/Vendor')).body).toHaveLength(1)
    expect((await acu.call('GET', '/Vendor', undefined, {}, 'other-token')).body).toEqual([])
  })

  it('meets 403 at forms that its user may not open, and 500 at forms without preferences', async () => {
    const acu = rig({ tenants: [{ users: [{ noAccess: ['Bill'] }], withoutSetup: ['PurchaseOrder'] }] })
    await acu.expected(403, 'GET', '/Bill')
    expect(await acu.failure('GET', '/PurchaseOrder')).toBe('PXSetupNotEnteredException')
    expect(await acu.list('Vendor')).toEqual([])
  })
})

describe('seats', () => {
  const another = (acu: Rig, n: number, scopes: string[]) =>
    acu.act('grant', { scopes, accessToken: `token-${n}`, refreshToken: `refresh-${n}` })

  it('are taken by a grant once, however often it is refreshed, and lost ones come back after an hour', async () => {
    const acu = rig()
    acu.switches['seats.limit'] = 1
    const { access_token } = await tokensOf(refreshing(acu))
    expect([await probe(acu, 'acu-access-token'), await probe(acu, access_token)]).toEqual([200, 200])
    acu.act('grant', { accessToken: 'token-2', refreshToken: 'refresh-2', expiresIn: 9999 })
    expect(await acu.call('GET', '/Vendor', undefined, {}, 'token-2')).toMatchObject({
      status: 429,
      body: { exceptionMessage: 'API Login Limit' },
    })
    acu.switches['seats.status'] = 500
    expect(await probe(acu, 'token-2')).toBe(500)
    acu.clock.now += 3_600_000
    expect(await probe(acu, 'token-2')).toBe(200)
  })

  it('are taken by each token of api alone until it is signed out', async () => {
    const acu = rig()
    acu.switches['seats.limit'] = 1
    another(acu, 2, ['api'])
    another(acu, 3, ['api'])
    expect([await probe(acu, 'token-2'), await probe(acu, 'token-3')]).toEqual([200, 429])
    await acu.call('POST', '/entity/auth/logout', undefined, { 'content-length': '0' }, 'token-2')
    expect(await probe(acu, 'token-3')).toBe(200)
  })

  it('are taken by each call of concurrent access that does not bring its cookies', async () => {
    const acu = rig()
    acu.switches['seats.limit'] = 2
    another(acu, 2, ['api', 'api:concurrent_access'])
    const first = await acu.call('GET', '/Vendor', undefined, {}, 'token-2')
    const cookie = /ASP.NET_SessionId=[^;]+/.exec(first.headers?.['set-cookie'] ?? '')?.[0] ?? ''
    expect((await acu.call('GET', '/Vendor', undefined, { cookie }, 'token-2')).status).toBe(200)
    expect([await probe(acu, 'token-2'), await probe(acu, 'token-2')]).toEqual([200, 429])
  })
})

describe('the cookie sign-in', () => {
  const USER_1 = { name: USER, password: 'acu-password' }
  const signIn = (acu: Rig, body: object) =>
    acu.raw('POST', '/entity/auth/login', JSON.stringify(body), { 'content-type': 'application/json' })
  const cookieOf = (answer: Awaited<ReturnType<typeof signIn>>) =>
    (answer.headers?.['set-cookie'] ?? '')
      .split(', ')
      .map((one) => one.split(';')[0])
      .join('; ')
  const list = (acu: Rig, cookie: string) => acu.raw('GET', '/entity/Default/24.200.001/Vendor', '', { cookie })

  it('answers 204 and cookies, which all have to come back', async () => {
    const acu = rig()
    const answer = await signIn(acu, { ...USER_1, tenant: 'MyTenant' })
    expect(answer.status).toBe(204)
    const cookie = cookieOf(answer)
    for (const name of [
      '.ASPXAUTH',
      'ASP.NET_SessionId',
      'CompanyID',
      'Locale',
      'UserBranch',
      'requestid',
      'requeststat',
    ])
      expect(cookie).toContain(`${name}=`)
    expect((await list(acu, cookie)).status).toBe(200)
    expect((await list(acu, cookie.replace(/\.ASPXAUTH=[^;]+; /, ''))).status).toBe(401)
  })

  it('takes a form and the older word company, and lands on the first tenant without any', async () => {
    const acu = rig({ tenants: [{}, { name: 'Other', vendors: [{ VendorID: 'A', VendorName: 'A' }] }] })
    const form = new URLSearchParams({ ...USER_1, company: 'Other' }).toString()
    const other = cookieOf(await acu.raw('POST', '/entity/auth/login', form, FORM))
    expect((await list(acu, other)).body).toHaveLength(1)
    expect((await list(acu, cookieOf(await signIn(acu, USER_1)))).body).toEqual([])
  })

  it('is 500 for a wrong password and for an unknown tenant', async () => {
    const acu = rig()
    expect(await signIn(acu, { ...USER_1, password: 'x' })).toMatchObject({
      status: 500,
      body: { exceptionType: 'PX.Data.PXException', exceptionMessage: 'Error: Invalid credentials. Please try again.' },
    })
    expect(await signIn(acu, { ...USER_1, tenant: 'Nowhere' })).toMatchObject({
      status: 500,
      body: { exceptionType: 'PX.Data.PXUndefinedCompanyException' },
    })
  })

  it('ends by sign-out with a length, and by itself after ten idle minutes', async () => {
    const acu = rig()
    acu.switches['seats.limit'] = 1
    const cookie = cookieOf(await signIn(acu, USER_1))
    expect((await signIn(acu, USER_1)).status).toBe(429)
    expect((await acu.raw('POST', '/entity/auth/logout', '', { cookie })).status).toBe(411)
    expect((await acu.raw('POST', '/entity/auth/logout', '', { cookie, 'content-length': '0' })).status).toBe(204)
    expect((await list(acu, cookie)).status).toBe(401)
    const second = cookieOf(await signIn(acu, USER_1))
    acu.clock.now += 600_000
    expect((await list(acu, second)).status).toBe(401)
    expect((await signIn(acu, USER_1)).status).toBe(204)
  })
})
