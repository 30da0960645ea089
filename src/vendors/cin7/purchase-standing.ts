import { canonical } from '../../lib/json'
import type { Purchase, PurchaseCreditNote, PurchaseDocument, PurchaseInvoice, PurchaseRow } from './purchase-record'

/**
 * What the status of one document says (sheet section 9.4). `none` = not begun, though it shows; `other` = a word that the sheet
 * does not know: such a document is neither carried nor taken back.
 */
export type Standing = 'none' | 'draft' | 'booked' | 'void' | 'other'

const WORDS: Record<string, Standing> = {
  '': 'none',
  'NOT AVAILABLE': 'none',
  DRAFT: 'draft',
  AUTHORISED: 'booked',
  PAID: 'booked',
  VOIDED: 'void',
}

export const standingOf = ({ status }: { status: string }): Standing => WORDS[status] ?? 'other'

export const isBooked = (document: { status: string }): boolean => standingOf(document) === 'booked'

/** Begun and not voided. */
export const isLive = (document: { status: string }): boolean => !['none', 'void'].includes(standingOf(document))

/** The whole purchase. Its status may be composite, e.g. `COMPLETED / CREDIT NOTE CLOSED`. */
export const isVoided = ({ status }: Purchase): boolean => status.split('/')[0]?.trim() === 'VOIDED'

/**
 * Becomes a purchase order elsewhere (sheet section 9.5). `RECEIVE` and `ORDER` as approach are words of the brief's that Cin7 does
 * not use; should they appear, they are read as the brief means them.
 */
export const orderStands = (purchase: Purchase): boolean =>
  isBooked(purchase.order) && !isVoided(purchase) && !purchase.blindReceipt && purchase.approach !== 'RECEIVE'

const mayBill = (purchase: Purchase): boolean =>
  !isVoided(purchase) && !['ORDER', 'RECEIVE'].includes(purchase.approach)

/** Become bills elsewhere, one each: authorised or paid. */
export const bookedInvoices = (purchase: Purchase): PurchaseInvoice[] =>
  mayBill(purchase) ? purchase.invoices.filter(isBooked) : []

/** Become vendor credits elsewhere, one each. */
export const bookedCreditNotes = (purchase: Purchase): PurchaseCreditNote[] =>
  mayBill(purchase) ? purchase.creditNotes.filter(isBooked) : []

/**
 * The documents that still exist, booked, stepped back, or in a status that nobody knows: what is not among them was voided, and
 * may be taken back elsewhere.
 */
export const standingInvoices = (purchase: Purchase): PurchaseInvoice[] =>
  isVoided(purchase) ? [] : purchase.invoices.filter(isLive)

export const standingCreditNotes = (purchase: Purchase): PurchaseCreditNote[] =>
  isVoided(purchase) ? [] : purchase.creditNotes.filter(isLive)

export const liveReceipts = ({ receipts }: Purchase) => receipts.filter(isLive)

/** Goods came, or somebody began to enter them. */
export const isReceived = (purchase: Purchase): boolean => liveReceipts(purchase).length > 0

/** The latest business date of what stands. */
export const latestDate = (purchase: Purchase): string =>
  [
    purchase.orderDate,
    ...standingInvoices(purchase).map(({ date }) => date),
    ...standingCreditNotes(purchase).map(({ date }) => date),
  ]
    .sort()
    .at(-1) ?? ''

/** Rows as they matter to the books, in an order of their own: nothing says that Cin7 keeps ours. */
export const rowsContent = (rows: PurchaseRow[]): string[] =>
  rows
    .map(({ nonInventory, sku, taxRule, ...row }) =>
      canonical({ ...row, sku: sku.toLowerCase(), taxRule: taxRule.toLowerCase() }),
    )
    .sort()

const headContent = ({ supplier, currency, terms, taxInclusive, attributes, location }: Purchase) => ({
  supplier: supplier.id,
  currency,
  terms,
  taxInclusive,
  attributes,
  location,
})

const documentContent = ({ rows, beforeTax, tax, total }: PurchaseDocument) => ({
  rows: rowsContent(rows),
  beforeTax,
  tax,
  total,
})

/** What an order says; receipts, invoices, payments and the statuses that follow from them are not part of it. */
export const orderContent = (purchase: Purchase) => ({
  ...headContent(purchase),
  rate: purchase.rate,
  requiredBy: purchase.requiredBy,
  memo: purchase.order.memo,
  ...documentContent(purchase.order),
})

/** What an invoice says; being paid is no change of it. */
export const invoiceContent = (purchase: Purchase, invoice: PurchaseInvoice) => ({
  ...headContent(purchase),
  rate: invoice.rate,
  number: invoice.number,
  date: invoice.date,
  dueDate: invoice.dueDate,
  ...documentContent(invoice),
})

export const creditNoteContent = (purchase: Purchase, note: PurchaseCreditNote) => ({
  ...headContent(purchase),
  rate: purchase.rate,
  number: note.number,
  invoiceNumber: note.invoiceNumber,
  date: note.date,
  ...documentContent(note),
})
