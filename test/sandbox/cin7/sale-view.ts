import type { Totals } from './arithmetic'
import type { Books } from './books'
import type { Charge, Invoice, Line, Payment, Rows, Sale } from './sale-model'
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

const amounts = (row: Omit<Charge, 'Description'>) => ({
  Quantity: Number(row.Quantity),
  Price: Number(row.Price),
  Discount: Number(row.Discount),
  Tax: Number(row.Tax),
  Total: Number(row.Total),
  TaxRule: row.TaxRule,
  Comment: row.Comment,
})

const lineView = (line: Line) => ({
  ProductID: line.ProductID,
  SKU: line.SKU,
  Name: line.Name,
  AverageCost: 0,
  ...amounts(line),
})

const chargeView = (charge: Charge) => ({ Description: charge.Description, ...amounts(charge) })

const orderLine = (line: Line) => ({
  ...lineView(line),
  DropShip: false,
  Backorder: Number(line.Backorder) > 0,
  BackorderQuantity: Number(line.Backorder),
})

const withAccount =
  <T extends Line | Charge, V>(view: (row: T) => V) =>
  (row: T) => ({ ...view(row), Account: row.Account })

/** Combined, charges stand among the lines without a product (sheet 8.2). */
const rowsView = <L, C extends object>(
  rows: Rows,
  combined: boolean,
  line: (row: Line) => L,
  charge: (row: Charge) => C,
) => {
  const Lines = rows.Lines.map(line)
  const charges = rows.AdditionalCharges.map(charge)
  if (!combined) return { Lines, AdditionalCharges: charges }
  const asLines = rows.AdditionalCharges.map((row) => ({
    ProductID: null,
    SKU: null,
    Name: row.Description,
    ...charge(row),
  }))
  return { Lines: [...Lines, ...asLines], AdditionalCharges: [] }
}

const totalsView = ({ TotalBeforeTax, Tax, Total }: Totals) => ({
  TotalBeforeTax: Number(TotalBeforeTax),
  Tax: Number(Tax),
  Total: Number(Total),
})

/** Service sales have everything as lines (sheet 8.1). */
const combines = (sale: Sale, combined: boolean): boolean => combined || sale.kind === 'Service'

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
  ...rowsView<unknown, object>(invoice, combines(sale, combined), withAccount(lineView), withAccount(chargeView)),
})

/** As `/sale` shows it: with payments and totals. */
const detailInvoice = (books: Books, sale: Sale, invoice: Invoice, combined: boolean) => {
  const { CombineAdditionalCharges: _, ...view } = invoiceView(books, sale, invoice, combined)
  return {
    ...view,
    Payments: paymentsOf(sale, invoice).map(({ ID, Reference, Amount, DatePaid, Account, CurrencyRate, created }) => ({
      ID,
      Reference,
      Amount: Number(Amount),
      DatePaid,
      Account,
      CurrencyRate: Number(CurrencyRate),
      DateCreated: longStamp(created),
    })),
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
  CreditNoteNumber: null,
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
  Fulfilments: [],
  Invoices: sale.invoices.map((invoice) => detailInvoice(books, sale, invoice, combined)),
  CreditNotes: [],
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
