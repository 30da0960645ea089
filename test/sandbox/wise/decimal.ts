import Big from 'big.js'
import type { Decimal } from './model'

/** Yen and won have no minor unit (sheet 5). */
const WHOLE = ['JPY', 'KRW', 'VND']

export const decimalsOf = (currency: string): number => (WHOLE.includes(currency) ? 0 : 2)

export const rounded = (value: Big, currency: string): Decimal =>
  value.round(decimalsOf(currency), Big.roundHalfUp).toFixed()

export const plus = (a: Decimal, b: Decimal): Decimal => new Big(a).plus(b).toFixed()

export const minus = (a: Decimal, b: Decimal): Decimal => new Big(a).minus(b).toFixed()

/** For JSON answers: Wise writes amounts as numbers (sheet 5). */
export const number = (value: Decimal): number => Number(value)

export const fits = (value: Decimal, currency: string): boolean =>
  new Big(value).round(decimalsOf(currency)).eq(new Big(value))
