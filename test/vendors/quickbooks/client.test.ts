import { describe, expect, it } from 'vitest'
import { Failed } from '../../../src/core/failure'
import { quickbooks } from '../../../src/vendors/quickbooks'
import { get, post, query, quoted, read } from '../../../src/vendors/quickbooks/client'
import { REALM } from './scripted'

const company = { account: REALM }

describe('a call to QuickBooks', () => {
  it('goes below its company, in minor version 75, with a route that holds no id', () => {
    expect(read(company, 'purchaseorder', '257')).toEqual({
      method: 'GET',
      path: `/v3/company/${REALM}/purchaseorder/257`,
      route: '/v3/company/{realm}/purchaseorder/{id}',
      query: { minorversion: '75' },
    })
    expect(get(company, '/cdc', { entities: 'Bill' }).query).toEqual({ entities: 'Bill', minorversion: '75' })
  })

  it('cannot leave its place by an id', () => {
    expect(read(company, 'bill', '../vendor/1').path).toBe(`/v3/company/${REALM}/bill/..%2Fvendor%2F1`)
    expect(read(company, 'bill', '$&').path).toBe(`/v3/company/${REALM}/bill/%24%26`)
  })

  it.each(['', '12/../34', '12345678901234567890', 'abc'])('is not made for the company "%s"', (account) => {
    expect(() => get({ account }, '/preferences')).toThrow(Failed)
    expect(() => get({ account }, '/preferences')).toThrow('quickbooks_no_company')
  })

  it('that writes carries a request id, and is never taken for a read', () => {
    const call = post(company, 'bill', { Id: '1', SyncToken: '0' }, 'req-1', { operation: 'delete' })
    expect(call).toEqual({
      method: 'POST',
      path: `/v3/company/${REALM}/bill`,
      route: '/v3/company/{realm}/bill',
      query: { operation: 'delete', requestid: 'req-1', minorversion: '75' },
      body: { Id: '1', SyncToken: '0' },
    })
    expect(quickbooks.reads(call)).toBe(false)
    expect(quickbooks.reads(query(company, 'SELECT * FROM Bill'))).toBe(true)
  })

  it('escapes what ends a text in a query', () => {
    expect(quoted("Amy's Bird Sanctuary")).toBe("'Amy\\'s Bird Sanctuary'")
    expect(quoted('a\\')).toBe("'a\\\\'")
  })
})

describe('the vendor', () => {
  it('has other hosts for the sandbox', () => {
    const at = (environment: 'production' | 'sandbox') => quickbooks.baseUrl({ environment, settings: {} })
    expect(at('production')).toBe('https://quickbooks.api.intuit.com')
    expect(at('sandbox')).toBe('https://sandbox-quickbooks.api.intuit.com')
  })

  it('is only reached by consent', () => {
    expect(quickbooks.credentials.safeParse({ kind: 'oauth', grant: 'g_1' }).success).toBe(true)
    expect(quickbooks.credentials.safeParse({ kind: 'token', token: 't' }).success).toBe(false)
    const headers = new Headers()
    quickbooks.authorise(headers, { kind: 'oauth', grant: 'g_1' }, 'access')
    expect([...headers]).toEqual([['authorization', 'Bearer access']])
  })

  it('stays below 10 calls a second and 500 a minute', () => {
    for (const [perMs, most] of [
      [1000, 10],
      [60_000, 500],
    ])
      expect(quickbooks.limits.find((limit) => limit.perMs === perMs)?.calls).toBeLessThan(most ?? 0)
  })
})
