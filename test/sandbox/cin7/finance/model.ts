import type { Decimal } from '../model'
import type { Taxed } from '../rows'

/** One amount from one account to another, not a leg (sheet 10). */
export interface JournalLine {
  Debit: string
  Credit: string
  Reference: string
  Amount: Decimal
  BaseAmount: Decimal
}

export interface Journal {
  TaskID: string
  Status: string
  JournalNumber: string
  Currency: string
  CurrencyConversionRate: Decimal
  EffectiveDate: string
  Narration: string | null
  Notes: string | null
  Lines: JournalLine[]
}

export interface MoneyLine extends Taxed {
  Name: string
  Comment: string
}

export interface MoneyOperation {
  TaskID: string
  TaskType: 'Spend Money' | 'Receive Money'
  Status: string
  BankAccount: string
  CurrencyConversionRate: Decimal
  SupplierID: string | null
  CustomerID: string | null
  Reference: string
  Date: string
  TaxInclusive: boolean
  Note: string
  Lines: MoneyLine[]
}

export interface BankTransfer {
  TaskID: string
  TaskType: 'Transfer Money'
  Status: string
  FromAccount: string
  ToAccount: string
  FromAmount: Decimal
  ToAmount: Decimal
  Reference: string
  Date: string
  Note: string
}

export type MoneyTask = MoneyOperation | BankTransfer
