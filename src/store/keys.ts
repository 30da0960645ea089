import { and, desc, eq, isNull, like, lt } from 'drizzle-orm'
import { z } from 'zod'
import type { Db } from './config'
import { keys } from './schema'

export const Scope = z.enum(['read', 'source', 'operate', 'admin', 'approve'])
export type Scope = z.infer<typeof Scope>

export interface Key {
  id: string
  principal: string
  madeBy: string
  scopes: Scope[]
  tenant: string | null
  createdAt: number
  revokedAt: number | null
}

const toKey = ({ hash: _, scopes, ...row }: typeof keys.$inferSelect): Key => ({
  ...row,
  scopes: z.array(Scope).parse(JSON.parse(scopes)),
})

export const liveKey = async (db: Db, hash: string): Promise<Key | undefined> => {
  const [row] = await db
    .select()
    .from(keys)
    .where(and(eq(keys.hash, hash), isNull(keys.revokedAt)))
  return row && toKey(row)
}

/** Whether anybody can make keys without the bootstrap token. Keys are few: the table does not grow with the business. */
export const hasAdminKey = async (db: Db): Promise<boolean> => {
  const rows = await db
    .select({ id: keys.id })
    .from(keys)
    .where(and(isNull(keys.revokedAt), isNull(keys.tenant), like(keys.scopes, '%"admin"%')))
    .limit(1)
  return rows.length > 0
}

/** Newest first, those before the cursor. */
export const listKeys = async (db: Db, cursor: string | undefined, limit: number): Promise<Key[]> => {
  const older = cursor === undefined ? undefined : lt(keys.id, cursor)
  return (await db.select().from(keys).where(older).orderBy(desc(keys.id)).limit(limit)).map(toKey)
}

export const findKey = async (db: Db, id: string): Promise<Key | undefined> => {
  const [row] = await db.select().from(keys).where(eq(keys.id, id))
  return row && toKey(row)
}

export const insertKey = (db: Db, { scopes, ...key }: Key, hash: string) =>
  db.insert(keys).values({ ...key, hash, scopes: JSON.stringify(scopes) })

export const revokeKey = (db: Db, id: string, at: number) =>
  db.update(keys).set({ revokedAt: at }).where(eq(keys.id, id))
