import { z } from 'zod'
import type { ReadApi } from '../../core/vendor'
import { list, type Query } from './client'
import { id } from './shapes'

/** No cap is documented; a page of this size is a second's work for an instance. */
export const PAGE = 500
/** Rows that are read again with the next page: so many may be deleted meanwhile without another sliding past (sheet 5, Paging). */
const OVERLAP = 25

/** One page of a list, from `skip` on. Which rows those are is up to Acumatica: no order can be asked for. */
export const readPage = <T>(
  api: ReadApi,
  entity: string,
  row: z.ZodType<T>,
  query: Query,
  { skip, top }: { skip: number; top: number },
): Promise<T[]> => {
  const page = { $top: String(top), ...(skip > 0 && { $skip: String(skip) }) }
  return api.read(list(api, entity, { ...query, ...page }), z.array(row))
}

/** Where the page after this one starts; null = this was the last. */
export const nextSkip = (skip: number, rows: unknown[], size = PAGE): number | null =>
  rows.length < size ? null : skip + size - OVERLAP

export const pageAt = <T>(api: ReadApi, entity: string, row: z.ZodType<T>, query: Query, skip: number): Promise<T[]> =>
  readPage(api, entity, row, query, { skip, top: PAGE })

const Identified = z.object({ id })

/** All rows of a list, each once. `query` = `$select`, `$filter` and so on; `size` = rows of a page. */
export const readAll = async <S extends z.ZodRawShape>(
  api: ReadApi,
  entity: string,
  row: z.ZodObject<S>,
  query: Query,
  size = PAGE,
): Promise<z.output<z.ZodObject<S>>[]> => {
  const shape = z.intersection(Identified, row)
  const all = new Map<string, z.output<z.ZodObject<S>>>()
  for (let skip: number | null = 0; skip !== null; ) {
    const rows: ({ id: string } & z.output<z.ZodObject<S>>)[] = await readPage(api, entity, shape, query, {
      skip,
      top: size,
    })
    for (const one of rows) all.set(one.id, one)
    skip = nextSkip(skip, rows, size)
  }
  return [...all.values()]
}
