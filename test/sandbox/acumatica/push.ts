import type { WorldContext } from '../vendor'
import type { EntityName } from './entities'
import { type Json, writeJson } from './json'
import type { Kept, Tenant } from './model'
import { queue } from './outbox'
import { valueIn } from './rows'
import type { Push } from './seed-input'
import { ticksOf, writeInstant } from './stamps'

export interface Change {
  entity: EntityName
  before: Kept | undefined
  after: Kept | undefined
}

/** Changes of inquiry results: an update is a row in both arrays, an insert only in `Inserted` (sheet 11). */
export const announce = (world: WorldContext, tenant: Tenant, change: Change): void => {
  const transaction = crypto.randomUUID()
  for (const push of tenant.push)
    for (const query of push.queries) {
      if (query.entity !== change.entity) continue
      const inserted = change.after ? [flat(world, tenant, query, change.after, false)] : []
      const deleted = change.before ? [flat(world, tenant, query, change.before, true)] : []
      if (writeJson(inserted) === writeJson(deleted)) continue
      send(world, tenant, push, query.name, transaction, inserted, deleted)
    }
}

type Query = Push['queries'][number]

/** Rows are flat, without `{value}`; dates have no offset; keys of deleted rows may be padded. */
const flat = (world: WorldContext, tenant: Tenant, query: Query, row: Kept, isDeleted: boolean): Json => {
  const padded = isDeleted && world.switched('push.padded', true)
  const cell = (field: string): Json => {
    if (field === 'LastModifiedDateTime') return writeInstant(tenant.timeZone, row.modifiedAt).replace(/[+-]..:..$/, '')
    const value = field === 'id' ? row.id : valueIn(row, field)
    const isKey = field === 'VendorID' || field === 'AccountCD'
    return padded && isKey && typeof value === 'string' ? value.padEnd(10) : value
  }
  return Object.fromEntries(Object.entries(query.columns).map(([column, field]) => [column, cell(field)]))
}

const send = (
  world: WorldContext,
  tenant: Tenant,
  push: Push,
  name: string,
  transaction: string,
  inserted: Json[],
  deleted: Json[],
): void => {
  if (world.switched('push.lost', false)) return
  const body = writeJson({
    Inserted: inserted,
    Deleted: deleted,
    Query: name,
    CompanyId: tenant.name,
    Id: transaction,
    TimeStamp: ticksOf(world.now()),
    AdditionalInfo: { PXPerformanceInfoStartTime: new Date(world.now()).toISOString() },
  })
  const meta: Record<string, string> = push.header ? { header: push.header.name, secret: push.header.value } : {}
  for (let copy = 0; copy < world.switched('push.copies', 1); copy += 1)
    queue(world, { event: name, url: push.url, meta, body })
}
