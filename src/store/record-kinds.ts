import { type SQL, sql } from 'drizzle-orm'
import type { Db } from './config'
import type { RecordFilter } from './record-walks'
import { records } from './schema'

/** Records of one flow of one integration lie together in the index of kinds. */
export interface Kind {
  integration: string
  flow: string
}

/** The kinds that the filter may mean, also such as there are none of: a look at the index for each, and no more. */
export const kindsOf = async (db: Db, tenant: string, { integration, flow }: RecordFilter): Promise<Kind[]> => {
  if (integration !== undefined && flow !== undefined) return [{ integration, flow }]
  if (integration !== undefined)
    return (await namesOf(db, flowsQuery(tenant, integration))).map((flow) => ({ integration, flow }))
  if (flow === undefined) return []
  return (await namesOf(db, integrationsQuery(tenant))).map((integration) => ({ integration, flow }))
}

const namesOf = async (db: Db, query: SQL): Promise<string[]> =>
  (await db.all<{ name: string }>(query)).map(({ name }) => name)

/** Also integrations that are no more: their records stay. */
export const integrationsQuery = (tenant: string): SQL => distinct(sql`integration`, sql`tenant = ${tenant}`)

export const flowsQuery = (tenant: string, integration: string): SQL =>
  distinct(sql`flow`, sql`tenant = ${tenant} and integration = ${integration}`)

/** SQLite reads every row for `distinct`; this leaps from each value to the next. */
const distinct = (column: SQL, where: SQL): SQL => {
  const least = (more: SQL) =>
    sql`(select min(${column}) from ${records} indexed by records_kind where ${where} ${more})`
  return sql`with recursive found(name) as
    (select ${least(sql``)} union all select ${least(sql`and ${column} > found.name`)} from found where found.name is not null)
    select name from found where name is not null`
}
