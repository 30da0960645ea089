import type { Env } from '../env'
import { now } from '../lib/clock'
import { pairs } from '../registry'
import { type Db, type IntegrationConfig, openDb } from '../store/config'
import { writingTo } from '../store/integrations'
import { mappingOf } from '../store/mappings'
import { keptKinds, storedReferences, storeReferences } from '../store/references'
import { tenantOf } from './tenants'

/** Reads again the lists that people map to. Answers what is mapped to something that cannot be used any more. */
export const refreshLists = async (env: Env, tenant: string, connection: string): Promise<string[]> => {
  const db = openDb(env.DB)
  for (const kind of await keptKinds(db, connection)) {
    const answered = await tenantOf(env, tenant).references(connection, kind)
    if (answered.ok) await storeReferences(db, connection, kind, answered.value, now())
  }
  const lapsed = (await writingTo(db, connection)).map((integration) => lapsedIn(db, integration, connection))
  return (await Promise.all(lapsed)).flat()
}

const lapsedIn = async (db: Db, { id, pair }: IntegrationConfig, connection: string): Promise<string[]> => {
  const kinds = Object.entries(pairs[pair]?.mappings ?? {})
  const found = kinds.map(async ([kind, { target }]) => {
    const { at, entries } = await storedReferences(db, connection, target)
    if (at === null) return []
    const usable = new Set(entries.flatMap(({ code, active }) => (active ? [code] : [])))
    const mapped = await mappingOf(db, id, kind)
    return mapped.flatMap(({ code, target: to }) => (usable.has(to) ? [] : [`mapping ${kind}: ${code} → ${to}`]))
  })
  return (await Promise.all(found)).flat()
}
