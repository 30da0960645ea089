import { z } from 'zod'
import { add, type Decimal, divide, multiply, subtract } from '../../lib/money'
import type {
  PurchaseCreditNote,
  PurchaseDocument,
  PurchaseInvoice,
  PurchaseOrder,
  PurchasePayment,
  PurchaseReceipt,
  PurchaseRow,
} from './purchase-record'
import { dayOf, decimal, flag, text, word } from './shapes'

const amount = decimal.nullish().transform((value) => value ?? '0')

const RawRow = z.object({
  ProductID: text,
  SKU: text,
  Name: text,
  Description: text,
  Quantity: amount,
  Price: amount,
  Discount: amount,
  Tax: amount,
  TaxRule: text,
  Account: text,
  Comment: text,
  Reference: text,
  SupplierSKU: text,
  Total: decimal.nullish(),
  NonInventory: flag.nullish(),
})
type RawRow = z.infer<typeof RawRow>

const RawPayment = z.object({
  ID: text,
  Reference: text,
  Amount: amount,
  DatePaid: text,
  Account: text,
  CurrencyRate: decimal.nullish(),
})

const rows = z.array(RawRow).nullish()
const payments = z.array(RawPayment).nullish()

const RawDocument = z.object({
  Status: text,
  Lines: rows,
  AdditionalCharges: rows,
  TotalBeforeTax: decimal.nullish(),
  Tax: decimal.nullish(),
  Total: decimal.nullish(),
})
type RawDocument = z.infer<typeof RawDocument>

/** `TaskID` is missing where the document is an object: it is the purchase's then. */
const RawPart = RawDocument.extend({ TaskID: text, InvoicingAndReceivingNumber: z.coerce.number().nullish() })

export const RawOrder = RawDocument.extend({ Memo: text, Prepayments: payments })

/** The documented sample of `/purchase` misspells `InvoiceNumber` (sheet section 9.2). */
export const RawInvoice = RawPart.extend({
  InvoiceNumber: z.string().nullish(),
  InvocieNumber: z.string().nullish(),
  InvoiceDate: text,
  InvoiceDueDate: text,
  CurrencyRate: decimal.nullish(),
  Payments: payments,
  Paid: amount,
})

export const RawCreditNote = RawPart.extend({
  CreditNoteNumber: text,
  CreditNoteInvoiceNumber: text,
  CreditNoteDate: text,
  Refunds: payments,
})

const RawStockLine = z.object({ SKU: text, Name: text, Quantity: amount, Date: text, Location: text })

export const RawReceipt = z.lazy(() =>
  z.object({
    TaskID: text,
    InvoicingAndReceivingNumber: z.coerce.number().nullish(),
    Status: text,
    Lines: z.array(RawStockLine).nullish(),
  }),
)

/** The purchase around a document. */
export interface Around {
  id: string
  rate: Decimal
  taxInclusive: boolean
}

/** round(quantity × price × (1 − discount), 2) where Cin7 shows no total (sheet section 8.3). */
const totalOf = ({ Quantity, Price, Discount }: RawRow): Decimal =>
  divide(multiply(multiply(Quantity, Price), subtract('100', Discount)), '100', 2)

const rowOf =
  (kind: PurchaseRow['kind']) =>
  (raw: RawRow): PurchaseRow => ({
    kind,
    productId: raw.ProductID.toLowerCase(),
    sku: raw.SKU,
    name: raw.Name || raw.Description,
    quantity: raw.Quantity,
    price: raw.Price,
    discount: raw.Discount,
    tax: raw.Tax,
    taxRule: raw.TaxRule,
    account: raw.Account,
    comment: raw.Comment || raw.Reference,
    supplierSku: raw.SupplierSKU,
    total: raw.Total ?? totalOf(raw),
    nonInventory: raw.NonInventory ?? null,
  })

/** Combined charges stand among the lines, without a product. */
const lineOf = (raw: RawRow): PurchaseRow => rowOf(raw.SKU || raw.ProductID ? 'line' : 'charge')(raw)

const documentOf = (raw: RawDocument, inclusive: boolean): PurchaseDocument => {
  const all = [...(raw.Lines ?? []).map(lineOf), ...(raw.AdditionalCharges ?? []).map(rowOf('charge'))]
  const tax = raw.Tax ?? add('0', ...all.map((row) => row.tax))
  const sum = add('0', ...all.map(({ total }) => total))
  return {
    status: word(raw.Status),
    rows: all,
    beforeTax: raw.TotalBeforeTax ?? (inclusive ? subtract(sum, tax) : sum),
    tax,
    total: raw.Total ?? (inclusive ? sum : add(sum, tax)),
  }
}

const paymentsOf = (raw: z.infer<typeof RawPayment>[] | null | undefined): PurchasePayment[] =>
  (raw ?? []).map(({ ID, Reference, Amount, DatePaid, Account, CurrencyRate }) => ({
    id: ID.toLowerCase(),
    reference: Reference,
    amount: Amount,
    date: dayOf(DatePaid),
    account: Account,
    rate: CurrencyRate ?? '1',
  }))

export const orderOf = (raw: z.infer<typeof RawOrder> = RawOrder.parse({}), inclusive = false): PurchaseOrder => ({
  ...documentOf(raw, inclusive),
  memo: raw.Memo,
  prepayments: paymentsOf(raw.Prepayments),
})

export const invoicesOf = (all: z.infer<typeof RawInvoice>[], { id, rate, taxInclusive }: Around): PurchaseInvoice[] =>
  all.map((raw) => ({
    ...documentOf(raw, taxInclusive),
    id: (raw.TaskID || id).toLowerCase(),
    group: raw.InvoicingAndReceivingNumber ?? 0,
    number: raw.InvoiceNumber || raw.InvocieNumber || '',
    date: dayOf(raw.InvoiceDate),
    dueDate: dayOf(raw.InvoiceDueDate),
    rate: raw.CurrencyRate ?? rate,
    payments: paymentsOf(raw.Payments),
    paid: raw.Paid,
  }))

export const creditNotesOf = (
  all: z.infer<typeof RawCreditNote>[],
  { id, taxInclusive }: Around,
): PurchaseCreditNote[] =>
  all.map((raw) => ({
    ...documentOf(raw, taxInclusive),
    id: (raw.TaskID || id).toLowerCase(),
    number: raw.CreditNoteNumber,
    invoiceNumber: raw.CreditNoteInvoiceNumber,
    date: dayOf(raw.CreditNoteDate),
    refunds: paymentsOf(raw.Refunds),
  }))

export const receiptsOf = (all: z.infer<typeof RawReceipt>[], kind: PurchaseReceipt['kind']): PurchaseReceipt[] =>
  all.map((raw) => ({
    id: raw.TaskID.toLowerCase(),
    group: raw.InvoicingAndReceivingNumber ?? 0,
    kind,
    status: word(raw.Status),
    rows: (raw.Lines ?? []).map((line) => ({
      sku: line.SKU,
      name: line.Name,
      quantity: line.Quantity,
      date: dayOf(line.Date),
      location: line.Location,
    })),
  }))
