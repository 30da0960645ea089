import { z } from 'zod'
import type { Listed, Page } from '../../core/flow'
import type { ReadApi } from '../../core/vendor'
import { now } from '../../lib/clock'
import { list, type Query } from './client'
import { both, stampLiteral } from './filters'
import { nextSkip, pageAt } from './lists'
import { type Request, walkSince } from './since-walk'

/** A list of records that carry `LastModifiedDateTime`. */
export interface StampedList<T> {
  entity: string
  row: z.ZodType<T>
  /** What a row shows: `$select`, `$expand`. */
  query: Query
  item(row: T): Listed
}

/** One step through what changed. */
export const changesOf = <T>(api: ReadApi, cursor: string | null, listed: StampedList<T>): Promise<Page<string>> =>
  walkSince(cursor, now(), async (request) => (await rowsOf(api, listed, request)).map(listed.item))

/** One page of everything; the cursor is the number of rows before it. */
export const everything = async <T>(
  api: ReadApi,
  cursor: string | null,
  listed: StampedList<T>,
): Promise<Page<string>> => {
  const skip = Number(cursor ?? 0)
  const rows = await pageAt(api, listed.entity, listed.row, listed.query, skip)
  const next = nextSkip(skip, rows)
  return { items: rows.map(listed.item), next: String(next ?? 0), done: next === null }
}

const rowsOf = <T>(
  api: ReadApi,
  { entity, row, query }: StampedList<T>,
  { window, skip, top }: Request,
): Promise<T[]> => {
  const filter = window ? { $filter: filterOf(window) } : {}
  const page = { ...(top !== null && { $top: String(top) }), ...(skip > 0 && { $skip: String(skip) }) }
  return api.read(list(api, entity, { ...query, ...filter, ...page }), z.array(row))
}

const FIELD = 'LastModifiedDateTime'

const filterOf = ({ after, until }: { after: number; until: number | null }): string =>
  until === null
    ? `${FIELD} gt ${stampLiteral(after)}`
    : both(`${FIELD} gt ${stampLiteral(after)}`, `${FIELD} le ${stampLiteral(until)}`)
