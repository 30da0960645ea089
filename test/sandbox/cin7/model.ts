import type { Body } from './fields'

/** Amounts are decimal text everywhere; only answers turn them into JSON numbers. */
export type Decimal = string

export interface Company {
  accountId: string
  applicationKeys: string[]
  me: Body & { Company: string; Currency: string; LockDate: string | null; TaxCalculationMethod: string }
  carriers: string[]
  salesRepresentatives: string[]
  categories: string[]
  brands: string[]
  /** Base units for one unit of a foreign currency. */
  currencyRates: Record<string, Decimal>
  /** Xero or QuickBooks is connected: the chart cannot be changed (sheet 5). */
  ledgerConnected: boolean
}

export interface Account {
  Code: string
  Name: string
  Type: string
  Status: string
  Description: string
  Class: string
  SystemAccount: string | null
  SystemAccountCode: string | null
  ForPayments: boolean
  Bank: string | null
  BankAccountNumber: string | null
  BankAccountId: string | null
  Currency: string | null
}

export interface TaxRule {
  ID: string
  Name: string
  Account: string
  IsActive: boolean
  TaxInclusive: boolean
  TaxPercent: number
  IsTaxForSale: boolean
  IsTaxForPurchase: boolean
}

export interface Term {
  ID: string
  Name: string
  Duration: number
  Method: string
  IsActive: boolean
  IsDefault: boolean
}

export interface Location {
  ID: string
  Name: string
  IsDefault: boolean
  IsDeprecated: boolean
}

export interface Product {
  ID: string
  SKU: string
  Name: string
  Category: string
  Brand: string | null
  Type: string
  CostingMethod: string
  UOM: string
  Status: string
  RevenueAccount: string | null
  SaleTaxRule: string | null
  PurchaseTaxRule: string | null
  Description: string | null
  onHand: Decimal
  allocated: Decimal
  updated: number
}

/** A customer or supplier: the vendor's own keys, flat. */
export interface Party {
  ID: string
  Name: string
  Status: string
  Currency: string
  PaymentTerm: string
  TaxRule: string
  fields: Body
  Addresses: Body[]
  Contacts: Body[]
  updated: number
}

export interface Hook {
  ID: string
  Type: string
  IsActive: boolean
  ExternalURL: string
  ExternalAuthorizationType: string
  ExternalUserName: string | null
  ExternalPassword: string | null
  ExternalBearerToken: string | null
  ExternalHeaders: { Key: string; Value: string }[]
}

/** Names of the additional attributes 1 to 10 of a kind of records. */
export interface AttributeSet {
  ID: string
  Name: string
  Attributes: { Name: string; Type: string; Values: string }[]
}
