import { and, count, eq, max, min, sql } from 'drizzle-orm'
import { z } from 'zod'
import { fromBase64Url, toBase64Url } from '../lib/bytes'
import { parseJson } from '../lib/json'
import type { Db } from './config'
import { records } from './schema'

/** Records that stand for one reason: the same code, and the same thing to do. */
export interface Cause {
  flow: string
  code: string
  remedy: string
  integration: string
  count: number
  /** The longest and the last in this state, milliseconds since 1970. */
  firstAt: number
  lastAt: number
  /** The record that was seen last for the first time. */
  example: string
}

/** What a page of causes goes on behind; in the order of the index. */
const Place = z.tuple([z.string(), z.string(), z.string(), z.string()])
export type Place = z.infer<typeof Place>

export interface CauseFilter {
  state: string
  flow?: string | undefined
  code?: string | undefined
  integration?: string | undefined
  after?: Place | undefined
  limit: number
}

export const placeOf = ({ flow, code, remedy, integration }: Cause): string =>
  toBase64Url(JSON.stringify([flow, code, remedy, integration] satisfies Place))

/** Undefined = it is no cursor of ours. */
export const toPlace = (cursor: string): Place | undefined =>
  Place.safeParse(parseJson(fromBase64Url(cursor) ?? '')).data

/** Grouped while the index is walked: a page reads the records of its own causes and no others. */
export const causesPage = (db: Db, tenant: string, { state, flow, code, integration, after, limit }: CauseFilter) =>
  db
    .select({
      flow: records.flow,
      code: records.code,
      remedy: records.remedy,
      integration: records.integration,
      count: count(),
      firstAt: min(records.since),
      lastAt: max(records.at),
      example: max(records.id),
    })
    .from(records)
    .where(
      and(
        eq(records.tenant, tenant),
        eq(records.state, state),
        sql`${records.code} <> ''`,
        flow === undefined ? undefined : eq(records.flow, flow),
        code === undefined ? undefined : flow === undefined ? sql`+${records.code} = ${code}` : eq(records.code, code),
        integration === undefined ? undefined : sql`+${records.integration} = ${integration}`,
        after &&
          sql`(${records.flow}, ${records.code}, ${records.remedy}, ${records.integration}) > (${after[0]}, ${after[1]}, ${after[2]}, ${after[3]})`,
      ),
    )
    .groupBy(records.flow, records.code, records.remedy, records.integration)
    .orderBy(records.flow, records.code, records.remedy, records.integration)
    .limit(limit)

/** In the order of flows and codes; a cause moves only when its last record is gone. */
export const listCauses = async (db: Db, tenant: string, filter: CauseFilter): Promise<Cause[]> =>
  (await causesPage(db, tenant, filter)).map(({ firstAt, lastAt, example, ...cause }) => ({
    ...cause,
    firstAt: firstAt ?? 0,
    lastAt: lastAt ?? 0,
    example: example ?? '',
  }))
