import { and, asc, count, eq, isNotNull, isNull, lte, or, sql } from 'drizzle-orm'
import type { BatchItem } from 'drizzle-orm/batch'
import { z } from 'zod'
import type { Db } from './config'
import { alertNotices, alerts, alertTargets } from './schema'

export interface AlertTarget {
  id: string
  url: string
  /** Of core/audit `AlertKind`; empty = all. */
  kinds: string[]
  tenant: string | null
  /** Sealed. */
  secret: string
  createdAt: number
  failingSince: number | null
  lastError: string
  away: boolean
}

const toTarget = (row: typeof alertTargets.$inferSelect): AlertTarget => ({
  ...row,
  kinds: z.array(z.string()).parse(JSON.parse(row.kinds)),
})

/** A deployment has a handful. */
export const listTargets = async (db: Db): Promise<AlertTarget[]> =>
  (await db.select().from(alertTargets).orderBy(asc(alertTargets.id))).map(toTarget)

export const findTarget = async (db: Db, id: string): Promise<AlertTarget | undefined> =>
  (await db.select().from(alertTargets).where(eq(alertTargets.id, id))).map(toTarget)[0]

/** How many notices each target has not got yet. */
export const waitingNotices = async (db: Db): Promise<Map<string, number>> => {
  const rows = await db
    .select({ target: alertNotices.target, waiting: count() })
    .from(alertNotices)
    .groupBy(alertNotices.target)
  return new Map(rows.map(({ target, waiting }) => [target, waiting]))
}

export type NewTarget = Pick<AlertTarget, 'id' | 'url' | 'kinds' | 'tenant' | 'secret' | 'createdAt'>

/** A new target hears of what is open already. */
export const insertTarget = (db: Db, target: NewTarget): BatchItem<'sqlite'>[] => [
  db.insert(alertTargets).values({ ...target, kinds: JSON.stringify(target.kinds) }),
  db.insert(alertNotices).select(
    db
      .select({
        target: sql<string>`${target.id}`.as('target'),
        tenant: alerts.tenant,
        cause: alerts.cause,
        seq: alerts.seq,
        dueAt: sql<number>`${target.createdAt}`.as('due_at'),
        tries: sql<number>`0`.as('tries'),
      })
      .from(alerts)
      .where(and(isNull(alerts.resolvedAt), wantedBy(target))),
  ),
]

const wantedBy = ({ tenant, kinds }: Pick<AlertTarget, 'tenant' | 'kinds'>) =>
  and(
    tenant === null ? undefined : eq(alerts.tenant, tenant),
    kinds.length === 0 ? undefined : sql`${alerts.kind} in (select value from json_each(${JSON.stringify(kinds)}))`,
  )

/** Its secret stays. */
export const updateTarget = (
  db: Db,
  { id, url, kinds, tenant }: Pick<AlertTarget, 'id' | 'url' | 'kinds' | 'tenant'>,
): BatchItem<'sqlite'>[] => [
  db
    .update(alertTargets)
    .set({ url, kinds: JSON.stringify(kinds), tenant })
    .where(eq(alertTargets.id, id)),
]

export const deleteTarget = (db: Db, id: string): BatchItem<'sqlite'>[] => [
  db.delete(alertNotices).where(eq(alertNotices.target, id)),
  db.delete(alertTargets).where(eq(alertTargets.id, id)),
]

export interface Notice {
  target: string
  tenant: string
  cause: string
  seq: number
  tries: number
  alert: typeof alerts.$inferSelect
}

/** Targets that have something to hear now. */
export const dueTargets = async (db: Db, at: number, limit: number): Promise<AlertTarget[]> => {
  const due = sql`exists (select 1 from ${alertNotices} where ${alertNotices.target} = ${alertTargets.id}
    and ${alertNotices.dueAt} <= ${at})`
  return (await db.select().from(alertTargets).where(due).orderBy(asc(alertTargets.id)).limit(limit)).map(toTarget)
}

/** In the order in which they became due. */
export const dueNotices = async (db: Db, target: string, at: number, limit: number): Promise<Notice[]> => {
  const rows = await db
    .select({ notice: alertNotices, alert: alerts })
    .from(alertNotices)
    .innerJoin(alerts, and(eq(alerts.tenant, alertNotices.tenant), eq(alerts.cause, alertNotices.cause)))
    .where(and(eq(alertNotices.target, target), lte(alertNotices.dueAt, at)))
    .orderBy(asc(alertNotices.dueAt), asc(alertNotices.seq))
    .limit(limit)
  return rows.map(({ notice, alert }) => ({ ...notice, alert }))
}

const isThis = ({ target, tenant, cause, seq }: Omit<Notice, 'alert' | 'tries'>) =>
  and(
    eq(alertNotices.target, target),
    eq(alertNotices.tenant, tenant),
    eq(alertNotices.cause, cause),
    eq(alertNotices.seq, seq),
  )

/** Before it is sent: where the answer is lost, it comes again then. */
export const putOff = (db: Db, notice: Notice, dueAt: number) =>
  db
    .update(alertNotices)
    .set({ dueAt, tries: notice.tries + 1 })
    .where(isThis(notice))

/** A newer state of the same cause stays. */
export const dropNotice = (db: Db, notice: Notice) => db.delete(alertNotices).where(isThis(notice))

/** Nothing arrives there. */
export const targetFails = (db: Db, id: string, at: number, lastError: string) =>
  db
    .update(alertTargets)
    .set({ failingSince: sql`coalesce(${alertTargets.failingSince}, ${at})`, lastError })
    .where(eq(alertTargets.id, id))

export const targetIsAway = (db: Db, id: string) =>
  db.update(alertTargets).set({ away: true }).where(eq(alertTargets.id, id))

/** It answers again: what waits for it is due now. */
export const targetIsBack = (db: Db, id: string, at: number) =>
  db.batch([
    db.update(alertNotices).set({ dueAt: at }).where(eq(alertNotices.target, id)),
    db.update(alertTargets).set({ failingSince: null, lastError: '', away: false }).where(eq(alertTargets.id, id)),
  ])

/** Of those that fail, for the eyes of an operator. */
export const failingTargets = async (db: Db): Promise<AlertTarget[]> =>
  (
    await db
      .select()
      .from(alertTargets)
      .where(or(isNotNull(alertTargets.failingSince), eq(alertTargets.away, true)))
  ).map(toTarget)
