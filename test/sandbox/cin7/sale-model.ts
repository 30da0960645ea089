import type { Body } from './fields'
import type { Decimal } from './model'

export interface Line {
  ProductID: string
  SKU: string
  Name: string
  Quantity: Decimal
  Price: Decimal
  Discount: Decimal
  Tax: Decimal
  Total: Decimal
  TaxRule: string
  Account: string
  Comment: string
  Backorder: Decimal
}

export interface Charge extends Omit<Line, 'ProductID' | 'SKU' | 'Name' | 'Backorder'> {
  Description: string
}

export interface Rows {
  Lines: Line[]
  AdditionalCharges: Charge[]
}

export interface Stage extends Rows {
  Memo: string
  Status: string
}

export interface Invoice extends Stage {
  TaskID: string
  InvoiceNumber: string
  InvoiceDate: string
  InvoiceDueDate: string
  CurrencyConversionRate: Decimal
  BillingAddressLine1: string
  BillingAddressLine2: string
}

export interface CreditNote extends Stage {
  TaskID: string
  CreditNoteNumber: string
  CreditNoteInvoiceNumber: string
  CreditNoteDate: string
  CreditNoteConversionRate: Decimal
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

export interface Sale {
  ID: string
  number: string
  kind: 'Simple' | 'Advanced' | 'Service'
  customerId: string
  currency: string
  skipQuote: boolean
  taxInclusive: boolean
  currencyRate: Decimal
  orderDate: string
  /** Header fields that are kept and answered as they are. */
  header: SaleHeader
  attributes: Record<string, string>
  voided: boolean
  quote: Stage
  order: Stage
  invoices: Invoice[]
  credits: CreditNote[]
  payments: Payment[]
  picking: string
  packing: string
  shipping: string
  created: number
  updated: number
}

export interface SaleHeader {
  Contact: string
  Phone: string
  Email: string
  DefaultAccount: string
  BillingAddress: Body
  ShippingAddress: Body
  ShippingNotes: string
  TaxRule: string
  Terms: string
  PriceTier: string
  ShipBy: string | null
  Location: string
  Note: string
  CustomerReference: string
  Carrier: string
  SalesRepresentative: string | null
  ExternalID: string | null
}
