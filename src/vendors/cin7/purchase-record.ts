import { z } from 'zod'

/**
 * A Cin7 purchase as it was read, of any type. Ids in lower case, status words in upper case; dates are calendar days and '' where
 * there is none; amounts are decimal text in the supplier's currency.
 */

export const PurchaseRow = z.lazy(() =>
  z.object({
    /** `line` = of a product; `charge` = freight, duty, discount, and everything on a service purchase. */
    kind: z.enum(['line', 'charge']),
    productId: z.string(),
    sku: z.string(),
    /** Name of the product, or description of the charge. */
    name: z.string(),
    quantity: z.string(),
    price: z.string(),
    /** Percent. */
    discount: z.string(),
    tax: z.string(),
    taxRule: z.string(),
    /** Code of an account; '' on an order. */
    account: z.string(),
    comment: z.string(),
    supplierSku: z.string(),
    /** Without the tax, or with it where `taxInclusive`. */
    total: z.string(),
    /** Null where Cin7 does not say. */
    nonInventory: z.boolean().nullable(),
  }),
)
export type PurchaseRow = z.infer<typeof PurchaseRow>

export const PurchasePayment = z.lazy(() =>
  z.object({
    id: z.string(),
    reference: z.string(),
    amount: z.string(),
    date: z.string(),
    account: z.string(),
    /** Base currency per unit of the supplier's. */
    rate: z.string(),
  }),
)
export type PurchasePayment = z.infer<typeof PurchasePayment>

const Document = z.object({
  status: z.string(),
  rows: z.array(PurchaseRow),
  beforeTax: z.string(),
  tax: z.string(),
  total: z.string(),
})
export type PurchaseDocument = z.infer<typeof Document>

export const PurchaseOrder = Document.extend({ memo: z.string(), prepayments: z.array(PurchasePayment) })
export type PurchaseOrder = z.infer<typeof PurchaseOrder>

export const PurchaseInvoice = Document.extend({
  /** `TaskID`: of the purchase itself where that is simple or a service. */
  id: z.string(),
  /** `InvoicingAndReceivingNumber`: which receipts belong to it. */
  group: z.number(),
  /** The supplier's. */
  number: z.string(),
  date: z.string(),
  dueDate: z.string(),
  rate: z.string(),
  payments: z.array(PurchasePayment),
  paid: z.string(),
})
export type PurchaseInvoice = z.infer<typeof PurchaseInvoice>

export const PurchaseCreditNote = Document.extend({
  id: z.string(),
  number: z.string(),
  invoiceNumber: z.string(),
  date: z.string(),
  refunds: z.array(PurchasePayment),
})
export type PurchaseCreditNote = z.infer<typeof PurchaseCreditNote>

export const PurchaseReceipt = z.lazy(() =>
  z.object({
    id: z.string(),
    group: z.number(),
    /** `stock` = arrived, `put-away` = at its place in the warehouse. */
    kind: z.enum(['stock', 'put-away']),
    status: z.string(),
    rows: z.array(
      z.object({ sku: z.string(), name: z.string(), quantity: z.string(), date: z.string(), location: z.string() }),
    ),
  }),
)
export type PurchaseReceipt = z.infer<typeof PurchaseReceipt>

export const Purchase = z.lazy(() =>
  z.object({
    id: z.string().min(1),
    /** PO number. */
    number: z.string(),
    type: z.enum(['simple', 'advanced', 'service', 'other']),
    /** `INVOICE` or `STOCK`: which comes first. It says nothing of the kind of document (sheet section 0). */
    approach: z.string(),
    status: z.string(),
    blindReceipt: z.boolean(),
    supplier: z.object({ id: z.string(), name: z.string() }),
    baseCurrency: z.string(),
    currency: z.string(),
    /** Base currency per unit of the supplier's; each invoice may have its own. */
    rate: z.string(),
    taxRule: z.string(),
    taxInclusive: z.boolean(),
    terms: z.string(),
    location: z.string(),
    note: z.string(),
    requiredBy: z.string(),
    /** The day on which it was entered: Cin7 sets it. */
    orderDate: z.string(),
    /** By number, 1 to 10; empty ones are left out. */
    attributes: z.record(z.string(), z.string()),
    receivingStatus: z.string(),
    invoiceStatus: z.string(),
    paymentStatus: z.string(),
    /** UTC with milliseconds. */
    updated: z.string(),
    order: PurchaseOrder,
    invoices: z.array(PurchaseInvoice),
    receipts: z.array(PurchaseReceipt),
    creditNotes: z.array(PurchaseCreditNote),
  }),
)
export type Purchase = z.infer<typeof Purchase>
