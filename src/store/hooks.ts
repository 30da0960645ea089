import { and, asc, eq, sql } from 'drizzle-orm'
import type { Db } from './config'
import { hooks } from './schema'

export type HookRow = typeof hooks.$inferSelect

export const hooksOf = (db: Db, connection: string): Promise<HookRow[]> =>
  db.select().from(hooks).where(eq(hooks.connection, connection)).orderBy(asc(hooks.event))

/** One for each event of a connection, whoever asks first. */
export const insertHook = (db: Db, row: HookRow) => db.insert(hooks).values(row).onConflictDoNothing()

export const findHook = async (db: Db, connection: string, id: string): Promise<HookRow | undefined> =>
  (
    await db
      .select()
      .from(hooks)
      .where(and(eq(hooks.id, id), eq(hooks.connection, connection)))
  )[0]

/** What the vendor says of it. */
export const hookStands = (db: Db, id: string, remoteId: string | null, state: HookRow['state'], at: number) =>
  db
    .update(hooks)
    .set({ remoteId: sql`coalesce(${remoteId}, ${hooks.remoteId})`, state, at })
    .where(eq(hooks.id, id))

/**
 * Its handshake is about to be asked for: it may come before the vendor's answer does. The secret that was in use stays beside the
 * one that it will bring, because nothing tells from when on the vendor signs with that. `remoteId` null = it is registered anew.
 */
export const hookAwaits = (db: Db, id: string, remoteId: string | null, at: number) =>
  db
    .update(hooks)
    .set({
      remoteId,
      state: 'new',
      secret: null,
      previousSecret: sql`iif(${hooks.state} = 'active', coalesce(${hooks.secret}, ${hooks.previousSecret}), ${hooks.previousSecret})`,
      at,
    })
    .where(eq(hooks.id, id))

/** A delivery was signed with this secret: the one before it is over. */
export const hookProven = (db: Db, id: string, secret: string) =>
  db
    .update(hooks)
    .set({ previousSecret: null })
    .where(and(eq(hooks.id, id), eq(hooks.secret, secret)))

/** The vendor's handshake brought it. */
export const hookSecret = (db: Db, id: string, remoteId: string, secret: string, at: number) =>
  db.update(hooks).set({ remoteId, secret, at }).where(eq(hooks.id, id))
