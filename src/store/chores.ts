import { inArray, lte } from 'drizzle-orm'
import type { Db } from './config'
import { chores, deadLetters } from './schema'

/** Whether it is this one's turn: whoever asks first has it, and then nobody for so long. */
export const isDue = async (db: Db, name: string, at: number, everyMs: number): Promise<boolean> => {
  const taken = await db
    .insert(chores)
    .values({ name, dueAt: at + everyMs })
    .onConflictDoUpdate({ target: chores.name, set: { dueAt: at + everyMs }, setWhere: lte(chores.dueAt, at) })
    .returning({ name: chores.name })
  return taken.length > 0
}

/** In bytes, as the platform tells it with every answer. */
export const databaseSize = async (db: Db): Promise<number> => {
  const { meta } = await db.$client.prepare('select 1').run()
  return meta.size_after
}

/** Messages that were put back into their queue before then. Answers how many went. */
export const dropReplayed = async (db: Db, before: number, limit: number): Promise<number> => {
  const old = db
    .select({ id: deadLetters.id })
    .from(deadLetters)
    .where(lte(deadLetters.replayedAt, before))
    .limit(limit)
  return (await db.delete(deadLetters).where(inArray(deadLetters.id, old)).returning({ id: deadLetters.id })).length
}
