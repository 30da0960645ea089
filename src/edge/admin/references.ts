import type { ReferenceUse } from '../../core/pair'
import type { Reference, VendorName } from '../../core/vendor'
import { now } from '../../lib/clock'
import { problem } from '../../lib/problem'
import type { ConnectionConfig } from '../../store/config'
import { type ReferenceList, storedReferences, storeReferences } from '../../store/references'
import { tenantOf } from '../tenants'
import { type AdminContext, dbOf } from './api'
import { vendorOf } from './connection-shapes'

/** A list this young is not asked for again because a code is missing in it. */
const FRESH_MS = 60_000

/** Asks the vendor and keeps what it says. */
export const readReferences = async (
  c: AdminContext,
  { id, tenant, vendor }: ConnectionConfig,
  kind: string,
): Promise<ReferenceList> => {
  if (!Object.hasOwn(vendorOf(vendor).references, kind))
    throw problem(404, 'no_such_list', `${TITLES[vendor]} has no list "${kind}"`)
  const answered = await tenantOf(c.env, tenant).references(id, kind)
  if (!answered.ok) {
    const { code, message, remedy } = answered.failure
    throw problem(503, code, `${message} — ${remedy}`)
  }
  const at = now()
  await storeReferences(dbOf(c), id, kind, answered.value, at)
  return { at, entries: answered.value }
}

export const referencesOf = async (
  c: AdminContext,
  connection: ConnectionConfig,
  kind: string,
): Promise<ReferenceList> => {
  const stored = await storedReferences(dbOf(c), connection.id, kind)
  return stored.at === null ? readReferences(c, connection, kind) : stored
}

/** `any` = it only has to be there: old documents name what is inactive by now. */
export type Use = Omit<ReferenceUse, 'side'> & { any?: boolean }

/** Problems of codes that the vendor does not have, or that cannot be used so: found when saved, not when the first invoice fails. */
export const checkUses = async (
  c: AdminContext,
  connection: ConnectionConfig,
  uses: Use[],
): Promise<{ path: string; message: string }[]> => {
  const problems: { path: string; message: string }[] = []
  for (const [kind, wanted] of Map.groupBy(uses, (use) => use.kind)) {
    const stored = await referencesOf(c, connection, kind)
    const doubted = problemsOf(wanted, stored, connection)
    const old = (stored.at ?? 0) < now() - FRESH_MS
    problems.push(
      ...(doubted.length > 0 && old
        ? problemsOf(wanted, await readReferences(c, connection, kind), connection)
        : doubted),
    )
  }
  return problems
}

const problemsOf = (uses: Use[], { entries }: ReferenceList, { vendor }: ConnectionConfig) => {
  const byCode = new Map(entries.map((entry) => [entry.code, entry]))
  return uses.flatMap((use) => {
    const message = problemOf(use, byCode.get(use.code), TITLES[vendor])
    return message ? [{ path: use.path, message }] : []
  })
}

const TITLES: Record<VendorName, string> = {
  wave: 'Wave',
  wise: 'Wise',
  quickbooks: 'QuickBooks',
  acumatica: 'Acumatica',
  freshbooks: 'FreshBooks',
  cin7: 'Cin7',
}

const problemOf = ({ kind, code, use, any }: Use, found: Reference | undefined, vendor: string): string | undefined => {
  const named = /^\S+$/.test(code) ? code : `"${code}"`
  if (!found) return `${vendor} has no ${kind} ${named}`
  if (any) return undefined
  if (!found.active) return `${vendor} ${kind} ${named} is inactive`
  if (use && !found.uses.includes(use)) return `${vendor} ${kind} ${named} (${found.name}) cannot be used for: ${use}`
  return undefined
}
