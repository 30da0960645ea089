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
  const shape = z.object({ Total: z.number().nullish(), rows: z.array(row) })
  const named = z.preprocess((page) => ({ ...Object(page), rows: Object(page)[key] }), shape)
  const all: T[] = []
  for (let page = 1; ; page++) {
    const { Total, rows } = await api.read(get(path, { ...query, Page: String(page), Limit: String(LIMIT) }), named)
    all.push(...rows)
    if (rows.length === 0 || (rows.length < LIMIT && all.length >= (Total ?? 0))) return all
  }
}
