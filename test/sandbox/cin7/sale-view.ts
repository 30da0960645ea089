import type { Books } from './books'
import { detailCredit } from './sale-credit-view'
import { fulfilments } from './sale-fulfilments'
import type { Invoice, Payment, Sale } from './sale-model'
import {
  chargeView,
  combines,
  invoiceRows,
  lineView,
  orderLine,
  paidLine,
  rowsView,
  totalsView,
} from './sale-row-views'
import {
  combinedInvoiceStatus,
  combinedPaymentStatus,
  fulfilmentWords,
  invoiceStatus,
  paidOn,
  paymentsOf,
  saleStatus,
  totalsOf,
} from './sale-state'
import { longStamp, stamp } from './stamps'

export const quoteView = (books: Books, sale: Sale, combined: boolean) => ({
  Memo: sale.quote.Memo,
  Status: sale.quote.Status,
  Prepayments: sale.payments.filter(({ Type }) => Type === 'Prepayment').map((payment) => paymentView(sale, payment)),
  ...rowsView(sale.quote, combined, lineView, chargeView),
  ...totalsView(totalsOf(books, sale, sale.quote)),
})

export const orderView = (books: Books, sale: Sale, combined: boolean) => ({
  SaleOrderNumber: sale.number,
  Memo: sale.order.Memo,
  Status: sale.order.Status,
  ...rowsView<unknown, object>(sale.order, combined, orderLine, chargeView),
  ...totalsView(totalsOf(books, sale, sale.order)),
})

/** As `/sale/invoice` answers it. */
export const invoiceView = (books: Books, sale: Sale, invoice: Invoice, combined: boolean) => ({
  TaskID: invoice.TaskID,
  CombineAdditionalCharges: combines(sale, combined),
  InvoiceNumber: invoice.InvoiceNumber,
  Memo: invoice.Memo,
  Status: invoiceStatus(books, sale, invoice),
  InvoiceDate: invoice.InvoiceDate,
  InvoiceDueDate: invoice.InvoiceDueDate,
  CurrencyConversionRate: Number(invoice.CurrencyConversionRate),
  BillingAddressLine1: invoice.BillingAddressLine1,
  BillingAddressLine2: invoice.BillingAddressLine2,
  LinkedFulfillmentNumber: null,
  ...invoiceRows(sale, invoice, combined),
})

/** As `/sale` shows it: with payments and totals. */
const detailInvoice = (books: Books, sale: Sale, invoice: Invoice, combined: boolean) => {
  const { CombineAdditionalCharges: _, ...view } = invoiceView(books, sale, invoice, combined)
  return {
    ...view,
    Payments: paymentsOf(sale, invoice).map(paidLine),
    ...totalsView(totalsOf(books, sale, invoice)),
    Paid: Number(paidOn(sale, invoice)),
  }
}

export const paymentView = (sale: Sale, payment: Payment) => ({
  SaleID: sale.ID,
  TaskID: payment.TaskID,
  ID: payment.ID,
  SaleOrderNumber: sale.number,
  InvoiceNumber: sale.invoices.find(({ TaskID }) => TaskID === payment.TaskID)?.InvoiceNumber ?? null,
  CreditNoteNumber: sale.credits.find(({ TaskID }) => TaskID === payment.TaskID)?.CreditNoteNumber ?? null,
  Type: payment.Type,
  Reference: payment.Reference,
  Amount: Number(payment.Amount),
  DatePaid: payment.DatePaid,
  Account: payment.Account,
  CurrencyRate: Number(payment.CurrencyRate),
  DateCreated: longStamp(payment.created),
  CreditID: null,
})

/** What list rows and the detail have in common. */
export const saleHead = (books: Books, sale: Sale) => ({
  Customer: books.customers.get(sale.customerId)?.Name ?? null,
  CustomerID: sale.customerId,
  Status: saleStatus(books, sale),
  BaseCurrency: books.company().me.Currency,
  CustomerCurrency: sale.currency,
  ...fulfilmentWords(sale),
  CombinedInvoiceStatus: combinedInvoiceStatus(books, sale),
  CombinedPaymentStatus: combinedPaymentStatus(books, sale),
  CombinedTrackingNumbers: '',
  Type: `${sale.kind} Sale`,
  SourceChannel: null,
  ExternalID: sale.header.ExternalID,
})

/** `GET /sale?ID=`: the key is `ID` here, and `SaleID` in list rows (sheet 15.10). */
export const saleView = (books: Books, sale: Sale, combined: boolean) => ({
  ID: sale.ID,
  ...sale.header,
  ...saleHead(books, sale),
  SkipQuote: sale.skipQuote,
  TaxCalculation: sale.taxInclusive ? 'Inclusive' : 'Exclusive',
  SaleOrderDate: sale.orderDate,
  LastModifiedOn: stamp(sale.updated),
  COGSAmount: 0,
  CurrencyRate: Number(sale.currencyRate),
  ServiceOnly: sale.kind === 'Service',
  Quote: quoteView(books, sale, combined),
  Order: orderView(books, sale, combined),
  Fulfilments: fulfilments(books, sale),
  Invoices: sale.invoices.map((invoice) => detailInvoice(books, sale, invoice, combined)),
  CreditNotes: sale.credits.map((credit) => detailCredit(books, sale, credit, combined)),
  ManualJournals: { Status: 'NOT AVAILABLE', Lines: [] },
  AdditionalAttributes: sale.attributes,
  Attachments: [],
  InventoryMovements: [],
  Transactions: [],
})

export const stageAnswer = (sale: Sale, view: ReturnType<typeof orderView> | ReturnType<typeof quoteView>) => ({
  SaleID: sale.ID,
  ...view,
})

export const invoicesAnswer = (books: Books, sale: Sale, invoices: Invoice[], combined: boolean) => ({
  SaleID: sale.ID,
  Invoices: invoices.map((invoice) => invoiceView(books, sale, invoice, combined)),
})
