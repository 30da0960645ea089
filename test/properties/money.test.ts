import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  add,
  atMost,
  decimalsOf,
  divide,
  fromJson,
  fromMinor,
  isDecimal,
  multiply,
  negate,
  round,
  same,
  show,
  subtract,
} from '../../src/lib/money'
import { runs } from './runs'

/** Far beyond what a floating point number holds exactly. */
const units = fc.bigInt({ min: -(10n ** 22n), max: 10n ** 22n })
const exponent = fc.nat({ max: 6 })

const text = (minor: bigint, digits: number): string => fromMinor(minor.toString(), digits)

/** Half away from zero, in whole numbers. */
const dropped = (minor: bigint, digits: number): bigint => {
  const ten = 10n ** BigInt(digits)
  const [size, sign] = minor < 0n ? [-minor, -1n] : [minor, 1n]
  return sign * ((2n * size + ten) / (2n * ten))
}

it('sums and products are those of whole numbers, to the last digit', () =>
  fc.assert(
    fc.property(units, units, exponent, exponent, (a, b, digits, more) => {
      expect(add(text(a, digits), text(b, digits))).toBe(text(a + b, digits))
      expect(subtract(text(a, digits), text(b, digits))).toBe(text(a - b, digits))
      expect(multiply(text(a, digits), text(b, more))).toBe(text(a * b, digits + more))
      expect(add(text(a, digits), negate(text(a, digits)))).toBe('0')
    }),
    runs(500),
  ))

it('rounds half away from zero, whatever the size', () =>
  fc.assert(
    fc.property(units, exponent, exponent, (a, kept, cut) => {
      const rounded = round(text(a, kept + cut), kept)
      expect(same(rounded, text(dropped(a, cut), kept))).toBe(true)
      expect(decimalsOf(rounded)).toBeLessThanOrEqual(kept)
    }),
    runs(500),
  ))

it('a quotient times its divisor is off by half a digit at most', () =>
  fc.assert(
    fc.property(units, fc.integer({ min: 1, max: 100_000 }), exponent, (a, by, digits) => {
      const part = divide(a.toString(), String(by), digits)
      const off = subtract(multiply(part, String(by)), a.toString())
      expect(atMost(multiply(off.replace('-', ''), '2'), multiply(String(by), text(1n, digits)))).toBe(true)
    }),
    runs(500),
  ))

it('is always plain decimal text, and reads back as it was shown', () =>
  fc.assert(
    fc.property(units, exponent, fc.nat({ max: 4 }), (a, digits, least) => {
      const value = text(a, digits)
      expect(isDecimal(value)).toBe(true)
      expect(same(show(value, least), value)).toBe(true)
      expect(decimalsOf(value)).toBeLessThanOrEqual(digits)
    }),
    runs(500),
  ))

it('a number of a JSON answer with two decimals keeps them', () =>
  fc.assert(
    fc.property(fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }), (cents) => {
      expect(fromJson(Number(text(BigInt(cents), 2)))).toBe(text(BigInt(cents), 2))
    }),
    runs(500),
  ))
