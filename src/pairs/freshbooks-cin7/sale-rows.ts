import type { Failure } from '../../core/failure'
import type { Lookups } from '../../core/flow'
import { abs, add, atMost, type Decimal, decimalsOf, isZero, multiply, negate, subtract } from '../../lib/money'
import { asCharge, asProduct, CENTS, figures, original } from '../../vendors/cin7/line-figures'
import { merged } from '../../vendors/cin7/merged-lines'
import { sums } from '../../vendors/cin7/sale-sums'
import type { SaleCharge, SaleDraft, SaleLine } from '../../vendors/cin7/sales'
import type { Invoice, InvoiceLine } from '../../vendors/freshbooks/invoices'
import { apportion } from './apportion'
import { discountOf, discountShare, exactOf, exactTax, taxedAs, taxOf } from './invoice-sums'
import { Missing } from './missing'
import type { Settings } from './settings'
import { taxRuleOf } from './tax'

/** How a rounding line is named in Cin7, and known again. */
export const ROUNDING = 'Rounding'

type Rows = Pick<SaleDraft, 'lines' | 'charges' | 'beforeTax' | 'tax' | 'total' | 'taxInclusive'>

/** Lines and charges of the sale, and what they add up to; or all that has no counterpart, at once. */
export const saleRows = (invoice: Invoice, settings: Settings, lookups: Lookups): Rows | Failure => {
  const making: Making = { invoice, settings, lookups, missing: new Missing() }
  const lines = invoice.lines.map((line) => ({ line, taxRule: ruleOf(making, line), sku: skuOf(making, line) }))
  const discounted = discounts(making, lines)
  const taxes = apportion(
    [...lines.map(({ line }) => exactTax(line)), ...discounted.map(({ tax }) => tax)],
    taxOf(invoice),
  )
  const rows = lines.map((row, at) => ({ ...row, tax: taxes[at] ?? '0' }))
  const off = discounted.map((row, at) => ({ ...row, tax: taxes[lines.length + at] ?? '0' }))
  const products = rows.flatMap(({ sku, ...row }) => (sku === undefined ? [] : [productLine(making, row, sku)]))
  const charges = rows.flatMap((row) => (row.sku === undefined ? [chargeLine(making, row)] : []))
  charges.push(...off.map((row) => discountLine(making, row)))
  const failure = making.missing.failure()
  if (failure) return failure
  const done = { lines: merged(products), charges, taxInclusive: false }
  charges.push(...rounding(invoice, sums(done).total, settings))
  return { ...done, ...sums(done) }
}

/** One invoice in work. */
interface Making {
  invoice: Invoice
  settings: Settings
  lookups: Lookups
  missing: Missing
}

const ruleOf = ({ settings, lookups, missing }: Making, line: InvoiceLine): string =>
  taxRuleOf(taxedAs(line), { mapping: 'tax', none: settings.noTaxRule }, lookups, missing)

/**
 * The one that a person chose, else that of the item in FreshBooks. Undefined = a charge: a credit moves no stock by itself, and Cin7
 * takes no quantity below one (cin7 sheet section 8.2).
 */
const skuOf = ({ invoice, settings, lookups }: Making, { name, qty, amount }: InvoiceLine): string | undefined => {
  const moves = settings.lines === 'stock' && atMost('1', qty) && atMost('0', amount.amount)
  return moves && name !== '' ? (lookups.mapped('item', name) ?? invoice.skus[name]) : undefined
}

interface Row {
  line: InvoiceLine
  taxRule: string
  tax: Decimal
}

const booking = ({ settings, lookups }: Making, { line, taxRule, tax }: Row) => ({
  tax,
  taxRule,
  account: accountOf(line, settings, lookups),
})

/** Sales account of a line: FreshBooks shows none. */
export const accountOf = ({ name }: InvoiceLine, { revenueAccount }: Settings, { mapped }: Lookups): string =>
  (name !== '' && mapped('revenue', name)) || revenueAccount

const priced = ({ qty, unit_cost }: InvoiceLine) => ({ quantity: qty, unitPrice: unit_cost.amount })

const productLine = (making: Making, row: Row, sku: string): SaleLine => {
  const { line } = row
  const figured = asProduct(priced(line), line.amount.amount)
  return {
    sku,
    name: line.name,
    ...figured,
    ...booking(making, row),
    comment: [line.description, original(priced(line), figured)].filter(Boolean).join(' '),
  }
}

const chargeLine = (making: Making, row: Row): SaleCharge => {
  const { line } = row
  const figured = asCharge(priced(line), line.amount.amount)
  return {
    description: making.settings.chargeProduct,
    ...figured,
    ...booking(making, row),
    comment: [line.name, line.description, original(priced(line), figured)].filter(Boolean).join(' · '),
  }
}

interface Discount {
  taxRule: string
  amount: Decimal
  tax: Decimal
}

/** FreshBooks has one discount per invoice, which lessens the taxes too: a row for each tax rule, so that each rule's base is right. */
const discounts = ({ invoice }: Making, lines: { line: InvoiceLine; taxRule: string }[]): Discount[] => {
  const share = discountShare(invoice)
  if (isZero(share)) return []
  const groups = [...Map.groupBy(lines, ({ taxRule }) => taxRule)]
  const part = (group: typeof lines, of: (line: InvoiceLine) => Decimal): Decimal =>
    negate(multiply(add('0', ...group.map(({ line }) => of(line))), share))
  const amounts = apportion(
    groups.map(([, group]) => part(group, exactOf)),
    negate(discountOf(invoice)),
  )
  return groups.map(([taxRule, group], at) => ({ taxRule, amount: amounts[at] ?? '0', tax: part(group, exactTax) }))
}

const discountLine = ({ settings, missing }: Making, { taxRule, amount, tax }: Discount): SaleCharge => ({
  description: settings.chargeProduct,
  ...figures('1', amount),
  tax,
  taxRule,
  account: missing.or(settings.discountAccount, 'settings.discountAccount', 'discount', 'a discount on an invoice'),
  comment: 'Discount',
})

/** A difference within the limit becomes a line that says so. One that two decimals cannot hold stays, and is refused. */
const rounding = (invoice: Invoice, total: Decimal, settings: Settings): SaleCharge[] => {
  const left = subtract(invoice.amount.amount, total)
  const { account, limit } = settings.rounding ?? { account: '', limit: '0' }
  if (isZero(left) || decimalsOf(left) > CENTS || !atMost(abs(left), limit)) return []
  const { chargeProduct: description, noTaxRule: taxRule } = settings
  return [{ description, ...figures('1', left), tax: '0', taxRule, account, comment: ROUNDING }]
}
