import type { Collection } from '../store'
import { type Books, save, touched } from './books'
import type { Business } from './directory'
import { accessDenied, deleted, invalid, notFound, readOnly } from './errors'
import { emit } from './events'
import { Body } from './fields'
import { type Filters, listed, type Query, type Sorts } from './lists'
import type { Base } from './sales-shapes'

/** One kind of record; what differs between kinds, and nothing else. */
export interface Spec<T extends Base> {
  single: string
  plural: string
  /** Named in errors, and a second key of some answers. */
  idField: string
  /** Noun of its events; none for what never fires (sheet 5). */
  noun?: string
  /** `user:<scope>:read`. */
  scope: string
  rows(books: Books): Collection<T>
  view(books: Books, row: T, include: Set<string>): object
  filters?: Filters<T>
  sorts?: Sorts<T>
  /** Lists never show what is deleted, whatever is searched. */
  ignoresVisState?: boolean
  /** A delete moves `updated` (sheet 0.5: clients only). */
  deleteTouches?: boolean
  readOnlyFields?: string[]
  make?(books: Books, body: Body): T
  edit?(books: Books, row: T, body: Body): T
  /** `action_…: true` in a PUT. */
  actions?: Record<string, (books: Books, row: T) => T>
  /** What else changes; `before` is missing for a new record. */
  saved?(books: Books, row: T, before?: T): void
  /** The verb DELETE: `hide`, or gone for good. */
  erase?: 'hide' | 'remove'
  /** Why this account may not use it. */
  closed?(business: Business): string | undefined
}

/** A kind of record behind one face. */
export interface Resource {
  single: string
  plural: string
  scope: string
  /** Verbs that exist at all. */
  writes: boolean
  admit(books: Books): void
  list(books: Books, query: Query): object
  get(books: Books, id: string, include: Set<string>): object
  create(books: Books, body: Body, include: Set<string>): object
  update(books: Books, id: string, body: Body, include: Set<string>): object
  erase(books: Books, id: string): boolean
}

export const resource = <T extends Base>(spec: Spec<T>): Resource => ({
  single: spec.single,
  plural: spec.plural,
  scope: spec.scope,
  writes: spec.make !== undefined,
  admit(books) {
    const why = spec.closed?.(books.business())
    if (why !== undefined) throw accessDenied(why)
  },
  list: (books, query) => {
    const { rows, ...page } = listed(books, spec, query)
    return { [spec.plural]: rows.map((row) => spec.view(books, row, query.include)), ...page }
  },
  get: (books, id, include) => spec.view(books, found(books, spec, id), include),
  create: (books, body, include) => spec.view(books, create(books, spec, body), include),
  update: (books, id, body, include) => spec.view(books, update(books, spec, found(books, spec, id), body), include),
  erase(books, id) {
    if (spec.erase === undefined) return false
    const row = found(books, spec, id)
    if (spec.erase === 'hide') hide(books, spec, row, 1)
    else remove(books, spec, row)
    return true
  },
})

export const found = <T extends Base>(books: Books, spec: Spec<T>, id: string): T => {
  const row = spec.rows(books).get(id)
  if (!row) throw notFound(spec.single, spec.idField, id)
  return row
}

/** One that a new record may point at. */
export const living = <T extends Base>(books: Books, spec: Spec<T>, id: number, object: string): T => {
  const row = spec.rows(books).get(String(id))
  if (!row) throw invalid(object, spec.idField, id)
  if (row.vis_state === 1) throw deleted(spec.single, spec.idField, id)
  return row
}

const create = <T extends Base>(books: Books, spec: Spec<T>, body: Body): T => {
  if (!spec.make) throw notFound(spec.single, spec.idField, '')
  refuseReadOnly(spec, body)
  return settle(books, spec, spec.make(books, body), 'create')
}

const refuseReadOnly = <T extends Base>(spec: Spec<T>, body: Body): void => {
  const field = spec.readOnlyFields?.find((name) => name in body)
  if (field !== undefined) throw readOnly(spec.single, field, body[field])
}

export const settle = <T extends Base>(books: Books, spec: Spec<T>, row: T, verb: string, before?: T): T => {
  save(spec.rows(books), row)
  spec.saved?.(books, row, before)
  if (spec.noun !== undefined) emit(books, `${spec.noun}.${verb}`, row.id)
  return found(books, spec, String(row.id))
}

/** `vis_state`, or an action, silently throws away all the rest (sheet 0.10). */
const update = <T extends Base>(books: Books, spec: Spec<T>, row: T, body: Body): T => {
  if (!spec.edit) throw notFound(spec.single, spec.idField, String(row.id))
  if ('vis_state' in body) return hide(books, spec, row, body.vis_state)
  const action = Object.entries(spec.actions ?? {}).find(([name]) => body[name] === true)?.[1]
  if (action) return settle(books, spec, touched(books, action(books, row)), 'update', row)
  refuseReadOnly(spec, body)
  if (row.vis_state === 1) throw deleted(spec.single, spec.idField, row.id)
  return settle(books, spec, touched(books, spec.edit(books, row, body)), 'update', row)
}

const hide = <T extends Base>(books: Books, spec: Spec<T>, row: T, state: unknown): T => {
  if (state !== 0 && state !== 1 && state !== 2) throw invalid(spec.single, 'vis_state', state)
  const touches = spec.deleteTouches || books.world.switched('delete.bumpsUpdated', false)
  const hidden = { ...row, vis_state: state }
  return settle(books, spec, touches ? touched(books, hidden) : hidden, state === 1 ? 'delete' : 'update', row)
}

const remove = <T extends Base>(books: Books, spec: Spec<T>, row: T): void => {
  spec.rows(books).delete(String(row.id))
  if (spec.noun !== undefined) emit(books, `${spec.noun}.delete`, row.id)
}

/** The body of a write: `{"<single>": {…}}`. */
export const bodyOf = (single: string, given: Body): Body => {
  const inner = Body.safeParse(given[single])
  if (!inner.success) throw invalid(single, single, JSON.stringify(given[single]))
  return inner.data
}
