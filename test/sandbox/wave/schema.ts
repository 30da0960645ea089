/** The part of Wave's public schema that this project touches. Names, nullability and defaults as in sheet 5. */
export const sdl = /* GraphQL */ `
scalar Date
scalar DateTime
scalar Decimal

interface Node { id: ID! }
interface BusinessNode { business: Business! id: ID! }

type Query {
  _: Boolean
  accountSubtypes: [AccountSubtype!]!
  accountTypes: [AccountType!]!
  business(id: ID): Business
  businesses(isArchived: Boolean, page: Int = 1, pageSize: Int = 10): BusinessConnection
  currencies: [Currency!]!
  currency(code: CurrencyCode!): Currency
  oAuthApplication: OAuthApplication
  user: User
}

type Mutation {
  _: Boolean
  customerCreate(input: CustomerCreateInput!): CustomerCreateOutput
  customerDelete(input: CustomerDeleteInput!): CustomerDeleteOutput
  customerPatch(input: CustomerPatchInput!): CustomerPatchOutput
  invoiceApprove(input: InvoiceApproveInput!): InvoiceApproveOutput
  invoiceClone(input: InvoiceCloneInput!): InvoiceCloneOutput
  invoiceCreate(input: InvoiceCreateInput!): InvoiceCreateOutput
  invoiceDelete(input: InvoiceDeleteInput!): InvoiceDeleteOutput
  invoiceMarkSent(input: InvoiceMarkSentInput!): InvoiceMarkSentOutput
  invoicePatch(input: InvoicePatchInput!): InvoicePatchOutput
  invoicePaymentCreateManual(input: InvoicePaymentCreateManualInput!): InvoicePaymentCreateManualOutput
  invoicePaymentDelete(input: InvoicePaymentDeleteInput!): InvoicePaymentDeleteOutput
  invoicePaymentPatch(input: InvoicePaymentPatchInput!): InvoicePaymentPatchOutput
  invoiceSend(input: InvoiceSendInput!): InvoiceSendOutput
  moneyTransactionCreate(input: MoneyTransactionCreateInput!): MoneyTransactionCreateOutput
  moneyTransactionsCreate(input: MoneyTransactionsCreateInput!): MoneyTransactionsCreateOutput
  productArchive(input: ProductArchiveInput!): ProductArchiveOutput
  productCreate(input: ProductCreateInput!): ProductCreateOutput
  productPatch(input: ProductPatchInput!): ProductPatchOutput
}

type InputError { code: String message: String path: [String!] }
type OffsetPageInfo { currentPage: Int! totalCount: Int totalPages: Int }
type Money {
  currency: Currency!
  minorUnitValue: Decimal!
  raw: Int! @deprecated(reason: "Use minorUnitValue")
  value: String!
}
type Currency { code: CurrencyCode! exponent: Int! name: String! plural: String! symbol: String! }
type Country { code: CountryCode! name: String! }
type Province { code: String! name: String! }
type Address {
  addressLine1: String
  addressLine2: String
  city: String
  country: Country
  postalCode: String
  province: Province
}
input AddressInput {
  addressLine1: String
  addressLine2: String
  city: String
  countryCode: CountryCode
  postalCode: String
  provinceCode: String
}
type User implements Node {
  createdAt: DateTime!
  defaultEmail: String
  firstName: String
  id: ID!
  lastName: String
  modifiedAt: DateTime!
}
type OAuthApplication implements Node {
  clientId: String!
  createdAt: DateTime!
  description: String
  id: ID!
  modifiedAt: DateTime!
  name: String!
}

type BusinessConnection { edges: [BusinessEdge!]! pageInfo: OffsetPageInfo! }
type BusinessEdge { node: Business }
type Business implements Node {
  account(id: ID!): Account
  accounts(
    excludedSubtypes: [AccountSubtypeValue!], isArchived: Boolean = false, page: Int = 1, pageSize: Int = 45,
    subtypes: [AccountSubtypeValue!], types: [AccountTypeValue!]
  ): AccountConnection
  address: Address
  createdAt: DateTime!
  currency: Currency!
  customer(id: ID!): Customer
  customers(
    email: String, modifiedAtAfter: DateTime, modifiedAtBefore: DateTime, page: Int = 1, pageSize: Int = 45,
    sort: [CustomerSort!]! = [CREATED_AT_DESC]
  ): CustomerConnection
  emailSendEnabled: Boolean!
  id: ID!
  invoice(id: ID!): Invoice
  invoicePayment(id: ID!): InvoicePayment
  invoices(
    amountDue: Decimal, currency: CurrencyCode, customerId: ID, invoiceDateEnd: Date, invoiceDateStart: Date,
    invoiceNumber: String, modifiedAtAfter: DateTime, modifiedAtBefore: DateTime, page: Int = 1, pageSize: Int = 45,
    sort: [InvoiceSort!]! = [CREATED_AT_DESC], sourceId: ID, status: InvoiceStatus
  ): InvoiceConnection
  isArchived: Boolean!
  isClassicAccounting: Boolean! @deprecated(reason: "Classic Accounting is deprecated")
  isClassicInvoicing: Boolean! @deprecated(reason: "Classic Invoicing is deprecated")
  isPersonal: Boolean!
  modifiedAt: DateTime!
  name: String!
  phone: String
  product(id: ID!): Product
  products(
    isArchived: Boolean = false, isBought: Boolean, isSold: Boolean, modifiedAtAfter: DateTime,
    modifiedAtBefore: DateTime, page: Int = 1, pageSize: Int = 45, sort: [ProductSort!]! = [CREATED_AT_DESC]
  ): ProductConnection
  salesTax(id: ID!): SalesTax
  salesTaxes(
    isArchived: Boolean = false, modifiedAtAfter: DateTime, modifiedAtBefore: DateTime, page: Int = 1,
    pageSize: Int = 45
  ): SalesTaxConnection
  timezone: String
  vendor(id: ID!): Vendor
  vendors(
    email: String, modifiedAtAfter: DateTime, modifiedAtBefore: DateTime, page: Int = 1, pageSize: Int = 45
  ): VendorConnection
  website: String
}

type AccountConnection { edges: [AccountEdge!]! pageInfo: OffsetPageInfo! }
type AccountEdge { node: Account }
type Account implements BusinessNode & Node {
  balance: Decimal
  balanceInBusinessCurrency: Decimal
  business: Business!
  classicId: String
  currency: Currency!
  description: String
  displayId: String
  id: ID!
  isArchived: Boolean!
  name: String!
  normalBalanceType: AccountNormalBalanceType!
  sequence: Int!
  subtype: AccountSubtype!
  type: AccountType!
}
type AccountType { name: String! normalBalanceType: AccountNormalBalanceType! value: AccountTypeValue! }
type AccountSubtype { name: String! type: AccountType! value: AccountSubtypeValue! }
enum AccountNormalBalanceType { CREDIT DEBIT }
enum AccountTypeValue { ASSET EQUITY EXPENSE INCOME LIABILITY }
enum AccountSubtypeValue {
  CASH_AND_BANK COST_OF_GOODS_SOLD CREDIT_CARD CUSTOMER_PREPAYMENTS_AND_CREDITS DEPRECIATION_AND_AMORTIZATION
  DISCOUNTS DUE_FOR_PAYROLL DUE_TO_YOU_AND_OTHER_OWNERS EXPENSE GAIN_ON_FOREIGN_EXCHANGE INCOME INVENTORY LOANS
  LOSS_ON_FOREIGN_EXCHANGE MONEY_IN_TRANSIT NON_RETAINED_EARNINGS OTHER_CURRENT_ASSETS OTHER_CURRENT_LIABILITY
  OTHER_INCOME OTHER_LONG_TERM_ASSETS OTHER_LONG_TERM_LIABILITY PAYABLE PAYABLE_BILLS PAYABLE_OTHER
  PAYMENT_PROCESSING_FEES PAYROLL_EXPENSES PROPERTY_PLANT_EQUIPMENT RECEIVABLE RECEIVABLE_INVOICES RECEIVABLE_OTHER
  RETAINED_EARNINGS SALES_TAX SYSTEM_CUSTOMER_CREDITS TRANSFERS UNCATEGORIZED_EXPENSE UNCATEGORIZED_INCOME
  UNKNOWN_ACCOUNT VENDOR_PREPAYMENTS_AND_CREDITS
}

type CustomerConnection { edges: [CustomerEdge!]! pageInfo: OffsetPageInfo! }
type CustomerEdge { node: Customer }
type Customer implements BusinessNode & Node {
  address: Address
  business: Business!
  createdAt: DateTime!
  currency: Currency
  displayId: String
  email: String
  fax: String
  firstName: String
  id: ID!
  internalId: String @deprecated(reason: "Use id")
  internalNotes: String
  isArchived: Boolean
  lastName: String
  mobile: String
  modifiedAt: DateTime!
  name: String!
  outstandingAmount: Money!
  overdueAmount: Money!
  phone: String
  shippingDetails: CustomerShippingDetails
  tollFree: String
  website: String
}
type CustomerShippingDetails { address: Address instructions: String name: String phone: String }
enum CustomerSort { CREATED_AT_ASC CREATED_AT_DESC MODIFIED_AT_ASC MODIFIED_AT_DESC NAME_ASC NAME_DESC }
input CustomerCreateInput {
  address: AddressInput
  businessId: ID!
  currency: CurrencyCode
  displayId: String
  email: String
  fax: String
  firstName: String
  internalNotes: String
  lastName: String
  mobile: String
  name: String!
  phone: String
  shippingDetails: CustomerShippingDetailsInput
  tollFree: String
  website: String
}
input CustomerPatchInput {
  address: AddressInput
  currency: CurrencyCode
  displayId: String
  email: String
  fax: String
  firstName: String
  id: ID!
  internalNotes: String
  lastName: String
  mobile: String
  name: String
  phone: String
  shippingDetails: CustomerPatchShippingDetailsInput
  tollFree: String
  website: String
}
input CustomerShippingDetailsInput { address: AddressInput instructions: String name: String phone: String }
input CustomerPatchShippingDetailsInput { address: AddressInput instructions: String name: String phone: String }
input CustomerDeleteInput { id: ID! }
type CustomerCreateOutput { customer: Customer didSucceed: Boolean! inputErrors: [InputError!] }
type CustomerPatchOutput { customer: Customer didSucceed: Boolean! inputErrors: [InputError!] }
type CustomerDeleteOutput { didSucceed: Boolean! inputErrors: [InputError!] }

type VendorConnection { edges: [VendorEdge!]! pageInfo: OffsetPageInfo! }
type VendorEdge { node: Vendor! }
type Vendor implements BusinessNode & Node {
  address: Address
  business: Business!
  createdAt: DateTime!
  currency: Currency
  displayId: String
  email: String
  fax: String
  firstName: String
  id: ID!
  internalNotes: String
  isArchived: Boolean
  lastName: String
  mobile: String
  modifiedAt: DateTime!
  name: String!
  phone: String
  shippingDetails: VendorShippingDetails
  tollFree: String
  website: String
}
type VendorShippingDetails { address: Address instructions: String name: String phone: String }

type ProductConnection { edges: [ProductEdge!]! pageInfo: OffsetPageInfo! }
type ProductEdge { node: Product! }
type Product implements BusinessNode & Node {
  business: Business!
  createdAt: DateTime!
  defaultSalesTaxes: [SalesTax!]!
  description: String
  expenseAccount: Account
  id: ID!
  incomeAccount: Account
  internalId: String @deprecated(reason: "Use id")
  isArchived: Boolean!
  isBought: Boolean!
  isSold: Boolean!
  modifiedAt: DateTime!
  name: String!
  unitPrice: Decimal!
}
enum ProductSort { CREATED_AT_ASC CREATED_AT_DESC MODIFIED_AT_ASC MODIFIED_AT_DESC NAME_ASC NAME_DESC }
input ProductCreateInput {
  businessId: ID!
  defaultSalesTaxIds: [ID!]
  description: String
  expenseAccountId: ID
  incomeAccountId: ID
  name: String!
  unitPrice: Decimal!
}
input ProductPatchInput {
  defaultSalesTaxIds: [ID!]
  description: String
  expenseAccountId: ID
  id: ID!
  incomeAccountId: ID
  name: String
  unitPrice: Decimal
}
input ProductArchiveInput { id: ID! }
type ProductCreateOutput { didSucceed: Boolean! inputErrors: [InputError!] product: Product }
type ProductPatchOutput { didSucceed: Boolean! inputErrors: [InputError!] product: Product }
type ProductArchiveOutput { didSucceed: Boolean! inputErrors: [InputError!] product: Product }

type SalesTaxConnection { edges: [SalesTaxEdge!]! pageInfo: OffsetPageInfo! }
type SalesTaxEdge { node: SalesTax }
type SalesTax implements BusinessNode & Node {
  abbreviation: String!
  business: Business!
  createdAt: DateTime!
  description: String
  id: ID!
  internalId: String @deprecated(reason: "Use id")
  isArchived: Boolean!
  isCompound: Boolean!
  isRecoverable: Boolean!
  modifiedAt: DateTime!
  name: String!
  rate(for: Date): Decimal!
  rates: [SalesTaxRate!]!
  showTaxNumberOnInvoices: Boolean!
  taxNumber: String
}
type SalesTaxRate { effective: Date! rate: Decimal! }

type InvoiceConnection { edges: [InvoiceEdge!]! pageInfo: OffsetPageInfo! }
type InvoiceEdge { node: Invoice! }
type Invoice implements BusinessNode & Node {
  amountDue: Money!
  amountPaid: Money!
  amountTitle: String!
  anonymousId: ID!
  business: Business!
  createdAt: DateTime!
  currency: Currency!
  customer: Customer!
  disableAmexPayments: Boolean!
  disableBankPayments: Boolean!
  disableCreditCardPayments: Boolean!
  discountTotal: Money!
  discounts: [InvoiceDiscount!]
  dueDate: Date!
  exchangeRate: Decimal!
  footer: String
  hideAmount: Boolean!
  hideDescription: Boolean!
  hideName: Boolean!
  hidePrice: Boolean!
  hideUnit: Boolean!
  id: ID!
  internalId: String @deprecated(reason: "Use id")
  invoiceDate: Date!
  invoiceNumber: String!
  itemTitle: String!
  items: [InvoiceItem!]
  lastSentAt: DateTime
  lastSentVia: InvoiceSendMethod
  lastViewedAt: DateTime
  memo: String
  modifiedAt: DateTime!
  payments: [InvoicePayment]
  pdfUrl: String!
  poNumber: String
  priceTitle: String!
  requireTermsOfServiceAgreement: Boolean!
  status: InvoiceStatus!
  subhead: String
  subtotal: Money!
  taxTotal: Money!
  title: String!
  total: Money!
  unitTitle: String!
  viewUrl: String!
}
type InvoiceItem {
  account: Account!
  description: String
  id: ID!
  price: Decimal! @deprecated(reason: "Use unitPrice")
  product: Product!
  quantity: Decimal!
  subtotal: Money!
  taxes: [InvoiceItemTax!]!
  total: Money!
  unitPrice: Decimal!
}
type InvoiceItemTax { amount: Money rate: Decimal @deprecated(reason: "Use salesTax.rate") salesTax: SalesTax! }
interface InvoiceDiscount { createdAt: DateTime! modifiedAt: DateTime! name: String }
type FixedInvoiceDiscount implements InvoiceDiscount {
  amount: Decimal
  createdAt: DateTime!
  modifiedAt: DateTime!
  name: String
}
type PercentageInvoiceDiscount implements InvoiceDiscount {
  createdAt: DateTime!
  modifiedAt: DateTime!
  name: String
  percentage: Decimal
}
enum InvoiceStatus { DRAFT OVERDUE OVERPAID PAID PARTIAL SAVED SENT UNPAID VIEWED }
enum InvoiceCreateStatus { DRAFT SAVED }
enum InvoiceSendMethod { EXPORT_PDF GMAIL MARKED_SENT NOT_SENT OUTLOOK SHARED_LINK SKIPPED WAVE YAHOO }
enum InvoiceDiscountType { FIXED PERCENTAGE }
enum InvoiceSort {
  AMOUNT_DUE_ASC AMOUNT_DUE_DESC AMOUNT_PAID_ASC AMOUNT_PAID_DESC CREATED_AT_ASC CREATED_AT_DESC CUSTOMER_NAME_ASC
  CUSTOMER_NAME_DESC DUE_AT_ASC DUE_AT_DESC INVOICE_DATE_ASC INVOICE_DATE_DESC INVOICE_NUMBER_ASC INVOICE_NUMBER_DESC
  MODIFIED_AT_ASC MODIFIED_AT_DESC STATUS_ASC STATUS_DESC TOTAL_ASC TOTAL_DESC
}
input InvoiceCreateInput {
  amountTitle: String
  businessId: ID!
  currency: CurrencyCode
  customerId: ID!
  disableAmexPayments: Boolean
  disableBankPayments: Boolean
  disableCreditCardPayments: Boolean
  discounts: [InvoiceDiscountInput!]
  dueDate: Date
  exchangeRate: Decimal
  footer: String
  hideAmount: Boolean
  hideDescription: Boolean
  hideName: Boolean
  hidePrice: Boolean
  hideUnit: Boolean
  invoiceDate: Date
  invoiceNumber: String
  itemTitle: String
  items: [InvoiceCreateItemInput!]
  memo: String
  poNumber: String
  priceTitle: String
  requireTermsOfServiceAgreement: Boolean
  status: InvoiceCreateStatus = DRAFT
  subhead: String
  title: String
  unitTitle: String
}
input InvoiceCreateItemInput {
  description: String
  productId: ID!
  quantity: Decimal
  taxes: [InvoiceCreateItemTaxInput!]
  unitPrice: Decimal
}
input InvoiceCreateItemTaxInput { amount: Decimal salesTaxId: ID! }
input InvoiceDiscountInput { amount: Decimal discountType: InvoiceDiscountType! name: String percentage: Decimal }
input InvoicePatchInput {
  amountTitle: String
  currency: CurrencyCode
  customerId: ID
  disableAmexPayments: Boolean
  disableBankPayments: Boolean
  disableCreditCardPayments: Boolean
  discounts: [InvoiceDiscountInput!]
  dueDate: Date
  exchangeRate: Decimal
  footer: String
  hideAmount: Boolean
  hideDescription: Boolean
  hideName: Boolean
  hidePrice: Boolean
  hideUnit: Boolean
  id: ID!
  invoiceDate: Date
  invoiceNumber: String
  itemTitle: String
  items: [InvoiceCreateItemInput!]
  memo: String
  poNumber: String
  priceTitle: String
  requireTermsOfServiceAgreement: Boolean
  status: InvoiceCreateStatus
  subhead: String
  title: String
  unitTitle: String
}
input InvoiceApproveInput { invoiceId: ID! }
input InvoiceCloneInput { invoiceId: ID! }
input InvoiceDeleteInput { invoiceId: ID! }
input InvoiceMarkSentInput { invoiceId: ID! sendMethod: InvoiceSendMethod! sentAt: DateTime }
input InvoiceSendInput {
  attachPDF: Boolean! = false
  ccMyself: Boolean
  fromAddress: String
  invoiceId: ID!
  message: String
  subject: String
  to: [String!]!
}
type InvoiceCreateOutput { didSucceed: Boolean! inputErrors: [InputError!] invoice: Invoice }
type InvoicePatchOutput { didSucceed: Boolean! inputErrors: [InputError!] invoice: Invoice }
type InvoiceApproveOutput { didSucceed: Boolean! inputErrors: [InputError!] invoice: Invoice }
type InvoiceCloneOutput { didSucceed: Boolean! inputErrors: [InputError!] invoice: Invoice }
type InvoiceMarkSentOutput { didSucceed: Boolean! inputErrors: [InputError!] invoice: Invoice }
type InvoiceSendOutput { didSucceed: Boolean! inputErrors: [InputError!] invoice: Invoice }
type InvoiceDeleteOutput { didSucceed: Boolean! inputErrors: [InputError!] }

type InvoicePayment implements BusinessNode & Node {
  account: Account!
  active: Boolean
  amount: String
  business: Business!
  businessCurrency: Currency
  createdAt: DateTime!
  customer: Customer
  displayExchangeRate: String
  exchangeRate: Decimal!
  id: ID!
  invoice: Invoice
  invoiceCurrency: Currency
  memo: String
  modifiedAt: DateTime!
  origin: String
  paymentCurrency: Currency
  paymentDate: Date
  paymentMethod: String
  state: String
}
enum InvoicePaymentMethod { BANK_TRANSFER CASH CHEQUE CREDIT_CARD OTHER PAYPAL UNSPECIFIED }
input InvoicePaymentCreateManualInput {
  amount: Decimal!
  exchangeRate: Decimal!
  invoiceId: ID!
  memo: String
  paymentAccountId: ID!
  paymentDate: Date!
  paymentMethod: InvoicePaymentMethod!
}
input InvoicePaymentPatchInput {
  amount: Decimal
  exchangeRate: Decimal
  id: ID!
  memo: String
  paymentAccountId: ID
  paymentDate: Date
  paymentMethod: InvoicePaymentMethod
}
input InvoicePaymentDeleteInput { id: ID! }
type InvoicePaymentCreateManualOutput {
  didSucceed: Boolean!
  inputErrors: [InputError!]
  invoicePayment: InvoicePayment
}
type InvoicePaymentPatchOutput { didSucceed: Boolean! inputErrors: [InputError!] invoicePayment: InvoicePayment }
type InvoicePaymentDeleteOutput { didSucceed: Boolean! inputErrors: [InputError!] }

type Transaction { id: ID! }
enum TransactionDirection { DEPOSIT WITHDRAWAL }
enum BalanceType { CREDIT DEBIT DECREASE INCREASE }
input MoneyTransactionCreateInput {
  anchor: MoneyTransactionCreateAnchorInput!
  businessId: ID!
  date: Date!
  description: String!
  externalId: String!
  lineItems: [MoneyTransactionCreateLineItemInput!]!
  notes: String
}
input MoneyTransactionCreateAnchorInput { accountId: ID! amount: Decimal! direction: TransactionDirection! }
input MoneyTransactionCreateLineItemInput {
  accountId: ID!
  amount: Decimal!
  balance: BalanceType! = INCREASE
  customerId: ID
  description: String
  taxes: [MoneyTransactionCreateSalesTaxInput!]
}
input MoneyTransactionCreateSalesTaxInput { amount: Decimal! salesTaxId: ID! }
input MoneyTransactionsCreateInput { businessId: ID! transactions: [MoneyTransactionDetails!]! }
input MoneyTransactionDetails {
  anchor: MoneyTransactionCreateAnchorInput!
  date: Date!
  description: String!
  externalId: String!
  lineItems: [MoneyTransactionCreateLineItemInput!]!
  notes: String
}
type MoneyTransactionCreateOutput { didSucceed: Boolean! inputErrors: [InputError!] transaction: Transaction }
type MoneyTransactionsCreateOutput { didSucceed: Boolean! inputErrors: [InputError!] transactions: [Transaction] }

enum CurrencyCode {
  AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYR BZD CAD CDF CHF CLP
  CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EEK EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GWP GYD HKD HNL HRK
  HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KRW KWD KYD KZT LAK LBP LKR LRD LSL LTL LVL LYD MAD MDL
  MGA MKD MMK MNT MOP MRO MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON
  RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLL SOS SRD SSP STD SVC SYP SZL THB TJS TMM TND TOP TRY TTD TWD TZS UAH UGX
  USD UYU UZS VEF VND VUV WST XAF XCD XOF XPF YER ZAR ZMK ZMW ZWD
}
enum CountryCode {
  AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC
  CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD
  GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH
  KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW
  MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC
  SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY
  UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW
}
`
