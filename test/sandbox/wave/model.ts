import type { Collection, Store } from '../store'
import type { WorldContext } from '../vendor'
import type { Application, Grant, Registration, Token } from './grants'
import type { Kind, MoneyTransaction, Records } from './records'

/** All that the vendor holds. */
export interface Book {
  world: WorldContext
  records: { [K in Kind]: Collection<Records[K]> }
  transactions: Collection<MoneyTransaction>
  tokens: Collection<Token>
  grants: Collection<Grant>
  applications: Collection<Application>
  registrations: Collection<Registration>
}

export const openBook = (world: WorldContext): Book => {
  const { store } = world
  return {
    world,
    records: openRecords(store),
    transactions: store.collection('transactions'),
    tokens: store.collection('tokens'),
    grants: store.collection('grants'),
    applications: store.collection('applications'),
    registrations: store.collection('registrations'),
  }
}

const openRecords = (store: Store): Book['records'] => ({
  Business: store.collection('businesses'),
  Account: store.collection('accounts'),
  Customer: store.collection('customers'),
  Vendor: store.collection('vendors'),
  Product: store.collection('products'),
  SalesTax: store.collection('salesTaxes'),
  Invoice: store.collection('invoices'),
  InvoicePayment: store.collection('payments'),
})

/** `modifiedAt` rises by a millisecond at least on each change, however slow the clock. */
export const risen = (world: WorldContext, before?: string): string => {
  const floor = before === undefined ? 0 : Date.parse(before) + 1
  return new Date(Math.max(world.now(), floor)).toISOString()
}

const calendars = new Map<string, Intl.DateTimeFormat>()

const calendar = (timeZone: string): Intl.DateTimeFormat => {
  const made =
    calendars.get(timeZone) ??
    new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
  calendars.set(timeZone, made)
  return made
}

/** Today where the business is. */
export const today = (book: Book, business: string): string =>
  calendar(book.records.Business.get(business)?.timezone ?? 'UTC').format(new Date(book.world.now()))

/** A record that another record surely points at. */
export const got = <T>(found: T | undefined, what: string): T => {
  if (found === undefined) throw new Error(`simulator: ${what} is gone`)
  return found
}
