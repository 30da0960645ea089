import type { VendorRequest, WorldContext } from '../vendor'
import type { Books } from './books'
import type { Entity } from './entities'
import type { Session } from './model'
import type { Scene } from './view'

/** One call on one entity, after it was let in. */
export interface Call {
  world: WorldContext
  request: VendorRequest
  books: Books
  entity: Entity
  version: string
  /** Path of the endpoint, site included: `/w/acumatica/entity/Default/24.200.001`. */
  base: string
  session: Session
}

export const sceneOf = ({ books, entity, base, version }: Call, custom: string[]): Scene => ({
  books,
  entity,
  base,
  version,
  custom,
})
