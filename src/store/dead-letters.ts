import { asc, eq, gt, isNull } from 'drizzle-orm'
import type { Db } from './config'
import { deadLetters } from './schema'

export type DeadLetter = typeof deadLetters.$inferSelect

/** Idempotent: the queue delivers at least once. */
export const storeDeadLetter = async (db: Db, letter: DeadLetter): Promise<void> => {
  await db.insert(deadLetters).values(letter).onConflictDoNothing()
}

export const listDeadLetters = (db: Db, cursor: string, limit: number): Promise<DeadLetter[]> =>
  db.select().from(deadLetters).where(gt(deadLetters.id, cursor)).orderBy(asc(deadLetters.id)).limit(limit)

export const findDeadLetter = async (db: Db, id: string): Promise<DeadLetter | undefined> =>
  (await db.select().from(deadLetters).where(eq(deadLetters.id, id)))[0]

export const markReplayed = (db: Db, id: string, at: number) =>
  db.update(deadLetters).set({ replayedAt: at }).where(eq(deadLetters.id, id))

/** Whether one waits for an operator. */
export const isAnyDead = async (db: Db): Promise<boolean> =>
  (await db.select({ id: deadLetters.id }).from(deadLetters).where(isNull(deadLetters.replayedAt)).limit(1)).length > 0

export const deleteDeadLetter = (db: Db, id: string) => db.delete(deadLetters).where(eq(deadLetters.id, id))
