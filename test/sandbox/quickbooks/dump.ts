import type { WorldContext } from '../vendor'
import { openRegistry } from './apps'
import { openBooks, realms } from './books'
import { ENTITY_NAMES } from './entities'
import { meters } from './limiter'
import { waitingDeliveries } from './outbox'
import { viewsOf } from './views'

const dumpRealm = (world: WorldContext, realmId: string) => {
  const books = openBooks(world, realmId)
  const lists = ENTITY_NAMES.map((entity): [string, unknown] => [entity, viewsOf(books, entity)])
  // The API shows tax numbers masked; here they are as kept, so that a masked one written back shows.
  const taxIds = books.of('Vendor').all()
  return {
    ...books.realm(),
    ...Object.fromEntries(lists),
    taxIdentifiers: Object.fromEntries(taxIds.map(({ id, fields }) => [id, fields.TaxIdentifier ?? null])),
    tombstones: books.tombstones.all(),
    requestIds: books.replays.size,
  }
}

/** Everything: each company's records as the API would show them, and what the developer's side holds. */
export const dump = (world: WorldContext) => {
  const { apps, families, tokens, codes } = openRegistry(world)
  return {
    realms: realms(world)
      .all()
      .map(({ realmId }) => dumpRealm(world, realmId)),
    apps: apps.all(),
    families: families.all(),
    tokens: tokens.all(),
    codes: codes.all(),
    outbox: waitingDeliveries(world),
    corePlus: meters(world).all(),
  }
}
