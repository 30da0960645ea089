import Big from 'big.js'
import { minus, rounded } from '../arithmetic'
import type { Books } from '../books'
import { currencyOf, tableRate } from './accounts'
import type { BankTransfer, MoneyOperation } from './model'

/** One amount in base currency from an account to another; four decimals, as samples have them. */
export interface Posting {
  Debit: string
  Credit: string
  Amount: string
  EffectiveDate: string
}

export const inBase = (amount: string, rate: string): string => rounded(new Big(amount).times(rate), 4)

export const taxAccount = (books: Books, rule: string): string =>
  books.taxes.all().find(({ Name }) => Name.trim().toLowerCase() === rule.trim().toLowerCase())?.Account ?? ''

/** Net to the row's account and its tax to the rule's account: `pair` puts both sides in order. */
export const rowPostings = (
  books: Books,
  row: { Total: string; Tax: string; TaxRule: string; Account: string },
  inclusive: boolean,
  pair: (account: string, amount: string) => Posting,
): Posting[] => {
  const net = inclusive ? minus(row.Total, row.Tax) : row.Total
  const postings = [pair(row.Account, net), pair(taxAccount(books, row.TaxRule), row.Tax)]
  return postings.filter(({ Amount }) => !new Big(Amount).eq(0))
}

/** Money received: bank to debit; spent: bank to credit (examples-finance.json). */
export const moneyPostings = (books: Books, operation: MoneyOperation): Posting[] => {
  if (operation.Status !== 'COMPLETED') return []
  const { BankAccount, CurrencyConversionRate, Date: EffectiveDate, TaskType, TaxInclusive } = operation
  const pair = (account: string, amount: string): Posting => {
    const Amount = inBase(amount, CurrencyConversionRate)
    return TaskType === 'Receive Money'
      ? { Debit: BankAccount, Credit: account, Amount, EffectiveDate }
      : { Debit: account, Credit: BankAccount, Amount, EffectiveDate }
  }
  return operation.Lines.flatMap((line) => rowPostings(books, line, TaxInclusive, pair))
}

const CROSSING = 'CROSS-CURRENCY-TRANSFER'

/** Between currencies the amount passes through an account that is not in the chart (the vendor's sample). */
export const transferPostings = (books: Books, transfer: BankTransfer): Posting[] => {
  if (transfer.Status !== 'COMPLETED') return []
  const { FromAccount, ToAccount, ToAmount, Date: EffectiveDate } = transfer
  const Amount = inBase(ToAmount, tableRate(books, currencyOf(books, ToAccount)))
  const one = (Debit: string, Credit: string): Posting => ({ Debit, Credit, Amount, EffectiveDate })
  if (currencyOf(books, FromAccount) === currencyOf(books, ToAccount)) return [one(ToAccount, FromAccount)]
  return [one(CROSSING, FromAccount), one(ToAccount, CROSSING)]
}
