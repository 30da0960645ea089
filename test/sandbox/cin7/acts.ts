import { z } from 'zod'
import type { WorldContext } from '../vendor'
import { minus } from './arithmetic'
import { type Books, companies, openBooks } from './books'
import { refusal } from './errors'
import { saleEvent } from './events'
import type { Party } from './model'
import { shelfOf, writeParty } from './parties'
import { partyView, type Role } from './party-view'
import { undoInvoice, voidInvoice } from './sale-invoices'
import type { Sale } from './sale-model'
import { deletePayment, postPayment } from './sale-payments'
import { paidOn, totalsOf } from './sale-state'
import { paymentView, saleView } from './sale-view'
import { changeSale, saleById, saleOfTask, saveSale, undoSale, voidSale } from './sales'
import { today } from './stamps'

type Act = (books: Books, input: unknown) => unknown

const act =
  <S extends z.ZodType>(schema: S, run: (books: Books, input: z.infer<S>) => unknown): Act =>
  (books, input) =>
    run(books, schema.parse(input))

/** By ID, by number (`SO-00001`) or by ExternalID. */
const findSale = (books: Books, key: string): Sale => {
  const matches = ({ number, header }: Sale) => number === key || header.ExternalID === key
  return books.sales.all().find(matches) ?? saleById(books, key)
}

const findParty = (books: Books, role: Role, key: string): Party => {
  const party =
    shelfOf(books, role).get(key) ??
    shelfOf(books, role)
      .all()
      .find(({ Name }) => Name === key)
  if (!party) throw refusal(`no ${role} ${key}`)
  return party
}

const view = (books: Books, sale: Sale) => saleView(books, sale, false)

const OfSale = z.object({ sale: z.string() })
const OfTask = z.object({ taskId: z.string() })
const OfParty = z.object({ id: z.string() })
const Changes = z.record(z.string(), z.unknown()).default({})

const edit = (role: Role): Act =>
  act(OfParty.extend({ changes: Changes }), (books, { id, changes }) =>
    partyView(writeParty(books, role, changes, findParty(books, role, id))),
  )

const deprecate = (role: Role): Act =>
  act(OfParty, (books, { id }) =>
    partyView(writeParty(books, role, { Status: 'Deprecated' }, findParty(books, role, id))),
  )

const accountStatus = (Status: string): Act =>
  act(z.object({ code: z.string() }), (books, { code }) => {
    const account = books.accounts.get(code)
    if (!account) throw refusal(`no account ${code}`)
    return books.accounts.save(code, { ...account, Status })
  })

const Pick = OfSale.extend({
  picking: z.enum(['NOT PICKED', 'PICKING', 'PICKED']).default('PICKED'),
  packing: z.enum(['NOT PACKED', 'PACKING', 'PACKED']).optional(),
  shipping: z.enum(['NOT SHIPPED', 'SHIPPING', 'SHIPPED']).optional(),
})

const pick = act(Pick, (books, { sale: key, picking, packing, shipping }) => {
  const sale = findSale(books, key)
  const words = { picking, packing: packing ?? sale.packing, shipping: shipping ?? sale.shipping }
  const saved = saveSale(books, { ...sale, ...words })
  if (picking === 'PICKED' && sale.picking !== 'PICKED') saleEvent(books, 'Sale/PickAuthorised', saved)
  return view(books, saved)
})

const PayInvoice = OfTask.extend({
  amount: z.coerce.string().optional(),
  account: z.string().default('718'),
  date: z.string().optional(),
  reference: z.string().default(''),
})

/** In full unless an amount is given. */
const pay = act(PayInvoice, (books, { taskId, amount, account, date, reference }) => {
  const sale = saleOfTask(books, taskId)
  const invoice = sale?.invoices.find(({ TaskID }) => TaskID === taskId)
  if (!sale || !invoice) throw refusal(`no invoice ${taskId}`)
  const body = {
    TaskID: taskId,
    Type: 'Payment',
    Amount: amount ?? minus(totalsOf(books, sale, invoice).Total, paidOn(sale, invoice)),
    DatePaid: date ?? today(books.world.now()),
    Account: account,
    CurrencyRate: sale.currencyRate,
    Reference: reference,
  }
  return paymentView(...postPayment(books, body))
})

const named = <T extends { ID: string; Name: string }>(rows: T[], name: string): T => {
  const row = rows.find(({ ID, Name }) => ID === name || Name === name)
  if (!row) throw refusal(`nothing named ${name}`)
  return row
}

const Named = z.object({ name: z.string(), active: z.boolean().default(false) })

/** What users do in the vendor's screens; inputs are listed in index.ts. */
const ACTS: Record<string, Act> = {
  'edit-sale': act(OfSale.extend({ changes: Changes }), (books, { sale, changes }) =>
    view(books, changeSale(books, { ...changes, ID: findSale(books, sale).ID })),
  ),
  'pick-sale': pick,
  'void-sale': act(OfSale, (books, { sale }) => view(books, voidSale(books, findSale(books, sale)))),
  'undo-sale': act(OfSale, (books, { sale }) => view(books, undoSale(books, findSale(books, sale)))),
  'void-invoice': act(OfTask, (books, { taskId }) => view(books, voidInvoice(books, taskId)[0])),
  'undo-invoice': act(OfTask, (books, { taskId }) => view(books, undoInvoice(books, taskId)[0])),
  'pay-invoice': pay,
  'delete-payment': act(OfParty, (books, { id }) => view(books, deletePayment(books, id))),
  'edit-customer': edit('customer'),
  'edit-supplier': edit('supplier'),
  'deprecate-customer': deprecate('customer'),
  'deprecate-supplier': deprecate('supplier'),
  'deactivate-account': accountStatus('ARCHIVED'),
  'activate-account': accountStatus('ACTIVE'),
  'set-term-active': act(Named, (books, { name, active }) => {
    const term = named(books.terms.all(), name)
    return books.terms.save(term.ID, { ...term, IsActive: active })
  }),
  'set-tax-active': act(Named, (books, { name, active }) => {
    const rule = named(books.taxes.all(), name)
    return books.taxes.save(rule.ID, { ...rule, IsActive: active })
  }),
  'set-lock-date': act(z.object({ date: z.string().nullable() }), (books, { date }) => {
    const LockDate = date === null ? null : `${date.slice(0, 10)}T00:00:00`
    return books.saveCompany({ me: { ...books.company().me, LockDate } }).me
  }),
  'set-keys': act(z.object({ applicationKeys: z.array(z.string().toLowerCase()) }), (books, { applicationKeys }) =>
    books.saveCompany({ applicationKeys }),
  ),
  'connect-ledger': act(z.object({ on: z.boolean().default(true) }), (books, { on }) =>
    books.saveCompany({ ledgerConnected: on }),
  ),
  /** The vendor gave up on a hook after six tries: silently inactive (sheet 11). */
  'fail-webhook': act(z.object({ id: z.string().optional() }), (books, { id }) =>
    books.hooks
      .all()
      .filter(({ ID }) => (id ?? ID) === ID)
      .map((hook) => books.hooks.save(hook.ID, { ...hook, IsActive: false })),
  ),
}

export const perform = (world: WorldContext, action: string, input: unknown): unknown => {
  const run = ACTS[action]
  if (!run) throw new Error(`no action ${action}`)
  const { accountId } = z.looseObject({ accountId: z.string().optional() }).parse(input ?? {})
  const id = accountId ?? companies(world).all()[0]?.accountId
  if (id === undefined) throw new Error('no Cin7 company: seed first')
  return run(openBooks(world, id.toLowerCase()), input ?? {})
}
