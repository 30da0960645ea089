import { and, asc, eq, sql } from 'drizzle-orm'
import type { Db } from './config'
import { mappings } from './schema'

export interface MappingEntry {
  code: string
  target: string
}

/** A target of null removes. */
export interface MappingChange {
  code: string
  target: string | null
}

export const mappingOf = (db: Db, integration: string, kind: string): Promise<MappingEntry[]> =>
  db
    .select({ code: mappings.code, target: mappings.target })
    .from(mappings)
    .where(and(eq(mappings.integration, integration), eq(mappings.kind, kind)))
    .orderBy(asc(mappings.code))

/** Merges into what is there. Any number of entries: they travel as one parameter. */
export const mergeMapping = (db: Db, integration: string, kind: string, entries: MappingChange[]) => {
  const given = JSON.stringify([...new Map(entries.map((entry) => [entry.code, entry])).values()])
  const removed = sql`(select value ->> 'code' from json_each(${given}) where value ->> 'target' is null)`
  const set = sql`
    select ${integration}, ${kind}, value ->> 'code', value ->> 'target' from json_each(${given})
    where value ->> 'target' is not null`
  return [
    db
      .delete(mappings)
      .where(and(eq(mappings.integration, integration), eq(mappings.kind, kind), sql`${mappings.code} in ${removed}`)),
    db
      .insert(mappings)
      .select(set)
      .onConflictDoUpdate({
        target: [mappings.integration, mappings.kind, mappings.code],
        set: { target: sql`excluded.target` },
      }),
  ]
}
