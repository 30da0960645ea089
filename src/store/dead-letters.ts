import type { Db } from './config'
import { deadLetters } from './schema'
export const storeDeadLetter = async (db: Db, letter: typeof deadLetters.$inferInsert): Promise<void> => {
  await db.insert(deadLetters).values(letter).onConflictDoNothing()
}
