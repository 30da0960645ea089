import { z } from 'zod'
import type { Books } from './books'
import { runQuery } from './query'
import { asBody, Body, parsed } from './read-body'
import { businessRule, lengthRefusal, missing, Refusal } from './refusals'
import { replayed } from './replays'
import { operationOf, write } from './writes'

const MOST = 30
const Batch = z.object({ BatchItemRequest: z.array(Body) })

const BATCH_KEYS = new Set(['bId', 'operation', 'optionsData', 'Query'])

const idOf = (item: Body, requestId: string | null): string => {
  if (typeof item.bId !== 'string') throw missing('bId')
  if (requestId !== null && item.bId.length > 10) throw lengthRefusal('bId', 10, item.bId.length)
  return item.bId
}

const allowsDuplicate = (item: Body): boolean => JSON.stringify(item.optionsData ?? '').includes('allowduplicatedocnum')

const done = (books: Books, item: Body): object => {
  if (typeof item.Query === 'string') return { QueryResponse: runQuery(books, item.Query) }
  const entity = Object.keys(item).find((key) => !BATCH_KEYS.has(key))
  if (entity === undefined) throw missing('operation')
  const body = asBody(item[entity])
  const named = typeof item.operation === 'string' ? item.operation : null
  return write(books, entity, operationOf(named, body), body, allowsDuplicate(item))
}

/** One item cannot spoil another (sheet 9). */
const answered = (books: Books, item: Body, requestId: string | null): object => {
  const bId = idOf(item, requestId)
  try {
    const key = requestId === null ? null : `${requestId}/${bId}`
    return { ...replayed(books, key, () => done(books, item)), bId }
  } catch (error) {
    if (error instanceof Refusal) return { ...error.fault(), bId }
    throw error
  }
}

/** The order of answers is not guaranteed: it is turned round unless a test wants it kept. */
export const runBatch = (books: Books, body: Body, requestId: string | null): object[] => {
  const { BatchItemRequest: items } = parsed('IntuitBatchRequest', Batch, body)
  // [U] How more than 30 are refused.
  if (items.length > MOST) throw businessRule(`A batch has at most ${MOST} items.`)
  const answers = items.map((item) => answered(books, item, requestId))
  return books.world.switched('batch.inOrder', false) ? answers : answers.reverse()
}
