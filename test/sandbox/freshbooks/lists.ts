import type { Books } from './books'
import { refusal } from './errors'
import { exact } from './money'
import type { Spec } from './resource'
import type { Base } from './sales-shapes'
import { isDay } from './stamps'

export interface Query {
  page: number
  perPage: number
  /** By name, or `name[]` for a list. */
  search: Map<string, string[]>
  include: Set<string>
  sort: string | undefined
}

/** Tests one row; made from the values that were given. */
export type Filters<T> = Record<string, (values: string[], name: string) => Test<T>>
type Test<T> = (row: T, books: Books) => boolean
export type Sorts<T> = Record<string, (row: T) => string>

const MOST = 100

export const readQuery = (params: URLSearchParams): Query => {
  const search = new Map<string, string[]>()
  for (const [key, value] of params) {
    const [, name, list] = /^search\[(\w+)\](\[\])?$/.exec(key) ?? []
    if (name !== undefined) search.set(name + (list ?? ''), [...(search.get(name + (list ?? '')) ?? []), value])
  }
  return {
    page: Math.max(1, count(params.get('page'), 1, 0, 1014, 'page')),
    perPage: Math.min(MOST, count(params.get('per_page'), 15, 1, 1013, 'per_page')),
    search,
    include: new Set(params.getAll('include[]')),
    sort: params.get('sort') ?? undefined,
  }
}

/** Page 0 is page 1; a page of none is bad (sheet 3). */
const count = (text: string | null, otherwise: number, least: number, errno: number, field: string): number => {
  if (text === null) return otherwise
  if (!/^\d+$/.test(text) || Number(text) < least)
    throw refusal(422, errno, `The ${field} parameter must be a positive integer.`, { field, value: text })
  return Number(text)
}

/** Deleted rows only when asked for; unknown keys of the search are ignored: everything is answered (sheet 3). */
export const listed = <T extends Base>(books: Books, spec: Spec<T>, query: Query) => {
  refuseBackwards(query)
  const tests: Test<T>[] = [visible(spec, query)]
  for (const [name, values] of query.search) {
    const filter = spec.filters?.[name]
    if (filter) tests.push(filter(values, name))
  }
  const rows = spec
    .rows(books)
    .all()
    .filter((row) => tests.every((test) => test(row, books)))
  return paged(ordered(rows, query.sort, spec.sorts ?? {}), query)
}

const visible = <T extends Base>(spec: Spec<T>, { search }: Query): ((row: T) => boolean) => {
  const [wanted] = search.get('vis_state') ?? []
  if (wanted === undefined || spec.ignoresVisState) return (row) => row.vis_state !== 1
  return (row) => row.vis_state === wholeNumber(wanted, 'vis_state')
}

const refuseBackwards = ({ search }: Query): void => {
  for (const [name, [least = '']] of search) {
    const [most = ''] = name.endsWith('_min') ? (search.get(name.replace(/_min$/, '_max')) ?? []) : []
    if (isDay(least) && isDay(most) && least > most)
      throw refusal(422, 1007, 'The date range is backwards.', { field: name, value: least })
  }
}

/** Newest id first; an unknown sort is taken and means oldest first (sheet 3). */
const ordered = <T extends Base>(rows: T[], sort: string | undefined, sorts: Sorts<T>): T[] => {
  if (sort === undefined) return rows.sort((a, b) => b.id - a.id)
  const [, key = '', direction] = /^(\w+)_(asc|desc)$/.exec(sort) ?? []
  const by = sorts[key]
  if (!by) return rows.sort((a, b) => a.id - b.id)
  const sign = direction === 'desc' ? -1 : 1
  return rows.sort((a, b) => sign * (by(a) < by(b) ? -1 : by(a) > by(b) ? 1 : a.id - b.id))
}

export const paged = <T>(all: T[], { page, perPage }: Query) => ({
  rows: all.slice((page - 1) * perPage, page * perPage),
  page: all.length === 0 ? 1 : page,
  pages: Math.ceil(all.length / perPage),
  per_page: perPage,
  total: all.length,
})

const wholeNumber = (text: string, field: string): number => {
  if (!/^-?\d+$/.test(text)) throw refusal(422, 1024, `The filter '${field}' must be a number.`, { field, value: text })
  return Number(text)
}

const needsList = (values: string[], field: string): never => {
  throw refusal(422, 1034, `The filter '${field}' must be a list.`, { field, value: values[0] ?? null })
}

const first = (values: string[]): string => values[0] ?? ''

/** `search[vendorid]=1` only. */
export const oneId = <T>(name: string, of: (row: T) => number): Filters<T> => ({
  [name]: (values, field) => {
    const wanted = wholeNumber(first(values), field)
    return (row) => of(row) === wanted
  },
})

/** `search[ids][]=1&search[ids][]=2` only. */
export const manyOf = <T>(name: string, of: (row: T, books: Books) => string | number): Filters<T> => ({
  [name]: needsList,
  [`${name}[]`]: (values) => (row, books) => values.includes(String(of(row, books))),
})

/** `search[customerid]=1`, and a list under the plural. */
export const ids = <T>(name: string, of: (row: T) => number): Filters<T> => ({
  ...oneId(name, of),
  ...manyOf(`${name}s`, of),
})

export const text = <T>(name: string, of: (row: T, books: Books) => string | null): Filters<T> => ({
  [name]: (values) => (row, books) => (of(row, books) ?? '') === first(values),
})

export const like = <T>(name: string, of: (row: T) => string | null): Filters<T> => ({
  [`${name}_like`]: (values) => (row) => (of(row) ?? '').toLowerCase().includes(first(values).toLowerCase()),
})

export const flag = <T>(name: string, of: (row: T, books: Books) => boolean): Filters<T> => ({
  [name]: (values, field) => {
    const value = first(values).toLowerCase()
    if (value !== 'true' && value !== 'false')
      throw refusal(422, 1032, `The filter '${field}' must be a boolean.`, { field, value })
    return (row, books) => of(row, books) === (value === 'true')
  },
})

const dayValue = (values: string[], field: string): string => {
  const day = first(values)
  if (!isDay(day)) throw refusal(422, 1023, `The filter '${field}' must be a date.`, { field, value: day })
  return day
}

/** From `_min` on, and before `_max`: whole days only (sheet 3). `of` answers a day. */
export const days = <T>(name: string, of: (row: T) => string): Filters<T> => ({
  [`${name}_min`]: (values, field) => {
    const day = dayValue(values, field)
    return (row) => of(row) >= day
  },
  [`${name}_max`]: (values, field) => {
    const day = dayValue(values, field)
    return (row) => of(row) < day
  },
})

/** One bound of a range of days that a name of its own has. */
export const bound = <T>(name: string, holds: (row: T, day: string, books: Books) => boolean): Filters<T> => ({
  [name]: (values, field) => {
    const day = dayValue(values, field)
    return (row, books) => holds(row, day, books)
  },
})

const amountValue = (values: string[], field: string): string => {
  const amount = first(values)
  if (!/^-?\d+(\.\d+)?$/.test(amount))
    throw refusal(422, 1024, `The filter '${field}' must be a number.`, { field, value: amount })
  return amount
}

export const amounts = <T>(of: (row: T) => string): Filters<T> => ({
  amount_min: (values, field) => {
    const least = amountValue(values, field)
    return (row) => exact(of(row)).gte(least)
  },
  amount_max: (values, field) => {
    const most = amountValue(values, field)
    return (row) => exact(of(row)).lt(most)
  },
})
