import { and, asc, eq } from 'drizzle-orm'
import { z } from 'zod'
import type { Reference } from '../core/vendor'
import type { Db } from './config'
import { references } from './schema'

export interface ReferenceList {
  /** When the vendor was asked; null = never. */
  at: number | null
  entries: Reference[]
}

export const storedReferences = async (db: Db, connection: string, kind: string): Promise<ReferenceList> => {
  const rows = await db
    .select()
    .from(references)
    .where(and(eq(references.connection, connection), eq(references.kind, kind)))
    .orderBy(asc(references.code))
  const entries = rows.map(({ code, name, active, uses }) => ({
    kind,
    code,
    name,
    active,
    uses: z.array(z.string()).parse(JSON.parse(uses)),
  }))
  return { at: rows[0]?.at ?? null, entries }
}

const INSERT = `
  insert into reference_entries (connection, kind, code, name, active, uses, at)
  select ?1, ?2, value ->> 'code', value ->> 'name', value ->> 'active', value ->> 'uses', ?4 from json_each(?3) where true
  on conflict do nothing`

/** The whole list at once, as one parameter: a chart of accounts has more rows than a statement has parameters. */
export const storeReferences = async (
  db: Db,
  connection: string,
  kind: string,
  entries: Reference[],
  at: number,
): Promise<void> => {
  const { $client } = db
  const rows = entries.map(({ code, name, active, uses }) => ({ code, name, active, uses: JSON.stringify(uses) }))
  await $client.batch([
    $client.prepare('delete from reference_entries where connection = ? and kind = ?').bind(connection, kind),
    $client.prepare(INSERT).bind(connection, kind, JSON.stringify(rows), at),
  ])
}

/** The lists of a connection that were ever asked for. */
export const keptKinds = async (db: Db, connection: string): Promise<string[]> =>
  (
    await db.selectDistinct({ kind: references.kind }).from(references).where(eq(references.connection, connection))
  ).map(({ kind }) => kind)
