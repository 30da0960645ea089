import type { Books } from '../books'
import { send } from '../send'
import type { CreditNote, Group, Purchase } from './model'
import { headView, supplierName } from './view'

/** The order event names the supplier, the others leave it null, and only its GUID is lower-case (sheet 11). */
export const orderAuthorised = (books: Books, purchase: Purchase): void =>
  send(books, 'Purchase/OrderAuthorised', {
    TaskID: purchase.ID,
    PurchaseOrderNumber: purchase.number,
    SupplierName: supplierName(books, purchase),
    SupplierContactName: purchase.header.Contact || null,
    SupplierContactEmail: null,
  })

const NOBODY = { SupplierName: null, SupplierContactName: null, SupplierContactEmail: null }

/** Whether an Advanced purchase tells its own ID or the document's, no source says. */
const task = (books: Books, purchase: Purchase, taskId: string): string =>
  (books.world.switched('webhooks.purchaseTaskIdIsPurchase', false) ? purchase.ID : taskId).toUpperCase()

const ofGroup =
  (event: 'Purchase/InvoiceAuthorised' | 'Purchase/StockReceivedAuthorised') =>
  (books: Books, purchase: Purchase, { TaskID, invoice }: Group): void =>
    send(books, event, {
      TaskID: task(books, purchase, TaskID),
      PurchaseOrderNumber: purchase.number,
      InvoiceNumber: invoice.InvoiceNumber || null,
      ...NOBODY,
    })

export const invoiceAuthorised = ofGroup('Purchase/InvoiceAuthorised')

export const stockReceived = ofGroup('Purchase/StockReceivedAuthorised')

export const creditAuthorised = (books: Books, purchase: Purchase, credit: CreditNote): void =>
  send(books, 'Purchase/CreditNoteAuthorised', {
    TaskID: task(books, purchase, credit.TaskID),
    PurchaseOrderNumber: purchase.number,
    CreditNoteNumber: credit.CreditNoteNumber,
    ...NOBODY,
  })

/** The vendor's own sample calls the list of purchases `CustomerDetailsList`: do not trust its name (sheet 11). */
export const purchaseUpdated = (books: Books, purchase: Purchase): void => {
  const { ID, ...head } = headView(books, purchase)
  send(books, 'Purchase/Updated', {
    NumberOfPurchase: 1,
    CustomerDetailsList: [{ ID: ID.toUpperCase(), ...head }],
  })
}
