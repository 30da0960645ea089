import type { Call } from '../../core/vendor'
import { post, put, remove } from './client'
import type { SaleCharge, SaleDraft, SaleLine } from './sale-shapes'
import { cut, dateOf, number } from './shapes'
import { stamped } from './stamp'

const NEW_INVOICE = '00000000-0000-0000-0000-000000000000'

/** The calls of the stages of a sale (sheet section 8.1). A POST on a stage replaces its lines. */
const headerFields = (draft: SaleDraft, marker: string, stamp: string) => ({
  CustomerID: draft.customerId,
  Location: draft.location,
  TaxRule: draft.taxRule,
  TaxInclusive: false,
  Terms: draft.terms,
  SaleOrderDate: dateOf(draft.date),
  CurrencyRate: number(draft.rate),
  CustomerReference: draft.reference,
  ExternalID: marker,
  Note: stamped(draft.memo, stamp),
})

export const createHeader = (draft: SaleDraft, marker: string, stamp: string): Call =>
  post('/sale', { ...headerFields(draft, marker, stamp), SkipQuote: true, SaleType: 'Simple' })

export const changeHeader = (id: string, draft: SaleDraft, marker: string, stamp: string): Call =>
  put('/sale', { ID: id, ...headerFields(draft, marker, stamp) })

export const authoriseOrder = (id: string, draft: SaleDraft, stamp: string): Call =>
  post('/sale/order', {
    SaleID: id,
    CombineAdditionalCharges: false,
    Memo: stamped(draft.memo, stamp),
    Status: 'AUTHORISED',
    Lines: draft.lines.map(orderLine),
    AdditionalCharges: draft.charges.map(orderCharge),
  })

/** `task` undefined = a new invoice. */
export const postInvoice = (
  id: string,
  draft: SaleDraft,
  stamp: string,
  status: 'DRAFT' | 'AUTHORISED',
  task: string = NEW_INVOICE,
): Call =>
  post('/sale/invoice', {
    SaleID: id,
    TaskID: task,
    CombineAdditionalCharges: false,
    Memo: stamped(draft.memo, stamp),
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

const figures = (row: SaleLine | SaleCharge) => ({
  Quantity: number(row.quantity),
  Price: number(row.price),
  Discount: 0,
  Tax: number(row.tax),
  TaxRule: row.taxRule,
})

const orderLine = (line: SaleLine) => ({
  SKU: line.sku,
  Name: line.name,
  ...figures(line),
  Comment: cut(line.comment, 256),
})

const orderCharge = (charge: SaleCharge) => ({
  Description: cut(charge.description, 256),
  ...figures(charge),
  Comment: cut(charge.comment, 1024),
})

/** The whole sale, with all its stages. */
export const voidSale = (id: string): Call => remove('/sale', { ID: id, Void: 'true' })
