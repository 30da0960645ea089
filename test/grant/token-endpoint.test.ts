import { describe, expect, it, vi } from 'vitest'
import type { OAuth } from '../../src/core/vendor'
import { certificateOf, type Env } from '../../src/env'
import { type Desk, redeemApp, redeemCode, redeemRefresh } from '../../src/grant/token-endpoint'

const APP = { clientId: 'an-app', clientSecret: 'marker-secret-with-hyphens' }
const TOKENS = { access_token: 'a', token_type: 'bearer', refresh_token: 'r', expires_in: 60 }

const oauth: OAuth = {
  app: 'deployment',
  authorize: { host: () => 'https://vendor.example', path: '/authorize' },
  token: { host: () => 'https://api.vendor.example', path: '/token' },
  mtls: { binding: 'WISE_MTLS', host: () => 'https://mtls.vendor.example' },
  scopes: [],
  clientAuth: 'basic+id',
}

/** What was asked, and of whom. */
const listening = () => {
  const seen: { url: string; authorization: string | null; form: Record<string, string> }[] = []
  const fetch = vi.fn(async (url: RequestInfo | URL, init?: RequestInit) => {
    const request = new Request(url, init)
    const form = Object.fromEntries(new URLSearchParams(await request.text()))
    seen.push({ url: request.url, authorization: request.headers.get('authorization'), form })
    return Response.json(TOKENS)
  })
  return { seen, fetch }
}

const deskWith = (certified: Desk['certified'], more: Partial<Desk> = {}): Desk => ({
  oauth,
  place: { environment: 'sandbox', settings: {} },
  base: undefined,
  app: APP,
  certified,
  ...more,
})

describe('a token endpoint that wants Basic and the client id beside it', () => {
  it('gets id and secret as they are, and the id in the form, for every grant', async () => {
    const { seen, fetch } = listening()
    const desk = deskWith({ fetch })
    await redeemCode(desk, { code: 'c', verifier: 'v'.repeat(43), redirectUri: 'https://us.example/back' })
    await redeemRefresh(desk, 'r', 0, null)
    await redeemApp(desk)
    expect(seen.map(({ form }) => [form.grant_type, form.client_id])).toEqual([
      ['authorization_code', 'an-app'],
      ['refresh_token', 'an-app'],
      ['client_credentials', 'an-app'],
    ])
    const basic = `Basic ${btoa('an-app:marker-secret-with-hyphens')}`
    expect(new Set(seen.map(({ authorization }) => authorization))).toEqual(new Set([basic]))
    expect(seen[0]?.form).toMatchObject({ code: 'c', redirect_uri: 'https://us.example/back' })
  })
})

describe('a token endpoint that wants a client certificate', () => {
  it('is asked at its own host through the binding, where the deployment has one', async () => {
    const { seen, fetch } = listening()
    await redeemApp(deskWith({ fetch }))
    expect(seen.map(({ url }) => url)).toEqual(['https://mtls.vendor.example/token'])
  })

  it('is asked at the usual host where it has none, and below a base URL of one’s own in either case', async () => {
    const { seen, fetch } = listening()
    vi.spyOn(globalThis, 'fetch').mockImplementation(fetch)
    await redeemApp(deskWith(undefined))
    await redeemApp(deskWith({ fetch }, { base: 'https://proxy.example/wise' }))
    vi.restoreAllMocks()
    expect(seen.map(({ url }) => url)).toEqual(['https://api.vendor.example/token', 'https://proxy.example/wise/token'])
  })

  it('has a binding for each environment of the vendor', () => {
    const production = { fetch: async () => new Response() }
    const env: Env = Object.assign(Object.create(null), { WISE_MTLS: production, WISE_MTLS_SANDBOX: 'not a binding' })
    expect(certificateOf(env, oauth, 'production')).toBe(production)
    expect(certificateOf(env, oauth, 'sandbox')).toBeUndefined()
    const { mtls: _, ...without } = oauth
    expect(certificateOf(env, without, 'production')).toBeUndefined()
  })
})
