import Big from 'big.js'
import { z } from 'zod'
import type { WorldContext } from '../vendor'

/** Decimal text without padding, as the API serialises `Decimal` (sheet 3). */
export const plain = (value: Big | string | number): string => new Big(value).toFixed()

export const DecimalText = z.union([z.string().regex(/^-?\d+(\.\d+)?$/), z.number()]).transform((value) => plain(value))

export const rounded = (value: Big, decimals: number): Big => value.round(decimals, Big.roundHalfUp)

export const sum = (values: string[]): string => plain(values.reduce((total, value) => total.plus(value), new Big(0)))

/** Digits after the point, as the text is written. */
export const decimalsOf = (value: string): number => value.split('.')[1]?.length ?? 0

export interface CurrencyView {
  code: string
  exponent: number
  name: string
  plural: string
  symbol: string
}

const known = new Map<string, CurrencyView>()

export const currencyView = (code: string): CurrencyView => {
  const view = known.get(code) ?? describe(code)
  known.set(code, view)
  return view
}

const describe = (code: string): CurrencyView => {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency: code, currencyDisplay: 'narrowSymbol' })
  const long = new Intl.NumberFormat('en', {
    style: 'currency',
    currency: code,
    currencyDisplay: 'name',
    maximumFractionDigits: 0,
  })
  const part = (shape: Intl.NumberFormat, value: number) =>
    shape.formatToParts(value).find((piece) => piece.type === 'currency')?.value ?? code
  return {
    code,
    exponent: format.resolvedOptions().maximumFractionDigits ?? 2,
    name: part(long, 1),
    plural: part(long, 2),
    symbol: part(format, 1),
  }
}

export const exponentOf = (code: string): number => currencyView(code).exponent

/** Major units with the currency's decimals: `"40.00"`; JPY `"40"`, KWD `"40.000"`. */
export const major = (amount: string, code: string): string => new Big(amount).toFixed(exponentOf(code))

export const moneyView = (world: WorldContext, amount: string, code: string) => {
  const minor = new Big(amount).times(new Big(10).pow(exponentOf(code)))
  const value = major(amount, code)
  return {
    currency: currencyView(code),
    minorUnitValue: plain(minor),
    raw: Number(minor.toFixed()),
    value: world.switched('money.thousands', false) ? separated(value) : value,
  }
}

const separated = (value: string): string => {
  const [whole = '', fraction] = value.split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return fraction === undefined ? grouped : `${grouped}.${fraction}`
}
