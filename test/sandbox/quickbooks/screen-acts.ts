import { z } from 'zod'
import { openBalance, post } from './balances'
import type { Books } from './books'
import { entityNamed, isTxn } from './entities'
import { recordOf } from './identity'
import { ListFields } from './list-schema'
import type { EntityName, ListName } from './model'
import { big, cents } from './money'
import { Body, sameContent } from './read-body'
import { addToList, completed } from './seed'
import { pacificDay } from './stamps'
import { createTxn, removeTxn, updateTxn } from './transactions'
import { createVendor, updateVendor } from './vendors'
import { type View, viewOf } from './views'

/** What a user of the company does in QuickBooks itself. */
export type ScreenAct = (books: Books, input: unknown) => unknown

export const screenAct =
  <S extends z.ZodType>(schema: S, run: (books: Books, input: z.infer<S>) => unknown): ScreenAct =>
  (books, input) =>
    run(books, schema.parse(input))

const Entity = z.string().transform((name, context): EntityName => {
  const found = entityNamed(name)
  if (found) return found
  context.addIssue(`no entity ${name}`)
  return z.NEVER
})

const One = z.looseObject({ entity: Entity, id: z.string() })
const ListRow = ListFields.extend({ Id: z.string().optional(), CurrentBalance: z.number().default(0) })

const create = screenAct(z.looseObject({ entity: Entity, fields: Body }), (books, { entity, fields }) => {
  if (entity === 'Vendor') return viewOf(books, entity, createVendor(books, fields))
  if (isTxn(entity)) return viewOf(books, entity, createTxn(books, entity, fields, { allowDuplicate: true }))
  return viewOf(books, entity, addToList(books, entity, ListRow.parse(fields)))
})

/** The named fields change, the others stay; whole lines are given where `Line` is. */
const editRecord = (books: Books, entity: EntityName, id: string, changes: Body): View => {
  const { syncToken } = recordOf(books, entity, id)
  const body = { ...changes, Id: id, SyncToken: String(syncToken), sparse: true }
  if (entity === 'Vendor') return viewOf(books, entity, updateVendor(books, body))
  if (!isTxn(entity)) return editList(books, entity, id, changes)
  const { VendorRef } = recordOf(books, entity, id).fields
  const kept = updateTxn(books, entity, { VendorRef, ...body }, { allowDuplicate: true })
  return viewOf(books, entity, kept)
}

const editList = (books: Books, entity: ListName, id: string, changes: Body): View => {
  const old = recordOf(books, entity, id)
  const { FullyQualifiedName: _, ...before } = old.fields
  const fields = completed(books, entity, ListFields.parse({ ...before, ...changes }))
  return viewOf(books, entity, sameContent(fields, old.fields) ? old : books.change(entity, old, { fields }))
}

const edit = screenAct(One.extend({ changes: Body }), (books, { entity, id, changes }) =>
  editRecord(books, entity, id, changes),
)

/** Name lists are made inactive and renamed, never deleted (sheet 8). */
const deactivate = screenAct(One, (books, { entity, id }) => {
  if (isTxn(entity)) throw new Error('simulator: transactions are deleted, not deactivated')
  if (entity === 'Vendor') return editRecord(books, entity, id, { Active: false })
  const { Name, DisplayName } = recordOf(books, entity, id).fields
  const renamed = {
    ...(Name === undefined ? {} : { Name: `${Name} (deleted)` }),
    ...(DisplayName === undefined ? {} : { DisplayName: `${DisplayName} (deleted)` }),
  }
  return editRecord(books, entity, id, { ...renamed, Active: false })
})

const activate = screenAct(One, (books, { entity, id }) => editRecord(books, entity, id, { Active: true }))

/** A user may delete what is linked or paid: the screen unlinks it. */
const remove = screenAct(One, (books, { entity, id }) => {
  if (!isTxn(entity)) throw new Error('simulator: name lists are deactivated, not deleted')
  removeTxn(books, entity, recordOf(books, entity, id))
})

const Payment = z.looseObject({ id: z.string(), amount: z.number().optional(), date: z.string().optional() })

/** Raises the bill's SyncToken ([R] sheet 6). Without an amount: all that is open. */
const payBill = screenAct(Payment, (books, { id, amount, date }) => {
  const old = recordOf(books, 'Bill', id)
  const payment = {
    id: books.freshId('Bill'),
    amount: amount ?? openBalance(old),
    date: date ?? pacificDay(books.world.now()),
  }
  const paid = books.change('Bill', old, { payments: [...old.payments, payment] })
  post(books, 'Bill', old, paid)
  return viewOf(books, 'Bill', paid)
})

const unpayBill = screenAct(z.looseObject({ id: z.string() }), (books, { id }) => {
  const old = recordOf(books, 'Bill', id)
  const unpaid = books.change('Bill', old, { payments: [] })
  post(books, 'Bill', old, unpaid)
  return viewOf(books, 'Bill', unpaid)
})

const Merge = z.looseObject({ from: z.string(), into: z.string() })

/** `from` goes up in `into`: its transactions follow, and it is gone. What the API then says to its id is inferred. */
const mergeVendors = screenAct(Merge, (books, { from, into }) => {
  const [gone, kept] = [recordOf(books, 'Vendor', from), recordOf(books, 'Vendor', into)]
  for (const entity of ['Bill', 'PurchaseOrder', 'VendorCredit'] as const)
    for (const txn of books.of(entity).all())
      if (txn.fields.VendorRef.value === from)
        books.of(entity).put(txn.id, { ...txn, fields: { ...txn.fields, VendorRef: { value: into } } })
  books.of('Vendor').delete(from)
  books.nudge('Vendor', into, cents(big(gone.balance).plus(kept.balance)))
  books.tell({ name: 'Vendor', id: into, operation: 'Merge', deletedId: from })
  return viewOf(books, 'Vendor', recordOf(books, 'Vendor', into))
})

const Settings = z
  .strictObject({
    companyName: z.string(),
    bookCloseDate: z.string().nullable(),
    customTxnNumbers: z.boolean(),
    classTracking: z.enum(['off', 'transaction', 'line']),
    trackDepartments: z.boolean(),
    warnDuplicateBills: z.boolean(),
    multicurrency: z.boolean(),
    plan: z.enum(['essentials', 'plus']),
    status: z.enum(['active', 'suspended']),
  })
  .partial()

const settings = screenAct(z.looseObject({ changes: Settings }), (books, { changes }) => {
  const given = Object.entries(changes).filter(([, value]) => value !== undefined)
  return books.changeRealm(Object.fromEntries(given))
})

export const SCREEN_ACTS: Record<string, ScreenAct> = {
  create,
  edit,
  deactivate,
  activate,
  delete: remove,
  'pay-bill': payBill,
  'unpay-bill': unpayBill,
  'merge-vendors': mergeVendors,
  settings,
}
