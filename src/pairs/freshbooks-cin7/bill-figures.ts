import type { Lookups } from '../../core/flow'
import type { Figures } from '../../core/reconciliation'
import { add, type Decimal, isZero, subtract } from '../../lib/money'
import type { Bill } from '../../vendors/freshbooks/bills'
import { supplierNeed } from './needs'
import type { Settings } from './settings'

const UNMAPPED = 'not mapped'

/** FreshBooks' own sums of a bill, put on Cin7's accounts. */
export const billFigures = (bill: Bill, settings: Settings, lookups: Lookups): Figures => {
  const { total_amount, tax_amount, currency_code: currency, vendorid } = bill
  const supplier = lookups.linked(supplierNeed(vendorid, currency))
  return {
    currency,
    total: total_amount.amount,
    tax: tax_amount.amount,
    customer: { id: (supplier?.id ?? vendorid).toLowerCase(), name: supplier?.number ?? `vendor ${vendorid}` },
    accounts: accountsOf(bill, settings, lookups),
  }
}

/** What lines and tax leave over is on the account for rounding. */
const accountsOf = (bill: Bill, settings: Settings, { mapped }: Lookups): Record<string, Decimal> => {
  const sums: Record<string, Decimal> = {}
  const put = (account: string, value: Decimal) => {
    if (!isZero(value)) sums[account] = add(sums[account] ?? '0', value)
  }
  for (const { categoryid, category, amount } of bill.lines)
    put((categoryid !== null && mapped('expense-category', categoryid)) || `${UNMAPPED}: ${category}`, amount.amount)
  const net = subtract(bill.total_amount.amount, bill.tax_amount.amount)
  put(settings.rounding?.account ?? `${UNMAPPED}: rounding`, subtract(net, add('0', ...Object.values(sums))))
  return sums
}
