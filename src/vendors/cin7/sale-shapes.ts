import { z } from 'zod'
import { rejected } from '../../core/failure'
import type { ReadApi } from '../../core/vendor'
import { add, type Decimal } from '../../lib/money'
import { notThere } from './absence'
import { get } from './client'
import { decimal, sameWord, text } from './shapes'

const DraftRow = z.object({
  quantity: z.string(),
  price: z.string(),
  tax: z.string(),
  taxRule: z.string(),
  account: z.string(),
  comment: z.string(),
  /** round(quantity × price, 2): what Cin7 computes (sheet section 8.3). With tax where the price includes it. */
  total: z.string(),
})

/** A sale to be, in the customer's currency; decimals as text, dates as calendar days. Names and codes are Cin7's. */
export const SaleDraft = z.lazy(() =>
  z.object({
    customerId: z.string(),
    currency: z.string(),
    location: z.string(),
    taxRule: z.string(),
    /** Prices and totals of rows include their tax. */
    taxInclusive: z.boolean().default(false),
    terms: z.string(),
    date: z.string(),
    dueDate: z.string(),
    /** Base currency per unit of the sale's currency. */
    rate: z.string(),
    reference: z.string(),
    memo: z.string(),
    /** By number, 1 to 10: cost dimensions and the like. */
    attributes: z.record(z.string(), z.string()).default({}),
    /** Pick, pack and ship the lines as soon as the order is authorised. */
    fulfil: z.boolean().default(false),
    lines: z.array(DraftRow.extend({ sku: z.string(), name: z.string() })),
    charges: z.array(DraftRow.extend({ description: z.string() })),
    beforeTax: z.string(),
    tax: z.string(),
    total: z.string(),
  }),
)
export type SaleDraft = z.infer<typeof SaleDraft>
export type SaleLine = SaleDraft['lines'][number]
export type SaleCharge = SaleDraft['charges'][number]

const Row = z.object({
  SKU: text,
  Description: text,
  Quantity: decimal.nullish(),
  Price: decimal.nullish(),
  Discount: decimal.nullish(),
  Tax: decimal.nullish(),
  TaxRule: text,
  Account: text,
  Total: decimal.nullish(),
})
export type SaleRow = z.infer<typeof Row>

export const PaymentRow = z.object({ ID: text, Reference: text, DatePaid: text, Amount: decimal.nullish() })
export type PaymentRow = z.infer<typeof PaymentRow>

const Document = z.object({
  Status: text,
  Memo: text,
  Lines: z.array(Row).nullish(),
  AdditionalCharges: z.array(Row).nullish(),
  TotalBeforeTax: decimal.nullish(),
  Tax: decimal.nullish(),
  Total: decimal.nullish(),
})

export const OrderDocument = Document.extend({ SaleOrderNumber: text })
export type OrderDocument = z.infer<typeof OrderDocument>

export const InvoiceDocument = Document.extend({
  TaskID: z.string(),
  InvoiceNumber: text,
  InvoiceDate: text,
  InvoiceDueDate: text,
  CurrencyConversionRate: decimal.nullish(),
  Paid: decimal.nullish(),
  Payments: z.array(PaymentRow).nullish(),
})
export type InvoiceDocument = z.infer<typeof InvoiceDocument>

export const InvoicesAnswer = z.object({ Invoices: z.array(InvoiceDocument) })

export const Sale = z.lazy(() =>
  z.object({
    ID: z.string().min(1),
    Status: text,
    Note: text,
    CustomerID: text,
    Customer: text,
    CustomerReference: text,
    CustomerCurrency: text,
    Terms: text,
    TaxCalculation: text,
    CombinedPickingStatus: text,
    CombinedPackingStatus: text,
    CombinedShippingStatus: text,
    FulFilmentStatus: text,
    CombinedPaymentStatus: text,
    Order: OrderDocument.nullish(),
    Invoices: z.array(InvoiceDocument).nullish(),
    CreditNotes: z.array(z.object({ Status: text, CreditNoteNumber: text })).nullish(),
  }),
)
export type Sale = z.infer<typeof Sale>

/** Null where Cin7 shows no such sale: an error, or an object without content (sheet section 16). */
const SaleOrNothing = z.lazy(() => z.union([Sale, z.object({ ID: z.undefined().optional() }), z.null()]))

export const readSale = async (api: ReadApi, id: string): Promise<Sale | null> => {
  const answer = await notThere(() => api.read(get('/sale', { ID: id }), SaleOrNothing))
  return answer && 'Status' in answer ? answer : null
}

export const theSale = async (api: ReadApi, id: string): Promise<Sale> => {
  const sale = await readSale(api, id)
  if (sale) return sale
  throw rejected(
    'cin7_sale_gone',
    `Cin7 shows no sale ${id}`,
    'Look in Cin7 what became of the sale, and link the record with the right one.',
  )
}

export const isStatus = ({ Status }: { Status: string }, ...words: string[]): boolean =>
  words.some((word) => sameWord(Status, word))

/** Stands for what was begun and not voided; a stage that was not begun shows as NOT AVAILABLE. */
const isLive = (document: { Status: string }): boolean => !isStatus(document, 'VOIDED', 'NOT AVAILABLE', '')

export const liveInvoices = ({ Invoices }: { Invoices?: InvoiceDocument[] | null | undefined }): InvoiceDocument[] =>
  (Invoices ?? []).filter(isLive)

export const paymentsOf = (sale: Sale): PaymentRow[] => liveInvoices(sale).flatMap(({ Payments }) => Payments ?? [])

export const liveCreditNotes = ({ CreditNotes }: Sale) => (CreditNotes ?? []).filter(isLive)

export const isAuthorised = (document: { Status: string } | null | undefined): boolean =>
  document != null && isStatus(document, 'AUTHORISED', 'AUTH_NO_ALLOC', 'PAID')

/** From the rows: in the vendor's sample of GET /sale the totals of an order leave out its charges (sheet section 17). */
export const rowsTotal = (document: OrderDocument, inclusive: boolean): Decimal =>
  add(...rowsOf(document).flatMap(({ Total, Tax }) => [Total ?? '0', inclusive ? '0' : (Tax ?? '0')]))

export const isInclusive = ({ TaxCalculation }: Sale): boolean => sameWord(TaxCalculation, 'Inclusive')

export const rowsOf = ({ Lines, AdditionalCharges }: Pick<OrderDocument, 'Lines' | 'AdditionalCharges'>): SaleRow[] => [
  ...(Lines ?? []),
  ...(AdditionalCharges ?? []),
]
