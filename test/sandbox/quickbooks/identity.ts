import type { Books } from './books'
import { isTxn } from './entities'
import type { EntityName, Kept, Shapes } from './model'
import type { Sent } from './read-body'
import { deletedMeanwhile, missing, notFound, refusal } from './refusals'

/** A GET of an unknown id is 400 with 610 as well (sheet 4). */
export const recordOf = <K extends EntityName>(books: Books, entity: K, id: string): Kept<Shapes[K]> => {
  if (!/^\d+$/.test(id)) throw refusal('2030', `Id should be a valid number. Supplied value:${id}`, 'Id')
  const found = books.of(entity).get(id)
  if (found) return found
  throw isTxn(entity) && books.tombstones.get(`${entity}/${id}`) ? deletedMeanwhile() : notFound()
}

/** The record that a change means, if the caller has seen its latest state. */
export const currentRecord = <K extends EntityName>(books: Books, entity: K, sent: Sent): Kept<Shapes[K]> => {
  if (sent.id === undefined) throw missing('Id')
  const found = recordOf(books, entity, sent.id)
  if (sent.syncToken === undefined) throw missing('SyncToken')
  if (sent.syncToken !== String(found.syncToken)) throw stale()
  return found
}

const USER = 'Pat Keeper'

const stale = () =>
  refusal(
    '5010',
    `Stale Object Error : You and ${USER} were working on this at the same time. ${USER} finished before you did, so your work was not saved.`,
    '',
  )
