import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import type { Call, ReadApi } from '../../../src/core/vendor'
import { cin7 } from '../../../src/vendors/cin7'

const serving = (lists: Record<string, object[]>, keys: Record<string, string>, pageCap = 1000) => {
  const calls: Call[] = []
  const api: ReadApi = {
    account: '',
    settings: {},
    async read<T>(call: Call, schema: z.ZodType<T>): Promise<T> {
      calls.push(call)
      const path = call.path.replace('/ExternalApi/v2', '')
      const all = lists[path] ?? []
      const [page, limit] = [Number(call.query?.Page), Math.min(pageCap, Number(call.query?.Limit))]
      return schema.parse({
        Total: all.length,
        Page: page,
        [keys[path] ?? '']: all.slice((page - 1) * limit, page * limit),
      })
    },
  }
  return { api, calls }
}

const account = (Code: string, fields: object) => ({
  Code,
  Name: `Account ${Code}`,
  Status: 'ACTIVE',
  Type: 'X',
  Class: 'X',
  ...fields,
})

describe('what can be mapped in Cin7', () => {
  it('accounts, by what they can be used for', async () => {
    const lists = {
      '/ref/account': [
        account('610', { Class: 'ASSET', SystemAccount: 'Accounts receivable', SystemAccountCode: 'DEBTORS' }),
        account('800', { Class: 'LIABILITY', SystemAccount: 'Accounts payable' }),
        account('801', { Class: 'LIABILITY', SystemAccount: null, Status: 'archived' }),
        account('200', { Class: 'REVENUE' }),
        account('400', { Class: 'EXPENSE' }),
        account('713', { Class: 'ASSET' }),
        account('714', { Class: 'ASSET', ForPayments: 'true' }),
      ],
      '/ref/account/bank': [{ AccountCode: '713' }],
    }
    const { api } = serving(lists, { '/ref/account': 'AccountsList', '/ref/account/bank': 'BankAccountsList' })
    const accounts = (await cin7.references.account?.(api)) ?? []
    expect(accounts.map(({ code, uses, active }) => [code, uses, active])).toEqual([
      ['610', ['receivable'], true],
      ['800', ['payable'], true],
      ['801', [], false],
      ['200', ['revenue'], true],
      ['400', ['expense'], true],
      ['713', ['payment'], true],
      ['714', ['payment'], true],
    ])
  })

  it('every page, also where a page is shorter than what was asked for', async () => {
    const rows = Array.from({ length: 1100 }, (_, n) => ({ Name: `L${n}`, IsDeprecated: false, ParentID: null }))
    const { api, calls } = serving({ '/ref/location': rows }, { '/ref/location': 'LocationList' }, 500)
    expect(await cin7.references.location?.(api)).toHaveLength(1100)
    expect(calls).toHaveLength(3)
  })

  it('tax rules with their percentage, products by SKU and services by name', async () => {
    const lists = {
      '/ref/tax': [{ Name: 'GST', IsActive: true, TaxPercent: 10, IsTaxForSale: true, IsTaxForPurchase: false }],
      '/product': [
        { SKU: 'S-1', Name: 'Wave line', Type: 'service', Status: 'ACTIVE' },
        { SKU: 'B-1', Name: 'Bread', Type: 'Stock', Status: 'Active' },
      ],
    }
    const { api } = serving(lists, { '/ref/tax': 'TaxRuleList', '/product': 'Products' })
    expect(await cin7.references.tax?.(api)).toEqual([
      { kind: 'tax', code: 'GST', name: 'GST (10 %)', active: true, uses: ['sale'] },
    ])
    expect((await cin7.references.product?.(api))?.map(({ code }) => code)).toEqual(['S-1', 'B-1'])
    expect((await cin7.references.service?.(api))?.map(({ code }) => code)).toEqual(['Wave line'])
  })
})

describe('the connection', () => {
  it('knows its account from the credentials, and the company from Cin7', async () => {
    const api: ReadApi = {
      account: '',
      settings: {},
      read: async (_call, schema) =>
        schema.parse({
          Company: 'Example',
          Currency: 'AUD',
          TimeZone: 'Australia/Sydney',
          LockDate: '2026-01-31T00:00:00',
        }),
    }
    expect(await cin7.account(api, { accountId: 'ABC', applicationKey: 'k' })).toEqual({
      id: 'abc',
      name: 'Example',
      baseCurrency: 'AUD',
      timeZone: 'Australia/Sydney',
      lockDate: '2026-01-31',
    })
  })

  it('signs with two headers', () => {
    const headers = new Headers()
    cin7.authorise(headers, { accountId: 'a', applicationKey: 'k' }, '')
    expect([...headers]).toEqual([
      ['api-auth-accountid', 'a'],
      ['api-auth-applicationkey', 'k'],
    ])
  })
})
