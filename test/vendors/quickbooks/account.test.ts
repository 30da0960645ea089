import { describe, expect, it } from 'vitest'
import { now } from '../../../src/lib/clock'
import { quickbooks } from '../../../src/vendors/quickbooks'
import { answer, listing, REALM, scripted } from './scripted'

const CREDENTIALS = { kind: 'oauth' as const, grant: 'g_1' }

const plan = (name: string) => [
  { Name: 'SubscriptionStatus', Value: 'PAID' },
  { Name: 'OfferingSku', Value: name },
]
const INFO = {
  Id: '1',
  SyncToken: '4',
  CompanyName: 'Harbour Lane Supplies',
  LegalName: 'Harbour Lane Supplies Inc.',
  Country: 'US',
  DefaultTimeZone: 'America/Los_Angeles',
  NameValue: plan('QuickBooks Online Plus'),
}
const ALL_ON = {
  AccountingInfoPrefs: {
    BookCloseDate: '2026-06-30',
    TrackDepartments: true,
    ClassTrackingPerTxn: false,
    ClassTrackingPerTxnLine: true,
  },
  CurrencyPrefs: { MultiCurrencyEnabled: true, HomeCurrency: { value: 'USD' } },
}
const company = (info: object = {}, preferences: object = ALL_ON) =>
  listing(
    {},
    { [`/companyinfo/${REALM}`]: { CompanyInfo: { ...INFO, ...info } }, '/preferences': { Preferences: preferences } },
  )

const warned = async (info: object = {}, preferences: object = ALL_ON, scope = '') =>
  (await quickbooks.warnings?.(company(info, preferences).api, CREDENTIALS, scope)) ?? []

describe('the company that was reached', () => {
  it('is named by its realm, not by the id of the object', async () => {
    const { api, calls } = company()
    expect(await quickbooks.account(api, CREDENTIALS)).toEqual({
      id: REALM,
      name: 'Harbour Lane Supplies',
      baseCurrency: 'USD',
      timeZone: 'America/Los_Angeles',
      lockDate: '2026-06-30',
    })
    expect(calls.map(({ route }) => route)).toEqual([
      '/v3/company/{realm}/companyinfo/{id}',
      '/v3/company/{realm}/preferences',
    ])
  })

  it('says null for what QuickBooks leaves out', async () => {
    const { api } = company({ CompanyName: undefined, DefaultTimeZone: undefined }, {})
    expect(await quickbooks.account(api, CREDENTIALS)).toEqual({
      id: REALM,
      name: 'Harbour Lane Supplies Inc.',
      baseCurrency: null,
      timeZone: null,
      lockDate: null,
    })
  })

  it('is not reached where QuickBooks refuses, or the consent named none', async () => {
    const refusing = scripted(() =>
      answer(403, { fault: { error: [{ message: 'no', code: '3100' }], type: 'SERVICE' } }),
    )
    await expect(quickbooks.account(refusing.api, CREDENTIALS)).rejects.toThrow('quickbooks_not_authorised')
    const nameless = scripted(() => answer(200, {}), '')
    await expect(quickbooks.account(nameless.api, CREDENTIALS)).rejects.toThrow('quickbooks_no_company')
    expect(nameless.calls).toEqual([])
  })
})

describe('what a person has to know beforehand', () => {
  it('is nothing where all is switched on, whether Intuit names the scope or not', async () => {
    expect(await warned()).toEqual([])
    expect(await warned({}, ALL_ON, 'openid com.intuit.quickbooks.accounting')).toEqual([])
    expect(await warned({ NameValue: undefined })).toEqual([])
  })

  it('a scope that was left out', async () => {
    expect(await warned({}, ALL_ON, 'openid')).toEqual([expect.stringContaining('com.intuit.quickbooks.accounting')])
  })

  it.each(['QuickBooks Online Simple Start', 'QuickBooks Online Essentials'])(
    'a plan that is too small: %s',
    async (name) => {
      expect(await warned({ NameValue: plan(name) })).toEqual([expect.stringContaining(name)])
    },
  )

  it.each([
    ['Departments', { ...ALL_ON, AccountingInfoPrefs: { ...ALL_ON.AccountingInfoPrefs, TrackDepartments: false } }],
    ['Classes are switched off', { ...ALL_ON, AccountingInfoPrefs: { TrackDepartments: true } }],
    [
      'Classes are set to one per transaction',
      { ...ALL_ON, AccountingInfoPrefs: { TrackDepartments: true, ClassTrackingPerTxn: true } },
    ],
    ['only documents in CAD', { ...ALL_ON, CurrencyPrefs: { HomeCurrency: { value: 'CAD' } } }],
  ])('what is switched off: %s', async (words, preferences) => {
    expect(await warned({}, preferences)).toEqual([expect.stringContaining(words)])
  })
})

describe('the consent', () => {
  const { oauth } = quickbooks
  const YEAR = 365 * 86_400_000

  it('is of the deployment’s app, for accounting only, and names the company', () => {
    expect(oauth).toMatchObject({
      app: 'deployment',
      clientAuth: 'basic',
      accountParameter: 'realmId',
      keepsPrevious: true,
      scopes: ['com.intuit.quickbooks.accounting'],
      tokenHeaders: { 'x-include-refresh-token-hard-expires-in': 'true' },
    })
    const place = { environment: 'sandbox' as const, settings: {} }
    const urlOf = (door: { host(at: typeof place): string; path: string } | undefined) =>
      `${door?.host(place)}${door?.path}`
    expect(urlOf(oauth?.authorize)).toBe('https://appcenter.intuit.com/connect/oauth2')
    expect(urlOf(oauth?.token)).toBe('https://oauth.platform.intuit.com/oauth2/v1/tokens/bearer')
    expect(urlOf(oauth?.revoke)).toBe('https://developer.api.intuit.com/v2/oauth2/tokens/revoke')
  })

  it('ends for good when Intuit says so, counted from the answer', () => {
    const before = now()
    const ends = oauth?.chainEndsAt?.({ x_refresh_token_hard_expires_in: 86_400 }, before - 4 * YEAR) ?? 0
    expect(ends).toBeGreaterThanOrEqual(before + 86_400_000)
    expect(ends).toBeLessThanOrEqual(now() + 86_400_000)
  })

  it('ends five years after it was given where Intuit does not say', () => {
    expect(oauth?.chainEndsAt?.({ x_refresh_token_expires_in: 8_726_400 }, 1000)).toBe(1000 + 5 * YEAR)
    expect(oauth?.chainEndsAt?.({ x_refresh_token_hard_expires_in: 'soon' }, 1000)).toBe(1000 + 5 * YEAR)
  })
})
