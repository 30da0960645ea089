import Big from 'big.js'
import { invalid } from './errors'
import type { MoneyIn } from './fields'

export interface Money {
  amount: string
  code: string
}

export const exact = (value: string): Big => new Big(value)

/** Two decimals, half away from zero. */
export const cents = (value: Big | string): string => new Big(value).round(2, Big.roundHalfUp).toFixed(2)

export const money = (value: Big | string, code: string): Money => ({ amount: cents(value), code })

export const sum = (values: (Big | string)[]): Big =>
  values.reduce<Big>((total, value) => total.plus(value), new Big(0))

export const isPositive = (value: string): boolean => new Big(value).gt(0)

export const share = (percent: string): Big => new Big(percent).div(100)

/** Amounts of one document are all in its currency. */
export const inCurrency = (object: string, given: MoneyIn, currency: string): string => {
  if (given.code !== undefined && given.code !== currency) throw invalid(object, 'code', given.code)
  return given.amount
}
