import { add, type Decimal, divide, round, subtract } from '../../lib/money'
import type { Expense } from '../../vendors/freshbooks/expenses'
import { taxesIn } from '../../vendors/freshbooks/tax-codes'
import { percentOf, type Taxed } from './tax'

const CENTS = 2
const FINE = 12

export const taxedAs = ({ taxName1, taxPercent1, taxName2, taxPercent2 }: Expense): Taxed => ({
  taxes: taxesIn([taxName1, taxPercent1], [taxName2, taxPercent2]),
  compounded: false,
})

/** Taxes within the amount: FreshBooks' own figures, else the part that the percents are of it. */
export const taxOf = (expense: Expense): Decimal => {
  const shown = [expense.taxAmount1, expense.taxAmount2].flatMap((tax) => tax?.amount ?? [])
  const taxed = taxedAs(expense)
  if (shown.length > 0 || taxed.taxes.length === 0) return add('0', ...shown)
  const factor = add('1', divide(percentOf(taxed), '100', FINE))
  return round(subtract(expense.amount.amount, divide(expense.amount.amount, factor, FINE)), CENTS)
}

export const netOf = (expense: Expense): Decimal => subtract(expense.amount.amount, taxOf(expense))
