import { z } from 'zod'
import type { Books } from './books'
import { entityNamed, isTxn } from './entities'
import type { EntityName } from './model'
import type { Body } from './read-body'
import { Refusal, refusal, systemFailure, unsupported } from './refusals'
import { createTxn, deleteTxn, updateTxn } from './transactions'
import { createVendor, updateVendor } from './vendors'
import { viewOf } from './views'

/** What a write answers under the entity's name. */
export type Written = Record<string, unknown>

export type Operation = 'create' | 'update' | 'delete' | 'void'

/** From `operation=` or, where that is absent, from the body: an Id makes an update (sheet 6). */
export const operationOf = (named: string | null, body: Body): Operation => {
  const operation = z.enum(['create', 'update', 'delete', 'void']).safeParse(named?.toLowerCase()).data
  if (named !== null && operation === undefined) throw unsupported(named)
  return operation ?? (body.Id === undefined || body.Id === null ? 'create' : 'update')
}

const checkStatus = (books: Books): void => {
  if (books.realm().status === 'active') return
  throw refusalOfEnded(books)
}

/** 400, or 200 as seen in 2019 (sheet 4, shape D). */
export const refusalOfEnded = (books: Books): Refusal => {
  const status = books.world.switched('suspended.status', 400)
  return new Refusal(
    refusal('6190', 'Invalid Company Status : the subscription of this company has ended.', '').problems,
    status,
  )
}

/** Writes one vendor, bill, order or vendor credit; the other lists can only be read here. */
export const write = (
  books: Books,
  entityName: string,
  operation: Operation,
  body: Body,
  allowDuplicate: boolean,
): Written => {
  const entity = entityNamed(entityName)
  if (!entity || (entity !== 'Vendor' && !isTxn(entity))) throw unsupported(`${operation} ${entityName}`)
  checkStatus(books)
  if (operation === 'delete') return { [entity]: deleted(books, entity, body) }
  // Bills cannot be voided: a system fault in a 200 was seen (sheet 4, shape D).
  if (operation === 'void') throw entity === 'Bill' ? systemFailure(200) : unsupported('void')
  const isNew = operation === 'create'
  if (entity === 'Vendor') {
    const kept = isNew ? createVendor(books, body) : updateVendor(books, body)
    return { Vendor: viewOf(books, 'Vendor', kept, isNew) }
  }
  const options = { allowDuplicate }
  const kept = isNew ? createTxn(books, entity, body, options) : updateTxn(books, entity, body, options)
  return { [entity]: viewOf(books, entity, kept, isNew) }
}

const deleted = (books: Books, entity: EntityName, body: Body) => {
  if (!isTxn(entity)) throw unsupported('delete')
  return { domain: 'QBO', status: 'Deleted', Id: deleteTxn(books, entity, body) }
}
