import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import type { TenantApi } from '../../src/core/tenant'

export const stubOf = (tenant: string) => env.TENANT.get(env.TENANT.idFromName(tenant))

export const apiOf = (tenant: string): TenantApi => stubOf(tenant)

type Rows = Record<string, SqlStorageValue>[]

/** Everything the object holds: to put it back later, as the platform can. */
export interface Snapshot {
  tables: Record<string, Rows>
  values: [string, unknown][]
}

const tablesOf = (sql: SqlStorage): string[] =>
  sql
    .exec<{ name: string }>(
      `select name from sqlite_master where type = 'table' and name not like '\\_%' escape '\\' and name not like 'sqlite%'`,
    )
    .toArray()
    .map(({ name }) => name)

export const snapshot = (tenant: string): Promise<Snapshot> =>
  runInDurableObject(stubOf(tenant), (_, { storage }) => ({
    tables: Object.fromEntries(
      tablesOf(storage.sql).map((name) => [name, storage.sql.exec(`select * from ${name}`).toArray()]),
    ),
    values: [...storage.kv.list()],
  }))

/** Puts the object back to what it was, and restarts it. */
export const putBack = async (tenant: string, { tables, values }: Snapshot): Promise<void> => {
  await runInDurableObject(stubOf(tenant), async (_, state) => {
    const { sql, kv } = state.storage
    for (const [name, rows] of Object.entries(tables)) {
      sql.exec(`delete from ${name}`)
      for (const row of rows) {
        const columns = Object.keys(row)
        sql.exec(`insert into ${name} (${columns}) values (${columns.map(() => '?')})`, ...Object.values(row))
      }
    }
    for (const [key] of [...kv.list()]) kv.delete(key)
    for (const [key, value] of values) kv.put(key, value)
    await state.storage.sync()
  })
  await restart(tenant)
}

export const restart = (tenant: string): Promise<void> =>
  runInDurableObject(stubOf(tenant), (_, state) => state.abort('restarted by a test')).catch(() => {})

/** What is left in an object that was erased. Its tables were made anew when it was looked at. */
export const leftIn = (tenant: string): Promise<{ tables: string[]; values: string[] }> =>
  runInDurableObject(stubOf(tenant), (_, { storage }) => ({
    tables: tablesOf(storage.sql).filter(
      (name) => storage.sql.exec(`select 1 from ${name} limit 1`).toArray().length > 0,
    ),
    values: [...storage.kv.list()].map(([key]) => key),
  }))
