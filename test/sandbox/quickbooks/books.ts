import type { Collection } from '../store'
import type { WorldContext } from '../vendor'
import { ENTITIES } from './entities'
import { announce, type Happening } from './events'
import type { EntityName, Kept, Realm, Shapes, Tombstone } from './model'
import { wholeSecond } from './stamps'

/** Everything of one company. */
export interface Books {
  world: WorldContext
  realm(): Realm
  changeRealm(changes: Partial<Realm>): Realm
  of<K extends EntityName>(entity: K): Collection<Kept<Shapes[K]>>
  tombstones: Collection<Tombstone>
  /** Answers that a `requestid` brings back (sheet 3). */
  replays: Collection<unknown>
  freshId(entity: EntityName): string
  /** Keeps a new record and tells the world. */
  add<K extends EntityName>(entity: K, id: string, fields: Shapes[K], extra?: Partial<Kept<Shapes[K]>>): Kept<Shapes[K]>
  /** Keeps a real change: next SyncToken, new stamp, an event. */
  change<K extends EntityName>(entity: K, old: Kept<Shapes[K]>, changes: Partial<Kept<Shapes[K]>>): Kept<Shapes[K]>
  /** A balance moved: new stamp, but the same SyncToken and no event ([R] sheet 8, "Noise"). */
  nudge(entity: 'Vendor' | 'Account', id: string, balance: number): void
  remove(entity: EntityName, id: string): void
  /** For what no record shows, as a merge. */
  tell(happening: Omit<Happening, 'realmId'>): void
}

export const realms = (world: WorldContext): Collection<Realm> => world.store.collection<Realm>('realm')

export const knownRealm = (world: WorldContext, realmId: string): Realm => {
  const found = realms(world).get(realmId)
  if (!found) throw new Error(`simulator: no QuickBooks company ${realmId}`)
  return found
}

type Announce = (world: WorldContext, happening: Happening) => void

/** While a seed is laid, or for own writes when they do not echo. */
export const silently: Announce = () => undefined

export const openBooks = (world: WorldContext, realmId: string, announced: Announce = announce): Books => {
  const { store } = world
  const now = () => wholeSecond(world.now())
  const of = <K extends EntityName>(entity: K) => store.collection<Kept<Shapes[K]>>(`${realmId}/${entity}`)
  const tombstones = store.collection<Tombstone>(`${realmId}/tombstones`)
  const tell = (happening: Omit<Happening, 'realmId'>) => announced(world, { ...happening, realmId })
  return {
    world,
    realm: () => knownRealm(world, realmId),
    changeRealm: (changes) =>
      realms(world).put(realmId, { ...knownRealm(world, realmId), ...changes, changedAt: now() }),
    of,
    tell,
    tombstones,
    replays: store.collection<unknown>(`${realmId}/replays`),
    freshId: (entity) => freshId(world, realmId, entity),
    add(entity, id, fields, extra = {}) {
      const made = { id, syncToken: 0, createdAt: now(), updatedAt: now(), balance: 0, lastLine: 0 }
      const kept = of(entity).put(id, { ...made, payments: [], billed: [], ...extra, fields })
      tell({ name: entity, id, operation: 'Create' })
      return kept
    },
    change(entity, old, changes) {
      const kept = of(entity).put(old.id, { ...old, ...changes, syncToken: old.syncToken + 1, updatedAt: now() })
      tell({ name: entity, id: old.id, operation: 'Update' })
      return kept
    },
    nudge(entity, id, balance) {
      const old = of(entity).get(id)
      if (old) of(entity).put(id, { ...old, balance, updatedAt: now() })
    },
    remove(entity, id) {
      of(entity).delete(id)
      tombstones.put(`${entity}/${id}`, { entity, id, deletedAt: now() })
      tell({ name: entity, id, operation: 'Delete' })
    },
  }
}

/** Numbers that a seed has taken are passed over. */
const freshId = (world: WorldContext, realmId: string, entity: EntityName): string => {
  const { family } = ENTITIES[entity]
  const kin = Object.entries(ENTITIES).filter(([, one]) => one.family === family)
  const taken = (id: string) =>
    kin.some(([name]) => world.store.collection(`${realmId}/${name}`).get(id)) ||
    kin.some(([name]) => world.store.collection(`${realmId}/tombstones`).get(`${name}/${id}`))
  const next = (): string => String(world.store.next(`${realmId}/id/${family}`))
  let id = next()
  while (taken(id)) id = next()
  return family === 'classes' && !id.startsWith('5000') ? `5${id.padStart(18, '0')}` : id
}
