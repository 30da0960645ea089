import type { WorldContext } from '../vendor'
import { openBooks } from './books'
import { openDirectory } from './directory'
import { IN_SCREENS } from './resources'

const ALL = new Set(['lines'])

const dumpAccount = (world: WorldContext, accountId: string) => {
  const books = openBooks(world, accountId)
  const rows = {
    invoices: books.invoices,
    payments: books.payments,
    clients: books.clients,
    items: books.items,
    taxes: books.taxes,
    bills: books.bills,
    bill_payments: books.billPayments,
    bill_vendors: books.billVendors,
    expenses: books.expenses,
    categories: books.categories,
  }
  const shown = Object.values(IN_SCREENS).map(({ plural, get }) => {
    const kept =
      Object.entries(rows)
        .find(([name]) => name === plural)?.[1]
        .all() ?? []
    return [plural, kept.map(({ id }) => get(books, String(id), ALL))]
  })
  return {
    accountId,
    business: books.business(),
    ...Object.fromEntries(shown),
    credits: books.credits.all(),
    journal_entries: books.entries.all(),
    accounts: books.accounts.all(),
    callbacks: books.callbacks.all(),
    notifications: books.notifications.all(),
  }
}

/** Everything, deleted records too, in the vendor's own words. */
export const dump = (world: WorldContext) => {
  const directory = openDirectory(world)
  return {
    applications: directory.applications.all(),
    identities: directory.identities.all(),
    businesses: directory.businesses.all(),
    tokens: directory.tokens.all(),
    chains: directory.chains.all(),
    accounts: directory.businesses
      .all()
      .flatMap(({ accountId }) => (accountId === null ? [] : [dumpAccount(world, accountId)])),
  }
}
