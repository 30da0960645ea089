import type { WorldContext } from '../vendor'
import { type Books, openBooks } from './books'
import { ENTITIES, ENTITY_NAMES, type Entity } from './entities'
import { Digits, type Json } from './json'
import type { Kept } from './model'
import { waitingPushes } from './outbox'
import { instanceOf, openRegistry } from './registry'
import { wholeOf, writeRecord } from './view'

/** Without `{value}` around each field; decimals as text. Ids, numbers and texts stay as they are. */
const unwrapped = (value: Json): Json => {
  if (value instanceof Digits) return value.text
  if (Array.isArray(value)) return value.map(unwrapped)
  if (typeof value !== 'object' || value === null) return value
  const names = Object.keys(value)
  if (names.length === 0) return null
  if (names.length === 1 && value.value !== undefined) return unwrapped(value.value)
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, unwrapped(one)]))
}

/** A record with everything in it, as plain fields: for seeds' answers and for comparison in tests. */
export const showRecord = (books: Books, entity: Entity, row: Kept): { [name: string]: Json } => {
  const scene = { books, entity, base: '', version: '24.200.001', custom: [] }
  const { _links, custom, rowNumber, ...fields } = writeRecord(scene, row, wholeOf(entity.shape))
  const plain = Object.entries(fields).map(([name, value]): [string, Json] => [name, unwrapped(value)])
  const files = row.files.map(({ filename, comment }) => ({ filename, comment }))
  return { ...Object.fromEntries(plain), custom: JSON.parse(JSON.stringify(row.custom)), files }
}

const dumpTenant = (world: WorldContext, name: string) => {
  const books = openBooks(world, name)
  const lists = ENTITY_NAMES.map((entity): [string, Json] => [
    entity,
    books
      .of(entity)
      .all()
      .map((row) => showRecord(books, ENTITIES[entity], row)),
  ])
  const { accounts, subaccounts, vendorClasses, vendors, purchaseOrders, bills, ...settings } = books.tenant
  return { ...settings, ...Object.fromEntries(lists), files: books.files.all() }
}

/** Everything: each tenant's records, and what the server holds beside them. */
export const dump = (world: WorldContext) => {
  const { tenants, apps, grants, tokens, codes, sessions, operations } = openRegistry(world)
  return {
    instance: instanceOf(world),
    tenants: tenants.all().map(({ name }) => dumpTenant(world, name)),
    apps: apps.all(),
    grants: grants.all(),
    tokens: tokens.all(),
    codes: codes.all(),
    sessions: sessions.all(),
    operations: operations.all(),
    outbox: waitingPushes(world),
  }
}
