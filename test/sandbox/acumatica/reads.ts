import { type Call, sceneOf } from './call'
import type { Entity } from './entities'
import { notFound } from './errors'
import type { Json } from './json'
import { checkOptions } from './lists'
import type { Kept } from './model'
import { rowsOf } from './pick-lists'
import { sameText, textOf } from './rows'
import { writeRecord } from './view'
import { readCustom, readWanted } from './wanted'

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

const hasKeys = (row: Kept, { keys }: Entity, wanted: string[]): boolean =>
  keys.length === wanted.length && keys.every((key, n) => sameText(textOf(row, key), wanted[n] ?? ''))

/** `Bill/004210`, `Bill|004210`, or the record's id. */
export const recordAt = (call: Pick<Call, 'books' | 'entity'>, segments: string[]): Kept => {
  const { books, entity } = call
  const keys = segments.flatMap((segment) => segment.split('|'))
  const [only = ''] = keys
  const rows = rowsOf(books, entity)
  const byId = keys.length === 1 && GUID.test(only) ? rows.find(({ id }) => id === only.toLowerCase()) : undefined
  const found = byId ?? rows.find((row) => hasKeys(row, entity, keys))
  if (!found) throw notFound()
  return found
}

/** A single read never meets the list optimiser (sheet 5). */
export const serveRead = (call: Call, segments: string[]): Json => {
  const { request, entity, version } = call
  checkOptions(request.query)
  const wanted = readWanted(request.query, entity.shape, version)
  return writeRecord(sceneOf(call, readCustom(request.query)), recordAt(call, segments), wanted)
}
