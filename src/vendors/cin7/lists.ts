import { z } from 'zod'
import type { ReadApi } from '../../core/vendor'
import { get } from './client'

const LIMIT = 1000

/**
 * All rows of a list. Ends at a page that is shorter than the limit, unless the list itself counts more: `/ref/location` was
 * seen to stop at 500 rows a page (sheet section 2).
 */
export const readAll = async <T>(
  api: ReadApi,
  path: string,
  key: string,
  row: z.ZodType<T>,
  query: Record<string, string> = {},
): Promise<T[]> => {
  const all: T[] = []
  for (let page = 1; ; page++) {
    const { rows, done } = await readPage(api, path, key, row, { page, before: all.length, query })
    all.push(...rows)
    if (done) return all
  }
}

const Cursor = z.tuple([z.number(), z.number()])

/** Where a walk over a list goes on, a page per call. */
export const startOf = (cursor: string | null): { page: number; before: number } => {
  const [page, before] = cursor === null ? [1, 0] : Cursor.parse(JSON.parse(cursor))
  return { page, before }
}

export const after = ({ page, before }: { page: number; before: number }, rows: number): string =>
  JSON.stringify([page + 1, before + rows])

interface Asked {
  page: number
  /** Rows on the pages before this one. */
  before: number
  query?: Record<string, string>
}

/** One page of a list, and whether it is the last. */
export const readPage = async <T>(
  api: ReadApi,
  path: string,
  key: string,
  row: z.ZodType<T>,
  { page, before, query }: Asked,
): Promise<{ rows: T[]; done: boolean }> => {
  const shape = z.object({ Total: z.number().nullish(), rows: z.array(row) })
  const named = z.preprocess((answer) => ({ ...Object(answer), rows: Object(answer)[key] }), shape)
  const { Total, rows } = await api.read(get(path, { ...query, Page: String(page), Limit: String(LIMIT) }), named)
  return { rows, done: rows.length === 0 || (rows.length < LIMIT && before + rows.length >= (Total ?? 0)) }
}
