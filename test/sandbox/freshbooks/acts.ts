import { z } from 'zod'
import type { WorldContext } from '../vendor'
import { type Books, must, openBooks, save, touched } from './books'
import { callbackById, sendAgain } from './callbacks'
import { decided } from './consent'
import { identityOf, openDirectory } from './directory'
import { releaseDue, reported } from './events'
import { Body } from './fields'
import { atStage, invoices } from './invoices'
import { createEntry, editEntry } from './manual-entries'
import { revokeApplication } from './oauth'
import { found, settle } from './resource'
import { IN_SCREENS } from './resources'
import type { Invoice } from './sales-shapes'
import { ALL_SCOPES } from './scopes'
import { CLIENT_ID, REDIRECT_URI } from './seed-input'
import { withAccounts, withIds } from './seed-records'

type Act = (books: Books, input: unknown) => unknown

const act =
  <S extends z.ZodType>(schema: S, run: (books: Books, input: z.infer<S>) => unknown): Act =>
  (books, input) =>
    run(books, schema.parse(input))

const LINES = new Set(['lines'])
const ById = z.object({ id: z.coerce.string() })

/** `create-<single>`, `edit-…`, `delete-…`, `archive-…`, `restore-…` for every kind of record. */
const screens = (): Record<string, Act> => {
  const acts: Record<string, Act> = {}
  for (const [single, kind] of Object.entries(IN_SCREENS)) {
    acts[`create-${single}`] = act(Body, (books, { accountId: _, ...body }) =>
      kind.create(books, withIds(books, single, body), LINES),
    )
    acts[`edit-${single}`] = act(ById.extend({ changes: Body }), (books, { id, changes }) =>
      kind.update(books, id, withIds(books, single, changes), LINES),
    )
    for (const [verb, vis_state] of [
      ['delete', 1],
      ['archive', 2],
      ['restore', 0],
    ] as const)
      acts[`${verb}-${single}`] = act(ById, (books, { id }) => kind.update(books, id, { vis_state }, LINES))
  }
  acts['delete-tax'] = act(ById, (books, { id }) => must(IN_SCREENS.tax, 'tax').erase(books, id))
  return acts
}

/** By id or number. */
const invoiceMeant = (books: Books, words: string): Invoice =>
  books.invoices.all().find(({ invoice_number }) => invoice_number === words) ?? found(books, invoices, words)

const OfInvoice = z.object({ invoice: z.coerce.string() })

const staged = (stage: Invoice['stage']): Act =>
  act(OfInvoice, (books, { invoice }) => {
    const before = invoiceMeant(books, invoice)
    const row = touched(books, atStage(books, before, stage))
    return invoices.view(books, settle(books, invoices, row, 'update', before), LINES)
  })

const autobill = act(OfInvoice.extend({ outcome: z.enum(['retry', 'failed', 'success']) }), (books, input) => {
  const before = invoiceMeant(books, input.invoice)
  const row = touched(books, { ...before, autobill: input.outcome })
  return invoices.view(books, settle(books, invoices, row, 'update', before), LINES)
})

const Pay = OfInvoice.extend({
  amount: z.string(),
  date: z.string().optional(),
  type: z.string().default('Check'),
  note: z.string().optional(),
  from_credit: z.boolean().default(false),
})

const pay = act(Pay, (books, { invoice: words, amount, date, ...rest }) => {
  const invoice = invoiceMeant(books, words)
  const body = { ...rest, invoiceid: invoice.id, date: date ?? invoice.create_date }
  const paid = { amount, code: invoice.currency_code }
  return must(IN_SCREENS.payment, 'payment').create(books, { ...body, amount: paid }, LINES)
})

const entryById = (books: Books, id: number) =>
  must(
    books.entries.all().find((one) => one.id === id && one.source.startsWith('manual/')),
    `manual entry ${id}`,
  )

const Entry = z.object({ id: z.int() })
const Switch = z.object({ on: z.boolean() })
const OfCallback = z.object({ id: z.int() })

const business = (books: Books, changes: object) =>
  books.directory.businesses.put(String(books.business().id), { ...books.business(), ...changes })

/** Without an `id`, all that are on their way. */
const Report = z.object({ id: z.string().optional(), status: z.int(), ms: z.number().default(50) })

const ACTS: Record<string, Act> = {
  ...screens(),
  'send-invoice': staged(2),
  'view-invoice': staged(3),
  'dispute-invoice': staged(0),
  'autobill-invoice': autobill,
  'pay-invoice': pay,
  'create-journal-entry': act(Body, (books, body) => createEntry(books, withAccounts(books, body))),
  'edit-journal-entry': act(Entry.extend({ changes: Body }), (books, { id, changes }) =>
    editEntry(books, entryById(books, id), 'details' in changes ? withAccounts(books, changes) : changes),
  ),
  'delete-journal-entry': act(Entry, (books, { id }) => books.entries.delete(entryById(books, id).source)),
  'set-accounts-payable': act(Switch, (books, { on }) => business(books, { accountsPayable: on })),
  'set-manual-journal': act(Switch, (books, { on }) => business(books, { manualJournal: on })),
  /** The plan lapses, or is paid for again. */
  'set-active': act(Switch, (books, { on }) => business(books, { active: on })),
  'disable-callback': act(OfCallback, (books, { id }) =>
    save(books.callbacks, { ...callbackById(books, id), verified: false }),
  ),
  'resend-callback': act(OfCallback, (books, { id }) => sendAgain(books, callbackById(books, id))),
  notifications: (books) => books.notifications.all(),
  'report-delivery': act(Report, (books, { id, status, ms }) =>
    books.notifications
      .all()
      .filter((one) => one.state === 'sent' && (id ?? one.id) === one.id)
      .map((one) => reported(books, one, status, ms)),
  ),
}

const Person = z.object({ identity: z.string().optional(), clientId: z.string().default(CLIENT_ID) })
const Consent = Person.extend({
  redirectUri: z.string().default(REDIRECT_URI),
  scopes: z.array(z.string()).default(ALL_SCOPES),
  state: z.string().nullable().default(null),
  approve: z.boolean().default(true),
})

/** What concerns a person, not an account. */
const personal = (world: WorldContext, action: string, input: unknown): unknown => {
  const directory = openDirectory(world)
  const who = Person.parse(input)
  const identity = must(identityOf(directory, who.identity), 'identity')
  if (action === 'revoke-app') return revokeApplication(directory, identity.id, who.clientId).length
  const { redirectUri, scopes, state, approve } = Consent.parse(input)
  const application = must(directory.applications.get(who.clientId), 'application')
  const asked = { application, redirectUri, scopes, state, challenge: null }
  return { location: decided(directory, asked, identity, approve) }
}

export const perform = (world: WorldContext, action: string, input: unknown): unknown => {
  releaseDue(world)
  if (action === 'consent' || action === 'revoke-app') return personal(world, action, input ?? {})
  const run = ACTS[action]
  if (!run) throw new Error(`no action ${action}`)
  const { accountId } = z.looseObject({ accountId: z.string().optional() }).parse(input ?? {})
  const accounts = openDirectory(world)
    .businesses.all()
    .flatMap((one) => one.accountId ?? [])
  return run(openBooks(world, must(accountId ?? accounts[0], 'account: seed first')), input ?? {})
}
