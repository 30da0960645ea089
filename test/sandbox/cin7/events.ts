import Big from 'big.js'
import type { Books } from './books'
import type { Party, Product } from './model'
import { partyView } from './party-view'
import { productView } from './product-view'
import type { CreditNote, Invoice, Sale } from './sale-model'
import { type EventType, send } from './send'
import { slashed } from './stamps'

const customerOf = (books: Books, sale: Sale) => ({
  CustomerName: books.customers.get(sale.customerId)?.Name ?? null,
  CustomerContactName: sale.header.Contact || null,
  CustomerContactEmail: sale.header.Email || null,
})

const named = (sale: Sale) => ({ SaleID: sale.ID.toUpperCase(), SaleOrderNumber: sale.number })

export const saleCreated = (books: Books, sale: Sale): void =>
  send(books, 'Sale/Created', {
    ...named(sale),
    ...customerOf(books, sale),
    SaleRepEmail: null,
    SaleOrderDate: sale.orderDate.slice(0, 10),
    TaskTypeSign: '0',
    IsServiceOnly: sale.kind === 'Service' ? '1' : '0',
    DownloadLink: null,
  })

/** Events that name the sale alone. */
export const saleEvent = (
  books: Books,
  event: 'Sale/QuoteAuthorised' | 'Sale/OrderAuthorised' | 'Sale/Backordered' | 'Sale/AdditionalAttributesChanged',
  sale: Sale,
): void => send(books, event, named(sale))

/** Picks and packs name the task too; it is the sale in the samples. */
export const fulfilmentEvent = (books: Books, event: 'Sale/PickAuthorised' | 'Sale/PackAuthorised', sale: Sale): void =>
  send(books, event, { ...named(sale), TaskID: sale.ID.toUpperCase(), ...customerOf(books, sale) })

/** Says `SaleTaskID`, like the invoice (sheet 11). */
export const shipmentAuthorised = (books: Books, sale: Sale): void =>
  send(books, 'Sale/ShipmentAuthorised', {
    SaleTaskID: sale.ID.toUpperCase(),
    TenantID: books.company().accountId.toUpperCase(),
    OrderNumber: sale.number,
    InvoiceNumber: sale.invoices.find(({ Status }) => Status === 'AUTHORISED')?.InvoiceNumber ?? null,
    ...customerOf(books, sale),
  })

/** The number ends in a blank, as in the vendor's sample. */
export const creditAuthorised = (books: Books, sale: Sale, credit: CreditNote): void =>
  send(books, 'Sale/CreditNoteAuthorised', {
    ...named(sale),
    CreditNoteNumber: `${credit.CreditNoteNumber} `,
    TaskID: credit.TaskID.toUpperCase(),
    ...customerOf(books, sale),
  })

export const saleVoided = (books: Books, sale: Sale): void =>
  send(books, 'Sale/Voided', { ...named(sale), ...customerOf(books, sale) })

export const saleUndone = (books: Books, sale: Sale): void => {
  const { CustomerName: _, ...contact } = customerOf(books, sale)
  send(books, 'Sale/Undo', { ...named(sale), ...contact })
}

/** The one that says `SaleTaskID` (sheet 11); whether that is the sale or the invoice, no source tells. */
export const invoiceAuthorised = (books: Books, sale: Sale, invoice: Invoice): void => {
  const id = books.world.switched('webhooks.saleTaskIdIsSale', false) ? sale.ID : invoice.TaskID
  send(books, 'Sale/InvoiceAuthorised', {
    SaleTaskID: id.toUpperCase(),
    TenantID: books.company().accountId.toUpperCase(),
    OrderNumber: sale.number,
    InvoiceNumber: invoice.InvoiceNumber,
    ...customerOf(books, sale),
  })
}

export const paymentReceived = (books: Books, sale: Sale, invoice: Invoice, paid: string, total: string): void => {
  const full = new Big(paid).gte(total)
  const share = new Big(total).eq(0) ? new Big(1) : new Big(paid).div(total)
  send(books, full ? 'Sale/FullPaymentReceived' : 'Sale/PartialPaymentReceived', {
    SaleID: sale.ID,
    DocumentNumber: invoice.InvoiceNumber,
    DocumentType: 'invoice',
    DocumentDate: slashed(invoice.InvoiceDate),
    ...customerOf(books, sale),
    ...(full ? {} : { AmountPercent: share.times(100).toFixed(2) }),
  })
}

/** Nested as documented, or flat with an `Event` as live captures are (switch `webhooks.flat`, sheet 11). */
const updated = (books: Books, event: EventType, kind: string, record: Record<string, unknown>, created: boolean) => {
  const { Addresses, Contacts, ...own } = record
  const rows = Addresses === undefined ? {} : { Addresses, Contacts }
  const item = books.world.switched('webhooks.flat', false)
    ? { Event: created ? 'Creation' : 'Update', ...own, ...rows }
    : { [kind]: own, ...rows }
  send(books, event, { [`NumberOf${kind}s`]: 1, [`${kind}DetailsList`]: [item] })
}

export const partyUpdated = (books: Books, role: 'customer' | 'supplier', party: Party, created: boolean): void =>
  role === 'customer'
    ? updated(books, 'Customer/Updated', 'Customer', partyView(party), created)
    : updated(books, 'Supplier/Updated', 'Supplier', partyView(party), created)

export const productUpdated = (books: Books, product: Product, created: boolean): void =>
  updated(books, 'Product/Updated', 'Product', productView(product), created)
