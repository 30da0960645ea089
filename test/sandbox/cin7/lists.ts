import type { WorldContext } from '../vendor'
import { refusal } from './errors'
import { instant } from './stamps'

/** Query names in any case (sheet 2); a name that nobody asks for is ignored. */
export interface Query {
  get(name: string): string | undefined
}

export const readQuery = (parameters: URLSearchParams): Query => {
  const values = new Map([...parameters].map(([name, value]) => [name.toLowerCase(), value]))
  return { get: (name) => values.get(name.toLowerCase()) }
}

export const needed = (query: Query, name: string): string => {
  const value = query.get(name)
  if (!value) throw refusal(`Required parameter '${name}' is not provided.`)
  return value.toLowerCase()
}

export const isTrue = (value: string | undefined): boolean => value?.toLowerCase() === 'true'

type Cell = string | number | boolean | null | undefined
export type Test<T> = (row: T, value: string) => boolean

const plain = (cell: Cell): string => String(cell ?? '').toLowerCase()

/** The whole value, case ignored: several values in one filter match nothing (sheet 2). */
export const equals =
  <T>(cell: (row: T) => Cell): Test<T> =>
  (row, value) =>
    plain(cell(row)) === value.toLowerCase()

/** A blank value filters on the empty value instead of being ignored (sheet 2). */
const orBlank =
  (matches: (cell: string, value: string) => boolean) =>
  <T>(...cells: ((row: T) => Cell)[]): Test<T> =>
  (row, value) =>
    cells.some((cell) => (value === '' ? plain(cell(row)) === '' : matches(plain(cell(row)), value.toLowerCase())))

export const startsWith = orBlank((cell, value) => cell.startsWith(value))
export const contains = orBlank((cell, value) => cell.includes(value))

const bound = (name: string, value: string): number => {
  const at = instant(value)
  if (Number.isNaN(at)) throw refusal(`${name} is invalid`)
  return at
}

export const since =
  <T>(world: WorldContext, name: string, at: (row: T) => number): Test<T> =>
  (row, value) => {
    if (value === '') return false
    const from = bound(name, value)
    return world.switched('since.exclusive', false) ? at(row) > from : at(row) >= from
  }

export const until =
  <T>(name: string, at: (row: T) => number): Test<T> =>
  (row, value) =>
    value !== '' && at(row) <= bound(name, value)

/** Filters combine with AND (sheet 2). */
export const filtered = <T>(rows: T[], query: Query, tests: Record<string, Test<T>>): T[] => {
  const asked = Object.entries(tests).flatMap(([name, test]) => {
    const value = query.get(name)
    return value === undefined ? [] : [{ test, value }]
  })
  return rows.filter((row) => asked.every(({ test, value }) => test(row, value)))
}

const whole = (query: Query, name: string, otherwise: number): number => {
  const value = query.get(name)
  if (value === undefined) return otherwise
  if (!/^-?\d+$/.test(value)) throw refusal(`${name} is invalid`)
  return Math.max(1, Number(value))
}

/** Past the end: an empty list with the same `Total` (sheet 2). */
export const paged = <T>(rows: T[], query: Query, key: string, view: (row: T) => unknown) => {
  const Page = whole(query, 'Page', 1)
  const limit = Math.min(1000, whole(query, 'Limit', 100))
  const start = (Page - 1) * limit
  return { Total: rows.length, Page, [key]: rows.slice(start, start + limit).map(view) }
}

/** Writes of parties, products and reference books answer the list form (sheet 15.8). */
export const envelope = (key: string, record: unknown) => ({ Total: 1, Page: 1, [key]: [record] })
