import { describe, expect, it } from 'vitest'
import { wise } from '../../../src/vendors/wise'
import { answer, answering, balance, business, failureOf, PROFILE, person, type Script } from './scripted'

const TOKEN = { kind: 'token', token: 'marker-secret-token' } as const
const CONSENT = { kind: 'oauth', grant: 'g_1' } as const
const OTHER = business({ id: 14599999, businessName: 'Second Dock Ltd' })

const reached = (profiles: object[], script: Script = {}) => {
  const single = Object.fromEntries(profiles.map((one) => [`GET /v2/profiles/${Reflect.get(one, 'id')}`, one]))
  return answering({ 'GET /v1/me': { id: 9889627, active: true }, 'GET /v2/profiles': profiles, ...single }, script)
}

const FRESH = { account: '' }

describe('who was reached at Wise', () => {
  it('is the only business of the user, by the id that webhooks carry', async () => {
    const { api, calls } = reached([person(), business()], FRESH)
    expect(await wise.account(api, TOKEN)).toEqual({
      id: PROFILE,
      name: 'Dock Street Imports LLC',
      baseCurrency: null,
      timeZone: null,
      lockDate: null,
    })
    expect(calls.map(({ path }) => path)).toEqual(['/v1/me', '/v2/profiles'])
  })

  it('is the pinned profile, or the one that the setting names', async () => {
    expect(await wise.account(reached([person(), business(), OTHER]).api, TOKEN)).toMatchObject({ id: PROFILE })
    const settings = { profileId: '14599999' }
    expect(await wise.account(reached([business(), OTHER], { settings }).api, TOKEN)).toMatchObject({ id: '14599999' })
  })

  it('is a person only where that was chosen, and shows it', async () => {
    const { api } = reached([person()], { account: '14575282' })
    expect(await wise.account(api, CONSENT)).toMatchObject({ id: '14575282', name: 'Dana Reed (personal)' })
  })

  it.each([
    ['several businesses', [person(), business(), OTHER], 'Second Dock Ltd (14599999)'],
    ['no business', [person()], 'Dana Reed (personal, 14575282)'],
    ['no profile', [], 'no profile'],
  ])('has to be chosen where there are %s', async (_, profiles, words) => {
    expect(await failureOf(wise.account(reached(profiles, FRESH).api, TOKEN))).toMatchObject({
      kind: 'rejected',
      code: 'wise_profile_not_chosen',
      message: expect.stringContaining(words),
      remedy: expect.stringContaining('profileId'),
    })
  })

  it.each([
    ['403', answer(403, { error: 'Forbidden', message: 'You are forbidden' })],
    ['404', answer(404, '')],
  ])('is refused where the token does not reach it (%s)', async (_, given) => {
    const { api } = answering({ 'GET /v1/me': { id: 1 }, [`GET /v2/profiles/${PROFILE}`]: given })
    expect(await failureOf(wise.account(api, TOKEN))).toMatchObject({ code: 'wise_profile_out_of_reach' })
  })

  it('is never a path of somebody else’s making: the id comes back in a redirect', async () => {
    const { api, calls } = answering({ 'GET /v1/me': { id: 1 } }, { account: '1/../../v1/transfers' })
    expect(await failureOf(wise.account(api, CONSENT))).toMatchObject({ code: 'wise_profile_out_of_reach' })
    expect(calls).toHaveLength(1)
  })

  it('is told by the token’s refusal where it ended', async () => {
    const ended = answer(401, { error: 'invalid_token', error_description: 'Invalid token' })
    const { api } = answering({ 'GET /v1/me': ended })
    expect(await failureOf(wise.account(api, TOKEN))).toMatchObject({ kind: 'unauthorised' })
  })

  it('may be several where a consent named none: businesses first', async () => {
    const all = await wise.accounts?.(reached([person(), business(), OTHER], FRESH).api, CONSENT)
    expect(all?.map(({ id, name }) => [id, name])).toEqual([
      [PROFILE, 'Dock Street Imports LLC'],
      ['14599999', 'Second Dock Ltd'],
      ['14575282', 'Dana Reed (personal)'],
    ])
    const settings = { profileId: PROFILE }
    const chosen = await wise.accounts?.(reached([person(), business()], { account: '', settings }).api, CONSENT)
    expect(chosen?.map(({ id }) => id)).toEqual([PROFILE])
  })
})

const VERIFIED = { routes: [{ source_currency: 'USD', maximum_entitled_amount: 100000, current_status: 'verified' }] }

const warned = (
  {
    profile = business(),
    balances = [balance()],
    status = VERIFIED,
  }: { profile?: object; balances?: object[]; status?: unknown },
  { credentials = TOKEN, scope = '' }: { credentials?: typeof TOKEN | typeof CONSENT; scope?: string } = {},
) => {
  const { api, calls } = answering(
    {
      'GET /v2/profiles': [profile, person({ id: 1 })],
      [`GET /v2/profiles/${PROFILE}`]: profile,
      [`GET /v4/profiles/${PROFILE}/balances`]: balances,
      [`POST /v3/profiles/${PROFILE}/verification-status/bank-transfer`]: status,
    },
    { account: PROFILE },
  )
  return { calls, said: wise.warnings?.(api, credentials, scope) }
}

describe('what a person has to know of the connection to Wise', () => {
  it('is nothing where all is well', async () => {
    const { said, calls } = warned({})
    expect(await said).toEqual([])
    expect(calls.at(-1)).toMatchObject({ query: { source_currencies: 'USD' } })
    expect(calls.at(-1)?.body).toBeUndefined()
  })

  it('is the verification, for each currency that the profile holds', async () => {
    const routes = [
      { source_currency: 'USD', maximum_entitled_amount: 0, current_status: 'not_verified' },
      { source_currency: 'EUR', maximum_entitled_amount: 10000, current_status: 'not_verified' },
      { source_currency: 'GBP', maximum_entitled_amount: 0, current_status: 'verified' },
    ]
    const { said } = warned({ status: { routes, request_id: 'x' } })
    expect(await said).toEqual([
      expect.stringMatching(/not verified the profile for payments from USD: payments are delayed/),
      expect.stringMatching(/from EUR: only 10000 can be paid in all/),
    ])
  })

  it.each([
    ['does not let this token ask', answer(403, { error: 'Forbidden', message: 'no' })],
    ['knows no such call', answer(404, '')],
  ])('is silent on the verification where Wise %s', async (_, status) => {
    expect(await warned({ status }).said).toEqual([])
  })

  it('is strong authentication where the account is held elsewhere than in six countries', async () => {
    const inGermany = business({ address: { countryIso2Code: 'DE' } })
    expect(await warned({ profile: inGermany }).said).toEqual([
      expect.stringMatching(/accounts in DE .* funded by a person on wise\.com, and statements cannot be read/),
    ])
    expect(await warned({ profile: inGermany }, { credentials: CONSENT }).said).toEqual([
      expect.stringMatching(/may ask accounts in DE/),
    ])
    for (const countryIso2Code of ['US', 'CA', 'AU', 'NZ', 'SG', 'my'])
      expect(await warned({ profile: business({ address: { countryIso2Code } }) }).said).toEqual([])
  })

  it('is a scope that a partner was not given', async () => {
    expect(await warned({}, { credentials: CONSENT, scope: 'transfers' }).said).toEqual([])
    expect(await warned({}, { credentials: CONSENT, scope: 'balances' }).said).toEqual([
      expect.stringContaining('did not grant the scope transfers'),
    ])
  })

  it('is a personal profile, one that is not in use, and one without money', async () => {
    const profile = { ...person({ address: null, currentState: 'DEACTIVATED' }), id: Number(PROFILE) }
    const { said, calls } = warned({ profile, balances: [] })
    expect(await said).toEqual([
      expect.stringContaining('personal profile'),
      expect.stringContaining('DEACTIVATED'),
      expect.stringContaining('no balance'),
    ])
    expect(calls.map(({ method }) => method)).toEqual(['GET', 'GET'])
  })

  it('is asked of the profile that is about to be pinned, too', async () => {
    const { api } = answering(
      {
        'GET /v2/profiles': [business({ address: { countryIso2Code: 'GB' } })],
        [`GET /v4/profiles/${PROFILE}/balances`]: [],
      },
      { account: '' },
    )
    expect(await wise.warnings?.(api, TOKEN, '')).toHaveLength(2)
  })
})
