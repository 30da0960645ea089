import type { Call } from './call'
import { sceneOf } from './call'
import { malformed, notOptimizable } from './errors'
import { filterOf } from './filter'
import type { Json } from './json'
import type { Kept } from './model'
import { rowsOf } from './pick-lists'
import { writeRecord } from './view'
import { readCustom, readWanted, type Wanted, wantsPart } from './wanted'

const OPTIONS = ['$filter', '$select', '$expand', '$custom', '$skip', '$top']

/** [U] Other options are not in the contract; refused here, so that nobody counts on them. */
export const checkOptions = (query: URLSearchParams): void => {
  for (const name of query.keys())
    if (name.startsWith('$') && !OPTIONS.includes(name)) throw malformed(name, `The option ${name} is not supported.`)
}

const countOf = (query: URLSearchParams, name: string): number | undefined => {
  const text = query.get(name)
  if (text === null) return undefined
  if (!/^\d+$/.test(text)) throw malformed(name, `The value '${text}' is not valid for ${name}.`)
  return Number(text)
}

/** Stable, and never by date: callers must not count on an order (sheet 5, Paging). */
const unordered = (rows: Kept[]): Kept[] => {
  const key = ({ id }: Kept) => [...id].reverse().join('')
  return [...rows].sort((a, b) => (key(a) < key(b) ? -1 : 1))
}

/** A list is one optimised query; a field that is in its way refuses all of it. */
const checkOptimiser = (call: Call, wanted: Wanted): void => {
  for (const path of call.world.switched<string[]>('list.notOptimizable', [])) {
    const [entity, name = ''] = path.split('.')
    if (entity !== call.entity.name) continue
    const isField = Object.hasOwn(call.entity.shape.fields, name)
    if (isField ? (wanted.fields?.has(name) ?? true) : wantsPart(wanted, name)) throw notOptimizable(name)
  }
}

/** `GET /{Entity}`: a bare array; everything without `$top`; `$skip` comes before `$top`. */
export const serveList = (call: Call): Json => {
  const { request, entity, version, world, books } = call
  checkOptions(request.query)
  const wanted = readWanted(request.query, entity.shape, version)
  const test = filterOf({ world, entity, version }, request.query.get('$filter'))
  checkOptimiser(call, wanted)
  const skip = countOf(request.query, '$skip') ?? 0
  const top = countOf(request.query, '$top')
  const rows = unordered(rowsOf(books, entity).filter(test))
  const scene = sceneOf(call, readCustom(request.query))
  return rows
    .slice(skip, top === undefined ? undefined : skip + top)
    .map((row, n) => writeRecord(scene, row, wanted, skip + n + 1))
}
