import type { Call } from '../../core/vendor'
import { post, put, remove } from './client'
import type { OrderCharge, OrderLine, PurchaseDraft, PurchaseOrderDraft } from './purchase-draft'
import { cut, dateOf, number } from './shapes'

/** Texts of a purchase as they go out: our marker is in the note, our stamps are at the ends of both (stamp.ts). */
export interface Texts {
  note: string
  memo: string
}

/** What books nothing: it can be changed at any time. `note` undefined = somebody else's, left alone. */
const lightFields = (draft: PurchaseOrderDraft, note: string | undefined) => ({
  Terms: draft.terms,
  ...(draft.requiredBy !== '' && { RequiredBy: dateOf(draft.requiredBy) }),
  ...(note !== undefined && { Note: note }),
  ...(Object.keys(draft.attributes).length > 0 && { AdditionalAttributes: attributes(draft) }),
})

const attributes = (draft: PurchaseOrderDraft) =>
  Object.fromEntries(
    Object.entries(draft.attributes).map(([number, value]) => [`AdditionalAttribute${number}`, cut(value, 256)]),
  )

/** What amounts rest on. */
const baseFields = (draft: PurchaseOrderDraft) => ({
  SupplierID: draft.supplierId,
  Approach: 'INVOICE',
  Location: draft.location,
  TaxRule: draft.taxRule,
  TaxCalculation: draft.taxInclusive ? 'Inclusive' : 'Exclusive',
  CurrencyRate: number(draft.rate),
})

/** The calls of the stages of a purchase (sheet section 9.1). A POST on a stage replaces its rows. */
export const createHeader = (draft: PurchaseOrderDraft, { note }: Texts): Call =>
  post('/advanced-purchase', {
    ...baseFields(draft),
    ...lightFields(draft, note),
    PurchaseType: 'Simple',
    IsServiceOnly: draft.kind === 'service',
  })

export const changeBase = (id: string, draft: PurchaseOrderDraft): Call =>
  put('/advanced-purchase', { ID: id, ...baseFields(draft) })

export const changeLight = (id: string, draft: PurchaseOrderDraft, note: string | undefined): Call =>
  put('/advanced-purchase', { ID: id, ...lightFields(draft, note) })

export const changeNote = (id: string, note: string): Call => put('/advanced-purchase', { ID: id, Note: note })

export const postOrder = (
  id: string,
  draft: PurchaseOrderDraft,
  { memo }: Texts,
  status: 'DRAFT' | 'AUTHORISED',
): Call =>
  post('/purchase/order', {
    TaskID: id,
    CombineAdditionalCharges: false,
    Memo: memo,
    Status: status,
    Lines: draft.lines.map(orderLine),
    AdditionalCharges: draft.charges.map(orderCharge),
  })

/** On simple and service purchases the task is the purchase itself. */
export const postInvoice = (
  id: string,
  draft: PurchaseDraft,
  status: 'DRAFT' | 'AUTHORISED',
  task: string = id,
): Call =>
  post('/advanced-purchase/invoice', {
    PurchaseID: id,
    TaskID: task,
    CombineAdditionalCharges: false,
    ...(draft.invoiceNumber !== '' && { InvoiceNumber: cut(draft.invoiceNumber, 256) }),
    InvoiceDate: dateOf(draft.date),
    InvoiceDueDate: dateOf(draft.dueDate),
    Status: status,
    Lines: draft.lines.map((line) => ({ ...orderLine(line), Account: line.account })),
    AdditionalCharges: draft.charges.map((charge) => ({ ...orderCharge(charge), Account: charge.account })),
  })

/** One stage back: an authorised invoice, or else an authorised order, becomes a draft again. */
export const undoPurchase = (id: string): Call => remove('/advanced-purchase', { ID: id, Void: 'false' })

/** Not offered for simple purchases (vendor blueprint, DELETE /advanced-purchase/invoice). */
export const undoInvoice = (task: string): Call => remove('/advanced-purchase/invoice', { TaskID: task, Void: 'false' })

/** The whole purchase, with all its stages. */
export const voidPurchase = (id: string): Call => remove('/advanced-purchase', { ID: id, Void: 'true' })

/** `Total` is required on all rows of an order, and checked (sheet section 9.1). */
const figures = (row: OrderLine | OrderCharge) => ({
  Quantity: number(row.quantity),
  Price: number(row.price),
  Discount: 0,
  Tax: number(row.tax),
  TaxRule: row.taxRule,
  Total: number(row.total),
})

const orderLine = (line: OrderLine) => ({
  SKU: line.sku,
  Name: cut(line.name, 256),
  ...figures(line),
  Comment: cut(line.comment, 256),
})

const orderCharge = (charge: OrderCharge) => ({
  Description: cut(charge.description, 256),
  Reference: cut(charge.comment, 256),
  ...figures(charge),
})
