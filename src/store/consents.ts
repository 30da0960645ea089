import { and, eq, lte } from 'drizzle-orm'
import type { Db } from './config'
import { consents } from './schema'

export type ConsentRow = typeof consents.$inferSelect

export const insertConsent = (db: Db, row: ConsentRow) => db.insert(consents).values(row)

/** Used once: whoever takes it first has it. */
export const takeConsent = async (db: Db, hash: string, vendor: string): Promise<ConsentRow | undefined> =>
  (
    await db
      .delete(consents)
      .where(and(eq(consents.hash, hash), eq(consents.vendor, vendor)))
      .returning()
  )[0]

export const dropExpired = (db: Db, at: number) => db.delete(consents).where(lte(consents.expiresAt, at))
