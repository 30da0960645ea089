import type { ReferenceUse } from '../../core/pair'
import type { Reference } from '../../core/vendor'
import { now } from '../../lib/clock'
import { problem } from '../../lib/problem'
import type { ConnectionConfig } from '../../store/config'
import { type ReferenceList, storedReferences, storeReferences } from '../../store/references'
import { tenantOf } from '../tenants'
import { type AdminContext, dbOf } from './api'

/** A list this young is not asked for again because a code is missing in it. */
const FRESH_MS = 60_000

/** Asks the vendor and keeps what it says. */
export const readReferences = async (
  c: AdminContext,
  { id, tenant }: ConnectionConfig,
  kind: string,
): Promise<ReferenceList> => {
  const answered = await tenantOf(c.env, tenant).references(id, kind)
  if (!answered.ok) {
    const { code, message, remedy } = answered.failure
    throw problem(code === 'no_such_list' ? 404 : 503, code, `${message} — ${remedy}`)
  }
  await storeReferences(dbOf(c), id, kind, answered.value, now())
  return { at: now(), entries: answered.value }
}

export const referencesOf = async (
  c: AdminContext,
  connection: ConnectionConfig,
  kind: string,
): Promise<ReferenceList> => {
  const stored = await storedReferences(dbOf(c), connection.id, kind)
  return stored.at === null ? readReferences(c, connection, kind) : stored
}

export type Use = Omit<ReferenceUse, 'side'>

/** Problems of codes that the vendor does not have, or that cannot be used so: found when saved, not when the first invoice fails. */
export const checkUses = async (
  c: AdminContext,
  connection: ConnectionConfig,
  uses: Use[],
): Promise<{ path: string; message: string }[]> => {
  const problems: { path: string; message: string }[] = []
  for (const [kind, wanted] of Map.groupBy(uses, (use) => use.kind)) {
    let list = await referencesOf(c, connection, kind)
    const missing = wanted.some(({ code }) => !find(list.entries, code))
    if (missing && (list.at ?? 0) < now() - FRESH_MS) list = await readReferences(c, connection, kind)
    for (const use of wanted) {
      const message = problemOf(use, find(list.entries, use.code), connection.vendor)
      if (message) problems.push({ path: use.path, message })
    }
  }
  return problems
}

const find = (entries: Reference[], code: string): Reference | undefined => entries.find((entry) => entry.code === code)

const problemOf = ({ kind, code, use }: Use, found: Reference | undefined, vendor: string): string | undefined => {
  if (!found) return `${vendor} has no ${kind} "${code}"`
  if (!found.active) return `the ${vendor} ${kind} "${code}" is inactive`
  if (use && !found.uses.includes(use))
    return `the ${vendor} ${kind} "${code}" (${found.name}) cannot be used for: ${use}`
  return undefined
}
