import { and, eq, lte, sql } from 'drizzle-orm'
import type { Db } from './config'
import { schedules } from './schema'

export type DueFlow = typeof schedules.$inferSelect

export const dueFlows = (db: Db, at: number, limit: number): Promise<DueFlow[]> =>
  db.select().from(schedules).where(lte(schedules.dueAt, at)).orderBy(schedules.dueAt).limit(limit)

/** Only after the poll was sent: a crash in between polls twice, which changes nothing. */
export const moveDue = async (db: Db, moved: { integration: string; flow: string; dueAt: number }[]): Promise<void> => {
  const [first, ...rest] = moved.map(({ integration, flow, dueAt }) =>
    db
      .update(schedules)
      .set({ dueAt: sql`max(${schedules.dueAt}, ${dueAt})` })
      .where(and(eq(schedules.integration, integration), eq(schedules.flow, flow))),
  )
  if (first) await db.batch([first, ...rest])
}
