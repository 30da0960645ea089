import { z } from 'zod'
import type { WorldContext } from '../vendor'
import { type Act, act } from './acting'
import { type Books, companies, openBooks } from './books'
import { refusal } from './errors'
import { FINANCE_ACTS } from './finance/acts'
import type { Party } from './model'
import { shelfOf, writeParty } from './parties'
import { partyView, type Role } from './party-view'
import { PURCHASE_ACTS } from './purchases/acts'
import { SALE_ACTS } from './sale-acts'
import { failDelivery, retryDeliveries } from './send'

const findParty = (books: Books, role: Role, key: string): Party => {
  const party =
    shelfOf(books, role).get(key) ??
    shelfOf(books, role)
      .all()
      .find(({ Name }) => Name === key)
  if (!party) throw refusal(`no ${role} ${key}`)
  return party
}

const OfParty = z.object({ id: z.string() })
const Changes = z.record(z.string(), z.unknown()).default({})

const create = (role: Role): Act =>
  act(z.object({ fields: z.record(z.string(), z.unknown()) }), (books, { fields }) =>
    partyView(writeParty(books, role, fields)),
  )

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

const named = <T extends { ID: string; Name: string }>(rows: T[], name: string): T => {
  const row = rows.find(({ ID, Name }) => ID === name || Name === name)
  if (!row) throw refusal(`nothing named ${name}`)
  return row
}

const Named = z.object({ name: z.string(), active: z.boolean().default(false) })

/** What users do in the vendor's screens; inputs are listed in index.ts. */
const ACTS: Record<string, Act> = {
  ...SALE_ACTS,
  ...PURCHASE_ACTS,
  ...FINANCE_ACTS,
  'create-customer': create('customer'),
  'create-supplier': create('supplier'),
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
  /** The receiver did not take this body: it comes again after 5, 10, … minutes, six tries in all (sheet 11). */
  'fail-delivery': act(z.object({ event: z.string(), body: z.string() }), (books, { event, body }) =>
    books.hooks
      .all()
      .filter(({ Type, IsActive }) => Type === event && IsActive)
      .map((hook) => failDelivery(books, hook, body)),
  ),
  'retry-deliveries': act(z.object({}), (books) => ({ sent: retryDeliveries(books) })),
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
  const { accountId: _, ...own } = z.looseObject({}).parse(input ?? {})
  return run(openBooks(world, id.toLowerCase()), own)
}
