import type { WorldContext } from '../vendor'
import { companies, openBooks } from './books'
import { journalView } from './finance/journals'
import { moneyTaskView } from './finance/money-views'
import { partyView } from './party-view'
import { productView } from './product-view'
import { paymentAnswer } from './purchases/document-views'
import { purchaseView } from './purchases/view'
import { paymentView, saleView } from './sale-view'

const dumpCompany = (world: WorldContext, accountId: string) => {
  const books = openBooks(world, accountId)
  const sales = books.sales.all()
  const purchases = books.purchases.all()
  return {
    accountId,
    me: books.company().me,
    currencyRates: books.company().currencyRates,
    accounts: books.accounts.all(),
    taxes: books.taxes.all(),
    terms: books.terms.all(),
    locations: books.locations.all(),
    products: books.products.all().map(productView),
    customers: books.customers.all().map(partyView),
    suppliers: books.suppliers.all().map(partyView),
    sales: sales.map((sale) => saleView(books, sale, false)),
    payments: sales.flatMap((sale) => sale.payments.map((payment) => paymentView(sale, payment))),
    purchases: purchases.map((purchase) => purchaseView(books, purchase, false)),
    purchasePayments: purchases.flatMap((purchase) =>
      purchase.payments.map((payment) => paymentAnswer(purchase, payment)),
    ),
    journals: books.journals.all().map(journalView),
    moneyTasks: books.moneyTasks.all().map((task) => moneyTaskView(books, task)),
    attributeSets: books.attributeSets.all(),
    webhooks: books.hooks.all(),
  }
}

/** Everything, in the vendor's own words: the first company in short, each one under `companies`. */
export const dump = (world: WorldContext) => {
  const all = companies(world)
    .all()
    .map(({ accountId }) => dumpCompany(world, accountId))
  return { ...all[0], companies: all }
}
