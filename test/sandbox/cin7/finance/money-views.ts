import Big from 'big.js'
import { totals } from '../arithmetic'
import type { Books } from '../books'
import type { BankTransfer, MoneyLine, MoneyOperation, MoneyTask } from './model'
import { moneyPostings, type Posting, transferPostings } from './money-postings'

const lineView = (line: MoneyLine) => ({
  Name: line.Name,
  Comment: line.Comment,
  Quantity: Number(line.Quantity),
  Price: Number(line.Price),
  Discount: Number(line.Discount),
  Tax: Number(line.Tax),
  TaxRuleName: line.TaxRule,
  AccountCode: line.Account,
  Total: Number(line.Total),
})

/** Postings have no identity of their own here: task and place make one that stays the same. */
const transactions = (taskId: string, postings: Posting[]) =>
  postings.map(({ Debit, Credit, Amount, EffectiveDate }, n) => ({
    ID: `${taskId.slice(0, -4)}${String(n + 1).padStart(4, '0')}`,
    EffectiveDate,
    Debit,
    Credit,
    Amount: Number(Amount),
  }))

export const partyName = (books: Books, { SupplierID, CustomerID }: MoneyOperation): string =>
  books.suppliers.get(SupplierID ?? '')?.Name ?? books.customers.get(CustomerID ?? '')?.Name ?? ''

/** The wire says `SupplierCustomer`, the list `SupplierCustomerName` (sheet 10); an empty note is null. */
export const operationView = (books: Books, operation: MoneyOperation) => ({
  TaskID: operation.TaskID,
  TaskType: operation.TaskType,
  Status: operation.Status,
  BankAccount: operation.BankAccount,
  CurrencyConversionRate: Number(operation.CurrencyConversionRate),
  SupplierCustomer: partyName(books, operation),
  SupplierID: operation.SupplierID,
  CustomerID: operation.CustomerID,
  Reference: operation.Reference,
  Date: operation.Date,
  TaxInclusive: operation.TaxInclusive,
  Note: operation.Note || null,
  Lines: operation.Lines.map(lineView),
  Transactions: transactions(operation.TaskID, moneyPostings(books, operation)),
  Attachments: [],
})

/** To over from, cut after five places as in the sample (5 / 3 = 1.66666). */
const transferRate = ({ FromAmount, ToAmount }: BankTransfer): number =>
  new Big(ToAmount).div(FromAmount).round(5, Big.roundDown).toNumber()

export const transferView = (books: Books, transfer: BankTransfer) => ({
  TaskID: transfer.TaskID,
  Status: transfer.Status,
  FromAccount: transfer.FromAccount,
  ToAccount: transfer.ToAccount,
  FromAmount: Number(transfer.FromAmount),
  ToAmount: Number(transfer.ToAmount),
  CurrencyConversionRate: transferRate(transfer),
  Reference: transfer.Reference,
  Date: transfer.Date,
  Note: transfer.Note || null,
  Transactions: transactions(transfer.TaskID, transferPostings(books, transfer)),
  Attachments: [],
})

export const totalOf = (books: Books, task: MoneyTask): string => {
  if (task.TaskType === 'Transfer Money') return task.FromAmount
  const rows = { Lines: task.Lines, AdditionalCharges: [] }
  return totals(rows, task.TaxInclusive, books.company().me.TaxCalculationMethod).Total
}

export const moneyTaskView = (books: Books, task: MoneyTask) =>
  task.TaskType === 'Transfer Money' ? transferView(books, task) : operationView(books, task)
