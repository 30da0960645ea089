import { asc, eq, inArray, or, sql } from 'drizzle-orm'
import type { BatchItem } from 'drizzle-orm/batch'
import { z } from 'zod'
import type { Db } from './config'
import {
  alertNotices,
  alertTargets,
  connections,
  consents,
  deadLetters,
  erasures,
  hooks,
  integrations,
  keys,
  mappings,
  pendingActions,
  references,
  schedules,
  tenants,
} from './schema'

export interface Erasure {
  tenant: string
  /** Still to be given back, unless somebody else uses them. */
  grants: string[]
  at: number
}

/**
 * The tenant, its data key, its credentials and its configuration, in one batch with the note that the rest is to follow. From
 * then on nothing of it that is sealed can be opened any more.
 */
export const beginErasure = (db: Db, { tenant, grants, at }: Erasure): BatchItem<'sqlite'>[] => {
  const own = db.select({ id: integrations.id }).from(integrations).where(eq(integrations.tenant, tenant))
  const sides = db.select({ id: connections.id }).from(connections).where(eq(connections.tenant, tenant))
  const targets = db.select({ id: alertTargets.id }).from(alertTargets).where(eq(alertTargets.tenant, tenant))
  return [
    db
      .insert(erasures)
      .values({ tenant, grants: JSON.stringify(grants), at })
      .onConflictDoNothing(),
    db.delete(tenants).where(eq(tenants.id, tenant)),
    db.delete(mappings).where(inArray(mappings.integration, own)),
    db.delete(references).where(inArray(references.connection, sides)),
    db.delete(hooks).where(eq(hooks.tenant, tenant)),
    db.delete(consents).where(eq(consents.tenant, tenant)),
    db.delete(schedules).where(eq(schedules.tenant, tenant)),
    db.delete(integrations).where(eq(integrations.tenant, tenant)),
    db.delete(connections).where(eq(connections.tenant, tenant)),
    db.delete(keys).where(eq(keys.tenant, tenant)),
    db.delete(alertNotices).where(or(eq(alertNotices.tenant, tenant), inArray(alertNotices.target, targets))),
    db.delete(alertTargets).where(eq(alertTargets.tenant, tenant)),
    db.delete(pendingActions).where(eq(pendingActions.tenant, tenant)),
    db
      .delete(deadLetters)
      .where(sql`json_valid(${deadLetters.body}) and ${deadLetters.body} ->> '$.tenant' = ${tenant}`),
  ]
}

export const openErasures = async (db: Db, limit: number): Promise<Erasure[]> =>
  (await db.select().from(erasures).orderBy(asc(erasures.at)).limit(limit)).map(({ grants, ...row }) => ({
    ...row,
    grants: z.array(z.string()).parse(JSON.parse(grants)),
  }))

export const grantsLeft = (db: Db, tenant: string, grants: string[]) =>
  db
    .update(erasures)
    .set({ grants: JSON.stringify(grants) })
    .where(eq(erasures.tenant, tenant))

export const endErasure = (db: Db, tenant: string) => db.delete(erasures).where(eq(erasures.tenant, tenant))

/** Its last rows in the tables that grow, so many of each at most. Answers how many went. */
export const eraseRows = async ({ $client }: Db, tenant: string, limit: number): Promise<number> => {
  const results = await $client.batch(ROWS.map((query) => $client.prepare(query).bind(tenant, limit)))
  return results.reduce((sum, { meta }) => sum + meta.changes, 0)
}

const ROWS = [
  'delete from records where tenant = ?1 and id in (select id from records where tenant = ?1 limit ?2)',
  'delete from audit where tenant = ?1 and seq in (select seq from audit where tenant = ?1 limit ?2)',
  'delete from alerts where tenant = ?1 and cause in (select cause from alerts where tenant = ?1 limit ?2)',
  'delete from alert_notices where tenant = ?1 and cause in (select cause from alert_notices where tenant = ?1 limit ?2)',
  'delete from audit_checkpoints where tenant = ?1 and ?2 > 0',
]
