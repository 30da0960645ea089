import type { Books } from '../books'
import type { Call, Verbs } from '../call'
import { contains, equals, filtered, paged, since, type Test, until } from '../lists'
import { stamp } from '../stamps'
import type { Purchase } from './model'
import { invoicedTotal, invoiceStatus, NOT_AVAILABLE, paidTotal, standingCredits, standingGroups } from './state'
import { purchaseStatus } from './status'
import { combinedWords, supplierName } from './view'

/** One word for several documents: what all of them are, else the first that is still to be done. */
const common = (statuses: string[], ranking: string[]): string => {
  const told = statuses.filter((status) => status !== NOT_AVAILABLE)
  return ranking.find((word) => told.includes(word)) ?? told[0] ?? NOT_AVAILABLE
}

const RANKING = ['AUTHORISED', 'DRAFT', 'PAID', 'VOIDED']

const invoiceWord = (books: Books, purchase: Purchase): string =>
  common(
    purchase.groups.map((group) => invoiceStatus(books, purchase, group)),
    RANKING,
  )

/** Several receiving groups can be received in part (endpoints.json). */
const stockWord = ({ groups }: Purchase): string => {
  const statuses = groups.map(({ stock, putAway }) => (stock.Status === NOT_AVAILABLE ? putAway : stock).Status)
  const mixed = statuses.includes('AUTHORISED') && statuses.some((status) => status !== 'AUTHORISED')
  return mixed ? 'PARTIALLY RECEIVED' : common(statuses, RANKING)
}

const creditWord = ({ credits }: Purchase): string =>
  common(
    credits.map(({ Status }) => Status),
    RANKING,
  )

const unstockWord = ({ credits }: Purchase): string =>
  common(
    credits.filter(({ Unstock }) => Unstock.length > 0).map(({ Status }) => Status),
    RANKING,
  )

const joined = (numbers: string[]): string => numbers.filter((number) => number !== '').join(', ')

const invoiceNumbers = (purchase: Purchase): string =>
  joined(standingGroups(purchase).map(({ invoice }) => invoice.InvoiceNumber))

const creditNumbers = (purchase: Purchase): string =>
  joined(standingCredits(purchase).map(({ CreditNoteNumber }) => CreditNoteNumber))

/** No `Approach`, no lines, no accounts (sheet 9.3). */
const row = (books: Books) => (purchase: Purchase) => {
  const first = standingGroups(purchase)[0]?.invoice
  return {
    ID: purchase.ID,
    BlindReceipt: purchase.blindReceipt,
    OrderNumber: purchase.number,
    Status: purchaseStatus(books, purchase),
    OrderDate: purchase.orderDate,
    InvoiceDate: first?.InvoiceDate ?? null,
    Supplier: supplierName(books, purchase),
    SupplierID: purchase.supplierId,
    InvoiceNumber: first?.InvoiceNumber ?? null,
    InvoiceAmount: Number(invoicedTotal(books, purchase)),
    PaidAmount: Number(paidTotal(purchase)),
    InvoiceDueDate: first?.InvoiceDueDate ?? null,
    RequiredBy: purchase.header.RequiredBy,
    BaseCurrency: books.company().me.Currency,
    SupplierCurrency: purchase.currency,
    CreditNoteNumber: standingCredits(purchase)[0]?.CreditNoteNumber ?? null,
    OrderStatus: purchase.order.Status,
    StockReceivedStatus: stockWord(purchase),
    UnstockStatus: unstockWord(purchase),
    InvoiceStatus: invoiceWord(books, purchase),
    CreditNoteStatus: creditWord(purchase),
    LastUpdatedDate: stamp(purchase.updated),
    Type: `${purchase.kind} Purchase`,
    ...combinedWords(books, purchase),
    IsServiceOnly: purchase.kind === 'Service',
    DropShipTaskID: null,
  }
}

const search = (books: Books): Test<Purchase> =>
  contains<Purchase>(
    ({ number }) => number,
    (purchase) => purchaseStatus(books, purchase),
    (purchase) => supplierName(books, purchase),
    invoiceNumbers,
    creditNumbers,
  )

/** On or before the day asked for (the vendor's blueprint). */
const requiredBy: Test<Purchase> = ({ header }, value) =>
  value === '' ? header.RequiredBy === null : (header.RequiredBy?.slice(0, 10) ?? '9999') <= value.slice(0, 10)

/** `RestockReceivedStatus` is documented and `Type` would be useful: the vendor ignores both (sheet 2). */
const tests = (books: Books): Record<string, Test<Purchase>> => ({
  Search: search(books),
  RequiredBy: requiredBy,
  UpdatedSince: since(books.world, 'UpdatedSince', ({ updated }) => updated),
  UpdatedUntil: until('UpdatedUntil', ({ updated }) => updated),
  OrderStatus: equals(({ order }) => order.Status),
  StockReceivedStatus: equals(stockWord),
  InvoiceStatus: equals((purchase) => invoiceWord(books, purchase)),
  CreditNoteStatus: equals(creditWord),
  UnstockStatus: equals(unstockWord),
  Status: equals((purchase) => purchaseStatus(books, purchase)),
  DropShipTaskID: equals(() => ''),
})

/** By PO number, oldest first, whatever changed last (sheet 2). */
const listPurchases = ({ books, query }: Call) =>
  paged(filtered(books.purchases.listed(), query, tests(books)), query, 'PurchaseList', row(books))

/** Stamps lack their zone here, as in the sample of that list (sheet 1). */
const creditRow = (books: Books) => (purchase: Purchase) => ({
  ...row(books)(purchase),
  LastUpdatedDate: stamp(purchase.updated).replace('Z', ''),
})

const listCredits = ({ books, query }: Call) => {
  const { Search, UpdatedSince, CreditNoteStatus, Status } = tests(books)
  const known = Object.entries({ Search, UpdatedSince, CreditNoteStatus, Status })
  const asked = Object.fromEntries(known.flatMap(([name, test]) => (test ? [[name, test]] : [])))
  const credited = books.purchases.listed().filter((purchase) => creditWord(purchase) !== NOT_AVAILABLE)
  return paged(filtered(credited, query, asked), query, 'PurchaseList', creditRow(books))
}

export const purchaseListRoutes: Verbs = { GET: listPurchases }

export const purchaseCreditListRoutes: Verbs = { GET: listCredits }
