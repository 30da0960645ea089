import { describe, expect, it } from 'vitest'
import { acumatica } from '../../../src/vendors/acumatica'
import { act, list, ONLY_NEW, put, read, root, statusOf } from '../../../src/vendors/acumatica/client'
import { both, stampLiteral, textLiteral } from '../../../src/vendors/acumatica/filters'
import { Settings } from '../../../src/vendors/acumatica/settings'
import { ACCOUNT, BASE, failureOf, SETTINGS } from './scripted'

const company = { account: ACCOUNT, settings: SETTINGS }
const ID = '5b0c1f57-0a51-ef11-8d2a-00155d010203'
const OPERATION = '0f8fad5b-d9cb-469f-a165-70867728950e'

describe('the settings of a connection', () => {
  const refused = (settings: object) => Settings.safeParse(settings).error?.issues.map(({ path }) => path.join('.'))

  it('have the address of the instance without a slash at its end, and a version', () => {
    expect(Settings.parse({ tenantUrl: 'https://My.Acumatica.com/Prod/' })).toEqual({
      tenantUrl: 'https://my.acumatica.com/Prod',
      endpointVersion: '24.200.001',
      callsPerMinute: 40,
    })
    expect(Settings.parse(Settings.parse({ tenantUrl: 'https://acme.acumatica.com' })).tenantUrl).toBe(
      'https://acme.acumatica.com',
    )
  })

  it.each([
    ['no address', {}, 'tenantUrl'],
    ['an address without TLS', { tenantUrl: 'http://my.acumatica.com/Prod' }, 'tenantUrl'],
    ['the address of a page', { tenantUrl: 'https://my.acumatica.com/Prod/Frames/Login.aspx' }, 'tenantUrl'],
    ['the address of the API', { tenantUrl: 'https://my.acumatica.com/Prod/entity' }, 'tenantUrl'],
    ['an address with a query', { tenantUrl: 'https://my.acumatica.com/Prod?ScreenId=AP301000' }, 'tenantUrl'],
    ['contract version 5', { ...SETTINGS, endpointVersion: '26.200.001' }, 'endpointVersion'],
    ['an older version', { ...SETTINGS, endpointVersion: '20.200.001' }, 'endpointVersion'],
    ['no calls at all', { ...SETTINGS, callsPerMinute: 0 }, 'callsPerMinute'],
  ])('are refused: %s', (_, settings, path) => expect(refused(settings)).toEqual([path]))

  it('say where the instance is and what its licence leaves', () => {
    expect(acumatica.baseUrl({ environment: 'production', settings: SETTINGS })).toBe('https://my.acumatica.com/Prod')
    expect(acumatica.limitsOf?.({ ...SETTINGS, callsPerMinute: 120 })).toEqual([{ calls: 120, perMs: 60_000 }])
    expect(acumatica.oauth?.token.host({ environment: 'production', settings: SETTINGS })).toBe(
      'https://my.acumatica.com/Prod',
    )
  })
})

describe('a call', () => {
  it('is below the endpoint of the chosen version, with a route without ids', () => {
    expect(root(company)).toEqual({ method: 'GET', path: '/entity', route: '/entity' })
    expect(list(company, 'Vendor', { $top: '1' })).toEqual({
      method: 'GET',
      path: `${BASE}/Vendor`,
      route: `${BASE}/Vendor`,
      query: { $top: '1' },
    })
    expect(read({ ...company, settings: { ...SETTINGS, endpointVersion: '22.200.001' } }, 'Bill', ID)).toEqual({
      method: 'GET',
      path: `/entity/Default/22.200.001/Bill/${ID}`,
      route: '/entity/Default/22.200.001/Bill/{id}',
    })
  })

  it('that makes or does something is of the branch of the settings, and may be for new ones only', () => {
    const inBranch = { account: ACCOUNT, settings: { ...SETTINGS, branch: 'WEST' } }
    expect(put(inBranch, 'Vendor', { VendorID: { value: 'ACME01' } }, { $expand: 'MainContact' }, ONLY_NEW)).toEqual({
      method: 'PUT',
      path: `${BASE}/Vendor`,
      route: `${BASE}/Vendor`,
      query: { $expand: 'MainContact' },
      body: { VendorID: { value: 'ACME01' } },
      headers: { 'px-cbapibranch': 'WEST', 'if-none-match': '*' },
    })
    expect(act(inBranch, 'Bill', 'ReleaseBill', ID)).toMatchObject({
      method: 'POST',
      path: `${BASE}/Bill/ReleaseBill`,
      body: { entity: { id: ID } },
      headers: { 'px-cbapibranch': 'WEST' },
    })
    expect(put(company, 'Vendor', {}).headers).toEqual({})
  })

  it('is never made at another instance than the one that is pinned', async () => {
    const moved = { account: ACCOUNT, settings: { ...SETTINGS, tenantUrl: 'https://other.acumatica.com' } }
    const failure = await failureOf((async () => list(moved, 'Vendor', {}))())
    expect(failure).toMatchObject({ kind: 'rejected', code: 'acumatica_other_instance' })
    expect(() => list({ account: '', settings: moved.settings }, 'Vendor', {})).not.toThrow()
  })

  it('after a token that was never given tells how to connect', async () => {
    const app = { kind: 'app' as const, clientId: 'x', clientSecret: 'marker-secret' }
    const failure = await failureOf((async () => acumatica.authorise(new Headers(), app, ''))())
    expect(failure).toMatchObject({ kind: 'unauthorised', code: 'acumatica_not_connected' })
  })
})

describe('the place to ask after an action', () => {
  it.each([
    `/Prod/entity/Default/24.200.001/Bill/ReleaseBill/status/${OPERATION}`,
    `https://my.acumatica.com/Prod/entity/Default/24.200.001/Bill/ReleaseBill/status/${OPERATION}`,
    `https://elsewhere.example/entity/Default/24.200.001/Bill/ReleaseBill/status/${OPERATION}`,
  ])('is asked below the own endpoint, however it is written: %s', (location) => {
    expect(statusOf(company, location)).toEqual({
      method: 'GET',
      path: `${BASE}/Bill/ReleaseBill/status/${OPERATION}`,
      route: `${BASE}/Bill/ReleaseBill/status/{id}`,
    })
  })

  it.each(['https://elsewhere.example/steal', '/Prod/entity/Default/20.200.001/Bill/ReleaseBill/status/1', ''])(
    'is not followed elsewhere: %s',
    async (location) => {
      const failure = await failureOf((async () => statusOf(company, location))())
      expect(failure).toMatchObject({ code: 'acumatica_stray_location' })
    },
  )
})

describe('a filter', () => {
  it('has typed literals, with apostrophes doubled and stamps with their offset', () => {
    expect(both(`VendorRef eq ${textLiteral("O'Neill")}`, `Type eq ${textLiteral('Bill')}`)).toBe(
      "VendorRef eq 'O''Neill' and Type eq 'Bill'",
    )
    expect(stampLiteral(Date.parse('2025-03-04T14:15:27.42Z'))).toBe("datetimeoffset'2025-03-04T14:15:27.420+00:00'")
  })
})
