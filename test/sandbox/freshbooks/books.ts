import type { Collection } from '../store'
import type { WorldContext } from '../vendor'
import { type Business, type Directory, openDirectory } from './directory'
import type { Callback, Notification } from './hooks'
import type { Account, Entry } from './ledger-shapes'
import type { Bill, BillPayment, BillVendor, Category, Expense } from './purchase-shapes'
import type { Base, Client, Credit, Invoice, Item, Payment, Tax } from './sales-shapes'
import { dayIn } from './stamps'

/** Numbers of different kinds never look alike, so that a mixed-up id is not found. */
const FIRST = {
  client: 56_000,
  invoice: 980_000,
  payment: 235_000,
  credit: 41_000,
  item: 4_300,
  tax: 7_800,
  bill: 1_600,
  billLine: 12_000,
  billPayment: 1_400_000,
  billVendor: 300,
  expense: 70_000,
  category: 650_000,
  journalAccount: 4_550_000,
  subAccount: 12_100_000,
  entry: 629_000,
  manual: 1,
  detail: 1_313_000,
  callback: 2_000,
}

/** All records of one account. */
export interface Books {
  world: WorldContext
  directory: Directory
  accountId: string
  now(): number
  /** The business as it is now. */
  business(): Business
  clients: Collection<Client>
  invoices: Collection<Invoice>
  payments: Collection<Payment>
  credits: Collection<Credit>
  items: Collection<Item>
  taxes: Collection<Tax>
  bills: Collection<Bill>
  billPayments: Collection<BillPayment>
  billVendors: Collection<BillVendor>
  expenses: Collection<Expense>
  categories: Collection<Category>
  accounts: Collection<Account>
  entries: Collection<Entry>
  callbacks: Collection<Callback>
  notifications: Collection<Notification>
}

const businessOf = (directory: Directory, accountId: string): Business => {
  const found = directory.businesses.all().find((business) => business.accountId === accountId)
  if (!found) throw new Error(`FreshBooks simulator: no account ${accountId}`)
  return found
}

export const openBooks = (world: WorldContext, accountId: string): Books => {
  const kept = <T>(kind: string): Collection<T> => world.store.collection<T>(`${accountId}/${kind}`)
  const directory = openDirectory(world)
  return {
    world,
    directory,
    accountId,
    now: world.now,
    business: () => businessOf(directory, accountId),
    clients: kept('client'),
    invoices: kept('invoice'),
    payments: kept('payment'),
    credits: kept('credit'),
    items: kept('item'),
    taxes: kept('tax'),
    bills: kept('bill'),
    billPayments: kept('bill-payment'),
    billVendors: kept('bill-vendor'),
    expenses: kept('expense'),
    categories: kept('category'),
    accounts: kept('account'),
    entries: kept('entry'),
    callbacks: kept('callback'),
    notifications: kept('notification'),
  }
}

/** Ids grow, with gaps (sheet 9.12). */
export const nextId = ({ world }: Books, kind: keyof typeof FIRST): number => {
  const n = world.store.next(`id/${kind}`)
  return FIRST[kind] + 3 * n + (n % 2)
}

const serial = ({ world }: Books): number => world.store.next('serial', 137)

export const fresh = (books: Books, kind: keyof typeof FIRST): Base => {
  const at = books.now()
  return { id: nextId(books, kind), vis_state: 0, createdAt: at, updatedAt: at, serial: serial(books) }
}

/** The same record with a new `updated` and `version`. */
export const touched = <T extends Base>(books: Books, row: T): T => ({
  ...row,
  updatedAt: books.now(),
  serial: serial(books),
})

export const save = <T extends { id: number }>(rows: Collection<T>, row: T): T => rows.put(String(row.id), row)

export const today = (books: Books): string => dayIn(books.now(), books.business().timezone)

/** For what the simulator itself must have; a miss is a mistake of ours. */
export const must = <T>(found: T | undefined, what: string): T => {
  if (found === undefined) throw new Error(`FreshBooks simulator: no ${what}`)
  return found
}
