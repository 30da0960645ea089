import { z } from 'zod'
import { failure } from './errors'
import type { Book } from './model'

export const PageArgs = z.object({ page: z.number().nullish(), pageSize: z.number().nullish() })
type PageArgs = z.infer<typeof PageArgs>

/** Offset paging, counted from 1; past the end is an empty page; an empty list has one page (sheet 8.7). */
export const paged = <T>(
  book: Book,
  rows: T[],
  { page, pageSize }: PageArgs,
  defaultSize: number,
  view: (row: T) => unknown,
) => {
  const current = positive(page ?? 1, 'page')
  const size = Math.min(positive(pageSize ?? defaultSize, 'pageSize'), book.world.switched('pageSize.cap', 200))
  const totals = book.world.switched('pageInfo.totals', true)
  return {
    pageInfo: {
      currentPage: current,
      totalCount: totals ? rows.length : null,
      totalPages: totals ? Math.max(1, Math.ceil(rows.length / size)) : null,
    },
    edges: rows.slice((current - 1) * size, current * size).map((row) => ({ node: view(row) })),
  }
}

const positive = (value: number, name: string): number => {
  if (value < 1) throw failure('BAD_USER_INPUT', `Argument '${name}' must be greater than zero.`)
  return value
}

export type Keys<T> = Record<string, (row: T) => string | number>

/** `[NAME_ASC, CREATED_AT_DESC]`: first key first; ties in the order of making, or its reverse for a falling key. */
export const sorted = <T>(rows: T[], sort: string[], keys: Keys<T>): T[] => {
  const orders = sort.map((name) => ({
    key: keys[name.replace(/_(ASC|DESC)$/, '')],
    sign: name.endsWith('_ASC') ? 1 : -1,
  }))
  const keyed = rows.map((row, n) => ({ row, n, values: orders.map(({ key }) => key?.(row) ?? 0) }))
  const lastSign = orders.at(-1)?.sign ?? 1
  keyed.sort((a, b) => {
    for (const [n, { sign }] of orders.entries()) {
      const order = compare(a.values[n] ?? 0, b.values[n] ?? 0)
      if (order !== 0) return order * sign
    }
    return (a.n - b.n) * lastSign
  })
  return keyed.map(({ row }) => row)
}

const compare = (a: string | number, b: string | number): number => (a < b ? -1 : a > b ? 1 : 0)

export const ChangeArgs = z.object({ modifiedAtAfter: z.string().nullish(), modifiedAtBefore: z.string().nullish() })

/** Whether the bound itself belongs to the answer is not known (sheet 5). */
export const changedWithin = (
  book: Book,
  { modifiedAtAfter: after, modifiedAtBefore: before }: z.infer<typeof ChangeArgs>,
): ((row: { modifiedAt: string }) => boolean) => {
  const inclusive = book.world.switched('modifiedAtAfter.inclusive', false)
  const reached = (at: string) => !after || at > after || (inclusive && at === after)
  return ({ modifiedAt }) => reached(modifiedAt) && (!before || modifiedAt < before)
}
