import type { Books } from './books'
import { ENTITIES, entityNamed } from './entities'
import type { EntityName } from './model'
import { missing, type Refusal, unsupported } from './refusals'
import { instantOf, pacific, wholeSecond } from './stamps'
import { viewOf } from './views'

const LOOK_BACK = 30 * 86_400_000

interface Change {
  entity: EntityName
  deleted: boolean
  at: number
  row: object
}

/** [U] What the vendor says to a list that it does not track. */
const untracked = (name: string): Refusal => unsupported(`cdc for entity ${name}`)

const asked = (list: string | null): EntityName[] => {
  if (!list) throw missing('entities')
  return list.split(',').map((name) => {
    const entity = entityNamed(name.trim())
    if (!entity || ENTITIES[entity].silent) throw untracked(name)
    return entity
  })
}

const sinceOf = (books: Books, text: string | null): number => {
  const at = text ? instantOf(text) : undefined
  if (at === undefined) throw missing('changedSince')
  const isOld = at < books.world.now() - LOOK_BACK
  // [X] One text of 2024 refuses, one recording of 2020 accepts nine years (sheet 8).
  if (isOld && !books.world.switched('cdc.acceptOld', false))
    throw unsupported(`cdc with changedSince date ${text} which is older than fixed days`)
  // Stamps are whole seconds, so a change later in the bound's own second must not fall out.
  return wholeSecond(at)
}

const tombstone = (entity: EntityName, id: string, at: number): Change => ({
  entity,
  deleted: true,
  at,
  row: { domain: 'QBO', status: 'Deleted', Id: id, MetaData: { LastUpdatedTime: pacific(at) } },
})

const changesOf = (books: Books, entity: EntityName, isIn: (at: number) => boolean): Change[] => {
  const live = books
    .of(entity)
    .all()
    .filter(({ updatedAt }) => isIn(updatedAt))
    .map((kept): Change => ({ entity, deleted: false, at: kept.updatedAt, row: viewOf(books, entity, kept) }))
  const gone = books.tombstones.all().filter((one) => one.entity === entity && isIn(one.deletedAt))
  return [
    ...live.sort((a, b) => a.at - b.at),
    ...gone.map(({ id, deletedAt }) => tombstone(entity, id, deletedAt)).sort((a, b) => a.at - b.at),
  ]
}

/** With tombstones comes `totalCount`; with nothing else `startPosition` goes ([R] sheet 8). */
const group = (entity: EntityName, changes: Change[]) => {
  const dead = changes.filter(({ deleted }) => deleted).length
  return {
    [entity]: changes.map(({ row }) => row),
    ...(dead === changes.length ? {} : { startPosition: 1 }),
    maxResults: changes.length,
    ...(dead > 0 ? { totalCount: changes.length } : {}),
  }
}

/** Not the order that was asked for (sheet 8). */
const shuffled = (entities: EntityName[]): EntityName[] => [...new Set(entities)].reverse()

/** 1000 objects in all, and no word about those that are missing; answers the content of `CDCResponse`. */
export const changesSince = (books: Books, query: URLSearchParams) => {
  const entities = asked(query.get('entities'))
  const since = sinceOf(books, query.get('changedSince'))
  const exclusive = books.world.switched('cdc.exclusive', false)
  const isIn = (at: number) => (exclusive ? at > since : at >= since)
  let room = books.world.switched('cdc.most', 1000)
  const groups = shuffled(entities).flatMap((entity) => {
    const changes = changesOf(books, entity, isIn).slice(0, room)
    room -= changes.length
    return changes.length > 0 ? [group(entity, changes)] : []
  })
  return [{ QueryResponse: groups.length > 0 ? groups : [{}] }]
}
