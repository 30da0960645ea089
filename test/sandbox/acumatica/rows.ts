import Big from 'big.js'
import type { Row } from './model'
import type { Shape, Value } from './schema'

export const blankRow = (): Row => ({
  id: crypto.randomUUID(),
  values: {},
  linked: {},
  lines: {},
  custom: {},
  note: '',
})

export const valueIn = (row: Row, name: string): Value => row.values[name] ?? null

/** Empty for a field that is empty. */
export const textOf = (row: Row, name: string): string => {
  const value = valueIn(row, name)
  return value === null ? '' : String(value)
}

export const flagOf = (row: Row, name: string): boolean => valueIn(row, name) === true

export const decimalOf = (row: Row, name: string): Big => new Big(textOf(row, name) || '0')

export const linesOf = (row: Row, name = 'Details'): Row[] => row.lines[name] ?? []

export const sumOf = (rows: Row[], name: string): Big =>
  rows.reduce((sum, row) => sum.plus(decimalOf(row, name)), new Big(0))

/** Keys have no case, and spaces that pad them do not count (sheet 4). */
export const sameText = (one: string, other: string): boolean => one.trim().toLowerCase() === other.trim().toLowerCase()

/** A linked part that is not there yet is made. */
export const linkedOf = (row: Row, name: string): Row => {
  const known = row.linked[name] ?? blankRow()
  row.linked[name] = known
  return known
}

/** Every flag and decimal starts as false and 0 on the forms; texts start empty. */
export const startValues = (shape: Shape, row: Row): void => {
  for (const [name, { kind }] of Object.entries(shape.fields)) {
    if (kind === 'flag') row.values[name] ??= false
    if (kind === 'decimal') row.values[name] ??= '0'
  }
}
