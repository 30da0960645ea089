import { z } from 'zod'
import type { ReadApi } from '../../core/vendor'
import { accountPath, accountRoute, get } from './client'

/** More is cut to this without a word; the default is 15 (sheet section 3). */
const PER_PAGE = '100'

type Family = 'accounting' | 'events'

/**
 * All rows of a list of the account. Newest first and paged by offset, so that a new row pushes the last one of a page onto the
 * next: `idOf` tells what was seen before. The key of the list is the last part of `rest`, unless named.
 */
export const readAll = async <T>(
  api: ReadApi,
  family: Family,
  rest: string,
  row: z.ZodType<T>,
  idOf: (row: T) => string,
  key = rest.split('/').at(-1) ?? rest,
): Promise<T[]> => {
  const all = new Map<string, T>()
  for (let page = 1; ; page++) {
    const { rows, pages } = await readPage(api, family, rest, row, page, {}, key)
    for (const one of rows) if (!all.has(idOf(one))) all.set(idOf(one), one)
    if (rows.length === 0 || page >= pages) return [...all.values()]
  }
}

/** One page, from 1 on; `total` = rows on all pages at this moment. */
export const readPage = <T>(
  api: ReadApi,
  family: Family,
  rest: string,
  row: z.ZodType<T>,
  page: number,
  query: Record<string, string> = {},
  key = rest.split('/').at(-1) ?? rest,
): Promise<{ rows: T[]; pages: number; total: number }> => {
  const paged = { ...query, page: String(page), per_page: PER_PAGE }
  return api.read(get(accountPath(api, family, rest), accountRoute(family, rest), paged), listOf(key, row))
}

/** `{"response":{"result":{"<key>":[…],"pages":n}}}`; an empty list counts no pages. */
const listOf = <T>(key: string, row: z.ZodType<T>) => {
  const result = z.object({ rows: z.array(row), pages: z.number().int(), total: z.number().int() })
  const named = z.preprocess((given) => ({ ...Object(given), rows: Object(given)[key] }), result)
  return z.object({ response: z.object({ result: named }) }).transform(({ response }) => response.result)
}
