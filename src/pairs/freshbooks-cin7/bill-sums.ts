import { add, type Decimal, divide, isZero, multiply } from '../../lib/money'
import type { Bill, BillLine } from '../../vendors/freshbooks/bills'
import { taxesIn } from '../../vendors/freshbooks/tax-codes'
import { apportion, isRounding } from './apportion'
import { percentOf, type Taxed } from './tax'

export const taxedAs = ({ tax_name1, tax_percent1, tax_name2, tax_percent2 }: BillLine): Taxed => ({
  taxes: taxesIn([tax_name1, tax_percent1], [tax_name2, tax_percent2]),
  compounded: false,
})

/** FreshBooks' own figure of a line's taxes; what the percents say where it shows none. */
const taxOf = (line: BillLine): Decimal => {
  const shown = [line.tax_amount1, line.tax_amount2].flatMap((tax) => tax?.amount ?? [])
  const taxed = taxedAs(line)
  if (shown.length > 0 || taxed.taxes.length === 0) return add('0', ...shown)
  return divide(multiply(line.amount.amount, percentOf(taxed)), '100', 12)
}

/** Tax of each line to the cent: together the tax of the bill, as long as rounding explains it. */
export const lineTaxes = ({ lines, tax_amount }: Bill): Decimal[] => {
  const taxes = lines.map(taxOf)
  const [own, wanted] = [add('0', ...taxes), tax_amount.amount]
  const taxed = taxes.filter((tax) => !isZero(tax)).length
  return apportion(taxes, isRounding(own, wanted, taxed) ? wanted : own)
}
