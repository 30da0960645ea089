import type { Books } from '../books'
import { stamp } from '../stamps'
import { creditView, invoiceView, orderView, receiptView } from './document-views'
import type { CreditNote, Group, Purchase } from './model'
import { NOT_AVAILABLE } from './state'
import { combinedInvoiceStatus, combinedPaymentStatus, combinedReceivingStatus, purchaseStatus } from './status'

/** What list rows, events and both details have in common. */
export const combinedWords = (books: Books, purchase: Purchase) => ({
  CombinedInvoiceStatus: combinedInvoiceStatus(purchase),
  CombinedReceivingStatus: combinedReceivingStatus(purchase),
  CombinedPaymentStatus: combinedPaymentStatus(books, purchase),
})

export const supplierName = (books: Books, { supplierId }: Purchase): string | null =>
  books.suppliers.get(supplierId)?.Name ?? null

const inventoryAccount = (books: Books): string | null =>
  books.accounts.all().find(({ SystemAccount }) => SystemAccount?.toLowerCase() === 'inventory')?.Code ?? null

/** The header as answers and `Purchase/Updated` show it. */
export const headView = (books: Books, purchase: Purchase) => {
  const { header } = purchase
  return {
    ID: purchase.ID,
    SupplierID: purchase.supplierId,
    Supplier: supplierName(books, purchase),
    Contact: header.Contact,
    // Null where there is none, as in the samples; `Contact` is empty text there.
    Phone: header.Phone || null,
    InventoryAccount: inventoryAccount(books),
    BlindReceipt: purchase.blindReceipt,
    Approach: purchase.approach,
    BillingAddress: header.BillingAddress,
    ShippingAddress: header.ShippingAddress,
    BaseCurrency: books.company().me.Currency,
    SupplierCurrency: purchase.currency,
    TaxRule: header.TaxRule,
    TaxCalculation: purchase.taxInclusive ? 'Inclusive' : 'Exclusive',
    Terms: header.Terms,
    RequiredBy: header.RequiredBy,
    Location: header.Location,
    Note: header.Note,
    OrderNumber: purchase.number,
    Type: `${purchase.kind} Purchase`,
    ...combinedWords(books, purchase),
    IsServiceOnly: purchase.kind === 'Service',
    OrderDate: purchase.orderDate,
    Status: purchaseStatus(books, purchase),
    RelatedDropShipSaleTask: null,
    CurrencyRate: Number(purchase.currencyRate),
    LastUpdatedDate: stamp(purchase.updated),
    AdditionalAttributes: purchase.attributes,
  }
}

const journals = ({ TaskID, number }: Group) => ({
  TaskID,
  InvoicingAndReceivingNumber: number,
  Status: NOT_AVAILABLE,
  Lines: [],
})

/** `GET /advanced-purchase?ID=`: documents are arrays, for all three types (sheet 9.2). */
export const purchaseView = (books: Books, purchase: Purchase, combined: boolean) => ({
  ...headView(books, purchase),
  Order: orderView(books, purchase, combined),
  StockReceived: purchase.groups.map((group) => receiptView(group, group.stock)),
  PutAway: purchase.groups.map((group) => receiptView(group, group.putAway)),
  Invoice: purchase.groups.map((group) => invoiceView(books, purchase, group, combined)),
  CreditNote: purchase.credits.map((credit) => creditView(books, purchase, credit, combined)),
  ManualJournals: purchase.groups.map(journals),
  Attachments: [],
  InventoryMovements: [],
})

const invoiceObject = (books: Books, purchase: Purchase, group: Group, combined: boolean) => {
  const {
    TaskID: _t,
    InvoicingAndReceivingNumber: _n,
    InvoiceNumber,
    ...view
  } = invoiceView(books, purchase, group, combined)
  const key = books.world.switched('purchase.misspeltInvoiceNumber', false) ? 'InvocieNumber' : 'InvoiceNumber'
  return { ...view, [key]: InvoiceNumber }
}

const creditObject = (books: Books, purchase: Purchase, credit: CreditNote, combined: boolean) => {
  const { TaskID: _t, CreditNoteInvoiceNumber: _n, Unstock, ...view } = creditView(books, purchase, credit, combined)
  const Status = Unstock.length > 0 ? credit.Status : NOT_AVAILABLE
  return { ...view, Unstock: { Status, Lines: Unstock } }
}

const receiptObject = (group: Group) => {
  const { TaskID: _t, InvoicingAndReceivingNumber: _n, ...view } = receiptView(group, group.stock)
  return view
}

/** `GET /purchase?ID=`, deprecated: documents are objects, and the sample misspells `InvocieNumber` (sheet 9.2). */
export const simplePurchaseView = (books: Books, purchase: Purchase, combined: boolean) => {
  const [group] = purchase.groups
  const [credit] = purchase.credits
  const { Type: _t, IsServiceOnly: _s, ...head } = headView(books, purchase)
  return {
    ...head,
    Order: orderView(books, purchase, combined),
    ...(group ? { StockReceived: receiptObject(group), Invoice: invoiceObject(books, purchase, group, combined) } : {}),
    ...(credit ? { CreditNote: creditObject(books, purchase, credit, combined) } : {}),
    ManualJournals: { Status: NOT_AVAILABLE, Lines: [] },
    Attachments: [],
    InventoryMovements: [],
  }
}
