import { describe, expect, it } from 'vitest'
import { wise } from '../../../src/vendors/wise'
import { get, post } from '../../../src/vendors/wise/client'

describe('a call to Wise', () => {
  it('has its version in front, its ids in the path and none in what is logged', () => {
    const call = post('v3', '/profiles/{profile}/quotes', { profile: '14599371' }, { sourceCurrency: 'USD' })
    expect(call).toEqual({
      method: 'POST',
      path: '/v3/profiles/14599371/quotes',
      route: '/v3/profiles/{profile}/quotes',
      body: { sourceCurrency: 'USD' },
    })
  })

  it('never leaves its place by an id', () => {
    expect(get('v1', '/transfers/{transfer}', { transfer: '../me?x=1' }).path).toBe('/v1/transfers/..%2Fme%3Fx%3D1')
    expect(() => get('v1', '/transfers/{transfer}', { transfer: '' })).toThrow('without its transfer')
  })

  it.each([
    ['GET', '/v1/transfers/1'],
    ['GET', '/2026Q3/transfers/1'],
    ['POST', '/v3/quotes'],
    ['POST', '/2026Q3/quotes'],
    ['POST', '/v1/quotes/3f1c2b5a-7a5e-4d0b-9d57-2f0f6c8f4b11/account-requirements'],
    ['POST', '/v1/transfer-requirements'],
    ['POST', '/v3/profiles/14599371/verification-status/bank-transfer'],
  ] as const)('that changes nothing is a read: %s %s', (method, path) => {
    expect(wise.reads({ method, path })).toBe(true)
  })

  it.each([
    ['POST', '/v3/profiles/14599371/quotes'],
    ['PATCH', '/v3/profiles/14599371/quotes/3f1c2b5a-7a5e-4d0b-9d57-2f0f6c8f4b11'],
    ['POST', '/v1/accounts'],
    ['DELETE', '/v2/accounts/40000417'],
    ['POST', '/v1/transfers'],
    ['PUT', '/v1/transfers/47500002/cancel'],
    ['POST', '/v3/profiles/14599371/transfers/47500002/payments'],
    ['POST', '/v2/profiles/14599371/balance-movements'],
    ['POST', '/v3/profiles/14599371/subscriptions'],
    ['GET', '/v1/simulation/transfers/47500002/processing'],
    ['GET', '/2026Q3/simulation/transfers/47500002/processing'],
  ] as const)('that changes something is none: %s %s', (method, path) => {
    expect(wise.reads({ method, path })).toBe(false)
  })
})

describe('how Wise is reached', () => {
  it('depends on the environment, and the retired sandbox is none', () => {
    expect(wise.baseUrl({ environment: 'production', settings: {} })).toBe('https://api.wise.com')
    expect(wise.baseUrl({ environment: 'sandbox', settings: {} })).toBe('https://api.wise-sandbox.com')
  })

  it('is a bearer token, of a person’s making or from a consent', () => {
    const shown = (credentials: { kind: 'token'; token: string } | { kind: 'oauth'; grant: string }) => {
      const headers = new Headers()
      wise.authorise(headers, credentials, 'from-the-grant')
      return headers.get('authorization')
    }
    expect(shown({ kind: 'token', token: 'mine' })).toBe('Bearer mine')
    expect(shown({ kind: 'oauth', grant: 'g' })).toBe('Bearer from-the-grant')
  })

  it('stays below the limits of Wise: 100 a second, 1000 a minute', () => {
    for (const { calls, perMs } of wise.limits) expect(calls).toBeLessThan(perMs === 1000 ? 100 : 1000)
  })

  it.each([
    [{ profileId: 'mine' }, 'profileId'],
    [{ webhookPublicKey: 'MIIB' }, 'webhookPublicKey'],
    [{ baseUrl: 'nowhere' }, 'baseUrl'],
  ])('takes no settings that make no sense: %j', (settings, path) => {
    expect(wise.settings.safeParse(settings).error?.issues[0]?.path).toEqual([path])
  })

  it('takes the id of a profile as number or text', () => {
    expect(wise.settings.parse({ profileId: 14599371 })).toEqual({ profileId: '14599371' })
    expect(wise.settings.parse({ profileId: '14599371' })).toEqual({ profileId: '14599371' })
  })
})

describe('consent to Wise, for partners', () => {
  const oauth = wise.oauth
  const sandbox = { environment: 'sandbox', settings: {} } as const
  const production = { environment: 'production', settings: {} } as const

  it('is given on the web, redeemed at the API, or at its mutual TLS host where a certificate is bound', () => {
    const hosts = [sandbox, production].map((place) => [
      `${oauth?.authorize.host(place)}${oauth?.authorize.path}`,
      `${oauth?.token.host(place)}${oauth?.token.path}`,
      oauth?.mtls?.host(place),
    ])
    expect(hosts).toEqual([
      [
        'https://wise-sandbox.com/oauth/authorize/',
        'https://api.wise-sandbox.com/oauth/token',
        'https://api-mtls.wise-sandbox.com',
      ],
      ['https://wise.com/oauth/authorize/', 'https://api.wise.com/oauth/token', 'https://api-mtls.transferwise.com'],
    ])
    expect(oauth?.mtls?.binding).toBe('WISE_MTLS')
  })

  it('asks for no scopes, and shows the app by Basic with its id beside', () => {
    expect(oauth).toMatchObject({ scopes: [], clientAuth: 'basic+id', accountParameter: 'profileId' })
  })

  it('ends with the refresh token, which Wise counts in seconds from now', () => {
    const ends = oauth?.chainEndsAt?.({ refresh_token_expires_in: 628639555 }, 0) ?? 0
    expect(Math.abs(ends - Date.now() - 628_639_555_000)).toBeLessThan(10_000)
    expect(oauth?.chainEndsAt?.({}, 0)).toBeNull()
  })
})
