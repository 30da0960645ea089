import type { Failure } from '../../core/failure'
import type { Lookups } from '../../core/flow'
import { abs, add, atMost, type Decimal, decimalsOf, isZero, negate, round, subtract } from '../../lib/money'
import { asCharge, asProduct, CENTS, figures, original } from '../../vendors/cin7/line-figures'
import { merged } from '../../vendors/cin7/merged-lines'
import { sums } from '../../vendors/cin7/sale-sums'
import type { SaleCharge, SaleDraft, SaleLine } from '../../vendors/cin7/sales'
import type { Invoice, InvoiceItem } from '../../vendors/wave/invoices'
import { amount } from '../../vendors/wave/shapes'
import type { Settings } from './settings'
import { Translator } from './translate'

/** How a rounding line is named in Cin7, and known again. */
export const ROUNDING = 'Rounding'

type Rows = Pick<SaleDraft, 'lines' | 'charges' | 'beforeTax' | 'tax' | 'total' | 'taxInclusive'>

/** Lines and charges of the sale, and what they add up to; or all that has no counterpart, at once. */
export const saleRows = (invoice: Invoice, settings: Settings, lookups: Lookups): Rows | Failure => {
  const translator = new Translator(settings, lookups)
  const making: Making = { invoice, translator, inclusive: settings.prices === 'inclusive' }
  const items = (invoice.items ?? []).map((item) => ({
    item,
    moves: settings.lines === 'stock' && movesStock(making, item),
  }))
  const lines = merged(items.flatMap(({ item, moves }) => (moves ? [productLine(making, item)] : [])))
  const charges = items.flatMap(({ item, moves }) => (moves ? [] : [chargeLine(making, item)]))
  charges.push(...discount(invoice, settings, translator))
  const failure = translator.failure()
  if (failure) return failure
  const rows = { lines, charges, taxInclusive: making.inclusive }
  charges.push(...rounding(invoice, sums(rows).total, settings))
  return { ...rows, ...sums(rows) }
}

/** One invoice in work. */
interface Making {
  invoice: Invoice
  translator: Translator
  /** Prices and totals of rows include their tax. */
  inclusive: boolean
}

const amountOf = ({ invoice, inclusive }: Making, item: InvoiceItem): Decimal =>
  amount(invoice, inclusive ? item.total : item.subtotal)

/** A credit moves no stock by itself: whether goods came back is for people to say. */
const movesStock = ({ invoice }: Making, { quantity, subtotal }: InvoiceItem): boolean =>
  !atMost(quantity, '0') && atMost('0', amount(invoice, subtotal))

const productLine = (making: Making, item: InvoiceItem): SaleLine => {
  const figured = asProduct(item, amountOf(making, item))
  return {
    sku: making.translator.sku(item),
    name: item.product.name,
    ...figured,
    ...booking(making, item),
    comment: [item.description, original(item, figured)].filter(Boolean).join(' '),
  }
}

const chargeLine = (making: Making, item: InvoiceItem): SaleCharge => {
  const figured = asCharge(item, amountOf(making, item))
  return {
    description: making.translator.service(item),
    ...figured,
    ...booking(making, item),
    comment: [item.product.name, item.description, original(item, figured)].filter(Boolean).join(' · '),
  }
}

const booking = ({ invoice, translator }: Making, item: InvoiceItem) => ({
  tax: taxOf(invoice, item),
  taxRule: translator.taxRule(item),
  account: translator.account(item),
})

/** The amount of a tax may be missing; the line's total holds them all. */
export const taxOf = (invoice: Invoice, { taxes, subtotal, total }: InvoiceItem): Decimal => {
  const amounts = taxes.flatMap((tax) => (tax.amount ? [amount(invoice, tax.amount)] : []))
  const tax =
    amounts.length === taxes.length ? add(...amounts) : subtract(amount(invoice, total), amount(invoice, subtotal))
  return round(tax, CENTS)
}

const extraCharge = (settings: Settings, price: Decimal, account: string, comment: string): SaleCharge => ({
  description: settings.chargeProduct,
  ...figures('1', price),
  tax: '0',
  taxRule: settings.noTaxRule,
  account,
  comment,
})

/** Wave has one discount per invoice and none per line. */
const discount = (invoice: Invoice, settings: Settings, translator: Translator): SaleCharge[] => {
  const off = amount(invoice, invoice.discountTotal)
  return isZero(off) ? [] : [extraCharge(settings, negate(abs(off)), translator.discountAccount(), 'Discount')]
}

/** A difference within the limit becomes a line that says so. One that two decimals cannot hold stays, and is refused. */
const rounding = (invoice: Invoice, total: Decimal, settings: Settings): SaleCharge[] => {
  const left = subtract(amount(invoice, invoice.total), total)
  const { account, limit } = settings.rounding ?? { account: '', limit: '0' }
  if (isZero(left) || decimalsOf(left) > CENTS || !atMost(abs(left), limit)) return []
  return [extraCharge(settings, left, account, ROUNDING)]
}
