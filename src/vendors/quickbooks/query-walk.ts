import { z } from 'zod'
import type { ReadApi } from '../../core/vendor'
import { instant } from '../../lib/dates'
import { query, quoted } from './client'

export const PAGE = 1000

/** Where a walk by query stands: rows from this stamp on, without the first `skip` of them. */
export const Spot = z.lazy(() => z.object({ from: z.string().nullable(), skip: z.number().int().min(0) }))
export type Spot = z.infer<typeof Spot>

export const START: Spot = { from: null, skip: 0 }

const Stamped = z.lazy(() => z.object({ MetaData: z.object({ LastUpdatedTime: z.string() }) }))

interface Asked<T> {
  entity: string
  row: z.ZodType<T>
  /** The last stamp that is asked for; null = no end. */
  until: string | null
  /** A further condition: name lists hide inactive rows unless asked (sheet 7). */
  where?: string
}

/**
 * One page, oldest change first. Pages are not counted: a row that changes meanwhile moves to the end, and another would slide onto
 * a page that was read (sheet 7). So the next page begins at the last stamp of this one; only where a whole page has one stamp
 * is it counted.
 */
export const walkOn = async <T>(
  api: ReadApi,
  { entity, row, until, where: further }: Asked<T>,
  { from, skip }: Spot,
): Promise<{ rows: T[]; next: Spot | null; time: string }> => {
  const where = [...(further ? [further] : []), ...bound('>=', from), ...bound('<=', until)].join(' AND ')
  const statement = [
    `SELECT * FROM ${entity}`,
    where && `WHERE ${where}`,
    `ORDERBY MetaData.LastUpdatedTime STARTPOSITION ${skip + 1} MAXRESULTS ${PAGE}`,
  ]
  const shape = z.object({
    QueryResponse: z.object({ [entity]: z.array(z.unknown()).optional() }),
    time: z.string(),
  })
  const { QueryResponse, time } = await api.read(query(api, statement.filter(Boolean).join(' ')), shape)
  const rows = QueryResponse[entity] ?? []
  return { rows: z.array(row).parse(rows), next: after({ from, skip }, rows), time }
}

const bound = (operator: string, stamp: string | null): string[] =>
  stamp === null ? [] : [`MetaData.LastUpdatedTime ${operator} ${quoted(stamp)}`]

const after = ({ from, skip }: Spot, rows: unknown[]): Spot | null => {
  if (rows.length < PAGE) return null
  const { LastUpdatedTime: last } = Stamped.parse(rows.at(-1)).MetaData
  return from === null || instant(last) > instant(from) ? { from: last, skip: 0 } : { from, skip: skip + rows.length }
}
