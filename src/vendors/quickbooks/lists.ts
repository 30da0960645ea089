import { z } from 'zod'
import { Failed } from '../../core/failure'
import type { ReadApi } from '../../core/vendor'
import { query } from './client'

const PAGE = 1000
const TRIES = 3

/** How a list is asked for: by what it can be sorted, and with which conditions it shows all of its rows. */
interface Asking {
  orderBy: string
  where: string[]
}

/** Inactive rows are hidden unless asked for [R] (sheet 7). Never by Id, which stops being sortable [D]. */
const USUAL: Asking = { orderBy: 'MetaData.LastUpdatedTime', where: ['WHERE Active IN (true,false)'] }

/** Intuit's reference pages let terms and tax codes be sorted by name, and not by their times. */
export const BY_NAME: Asking = { ...USUAL, orderBy: 'Name' }

/** The US pseudo codes TAX and NON are rows without `Active`, which a condition on it may leave out. */
export const WITH_PSEUDO_CODES: Asking = { orderBy: 'Name', where: ['', 'WHERE Active = false'] }

const Count = z.lazy(() => z.object({ QueryResponse: z.object({ totalCount: z.number() }) }))

/** All rows of a name list, inactive ones too. */
export const readAll = async <T extends { Id: string }>(
  api: ReadApi,
  entity: string,
  row: z.ZodType<T>,
  { orderBy, where }: Asking = USUAL,
): Promise<T[]> => {
  const byId = new Map<string, T>()
  for (const condition of where)
    for (const one of await readList(api, { entity, orderBy, condition }, row)) byId.set(one.Id, one)
  return [...byId.values()]
}

interface List {
  entity: string
  orderBy: string
  condition: string
}

/**
 * Pages are counted from the start, and a row that changes meanwhile moves to the end and lets another slide onto a page already
 * read; so a list of several pages is compared with its count, and read again where rows are missing (sheet 7).
 */
const readList = async <T extends { Id: string }>(api: ReadApi, list: List, row: z.ZodType<T>): Promise<T[]> => {
  for (let tries = 1; tries <= TRIES; tries++) {
    const { rows, pages } = await readPages(api, list, row)
    if (pages === 1 || rows.length >= (await countOf(api, list))) return rows
  }
  throw new Failed({
    kind: 'transient',
    code: 'quickbooks_list_moving',
    message: `the list ${list.entity} changes faster than it can be read`,
    remedy: 'Nothing to do: it is read again later.',
  })
}

const readPages = async <T extends { Id: string }>(api: ReadApi, list: List, row: z.ZodType<T>) => {
  const byId = new Map<string, T>()
  for (let pages = 1; ; pages++) {
    const before = byId.size
    const rows = await readPage(api, list, row, 1 + (pages - 1) * PAGE)
    for (const one of rows) byId.set(one.Id, one)
    if (rows.length < PAGE || byId.size === before) return { rows: [...byId.values()], pages }
  }
}

/** Without rows, the key of the entity is absent. */
const readPage = async <T>(api: ReadApi, list: List, row: z.ZodType<T>, start: number): Promise<T[]> => {
  const { entity, condition, orderBy } = list
  const shape = z.object({ QueryResponse: z.object({ [entity]: z.array(row).optional() }) })
  const page = `ORDERBY ${orderBy} STARTPOSITION ${start} MAXRESULTS ${PAGE}`
  const statement = ['SELECT * FROM', entity, condition, page].filter(Boolean).join(' ')
  return (await api.read(query(api, statement), shape)).QueryResponse[entity] ?? []
}

const countOf = async (api: ReadApi, { entity, condition }: List): Promise<number> => {
  const statement = ['SELECT COUNT(*) FROM', entity, condition].filter(Boolean).join(' ')
  return (await api.read(query(api, statement), Count)).QueryResponse.totalCount
}
