import { minus, sum } from './arithmetic'
import type { Books } from './books'
import type { Call, Verbs } from './call'
import { contains, equals, filtered, paged, since, startsWith, type Test, until } from './lists'
import type { Sale } from './sale-model'
import {
  combinedInvoiceStatus,
  fulfilmentWords,
  NOT_AVAILABLE,
  paidOn,
  refundedOn,
  saleStatus,
  standingCredits,
  standingInvoices,
  totalsOf,
} from './sale-state'
import { saleHead } from './sale-view'
import { stamp } from './stamps'

const locationId = (books: Books, name: string): string | null =>
  books.locations.all().find(({ Name }) => Name.toLowerCase() === name.toLowerCase())?.ID ?? null

const invoiceNumbers = (sale: Sale): string =>
  standingInvoices(sale)
    .map(({ InvoiceNumber }) => InvoiceNumber)
    .join(', ')

/** AUTHORISED over DRAFT over VOIDED, where there are several. */
const creditStatus = (sale: Sale): string => {
  const statuses = sale.credits.map(({ Status }) => Status)
  return ['AUTHORISED', 'DRAFT', 'VOIDED'].find((word) => statuses.includes(word)) ?? NOT_AVAILABLE
}

/** A list row: no lines, the key is `SaleID` (sheet 8.5). */
const row = (books: Books) => (sale: Sale) => {
  const invoices = standingInvoices(sale)
  const first = invoices[0]
  const invoiced = Number(sum(invoices.map((invoice) => totalsOf(books, sale, invoice).Total)))
  const refunded = sum(sale.credits.map((credit) => refundedOn(sale, credit)))
  const paid = Number(minus(sum(invoices.map((invoice) => paidOn(sale, invoice))), refunded))
  return {
    SaleID: sale.ID,
    OrderNumber: sale.number,
    OrderDate: sale.orderDate,
    InvoiceDate: first?.InvoiceDate ?? null,
    InvoiceNumber: first?.InvoiceNumber ?? null,
    CustomerReference: sale.header.CustomerReference,
    InvoiceAmount: invoiced,
    PaidAmount: paid,
    SaleInvoicesTotalAmount: invoiced,
    InvoiceDueDate: first?.InvoiceDueDate ?? null,
    ShipBy: sale.header.ShipBy,
    CreditNoteNumber: standingCredits(sale)[0]?.CreditNoteNumber ?? null,
    Updated: stamp(sale.updated),
    QuoteStatus: sale.quote.Status,
    OrderStatus: sale.order.Status,
    CombinedPaymentTotal: paid,
    CreditNoteStatus: creditStatus(sale),
    OrderLocationID: locationId(books, sale.header.Location),
    ...saleHead(books, sale),
  }
}

/** `Search` looks in these and nowhere else, not in ExternalID (sheet 8.5). */
const search = (books: Books): Test<Sale> =>
  contains<Sale>(
    ({ number }) => number,
    (sale) => saleStatus(books, sale),
    ({ customerId }) => books.customers.get(customerId)?.Name,
    invoiceNumbers,
    (sale) =>
      standingCredits(sale)
        .map(({ CreditNoteNumber }) => CreditNoteNumber)
        .join(', '),
    ({ header }) => header.CustomerReference,
  )

const tests = (books: Books): Record<string, Test<Sale>> => ({
  ExternalID: equals(({ header }) => header.ExternalID),
  UpdatedSince: since(books.world, 'UpdatedSince', ({ updated }) => updated),
  UpdatedUntil: until('UpdatedUntil', ({ updated }) => updated),
  CreatedSince: since(books.world, 'CreatedSince', ({ created }) => created),
  ShipBy: startsWith(({ header }) => header.ShipBy),
  QuoteStatus: equals(({ quote }) => quote.Status),
  OrderStatus: equals(({ order }) => order.Status),
  CombinedPickStatus: equals((sale) => fulfilmentWords(sale).CombinedPickingStatus),
  CombinedPackStatus: equals((sale) => fulfilmentWords(sale).CombinedPackingStatus),
  CombinedShippingStatus: equals((sale) => fulfilmentWords(sale).CombinedShippingStatus),
  CombinedInvoiceStatus: equals((sale) => combinedInvoiceStatus(books, sale)),
  CreditNoteStatus: equals(creditStatus),
  Status: equals((sale) => saleStatus(books, sale)),
  OrderLocationID: equals(({ header }) => locationId(books, header.Location)),
  Search: search(books),
})

/** By document number, oldest first, whatever changed last (sheet 2). */
const listSales = ({ books, query }: Call) => {
  const rows = filtered(books.sales.listed(), query, tests(books))
  if (books.world.switched('saleList.descending', false)) rows.reverse()
  return paged(rows, query, 'SaleList', row(books))
}

export const saleListRoutes: Verbs = { GET: listSales }
