import { asc, desc, eq, type SQL, sql } from 'drizzle-orm'
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core'
import { firstId } from '../lib/ids'
import type { Kind } from './record-kinds'
import { records } from './schema'

export type RecordRow = typeof records.$inferSelect

export interface RecordFilter {
  integration?: string | undefined
  flow?: string | undefined
  status?: string | undefined
  /** Of the failure, or of what it waits for. */
  code?: string | undefined
  /** First seen at or after, milliseconds since 1970. */
  from?: number | undefined
  /** First seen at or before. */
  to?: number | undefined
  /** Source number, exact or its beginning; or source id, exact. */
  q?: string | undefined
}

/** Where a record stands on the way. */
type Place = string[]

/** A way along one index: what lies on it in which order, and what of that is wanted. */
export interface Walk {
  /** Named in the query: SQLite would choose by guesses, and fails where this one cannot be used. */
  index: string
  alike: SQL[]
  order: SQL[]
  /** The number, where the order goes by it. */
  number: SQL
  placeOf(row: { id: string; sourceNumber: string }): Place
  /** As narrow as it can be: of two bounds on one side SQLite takes any. */
  between(after?: Place, upTo?: Place): SQL[]
  /** Conditions that the index does not know. */
  rest: SQL[]
  /** What another way has led past already: next to nothing. */
  but: SQL[]
}

/**
 * One after the other they lead past every record that the filter means, once. Those that stand together lead side by side, in one
 * order. `kinds` = what the filter means of them (record-kinds.ts).
 */
export const walksOf = (tenant: string, filter: RecordFilter, kinds: Kind[]): Walk[][] => {
  const { q } = filter
  if (q !== undefined) return [[bySourceId(tenant, filter, q)], [byNumber(tenant, filter, q)]]
  return isByKind(filter) ? [kinds.map((kind) => ofKind(tenant, filter, kind))] : [[newestFirst(tenant, filter)]]
}

/** Whether no index leads more directly than that of kinds. */
export const isByKind = (filter: RecordFilter): boolean =>
  filter.q === undefined &&
  leadOf(filter) === undefined &&
  (filter.flow !== undefined || filter.integration !== undefined)

const NAMES = ['code', 'status', 'flow', 'integration'] as const
type Name = (typeof NAMES)[number]

const COLUMNS: Record<Name, SQLiteColumn> = {
  code: records.code,
  status: records.state,
  flow: records.flow,
  integration: records.integration,
}

const LEADS = ['code', 'status'] as const
type Lead = (typeof LEADS)[number]

const INDEXES: Record<Lead, string> = { code: 'records_code', status: 'records_state' }

/** They are partial: their own condition is said once more, because they are only used where it is. */
const ONLY: Record<Lead, SQL> = { code: sql`${records.code} <> ''`, status: sql`${records.state} <> 'done'` }

const restOf = (filter: RecordFilter, ...but: Name[]): SQL[] =>
  NAMES.flatMap((name) => {
    const value = filter[name]
    return value === undefined || but.includes(name) ? [] : [sql`${COLUMNS[name]} = ${value}`]
  })

/** The ids of the times that are wanted: the first of them, and the first that is too late. */
const spanOf = ({ from, to }: RecordFilter): { least: string | undefined; below: string | undefined } => ({
  least: from === undefined ? undefined : firstId('r', from),
  below: to === undefined ? undefined : firstId('r', to + 1),
})

/** Ids sort by the time of making. */
const byId = (filter: RecordFilter): Pick<Walk, 'order' | 'number' | 'placeOf' | 'between'> => {
  const { least, below } = spanOf(filter)
  return {
    order: [desc(records.id)],
    number: sql`''`,
    placeOf: ({ id }) => [id],
    between: ([after] = [], [upTo] = []) => {
      const [top] = [after, below].filter((id) => id !== undefined).sort()
      const bottom = [upTo, least]
        .filter((id) => id !== undefined)
        .sort()
        .at(-1)
      return [
        ...(top === undefined ? [] : [sql`${records.id} < ${top}`]),
        ...(bottom === undefined ? [] : [sql`${records.id} >= ${bottom}`]),
      ]
    },
  }
}

/** The narrowest index that there is for the filter. What is done is most of all, and has none of its own. */
const leadOf = (filter: RecordFilter): Lead | undefined =>
  LEADS.find((name) => filter[name] !== undefined && !(name === 'status' && filter.status === 'done'))

const newestFirst = (tenant: string, filter: RecordFilter): Walk => {
  const lead = leadOf(filter)
  return {
    ...byId(filter),
    index: lead ? INDEXES[lead] : 'sqlite_autoindex_records_1',
    alike: [eq(records.tenant, tenant), ...(lead ? [sql`${COLUMNS[lead]} = ${filter[lead]}`, ONLY[lead]] : [])],
    rest: lead ? restOf(filter, lead) : restOf(filter),
    but: [],
  }
}

const ofKind = (tenant: string, filter: RecordFilter, { integration, flow }: Kind): Walk => ({
  ...byId(filter),
  index: 'records_kind',
  alike: [eq(records.tenant, tenant), eq(records.integration, integration), eq(records.flow, flow)],
  rest: restOf(filter, 'integration', 'flow'),
  but: [],
})

const bySourceId = (tenant: string, filter: RecordFilter, q: string): Walk => ({
  ...byId(filter),
  index: 'records_source',
  alike: [eq(records.tenant, tenant), eq(records.sourceId, q)],
  rest: restOf(filter),
  but: [],
})

/** A range instead of `like`, whose patterns end at 50 bytes and meet no index. */
const byNumber = (tenant: string, filter: RecordFilter, q: string): Walk => {
  const { sourceNumber, id } = records
  const { least, below } = spanOf(filter)
  return {
    index: 'records_number',
    alike: [eq(records.tenant, tenant)],
    order: [asc(sourceNumber), asc(id)],
    number: sql`${sourceNumber}`,
    placeOf: (row) => [row.sourceNumber, row.id],
    between: (after, upTo) => [
      after ? sql`(${sourceNumber}, ${id}) > (${after[0]}, ${after[1]})` : sql`${sourceNumber} >= ${q}`,
      upTo ? sql`(${sourceNumber}, ${id}) <= (${upTo[0]}, ${upTo[1]})` : sql`${sourceNumber} < ${`${q}\uffff`}`,
    ],
    rest: [
      ...restOf(filter),
      ...(least === undefined ? [] : [sql`${id} >= ${least}`]),
      ...(below === undefined ? [] : [sql`${id} < ${below}`]),
    ],
    but: [sql`${records.sourceId} <> ${q}`],
  }
}
