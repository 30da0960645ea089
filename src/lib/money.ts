import Big from 'big.js'

/** Decimal text, e.g. `12.50`. Money is never a floating point number. */
export type Decimal = string

const exact = (value: Decimal): Big => new Big(value)

export const add = (...values: Decimal[]): Decimal =>
  values.reduce((sum, value) => sum.plus(value), new Big(0)).toFixed()

export const subtract = (a: Decimal, b: Decimal): Decimal => exact(a).minus(b).toFixed()

export const multiply = (a: Decimal, b: Decimal): Decimal => exact(a).times(b).toFixed()

/** Half away from zero at `decimals` digits after the point. */
export const divide = (a: Decimal, b: Decimal, decimals: number): Decimal =>
  exact(a).div(b).round(decimals, Big.roundHalfUp).toFixed()

export const negate = (a: Decimal): Decimal => exact(a).times(-1).toFixed()

/** Half away from zero, as invoices are rounded. */
export const round = (value: Decimal, decimals: number): Decimal =>
  exact(value).round(decimals, Big.roundHalfUp).toFixed()

export const abs = (value: Decimal): Decimal => exact(value).abs().toFixed()

export const atMost = (value: Decimal, limit: Decimal): boolean => exact(value).lte(limit)

export const same = (a: Decimal, b: Decimal): boolean => exact(a).eq(b)

export const isZero = (a: Decimal): boolean => exact(a).eq(0)

/** Digits after the point that the value really uses. */
export const decimalsOf = (value: Decimal): number => {
  const [, fraction = ''] = exact(value).toFixed().split('.')
  return fraction.length
}

/** `1234` with exponent 2 is `12.34`. */
export const fromMinor = (minor: Decimal, exponent: number): Decimal =>
  exact(minor).div(new Big(10).pow(exponent)).toFixed()

/** With at least `decimals` digits after the point, for people. */
export const show = (value: Decimal, decimals = 2): string =>
  exact(value).toFixed(Math.max(decimals, decimalsOf(value)))

/** A number of a vendor's JSON answer as decimal text. Doubles print as the shortest text that reads back the same. */
export const fromJson = (value: number | string): Decimal => new Big(value).toFixed()

export const isDecimal = (value: string): boolean => /^-?\d+(\.\d+)?$/.test(value)
