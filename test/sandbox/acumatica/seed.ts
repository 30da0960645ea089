import type { WorldContext } from '../vendor'
import { type Books, newRecord, openBooks, silently } from './books'
import { showRecord } from './dump'
import { ENTITIES, type Entity, type EntityName } from './entities'
import { startGrant } from './grants'
import type { Json } from './json'
import type { Kept, Row } from './model'
import { putThrough } from './puts'
import { keepInstance, openRegistry } from './registry'
import type { Value } from './schema'
import { GrantSeed, Seed, type TenantSeed } from './seed-input'

/** Straight into the books: nothing is pushed. Answers what was made, as plain fields. */
export const seed = (world: WorldContext, input: unknown) => {
  const { instance, tenants, apps, grants } = Seed.parse(input ?? {})
  keepInstance(world, instance)
  for (const app of apps) openRegistry(world).apps.put(app.clientId, app)
  const made = tenants.map((tenant) => seedTenant(world, tenant))
  return { instance, apps, tenants: made, grants: grants.map((grant) => seedGrant(world, grant)) }
}

export const seedGrant = (world: WorldContext, input: unknown) => {
  const { clientId, user, scopes, accessToken, refreshToken, expiresIn } = GrantSeed.parse(input ?? {})
  const { apps, grants, tokens } = openRegistry(world)
  const app = apps.get(clientId)
  if (!app) throw new Error(`simulator: no connected application ${clientId}`)
  const live = grants.all().find((one) => one.refreshToken === refreshToken && one.ended === null)
  const grant = live ?? startGrant(world, app, user, scopes, refreshToken)
  tokens.put(accessToken, { token: accessToken, grant: grant.id, expiresAt: world.now() + expiresIn * 1000 })
  return { clientId, user, accessToken, refreshToken: grant.refreshToken }
}

const seedTenant = (world: WorldContext, tenant: TenantSeed) => {
  openRegistry(world).tenants.put(tenant.name, tenant)
  const books = openBooks(world, tenant.name, { announced: silently })
  for (const row of tenant.accounts) addOnce(books, 'Account', row.AccountCD, row)
  for (const row of tenant.subaccounts) addOnce(books, 'Subaccount', row.SubaccountCD, row)
  for (const row of tenant.vendorClasses) addOnce(books, 'VendorClass', row.ClassID, row)
  const laid = (name: EntityName, rows: object[]) =>
    rows.map((row) => shown(books, name, addDocument(books, name, row)))
  return {
    name: tenant.name,
    Vendor: laid('Vendor', tenant.vendors),
    PurchaseOrder: laid('PurchaseOrder', tenant.purchaseOrders),
    Bill: laid('Bill', tenant.bills),
  }
}

const shown = (books: Books, name: EntityName, row: Kept): Json => showRecord(books, ENTITIES[name], row)

interface PlainRow {
  [name: string]: Value | undefined
}

/** A tenant that is seeded again keeps its lists. */
const addOnce = (books: Books, name: EntityName, key: string, row: PlainRow): void => {
  if (!books.byKeys(ENTITIES[name], [key])) addPlain(books, name, row)
}

/** The chart of accounts and the other lists have no form here. */
export const addPlain = (books: Books, name: EntityName, { id, ...fields }: PlainRow): Kept => {
  const values = Object.fromEntries(
    Object.entries(fields).map(([field, value]): [string, Value] => [field, value ?? null]),
  )
  const own = typeof id === 'string' ? { id: id.toLowerCase() } : {}
  return books.save(name, { ...newRecord(books.world), ...own, values })
}

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** `{VendorID: 'A', MainContact: {Email: 'x'}}` as the API wants it: each value in an object of its own. */
export const wrap = (plain: object): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(plain).map(([name, value]) => {
      if (Array.isArray(value)) return [name, value.map((one: unknown) => (isPlain(one) ? wrap(one) : one))]
      if (name === 'id' || name === 'custom' || name === 'delete') return [name, value]
      return [name, isPlain(value) ? wrap(value) : { value }]
    }),
  )

/** Seeds may choose id, number and status, which callers cannot. */
const ownOf = (entity: Entity, plain: Record<string, unknown>): Partial<Row> => {
  const names = ['Status', entity.keys.at(-1) ?? '']
  const values = Object.fromEntries(
    names.flatMap((name): [string, Value][] => (typeof plain[name] === 'string' ? [[name, plain[name]]] : [])),
  )
  return { values, ...(typeof plain.id === 'string' ? { id: plain.id.toLowerCase() } : {}) }
}

export const addDocument = (books: Books, name: EntityName, plain: object): Kept => {
  const entity = ENTITIES[name]
  return putThrough(books, entity, wrap(plain), undefined, ownOf(entity, { ...plain }))
}
