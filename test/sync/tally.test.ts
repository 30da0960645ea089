import { describe, expect, it } from 'vitest'
import type { Compared, Figures } from '../../src/core/reconciliation'
import { tally } from '../../src/sync/tally'

const figures = (total: string, over: Partial<Figures> = {}): Figures => ({
  currency: 'CAD',
  total,
  tax: '0',
  customer: { id: 'c1', name: 'Fir Tree Bakery' },
  accounts: { 200: total },
  ...over,
})

const row = (over: Partial<Compared>): Compared => ({
  flow: 'a/b',
  sourceId: '1',
  variant: '',
  sourceNumber: '1',
  targetId: '2',
  targetNumber: '2',
  date: '2026-03-02',
  status: 'matched',
  code: '',
  reason: '',
  differences: [],
  source: null,
  target: null,
  foreign: false,
  ...over,
})

const sumsOf = ({
  source,
  target,
  difference,
  others,
}: {
  source: string
  target: string
  difference: string
  others: string
}) => [source, target, difference, others]

describe('sums of both sides', () => {
  it('are exact, per currency, and the difference is target less source', () => {
    const { currencies, agrees } = tally([
      row({ source: figures('0.1'), target: figures('0.1') }),
      row({ source: figures('0.2'), status: 'only_source' }),
      row({ source: figures('7', { currency: 'JPY' }), target: figures('8', { currency: 'JPY' }), status: 'differs' }),
    ])
    expect(currencies.map((sum) => [sum.currency, ...sumsOf(sum)])).toEqual([
      ['CAD', '0.3', '0.1', '-0.2', '0'],
      ['JPY', '7', '8', '1', '0'],
    ])
    expect(agrees).toBe(false)
  })

  it('are kept apart per customer and account, with the tax beside the accounts', () => {
    const taxed = figures('110', { tax: '10', accounts: { 200: '60', 201: '40' } })
    const other = figures('5', { customer: { id: 'c2', name: 'Harbour Lane' } })
    const { customers, accounts, agrees } = tally([
      row({ source: taxed, target: taxed }),
      row({ source: other, target: other }),
    ])
    expect(customers.map(({ customer, name, source }) => [customer, name, source])).toEqual([
      ['c1', 'Fir Tree Bakery', '110'],
      ['c2', 'Harbour Lane', '5'],
    ])
    expect(accounts.map(({ account, target }) => [account, target])).toEqual([
      ['200', '65'],
      ['201', '40'],
      ['tax', '10'],
    ])
    expect(agrees).toBe(true)
  })

  it('do not hide in a total what is even by chance', () => {
    const one = { source: figures('5'), target: figures('5', { accounts: { 201: '5' } }), status: 'differs' } as const
    expect(tally([row(one)])).toMatchObject({ agrees: false, currencies: [{ difference: '0' }] })
    const changed = { source: figures('5'), target: figures('5'), status: 'changed' } as const
    expect(tally([row(changed)])).toMatchObject({ agrees: false, counts: { changed: 1, matched: 0 } })
  })

  it('name what others made in the target apart, without a difference', () => {
    const { currencies, accounts, agrees } = tally([
      row({ target: figures('9'), status: 'only_target', foreign: true }),
    ])
    expect(currencies.map(sumsOf)).toEqual([['0', '0', '0', '9']])
    expect(accounts).toEqual([])
    expect(agrees).toBe(true)
  })
})
