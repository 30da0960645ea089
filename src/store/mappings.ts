import { and, asc, eq } from 'drizzle-orm'
import type { Db } from './config'
import { mappings } from './schema'

export interface MappingEntry {
  code: string
  target: string
}

export const mappingOf = (db: Db, integration: string, kind: string): Promise<MappingEntry[]> =>
  db
    .select({ code: mappings.code, target: mappings.target })
    .from(mappings)
    .where(and(eq(mappings.integration, integration), eq(mappings.kind, kind)))
    .orderBy(asc(mappings.code))

export const putMapping = (db: Db, integration: string, kind: string, { code, target }: MappingEntry) =>
  db
    .insert(mappings)
    .values({ integration, kind, code, target })
    .onConflictDoUpdate({
      target: [mappings.integration, mappings.kind, mappings.code],
      set: { target },
    })

export const dropMapping = (db: Db, integration: string, kind: string, code: string) =>
  db
    .delete(mappings)
    .where(and(eq(mappings.integration, integration), eq(mappings.kind, kind), eq(mappings.code, code)))
