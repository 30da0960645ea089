import Big from 'big.js'
import type { Decimal } from './model'

export const ZERO: Decimal = '0'

/** To `places`, halves away from zero, without padding. */
export const rounded = (value: Big.BigSource, places: number): Decimal =>
  new Big(value).round(places, Big.roundHalfUp).toFixed()

export const sum = (values: Decimal[]): Decimal =>
  values.reduce((total, value) => total.plus(value), new Big(0)).toFixed()

export const less = (a: Decimal, b: Decimal): boolean => new Big(a).lt(b)

export const minus = (a: Decimal, b: Decimal): Decimal => new Big(a).minus(b).toFixed()

/** Quantity × Price × (1 − Discount/100), rounded to cents; tax stands beside it (sheet 8.3). */
export const lineTotal = (row: { Quantity: Decimal; Price: Decimal; Discount: Decimal }): Decimal => {
  const kept = new Big(100).minus(row.Discount)
  return rounded(new Big(row.Quantity).times(row.Price).times(kept).div(100), 2)
}

/** A sent total may differ from the formula by one cent (sheet 15.11). */
export const totalFits = (sent: Decimal, expected: Decimal): boolean => new Big(sent).minus(expected).abs().lte('0.01')

interface Priced {
  Tax: Decimal
  Total: Decimal
}

interface PricedRows {
  Lines: Priced[]
  AdditionalCharges: Priced[]
}

const documentTax = (rows: Priced[], method: string): Decimal => {
  const perRow = method.toLowerCase() === 'row total'
  return rounded(sum(rows.map(({ Tax }) => (perRow ? rounded(Tax, 2) : Tax))), 2)
}

export interface Totals {
  TotalBeforeTax: Decimal
  Tax: Decimal
  Total: Decimal
}

/** Exclusive: the tax comes on top; inclusive: it is in the lines already (sheet 8.3). */
export const totals = ({ Lines, AdditionalCharges }: PricedRows, inclusive: boolean, method: string): Totals => {
  const rows = [...Lines, ...AdditionalCharges]
  const Tax = documentTax(rows, method)
  const lines = sum(rows.map(({ Total }) => Total))
  return inclusive
    ? { TotalBeforeTax: minus(lines, Tax), Tax, Total: lines }
    : { TotalBeforeTax: lines, Tax, Total: sum([lines, Tax]) }
}
