import { z } from 'zod'
import { Failed } from '../../core/failure'
import type { ReadApi } from '../../core/vendor'
import { query } from './client'

const PAGE = 1000
const TRIES = 3

/** Inactive rows are hidden unless asked for [R] (sheet 7). */
const WHERE = 'WHERE Active IN (true,false)'

const Count = z.object({ QueryResponse: z.object({ totalCount: z.number() }) })

/**
 * All rows of a name list, inactive ones too. Pages are counted from the start, and a row that changes meanwhile moves to the end
 * and lets another slide onto a page already read; so a list of several pages is compared with its count, and read again
 * where rows are missing (sheet 7).
 */
export const readAll = async <T extends { Id: string }>(
  api: ReadApi,
  entity: string,
  row: z.ZodType<T>,
): Promise<T[]> => {
  for (let tries = 1; tries <= TRIES; tries++) {
    const { rows, pages } = await readPages(api, entity, row)
    if (pages === 1 || rows.length >= (await countOf(api, entity))) return rows
  }
  throw new Failed({
    kind: 'transient',
    code: 'quickbooks_list_moving',
    message: `the list ${entity} changes faster than it can be read`,
    remedy: 'Nothing to do: it is read again later.',
  })
}

const readPages = async <T extends { Id: string }>(api: ReadApi, entity: string, row: z.ZodType<T>) => {
  const byId = new Map<string, T>()
  for (let pages = 1; ; pages++) {
    const before = byId.size
    const rows = await readPage(api, entity, row, 1 + (pages - 1) * PAGE)
    for (const one of rows) byId.set(one.Id, one)
    if (rows.length < PAGE || byId.size === before) return { rows: [...byId.values()], pages }
  }
}

/** Without rows, the key of the entity is absent. */
const readPage = async <T>(api: ReadApi, entity: string, row: z.ZodType<T>, start: number): Promise<T[]> => {
  const shape = z.object({ QueryResponse: z.object({ [entity]: z.array(row).optional() }) })
  // Never by Id, which stops being sortable [D] (sheet 7).
  const statement = `SELECT * FROM ${entity} ${WHERE} ORDERBY MetaData.LastUpdatedTime STARTPOSITION ${start} MAXRESULTS ${PAGE}`
  return (await api.read(query(api, statement), shape)).QueryResponse[entity] ?? []
}

const countOf = async (api: ReadApi, entity: string): Promise<number> =>
  (await api.read(query(api, `SELECT COUNT(*) FROM ${entity} ${WHERE}`), Count)).QueryResponse.totalCount
