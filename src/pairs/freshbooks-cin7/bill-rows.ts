import type { Failure } from '../../core/failure'
import type { Lookups } from '../../core/flow'
import { abs, atMost, type Decimal, decimalsOf, isZero, subtract } from '../../lib/money'
import { asCharge, asProduct, CENTS, figures, original } from '../../vendors/cin7/line-figures'
import type { PurchaseDraft } from '../../vendors/cin7/service-purchases'
import type { Bill, BillLine } from '../../vendors/freshbooks/bills'
import { lineTaxes, taxedAs } from './bill-sums'
import { Missing } from './missing'
import { sums } from './purchase-head'
import { ROUNDING } from './sale-rows'
import type { Purchases, Settings } from './settings'
import { taxRuleOf } from './tax'

type Rows = Pick<PurchaseDraft, 'kind' | 'lines' | 'charges' | 'beforeTax' | 'tax' | 'total'>
type Line = PurchaseDraft['lines'][number]
type Charge = PurchaseDraft['charges'][number]

/** Rows of the purchase, and what they add up to; or all that has no counterpart, at once. Goods are lines, where mapped. */
export const billRows = (bill: Bill, settings: Settings, purchases: Purchases, lookups: Lookups): Rows | Failure => {
  const making: Making = { purchases, lookups, missing: new Missing() }
  const taxes = lineTaxes(bill)
  const rows = bill.lines.map((line, at) => ({ line, tax: taxes[at] ?? '0', sku: skuOf(making, line) }))
  const lines = rows.flatMap((row) => (row.sku === undefined ? [] : [productLine(making, row, row.sku)]))
  const charges = rows.flatMap((row) => (row.sku === undefined ? [chargeLine(making, row)] : []))
  const failure = making.missing.failure()
  if (failure) return failure
  charges.push(...rounding(bill, sums({ lines, charges }).total, settings, purchases))
  return { kind: lines.length > 0 ? 'stock' : 'service', lines, charges, ...sums({ lines, charges }) }
}

/** One bill in work. */
interface Making {
  purchases: Purchases
  lookups: Lookups
  missing: Missing
}

/** A credit moves no stock by itself, and Cin7 takes no quantity below one. */
const skuOf = ({ lookups }: Making, { categoryid, quantity, amount }: BillLine): string | undefined =>
  categoryid !== null && atMost('1', quantity) && atMost('0', amount.amount)
    ? lookups.mapped('stock', categoryid)
    : undefined

interface Row {
  line: BillLine
  tax: Decimal
}

const priced = ({ quantity, unit_cost }: BillLine) => ({ quantity, unitPrice: unit_cost.amount })

const booking = ({ purchases, lookups, missing }: Making, { line, tax }: Row) => ({
  tax,
  taxRule: taxRuleOf(taxedAs(line), { mapping: 'purchase-tax', none: purchases.noTaxRule }, lookups, missing),
  account: costAccount(line, lookups, missing),
})

/** Cin7 account of the category of a cost. */
export const costAccount = (
  { categoryid, category }: { categoryid: string | null; category: string },
  { mapped }: Lookups,
  missing: Missing,
): string => {
  const found = categoryid === null ? undefined : mapped('expense-category', categoryid)
  return missing.or(found, 'expense-category', categoryid ?? 'none', `category ${category || categoryid || 'none'}`)
}

const productLine = (making: Making, row: Row, sku: string): Line => {
  const { line } = row
  const figured = asProduct(priced(line), line.amount.amount)
  const comment = [line.category, original(priced(line), figured)].filter(Boolean).join(' ')
  return { sku, name: line.description || line.category, ...figured, ...booking(making, row), comment }
}

const chargeLine = (making: Making, row: Row): Charge => {
  const { line } = row
  const figured = asCharge(priced(line), line.amount.amount)
  const comment = [line.category, line.description, original(priced(line), figured)].filter(Boolean).join(' · ')
  return { description: making.purchases.chargeProduct, ...figured, ...booking(making, row), comment }
}

/** A difference within the limit becomes a row that says so. One that two decimals cannot hold stays, and is refused. */
const rounding = (bill: Bill, total: Decimal, settings: Settings, purchases: Purchases): Charge[] => {
  const left = subtract(bill.total_amount.amount, total)
  const { account, limit } = settings.rounding ?? { account: '', limit: '0' }
  if (isZero(left) || decimalsOf(left) > CENTS || !atMost(abs(left), limit)) return []
  const { chargeProduct: description, noTaxRule: taxRule } = purchases
  return [{ description, ...figures('1', left), tax: '0', taxRule, account, comment: ROUNDING }]
}
