import { z } from 'zod'
import { pay, setStatus } from './bill-state'
import type { Books } from './books'
import { removable } from './deletes'
import { showRecord } from './dump'
import { ENTITIES, ENTITY_NAMES, type EntityName } from './entities'
import type { Json } from './json'
import type { Kept } from './model'
import { EFFECTS } from './operations'
import { receiptsOf } from './order-links'
import { printed, receive, setOrderStatus } from './order-state'
import { putThrough } from './puts'
import { openRegistry } from './registry'
import { sameText, textOf } from './rows'
import type { Value } from './schema'
import { addDocument, addPlain, wrap } from './seed'
import { PreferencesSeed, PushSeed } from './seed-input'

/** What users do on the forms of one tenant. A record is named by its id or by its number (`key`). */
export type ScreenAct = (books: Books, input: unknown) => unknown

const screenAct =
  <S extends z.ZodType>(schema: S, run: (books: Books, input: z.infer<S>) => unknown): ScreenAct =>
  (books, input) =>
    run(books, schema.parse(input))

const Which = z.looseObject({ entity: z.enum(ENTITY_NAMES), key: z.string() })
const Numbered = z.looseObject({ key: z.string() })
const Plain = z.record(z.string(), z.unknown())
const Scalars = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))

const recordOf = (books: Books, name: EntityName, key: string): Kept => {
  const last = ENTITIES[name].keys.at(-1) ?? ''
  const found =
    books.of(name).get(key) ??
    books
      .of(name)
      .all()
      .find((row) => sameText(textOf(row, last), key))
  if (!found) throw new Error(`simulator: no ${name} ${key}`)
  return found
}

const shown = (books: Books, name: EntityName, row: Kept): { [field: string]: Json } =>
  showRecord(books, ENTITIES[name], row)

const hasForm = (name: EntityName) => name === 'Vendor' || name === 'Bill' || name === 'PurchaseOrder'

const create = screenAct(z.looseObject({ entity: z.enum(ENTITY_NAMES), fields: Plain }), (books, { entity, fields }) =>
  shown(
    books,
    entity,
    hasForm(entity) ? addDocument(books, entity, fields) : addPlain(books, entity, Scalars.parse(fields)),
  ),
)

const edit = screenAct(Which.extend({ changes: Plain }), (books, { entity, key, changes }) => {
  const row = recordOf(books, entity, key)
  if (hasForm(entity)) return shown(books, entity, putThrough(books, ENTITIES[entity], wrap(changes), row))
  const values: Record<string, Value> = { ...row.values, ...Scalars.parse(changes) }
  return shown(books, entity, books.save(entity, { ...row, values }))
})

const remove = screenAct(Which, (books, { entity, key }) => {
  const row = recordOf(books, entity, key)
  if (!removable(books, ENTITIES[entity], row)) throw new Error(`simulator: ${entity} ${key} cannot be deleted`)
  books.remove(entity, row)
})

/** The form's Change ID: the GUID stays, documents follow (sheet 6). */
const renameVendor = screenAct(Numbered.extend({ to: z.string() }), (books, { key, to }) => {
  const vendor = recordOf(books, 'Vendor', key)
  const before = textOf(vendor, 'VendorID')
  for (const [name, field] of [
    ['Bill', 'Vendor'],
    ['PurchaseOrder', 'VendorID'],
  ] as const)
    for (const row of books.of(name).all())
      if (textOf(row, field) === before) books.of(name).put(row.id, { ...row, values: { ...row.values, [field]: to } })
  return shown(books, 'Vendor', books.save('Vendor', { ...vendor, values: { ...vendor.values, VendorID: to } }))
})

/** Release, reverse, approve, reject: the same as through the API, at once. */
const action = (name: 'Bill' | 'PurchaseOrder', which: string): ScreenAct =>
  screenAct(Numbered, (books, { key }) => {
    const row = recordOf(books, name, key)
    const effect = EFFECTS[name][which]
    const refused = effect?.needs(books, row)
    if (!effect || refused !== undefined) throw new Error(`simulator: ${which} of ${key}: ${refused}`)
    effect.run(books, row)
    return shown(books, name, recordOf(books, name, row.id))
  })

const payBill = screenAct(Numbered.extend({ amount: z.string().optional() }), (books, { key, amount }) => {
  const bill = recordOf(books, 'Bill', key)
  if (!['Open', 'Closed'].includes(textOf(bill, 'Status'))) throw new Error(`simulator: bill ${key} is not released`)
  return shown(books, 'Bill', pay(books, bill, amount ?? textOf(bill, 'Balance')))
})

/** Any other status that users can bring about: `Voided`, `Scheduled`, `Pre-Released`, `Canceled`, … */
const status = screenAct(Which.extend({ status: z.string() }), (books, { entity, key, status: wanted }) => {
  if (entity === 'Bill') return shown(books, 'Bill', setStatus(books, recordOf(books, 'Bill', key), wanted))
  return shown(books, 'PurchaseOrder', setOrderStatus(books, recordOf(books, 'PurchaseOrder', key), wanted))
})

const sent = screenAct(Numbered, (books, { key }) =>
  shown(books, 'PurchaseOrder', printed(books, recordOf(books, 'PurchaseOrder', key))),
)

const Received = Numbered.extend({
  number: z.string(),
  lines: z.array(z.object({ line: z.number(), qty: z.string() })),
})

const receipt = screenAct(Received, (books, { key, number, lines }) => {
  const order = recordOf(books, 'PurchaseOrder', key)
  const orderNbr = textOf(order, 'OrderNbr')
  const vendor = textOf(order, 'VendorID')
  const rows = lines.map(({ line, qty }, n) => ({ line: n + 1, orderNbr, orderLine: line, qty }))
  receiptsOf(books.world, books.tenant.name).put(number, { number, vendor, lines: rows })
  return shown(books, 'PurchaseOrder', receive(books, order, new Map(lines.map(({ line, qty }) => [line, qty]))))
})

/** Preferences, periods, features, users, push definitions: what administrators change. */
const Settings = z.looseObject({
  preferences: PreferencesSeed.partial().optional(),
  closePeriod: z.string().optional(),
  subaccounts: z.boolean().optional(),
  noAccess: z.array(z.string()).optional(),
  push: z.array(PushSeed).optional(),
})

const given = (changes: object): object =>
  Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined))

const settings: ScreenAct = (books, input) => {
  const asked = z.looseObject({ preferences: Plain.optional() }).parse(input).preferences ?? {}
  const { preferences = {}, closePeriod, subaccounts, noAccess, push } = Settings.parse(input)
  const { tenant, world } = books
  const chosen = Object.fromEntries(Object.entries(given(preferences)).filter(([name]) => name in asked))
  openRegistry(world).tenants.put(tenant.name, {
    ...tenant,
    preferences: { ...tenant.preferences, ...chosen },
    periods: { ...tenant.periods, closed: [...tenant.periods.closed, ...(closePeriod ? [closePeriod] : [])] },
    features: { ...tenant.features, subaccounts: subaccounts ?? tenant.features.subaccounts },
    users: tenant.users.map((user) => ({ ...user, noAccess: noAccess ?? user.noAccess })),
    push: push ?? tenant.push,
  })
}

export const SCREEN_ACTS: Readonly<Record<string, ScreenAct>> = {
  create,
  edit,
  delete: remove,
  'rename-vendor': renameVendor,
  'release-bill': action('Bill', 'ReleaseBill'),
  'reverse-bill': action('Bill', 'ReverseBill'),
  'approve-bill': action('Bill', 'Approve'),
  'reject-bill': action('Bill', 'Reject'),
  'pay-bill': payBill,
  'approve-order': action('PurchaseOrder', 'Approve'),
  'send-order': sent,
  'receive-order': receipt,
  status,
  settings,
}
