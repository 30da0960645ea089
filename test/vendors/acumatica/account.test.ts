import { describe, expect, it } from 'vitest'
import { acumatica } from '../../../src/vendors/acumatica'
import { Credentials } from '../../../src/vendors/acumatica/credentials'
import { lockDateOf } from '../../../src/vendors/acumatica/periods'
import {
  ACCOUNT,
  answer,
  BASE,
  CREDENTIALS,
  exception,
  failureOf,
  NO_RIGHTS,
  row,
  SETTINGS,
  scripted,
} from './scripted'

const endpoints = (...versions: string[]) => [
  ...versions.map((version) => ({ name: 'Default', version, href: `/Prod/entity/Default/${version}/` })),
  { name: 'eCommerce', version: '23.200.001', href: '/Prod/entity/eCommerce/23.200.001/' },
]
const PUBLISHED = endpoints('20.200.001', '22.200.001', '23.200.001', '24.200.001')

const period = (FinancialPeriodID: string, StartDate: string, Status: string, ClosedInAP: boolean) =>
  row({ FinancialPeriodID, StartDate: `${StartDate}T00:00:00-05:00`, Status, ClosedInAP })

const YEAR = row({
  FinancialYear: '2026',
  Details: [
    period('022026', '2026-02-01', 'Open', true),
    period('012026', '2026-01-01', 'Closed', true),
    period('032026', '2026-03-01', 'Open', false),
    period('042026', '2026-04-01', 'Inactive', false),
  ],
})

type Lists = Record<string, unknown[] | ReturnType<typeof answer>>

const instance = (
  over: Lists = {},
  root: unknown = { version: {}, endpoints: PUBLISHED },
  settings: object = SETTINGS,
) => {
  const lists: Lists = {
    Vendor: [row({ VendorID: 'ACME01    ' })],
    Ledger: [
      row({ LedgerID: 'ACTUAL', Type: 'Actual', Currency: 'USD' }),
      row({ LedgerID: 'BUDGET', Type: 'Budget', Currency: 'EUR' }),
    ],
    FinancialPeriod: [YEAR],
    ...over,
  }
  return scripted(
    ({ path }) => {
      if (path === '/entity') return answer(200, root)
      const rows = lists[path.replace(`${BASE}/`, '')] ?? answer(404, { message: 'not found' })
      return Array.isArray(rows) ? answer(200, rows) : rows
    },
    settings,
    '',
  )
}
const reached = ({ api }: ReturnType<typeof instance>, credentials: typeof CREDENTIALS = CREDENTIALS) =>
  acumatica.account(api, credentials)

describe('the company that was reached', () => {
  it('is the tenant of the client id at the instance, with its currency and the end of what is closed', async () => {
    const { api, calls } = instance()
    expect(await acumatica.account(api, CREDENTIALS)).toEqual({
      id: ACCOUNT,
      name: 'MyTenant (my.acumatica.com/prod)',
      baseCurrency: 'USD',
      timeZone: null,
      lockDate: '2026-02-28',
    })
    expect(calls.map(({ path }) => path.replace(BASE, ''))).toEqual([
      '/entity',
      '/Vendor',
      '/Ledger',
      '/FinancialPeriod',
    ])
  })

  it('is read from the bare list of older builds too', async () => {
    expect((await reached(instance({}, PUBLISHED))).id).toBe(ACCOUNT)
  })

  it('has neither where the user may not see them, or companies have several currencies', async () => {
    const refusing = {
      Ledger: NO_RIGHTS,
      FinancialPeriod: answer(500, exception('CannotOptimizeException', 'Optimization')),
    }
    expect(await reached(instance(refusing))).toMatchObject({ baseCurrency: null, lockDate: null })
    const two = [row({ Type: 'Actual', Currency: 'USD' }), row({ Type: 'Actual', Currency: 'EUR' })]
    expect(await reached(instance({ Ledger: two }))).toMatchObject({ baseCurrency: null })
  })

  it('is not reached where the user may not open vendors, or is not signed in', async () => {
    expect(await failureOf(reached(instance({ Vendor: NO_RIGHTS })))).toMatchObject({ code: 'acumatica_no_rights' })
    expect(await failureOf(reached(instance({ Vendor: answer(401) })))).toMatchObject({ kind: 'unauthorised' })
  })

  it('is asked for in the branch of the settings, so that a wrong one shows', async () => {
    const { api, calls } = instance({}, PUBLISHED, { ...SETTINGS, branch: 'WEST' })
    await acumatica.account(api, CREDENTIALS)
    expect(calls[1]).toMatchObject({ path: `${BASE}/Vendor`, headers: { 'px-cbapibranch': 'WEST' } })
  })

  it('is never another tenant than the settings say', async () => {
    const settings = { ...SETTINGS, tenant: 'OtherTenant' }
    expect(await failureOf(reached(instance({}, PUBLISHED, settings)))).toMatchObject({
      code: 'acumatica_other_tenant',
      message: 'the client id belongs to the tenant MyTenant, the setting tenant says OtherTenant',
    })
    expect((await reached(instance({}, PUBLISHED, { ...SETTINGS, tenant: 'mytenant' }))).id).toBe(ACCOUNT)
  })
})

describe('a version that the instance does not publish', () => {
  it('is refused with the list of those that it does, and with those that are usable', async () => {
    const settings = { ...SETTINGS, endpointVersion: '23.200.001' }
    const root = endpoints('22.200.001', '24.200.001', '26.200.001')
    expect(await failureOf(reached(instance({}, root, settings)))).toEqual({
      kind: 'rejected',
      code: 'acumatica_version_not_published',
      message:
        'the instance does not publish Default/23.200.001; it publishes Default/22.200.001, Default/24.200.001, Default/26.200.001',
      remedy: 'Set endpointVersion to 22.200.001 or 24.200.001.',
    })
  })

  it('is refused where only contract version 5 is left', async () => {
    const failure = await failureOf(reached(instance({}, endpoints('26.200.001'))))
    expect(failure).toMatchObject({ code: 'acumatica_version_not_published' })
    expect(failure.remedy).toContain('contract version 4')
  })
})

describe('the end of what is closed', () => {
  const lock = (...periods: [string, string, boolean][]) =>
    lockDateOf([
      {
        FinancialYear: '2026',
        Details: periods.map(([StartDate, Status, ClosedInAP]) => ({
          FinancialPeriodID: '',
          StartDate,
          Status,
          ClosedInAP,
        })),
      },
    ])

  it.each([
    ['nothing is closed', null, [['2026-01-01', 'Open', false]]],
    ['everything is closed', null, [['2026-01-01', 'Closed', true]]],
    [
      'the first is closed',
      '2026-01-31',
      [
        ['2026-02-01', 'Open', false],
        ['2026-01-01', 'Locked', false],
      ],
    ],
    [
      'one behind an open one is closed',
      null,
      [
        ['2026-01-01', 'Open', false],
        ['2026-02-01', 'Open', true],
      ],
    ],
  ] as [string, string | null, [string, string, boolean][]][])('where %s', (_, expected, periods) => {
    expect(lock(...periods)).toBe(expected)
  })
})

describe('credentials', () => {
  const APP = { clientId: CREDENTIALS.clientId, clientSecret: CREDENTIALS.clientSecret }

  it.each([
    ['an app alone', { kind: 'app', ...APP }],
    ['an app with a user', { kind: 'password', ...APP, username: 'api', password: 'marker-secret' }],
    ['made by consent', CREDENTIALS],
  ])('are %s', (_, given) => expect(Credentials.safeParse(given).success).toBe(true))

  it.each([
    ['a cookie sign-in', { kind: 'cookie', name: 'admin', password: 'marker-secret' }],
    ['a client id without its tenant', { kind: 'app', ...APP, clientId: '88358b02-a48d-a50e-f710-39c1636c30f6' }],
    ['a user without an app', { kind: 'password', username: 'api', password: 'marker-secret' }],
  ])('are not %s', (_, given) => expect(Credentials.safeParse(given).success).toBe(false))
})

describe('the chain of tokens', () => {
  it('ends thirty days after the consent, however often it is renewed', () => {
    const at = Date.parse('2026-11-02T08:00:00Z')
    expect(acumatica.oauth?.chainEndsAt?.({}, at)).toBe(Date.parse('2026-12-02T08:00:00Z'))
  })

  it('is asked for with a session of its own, by the connection’s app in the form', () => {
    expect(acumatica.oauth).toMatchObject({ app: 'connection', clientAuth: 'body', scopes: ['api', 'offline_access'] })
    expect(acumatica.oauth?.revoke).toBeUndefined()
  })
})
