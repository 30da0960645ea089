import { z } from 'zod'
import { type Books, must, nextId, save } from './books'
import { Body } from './fields'
import { subAccount } from './journal'
import { createEntry } from './manual-entries'
import { money } from './money'
import { IN_SCREENS } from './resources'
import type { BusinessIn } from './seed-input'

const LINES = new Set(['lines'])
const Payments = z.array(Body).default([])
const Made = z.looseObject({ id: z.int() })

/** As if it had been done at `at`. */
export const asOf = (books: Books, at: unknown): Books => {
  const moment = typeof at === 'string' ? Date.parse(at) : Number.NaN
  return Number.isNaN(moment) ? books : { ...books, now: () => moment }
}

const make = (books: Books, single: string, { at, ...body }: Body) =>
  must(IN_SCREENS[single], single).create(asOf(books, at), body, LINES)

/** What people call by name has an id in the API. */
const byName = <T extends { id: number }>(rows: T[], name: unknown, nameOf: (row: T) => string): number =>
  must(
    rows.find((row) => nameOf(row) === name || row.id === name),
    `record named ${String(name)}`,
  ).id

const swapped = (body: Body, name: string, field: string, id: (value: unknown) => number): Body => {
  const { [name]: value, ...rest } = body
  return value === undefined ? body : { ...rest, [field]: id(value) }
}

/** Names instead of ids in one record's body, as `seed` and the screens' acts take them. */
export const withIds = (books: Books, single: string, body: Body): Body => {
  const category = (value: unknown) => byName(books.categories.all(), value, (row) => row.category)
  switch (single) {
    case 'invoice':
      return swapped(body, 'client', 'customerid', (value) =>
        byName(books.clients.all(), value, (row) => row.organization),
      )
    case 'expense':
      return swapped(body, 'category', 'categoryid', category)
    case 'bill': {
      const vendor = (value: unknown) => byName(books.billVendors.all(), value, (row) => row.vendor_name)
      const lines = z.array(Body).optional().parse(body.lines)
      const own = swapped(body, 'vendor', 'vendorid', vendor)
      return lines ? { ...own, lines: lines.map((line) => swapped(line, 'category', 'categoryid', category)) } : own
    }
    default:
      return body
  }
}

export const withAccounts = (books: Books, body: Body): Body => ({
  ...body,
  details: z
    .array(Body)
    .parse(body.details)
    .map((detail) => swapped(detail, 'account', 'sub_accountid', (name) => subAccount(books, String(name)))),
})

const seedClient = (books: Books, { credit, ...body }: Body) => {
  const client = Made.parse(make(books, 'client', body))
  const { currency } = books.business()
  if (typeof credit === 'string')
    save(books.credits, { id: nextId(books, 'credit'), clientid: client.id, amount: money(credit, currency) })
  return client
}

/** With its payments; shown as it stands after them. */
const seedPaid = (books: Books, single: 'invoice' | 'bill', given: Body) => {
  const { payments, deleted, ...body } = given
  const { id } = Made.parse(make(books, single, withIds(books, single, body)))
  const owner = single === 'invoice' ? 'invoiceid' : 'billid'
  const made = Payments.parse(payments).map((payment) =>
    make(books, single === 'invoice' ? 'payment' : 'bill_payment', { [owner]: id, ...payment }),
  )
  const kind = must(IN_SCREENS[single], single)
  if (deleted === true) kind.update(books, String(id), { vis_state: 1 }, LINES)
  return { ...kind.get(books, String(id), LINES), payments: made }
}

export const seedRecords = (books: Books, given: BusinessIn) => ({
  categories: given.categories.map((one) => make(books, 'category', one)),
  taxes: given.taxes.map((one) => make(books, 'tax', one)),
  items: given.items.map((one) => make(books, 'item', one)),
  clients: given.clients.map((one) => seedClient(books, one)),
  invoices: given.invoices.map((one) => seedPaid(books, 'invoice', one)),
  billVendors: given.billVendors.map((one) => make(books, 'bill_vendor', one)),
  bills: given.bills.map((one) => seedPaid(books, 'bill', one)),
  expenses: given.expenses.map((one) => make(books, 'expense', withIds(books, 'expense', one))),
  journalEntries: given.journalEntries.map(({ at, ...one }) => createEntry(asOf(books, at), withAccounts(books, one))),
})
