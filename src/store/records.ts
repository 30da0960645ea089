import { and, eq, getTableColumns, type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import { fromBase64Url, toBase64Url } from '../lib/bytes'
import { parseJson } from '../lib/json'
import type { Db } from './config'
import { kindsOf } from './record-kinds'
import { isByKind, type RecordFilter, type RecordRow, type Walk, walksOf } from './record-walks'
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
  const kinds = isByKind(filter) ? await kindsOf(db, tenant, filter) : []
  for (const [at, walks] of walksOf(tenant, filter, kinds).entries()) {
    if (at < first) continue
    const page = await pageOf(db, walks, limit - rows.length, at === first && begin.length > 0 ? begin : undefined)
    rows.push(...page.rows)
    if (page.end) return { rows, next: toBase64Url(JSON.stringify([at, ...page.end])) }
  }
  return { rows, next: null }
}

/** `end` = where it goes on, if it may. */
const pageOf = async (db: Db, walks: Walk[], limit: number, begin: string[] | undefined) => {
  const [first] = walks
  if (!first) return { rows: [], end: undefined }
  const bound = first.rest.length > 0 ? await boundOf(db, walks, begin) : undefined
  const found = await Promise.all(walks.map((walk) => db.all<RecordRow>(rowsQuery(walk, limit, begin, bound))))
  const rows = inOne(found).slice(0, limit)
  const last = rows.at(-1)
  return { rows, end: last !== undefined && rows.length === limit ? first.placeOf(last) : bound }
}

/** Of ways that lead side by side, newest first. */
const inOne = ([first = [], ...others]: RecordRow[][]): RecordRow[] =>
  others.length === 0 ? first : [first, ...others].flat().sort((a, b) => (a.id < b.id ? 1 : -1))

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

/** Side by side they all lead as far as the one that comes to its bound first. */
const boundOf = async (db: Db, walks: Walk[], begin: string[] | undefined): Promise<string[] | undefined> => {
  const ends = await Promise.all(
    walks.map(async (walk) => {
      const [row] = await db.all<{ id: string; sourceNumber: string }>(boundQuery(walk, begin))
      return row ? [walk.placeOf(row)] : []
    }),
  )
  return ends.flat().sort().at(-1)
}

export const findRecord = async (db: Db, tenant: string, id: string): Promise<RecordRow | undefined> => {
  const [row] = await db
    .select()
    .from(records)
    .where(and(eq(records.tenant, tenant), eq(records.id, id)))
  return row
}
