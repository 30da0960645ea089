/** Every record knows its business; ids are the bare ones (a UUID or a number as text). */
export interface Owned {
  id: string
  business: string
}

export interface Stamped extends Owned {
  createdAt: string
  modifiedAt: string
}

export interface Business extends Stamped {
  name: string
  currency: string
  timezone: string
  isClassicAccounting: boolean
  isClassicInvoicing: boolean
  isPersonal: boolean
  isArchived: boolean
  emailSendEnabled: boolean
  plan: 'pro' | 'starter'
}

export interface Account extends Owned {
  name: string
  subtype: string
  currency: string
  description: string | null
  displayId: string | null
  isArchived: boolean
  sequence: number
  balance: string
}

export interface Address {
  addressLine1: string | null
  addressLine2: string | null
  city: string | null
  postalCode: string | null
  countryCode: string | null
  provinceCode: string | null
}

export interface Shipping {
  name: string | null
  phone: string | null
  instructions: string | null
  address: Address | null
}

export interface Contact extends Stamped {
  name: string
  firstName: string | null
  lastName: string | null
  email: string | null
  phone: string | null
  mobile: string | null
  fax: string | null
  tollFree: string | null
  website: string | null
  displayId: string | null
  internalNotes: string | null
  currency: string | null
  address: Address | null
  shippingDetails: Shipping | null
  isArchived: boolean
}

export interface Product extends Stamped {
  name: string
  description: string | null
  unitPrice: string
  incomeAccount: string | null
  expenseAccount: string | null
  defaultSalesTaxes: string[]
  isArchived: boolean
}

export interface SalesTax extends Stamped {
  name: string
  abbreviation: string
  description: string | null
  rates: { effective: string; rate: string }[]
  isCompound: boolean
  isRecoverable: boolean
  isArchived: boolean
  taxNumber: string | null
  showTaxNumberOnInvoices: boolean
}

export interface LineTax {
  salesTax: string
  rate: string
  amount: string
}

export interface InvoiceLine {
  id: string
  product: string
  account: string
  description: string
  quantity: string
  unitPrice: string
  subtotal: string
  total: string
  taxes: LineTax[]
}

export interface Discount {
  type: 'FIXED' | 'PERCENTAGE'
  value: string
  name: string | null
  createdAt: string
  modifiedAt: string
}

export type OpenStatus = 'DRAFT' | 'SAVED' | 'UNPAID' | 'SENT' | 'VIEWED'

export interface Invoice extends Stamped {
  customer: string
  number: string
  /** Where the document stands, payments and due date left aside. */
  stage: OpenStatus
  currency: string
  exchangeRate: string
  invoiceDate: string
  dueDate: string
  texts: Record<string, string | boolean>
  items: InvoiceLine[]
  discount: Discount | null
  subtotal: string
  discountTotal: string
  taxTotal: string
  total: string
  amountPaid: string
  payments: string[]
  lastSentAt: string | null
  lastSentVia: string | null
  lastViewedAt: string | null
  /** Secret part of the links a customer gets. */
  secret: string
}

export interface Payment extends Stamped {
  invoice: string
  account: string
  amount: string
  exchangeRate: string
  paymentDate: string
  paymentMethod: string
  memo: string | null
}

export interface Records {
  Business: Business
  Account: Account
  Customer: Contact
  Vendor: Contact
  Product: Product
  SalesTax: SalesTax
  Invoice: Invoice
  InvoicePayment: Payment
}
export type Kind = keyof Records

export interface TransactionLine {
  account: string
  amount: string
  balance: string
  side: 'debit' | 'credit'
  customer: string | null
  description: string | null
  taxes: { salesTax: string; amount: string }[]
}

export interface MoneyTransaction extends Owned {
  graphId: string
  externalId: string
  date: string
  description: string
  notes: string | null
  anchor: { account: string; amount: string; direction: string }
  lineItems: TransactionLine[]
  createdAt: string
}
