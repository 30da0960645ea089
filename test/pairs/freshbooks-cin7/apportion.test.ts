import Big from 'big.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { abs, add, atMost, decimalsOf, fromMinor, multiply, same, subtract } from '../../../src/lib/money'
import { apportion, isRounding } from '../../../src/pairs/freshbooks-cin7/apportion'
import { invoiceToSale as flow } from '../../../src/pairs/freshbooks-cin7/invoice-to-sale'
import { money } from '../../vendors/freshbooks/rows'
import { anInvoice, lineOf, lookups, onlyDraft, settings } from './samples'

describe('shares of an amount', () => {
  it('are to the cent; what rounding took from one it gets back', () => {
    expect(apportion(['1.004', '1.004', '1.002'], '3.01')).toEqual(['1.01', '1', '1'])
    expect(apportion(['-1.005', '-1.005'], '-2.01')).toEqual(['-1', '-1.01'])
    expect(apportion([], '0')).toEqual([])
  })

  it('of nothing stay nothing, and a rest of more than a cent each is left', () => {
    expect(apportion(['0', '1.004'], '1.01')).toEqual(['0', '1.01'])
    expect(apportion(['0', '1'], '1.02')).toEqual(['0', '1'])
    expect(apportion(['0', '0'], '0.01')).toEqual(['0', '0'])
  })

  it('are off by less than a cent each, and together the amount that they round to', () =>
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -100_000_000, max: 100_000_000 }), { maxLength: 30 }), (given) => {
        const shares = given.map((share) => fromMinor(String(share), 5))
        const total = new Big(add('0', ...shares)).round(2, Big.roundHalfUp).toFixed()
        const parts = apportion(shares, total)
        expect(same(add('0', ...parts), total)).toBe(true)
        parts.forEach((part, at) => {
          expect(decimalsOf(part)).toBeLessThanOrEqual(2)
          expect(atMost(abs(subtract(part, shares[at] ?? '0')), '0.015')).toBe(true)
        })
      }),
    ))
})

describe('two figures', () => {
  it('differ by rounding up to half a cent for each, and for their sum', () => {
    expect(isRounding('1.00', '1.01', 1)).toBe(true)
    expect(isRounding('1.00', '1.0101', 1)).toBe(false)
    expect(isRounding('1.02', '1.00', 3)).toBe(true)
  })
})

const TAXES = [
  {},
  { taxName1: 'HST', taxAmount1: '13' },
  { taxName1: 'GST', taxAmount1: '5', taxName2: 'QST', taxAmount2: '9.975' },
]
const RATES = ['0', '13', '14.975']

/** What FreshBooks makes of lines: its own formula (sheet section 4), rounded once. */
const made = (lines: { qty: number; cents: number; tax: number }[], discount: number) => {
  const kept = new Big(1).minus(new Big(discount).div(100))
  const nets = lines.map(({ qty, cents }) => new Big(cents).times(qty).div(100))
  const [net, gross] = [
    nets.reduce((sum, one) => sum.plus(one), new Big(0)),
    nets.reduce((sum, one, at) => {
      const rate = new Big(RATES[lines[at]?.tax ?? 0] ?? '0').div(100).plus(1)
      return sum.plus(one.times(kept).times(rate))
    }, new Big(0)),
  ]
  return anInvoice({
    lines: lines.map(({ qty, cents, tax }) => {
      const cost = fromMinor(String(cents), 2)
      return lineOf(String(qty), cost, multiply(cost, String(qty)), TAXES[tax])
    }),
    discount_value: String(discount),
    discount_total: money(net.minus(net.times(kept)).times(-1).round(2, Big.roundHalfUp).toFixed(2)),
    amount: money(gross.round(2, Big.roundHalfUp).toFixed(2)),
  })
}

const line = fc.record({
  qty: fc.integer({ min: 1, max: 20 }),
  cents: fc.integer({ min: 0, max: 500_000 }),
  tax: fc.nat({ max: 2 }),
})

describe('an invoice of FreshBooks, whatever its lines', () => {
  const rows = (invoice: ReturnType<typeof made>) => onlyDraft(flow.map(invoice, settings(), lookups()))

  it('without a discount becomes rows that are right to the cent, without a rounding line', () =>
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 12 }), (lines) => {
        const invoice = made(lines, 0)
        expect(flow.totals?.(invoice, rows(invoice))).toEqual([])
      }),
    ))

  it('with a discount is at most a cent off, which the rounding line takes', () =>
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 1, max: 90 }),
        (lines, discount) => {
          const invoice = made(lines, discount)
          const given = settings({ rounding: { account: '860', limit: '0.01' } })
          const draft = onlyDraft(flow.map(invoice, given, lookups()))
          expect(flow.totals?.(invoice, draft)).toEqual([])
        },
      ),
    ))
})
