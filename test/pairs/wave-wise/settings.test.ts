import { describe, expect, it } from 'vitest'
import { waveWise } from '../../../src/pairs/wave-wise'
import { Settings } from '../../../src/pairs/wave-wise/settings'
import { settings } from './samples'

const problems = (over: object) => {
  const parsed = Settings.safeParse({ ...settings(), ...over })
  return (parsed.error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`)
}

describe('the settings of Wave ↔ Wise', () => {
  it('book nothing twice: no bank feed, no rules and no pending account unless they are said', () => {
    expect(settings()).toMatchObject({ bankFeed: false, rules: [] })
    expect(settings().pendingAccount).toBeUndefined()
    expect(problems({})).toEqual([])
  })

  it('name what is missing in words', () => {
    expect(problems({ balances: [] })).toEqual(['balances: at least one Wise balance and its Wave account'])
    expect(problems({ feeAccount: undefined })).toEqual(['feeAccount: the id of the Wave account for the fees of Wise'])
    expect(problems({ bankfeed: true })).toHaveLength(1)
  })

  it('give each balance a currency and a Wave account of its own', () => {
    const [usd] = settings().balances
    expect(problems({ balances: [usd, { ...usd, currency: 'EUR', account: 'other' }] })).toEqual([
      'balances.1.balance: is there twice: each balance has its own',
    ])
    expect(problems({ balances: [usd, { ...usd, balance: '3', account: 'other' }] })).toHaveLength(1)
    expect(problems({ balances: [usd, { ...usd, balance: '3', currency: 'GBP' }] })).toHaveLength(1)
  })

  it('never book one bank account against another: Wave has no way to', () => {
    const words = 'is the account of a balance: Wave books no bank account against another'
    expect(problems({ pendingAccount: 'wise-usd' })).toEqual([`pendingAccount: ${words}`])
    expect(problems({ rules: [{ account: 'clearing' }, { account: 'wise-eur' }] })).toEqual([
      `rules.1.account: ${words}`,
    ])
  })

  it('are checked against what both vendors have, currency and kind of account included', () => {
    const uses = waveWise.references(settings({ pendingAccount: 'pending', rules: [{ account: 'meals' }] }))
    const of = (path: string) => uses.filter((use) => use.path === path).map(({ path: _, ...use }) => use)
    expect(of('settings.balances.0.balance')).toEqual([
      { side: 'target', kind: 'balance', code: '200001', use: 'currency:USD' },
    ])
    expect(of('settings.balances.0.account')).toEqual([
      { side: 'source', kind: 'account', code: 'wise-usd', use: 'currency:USD' },
      { side: 'source', kind: 'account', code: 'wise-usd', use: 'cash_and_bank' },
    ])
    expect(of('settings.pendingAccount')).toEqual([{ side: 'source', kind: 'account', code: 'pending' }])
    expect(of('settings.rules.0.account')).toEqual([{ side: 'source', kind: 'account', code: 'meals' }])
    expect(uses).toHaveLength(2 * 3 + 4 + 2)
  })
})
