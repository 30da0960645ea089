import Big from 'big.js'

/**
 * Documents are kept as they travel, where amounts are JSON numbers (exact up to 15 digits); they are only carried.
 * All arithmetic goes through Big and back.
 */
export const big = (value: number | undefined): Big => new Big(value ?? 0)

/** Half-up to cents (sheet 14). */
export const cents = (value: Big): number => Number(value.round(2, Big.roundHalfUp).toFixed())

export const sum = (values: (number | undefined)[]): Big =>
  values.reduce((total: Big, value) => total.plus(value ?? 0), new Big(0))
