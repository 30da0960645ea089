import type { Collection } from '../store'
import type { WorldContext } from '../vendor'
import type { Entity, EntityName } from './entities'
import type { Kept, Row, StoredFile, Tenant } from './model'
import { announce } from './push'
import { knownTenant } from './registry'
import { blankRow, sameText, textOf } from './rows'
import { localDay } from './stamps'

/** Everything of one tenant, as one request sees it. */
export interface Books {
  world: WorldContext
  tenant: Tenant
  /** Of the request: its user's branch and today, unless headers change them (sheet 5). */
  branch: string
  today: string
  /** The contract through which records are written. */
  version: string
  files: Collection<StoredFile>
  of(entity: EntityName): Collection<Kept>
  byKeys(entity: Entity, keys: string[]): Kept | undefined
  /** Keeps a record; its stamp moves and the world is told only when something changed. */
  save(entity: EntityName, row: Row | Kept): Kept
  remove(entity: EntityName, row: Kept): void
  nextNumber(counter: string): string
}

type Announce = typeof announce
/** While a seed is laid. */
export const silently: Announce = () => undefined

interface Options {
  announced?: Announce
  branch?: string | null
  today?: string | null
  version?: string
}

export const openBooks = (world: WorldContext, name: string, options: Options = {}): Books => {
  const tenant = knownTenant(world, name)
  const tell = options.announced ?? announce
  const of = (entity: EntityName) => world.store.collection<Kept>(`${name}/${entity}`)
  return {
    world,
    tenant,
    branch: options.branch ?? tenant.branches[0] ?? 'MAIN',
    today: options.today ?? localDay(tenant.timeZone, world.now()),
    version: options.version ?? '24.200.001',
    files: world.store.collection(`${name}/file`),
    of,
    byKeys: (entity, keys) =>
      keys.length === entity.keys.length
        ? of(entity.name)
            .all()
            .find((row) => entity.keys.every((key, n) => sameText(textOf(row, key), keys[n] ?? '')))
        : undefined,
    save(entity, row) {
      const before = of(entity).get(row.id)
      const now = world.now()
      const fresh = { createdAt: now, files: [], paid: '0', ...row, modifiedAt: now }
      const after = { ...fresh, modifiedAt: before && !moves(world, before, fresh) ? before.modifiedAt : now }
      of(entity).put(row.id, after)
      if (!before || content(before) !== content(after)) tell(world, tenant, { entity, before, after })
      return after
    },
    remove(entity, row) {
      of(entity).delete(row.id)
      tell(world, tenant, { entity, before: row, after: undefined })
    },
    nextNumber: (counter) => String(world.store.next(`${name}/${counter}`)).padStart(6, '0'),
  }
}

const content = ({ values, linked, lines, custom, note, paid }: Kept): string =>
  JSON.stringify([values, linked, lines, custom, note, paid])

/** [U] Whether a change of contact or address alone moves the stamp (sheet 5). */
const moves = (world: WorldContext, before: Kept, after: Kept): boolean => {
  const counts = world.switched('vendor.contactStamp', true)
  const seen = (row: Kept) => content(counts ? row : { ...row, linked: {} })
  return seen(before) !== seen(after)
}

export const newRecord = (world: WorldContext): Kept => ({
  ...blankRow(),
  createdAt: world.now(),
  modifiedAt: world.now(),
  files: [],
  paid: '0',
})
