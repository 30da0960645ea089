import { and, eq, getTableColumns, type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import { fromBase64Url, toBase64Url } from '../lib/bytes'
import { parseJson } from '../lib/json'
import type { Db } from './config'
import { type RecordFilter, type RecordRow, type Walk, walksOf } from './record-walks'
import { records } from './schema'

export type { RecordFilter, RecordRow } from './record-walks'

export interface RecordPage {
  rows: RecordRow[]
  /** The page after this one; null at the end. */
  next: string | null
}

/** Rows that one page looks at, at most, for filters that no index knows together: then it may be short, or empty. */
const MOST_READ = 1_000

const Cursor = z.tuple([z.number().int().min(0)]).rest(z.string())
type Cursor = z.infer<typeof Cursor>

/** Undefined = it is no cursor of ours. */
export const toCursor = (text: string): Cursor | undefined =>
  Cursor.safeParse(parseJson(fromBase64Url(text) ?? '')).data

/** Newest first; with `q` in the order of numbers. No record moves, so pages stay as they are while records are added. */
export const listRecords = async (
  db: Db,
  tenant: string,
  filter: RecordFilter,
  limit: number,
  [first, ...begin]: Cursor = [0],
): Promise<RecordPage> => {
  const rows: RecordRow[] = []
  for (const [at, walk] of walksOf(tenant, filter).entries()) {
    if (at < first) continue
    const page = await pageOf(db, walk, limit - rows.length, at === first && begin.length > 0 ? begin : undefined)
    rows.push(...page.rows)
    if (page.end) return { rows, next: toBase64Url(JSON.stringify([at, ...page.end])) }
  }
  return { rows, next: null }
}

/** `end` = where it goes on, if it may. */
const pageOf = async (db: Db, walk: Walk, limit: number, begin: string[] | undefined) => {
  const bound = walk.rest.length > 0 ? await boundOf(db, walk, begin) : undefined
  const rows = await db.all<RecordRow>(rowsQuery(walk, limit, begin, bound))
  const last = rows.at(-1)
  return { rows, end: last !== undefined && rows.length === limit ? walk.placeOf(last) : bound }
}

/** A row as Drizzle would give it; it has no words for the index that is to be used. */
const FIELDS = sql.join(
  Object.entries(getTableColumns(records)).map(([name, column]) => sql`${column} as ${sql.identifier(name)}`),
  sql`, `,
)

const along = ({ index, order }: Walk, fields: SQL, conditions: SQL[]): SQL =>
  sql`select ${fields} from ${records} indexed by ${sql.identifier(index)} where ${and(...conditions)} order by ${sql.join(order, sql`, `)}`

export const rowsQuery = (walk: Walk, limit: number, begin: string[] | undefined, bound?: string[]): SQL =>
  sql`${along(walk, FIELDS, [...walk.alike, ...walk.between(begin, bound), ...walk.rest, ...walk.but])} limit ${limit}`

/** Read from the index alone. */
export const boundQuery = (walk: Walk, begin: string[] | undefined): SQL => {
  const fields = sql`${records.id} as id, ${walk.number} as ${sql.identifier('sourceNumber')}`
  return sql`${along(walk, fields, [...walk.alike, ...walk.between(begin)])} limit 1 offset ${MOST_READ - 1}`
}

const boundOf = async (db: Db, walk: Walk, begin: string[] | undefined): Promise<string[] | undefined> => {
  const [row] = await db.all<{ id: string; sourceNumber: string }>(boundQuery(walk, begin))
  return row && walk.placeOf(row)
}

export const findRecord = async (db: Db, tenant: string, id: string): Promise<RecordRow | undefined> => {
  const [row] = await db
    .select()
    .from(records)
    .where(and(eq(records.tenant, tenant), eq(records.id, id)))
  return row
}
