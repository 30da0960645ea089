import type { WorldContext } from '../vendor'
import { Refusal } from './errors'
import type { Session } from './model'
import { refusalInForm } from './refusal-forms'
import { openRegistry } from './registry'

/** [1] A cookie session that was not signed out is reclaimed after about ten minutes; an OAuth seat within an hour (sheet 3, 8). */
const IDLE: Record<Session['kind'], number> = {
  cookie: 600_000,
  concurrent: 600_000,
  grant: 3_600_000,
  token: 3_600_000,
}

const isLive = (session: Session, now: number): boolean =>
  session.usedAt + IDLE[session.kind] > now && (session.endsAt === null || session.endsAt > now)

/** Of the whole server: the licence counts its users (sheet 8). */
export const liveSessions = (world: WorldContext): Session[] =>
  openRegistry(world)
    .sessions.all()
    .filter((session) => isLive(session, world.now()))

export const liveSession = (world: WorldContext, id: string): Session | undefined => {
  const session = openRegistry(world).sessions.get(id)
  return session && isLive(session, world.now()) ? session : undefined
}

export const useSession = (world: WorldContext, session: Session): Session =>
  openRegistry(world).sessions.put(session.id, { ...session, usedAt: world.now() })

type Opening = Pick<Session, 'id' | 'tenant' | 'user' | 'kind' | 'endsAt' | 'branch'>

/** @throws Refusal when all seats are taken: 429, or 500 by the switch. */
export const openSession = (world: WorldContext, opening: Opening): Session => {
  if (liveSessions(world).length >= world.switched('seats.limit', 10))
    throw new Refusal(refusalInForm(world, world.switched('seats.status', 429) === 429 ? '429-login' : '500-login'))
  const now = world.now()
  return openRegistry(world).sessions.put(opening.id, { ...opening, openedAt: now, usedAt: now })
}

export const closeSession = (world: WorldContext, id: string): void => void openRegistry(world).sessions.delete(id)
