import type { Call } from '../../core/vendor'
import { post, put, remove } from './client'
import type { SaleCharge, SaleDraft, SaleLine } from './sale-shapes'
import { cut, dateOf, number } from './shapes'

const NEW_INVOICE = '00000000-0000-0000-0000-000000000000'

/** Texts of a sale as they go out: our stamps stand at their ends (stamp.ts). */
export interface Texts {
  note: string
  memo: string
}

/** What books nothing: it can be changed at any time. `note` undefined = somebody else's, left alone. */
const lightFields = (draft: SaleDraft, note: string | undefined) => ({
  Terms: draft.terms,
  CustomerReference: cut(draft.reference, 256),
  ...(note !== undefined && { Note: note }),
  ...(Object.keys(draft.attributes).length > 0 && { AdditionalAttributes: attributes(draft) }),
})

const attributes = (draft: SaleDraft) =>
  Object.fromEntries(
    Object.entries(draft.attributes).map(([number, value]) => [`AdditionalAttribute${number}`, cut(value, 256)]),
  )

/** The calls of the stages of a sale (sheet section 8.1). A POST on a stage replaces its lines. */
const headerFields = (draft: SaleDraft, marker: string, note: string | undefined) => ({
  CustomerID: draft.customerId,
  Location: draft.location,
  TaxRule: draft.taxRule,
  TaxInclusive: draft.taxInclusive,
  SaleOrderDate: dateOf(draft.date),
  CurrencyRate: number(draft.rate),
  ExternalID: marker,
  ...lightFields(draft, note),
})

export const createHeader = (draft: SaleDraft, marker: string, { note }: Texts): Call =>
  post('/sale', { ...headerFields(draft, marker, note), SkipQuote: true, SaleType: 'Simple' })

export const changeHeader = (id: string, draft: SaleDraft, marker: string, note: string | undefined): Call =>
  put('/sale', { ID: id, ...headerFields(draft, marker, note) })

/** Terms, reference, note and attributes of a sale that is booked already. */
export const changeLight = (id: string, draft: SaleDraft, note: string | undefined): Call =>
  put('/sale', { ID: id, ...lightFields(draft, note) })

export const changeNote = (id: string, note: string): Call => put('/sale', { ID: id, Note: note })

/** Only a Simple sale without a backorder is picked, packed and shipped so (vendor blueprint, POST /sale/order). */
export const authoriseOrder = (id: string, draft: SaleDraft, { memo }: Texts): Call =>
  post('/sale/order', {
    SaleID: id,
    CombineAdditionalCharges: false,
    Memo: memo,
    Status: 'AUTHORISED',
    ...(draft.fulfil && draft.lines.length > 0 && { AutoPickPackShipMode: 'AUTOPICKPACKSHIP' }),
    Lines: draft.lines.map(orderLine),
    AdditionalCharges: draft.charges.map(orderCharge),
  })

/** `task` undefined = a new invoice. */
export const postInvoice = (
  id: string,
  draft: SaleDraft,
  { memo }: Texts,
  status: 'DRAFT' | 'AUTHORISED',
  task: string = NEW_INVOICE,
): Call =>
  post('/sale/invoice', {
    SaleID: id,
    TaskID: task,
    CombineAdditionalCharges: false,
    Memo: memo,
    Status: status,
    InvoiceDate: dateOf(draft.date),
    InvoiceDueDate: dateOf(draft.dueDate),
    CurrencyConversionRate: number(draft.rate),
    // `Total` is required here and optional everywhere else; where it is optional it is left out (sheet section 8.3).
    Lines: draft.lines.map((line) => ({ ...orderLine(line), Account: line.account, Total: number(line.total) })),
    AdditionalCharges: draft.charges.map((charge) => ({ ...orderCharge(charge), Account: charge.account })),
  })

export const voidInvoice = (task: string): Call => remove('/sale/invoice', { TaskID: task, Void: 'true' })

/** One stage back: an authorised order becomes a draft again. */
export const undoOrder = (id: string): Call => remove('/sale', { ID: id, Void: 'false' })

/** The whole sale, with all its stages. */
export const voidSale = (id: string): Call => remove('/sale', { ID: id, Void: 'true' })

const figures = (row: SaleLine | SaleCharge) => ({
  Quantity: number(row.quantity),
  Price: number(row.price),
  Discount: 0,
  Tax: number(row.tax),
  TaxRule: row.taxRule,
})

const orderLine = (line: SaleLine) => ({
  SKU: line.sku,
  Name: cut(line.name, 256),
  ...figures(line),
  Comment: cut(line.comment, 256),
})

const orderCharge = (charge: SaleCharge) => ({
  Description: cut(charge.description, 256),
  ...figures(charge),
  Comment: cut(charge.comment, 1024),
})
