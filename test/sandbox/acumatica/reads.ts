import { type Call, sceneOf } from './call'
import { notFound } from './errors'
import type { Json } from './json'
import { checkOptions } from './lists'
import type { Kept } from './model'
import { writeRecord } from './view'
import { readCustom, readWanted } from './wanted'

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** `Bill/004210`, `Bill|004210`, or the record's id. */
export const recordAt = (call: Pick<Call, 'books' | 'entity'>, segments: string[]): Kept => {
  const { books, entity } = call
  const keys = segments.flatMap((segment) => segment.split('|'))
  const [only = ''] = keys
  const byId = keys.length === 1 && GUID.test(only) ? books.of(entity.name).get(only.toLowerCase()) : undefined
  const found = byId ?? books.byKeys(entity, keys)
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
