import type { Body } from '../fields'
import type { Decimal } from '../model'
import type { Taxed } from '../rows'

export interface Line extends Taxed {
  ProductID: string
  SKU: string
  Name: string
  SupplierSKU: string
  Comment: string
  NonInventory: boolean
}

export interface Charge extends Taxed {
  Description: string
  Reference: string
}

export interface Rows {
  Lines: Line[]
  AdditionalCharges: Charge[]
}

export interface Order extends Rows {
  Memo: string
  Status: string
}

export interface Invoice extends Rows {
  Status: string
  InvoiceNumber: string
  InvoiceDate: string | null
  InvoiceDueDate: string | null
  CurrencyRate: Decimal
}

/** Goods of one product that came in; `CardID` is what a credit note sends back. */
export interface StockLine {
  Date: string
  Quantity: Decimal
  ProductID: string
  SKU: string
  Name: string
  Location: string | null
  LocationID: string | null
  BatchSN: string
  SupplierSKU: string
  ExpiryDate: string | null
  CardID: string
}

export interface Receipt {
  Status: string
  Lines: StockLine[]
}

/** An invoice and the goods that belong to it: one per purchase, or several on an Advanced one (sheet 9.2). */
export interface Group {
  TaskID: string
  /** `InvoicingAndReceivingNumber`: 0 on simple and service purchases. */
  number: number
  invoice: Invoice
  stock: Receipt
  putAway: Receipt
}

export interface CreditNote extends Rows {
  TaskID: string
  CreditNoteNumber: string
  CreditNoteInvoiceNumber: string
  CreditNoteDate: string | null
  Status: string
  Unstock: StockLine[]
}

export interface Payment {
  ID: string
  TaskID: string
  Type: string
  Reference: string
  Amount: Decimal
  DatePaid: string
  Account: string
  CurrencyRate: Decimal
  created: number
}

export interface Header {
  Contact: string
  Phone: string
  BillingAddress: Body
  ShippingAddress: Body
  TaxRule: string
  Terms: string
  RequiredBy: string | null
  Location: string
  Note: string
}

export interface Purchase {
  ID: string
  number: string
  kind: 'Simple' | 'Advanced' | 'Service'
  supplierId: string
  currency: string
  approach: 'INVOICE' | 'STOCK'
  blindReceipt: boolean
  taxInclusive: boolean
  currencyRate: Decimal
  orderDate: string
  header: Header
  attributes: Record<string, string>
  voided: boolean
  order: Order
  groups: Group[]
  credits: CreditNote[]
  payments: Payment[]
  /** A status seen in real accounts that no rule here makes (sheet 9.4, 15.14); null: the computed one. */
  shownStatus: string | null
  created: number
  updated: number
}
