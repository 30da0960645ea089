import type { Failure } from '../../core/failure'
import type { Lookups } from '../../core/flow'
import {
  abs,
  add,
  atMost,
  type Decimal,
  decimalsOf,
  divide,
  isZero,
  multiply,
  negate,
  round,
  same,
  subtract,
} from '../../lib/money'
import type { SaleCharge, SaleDraft, SaleLine } from '../../vendors/cin7/sales'
import type { Invoice, InvoiceItem } from '../../vendors/wave/invoices'
import { amount } from '../../vendors/wave/shapes'
import { merged } from './merge'
import type { Settings } from './settings'
import { Translator } from './translate'

/** Cin7 holds four decimals of quantity and price, and two of every total (cin7 sheet section 8.2). */
const FINE = 4
const CENTS = 2

/** How a rounding line is named in Cin7, and known again. */
export const ROUNDING = 'Rounding'

type Rows = Pick<SaleDraft, 'lines' | 'charges' | 'beforeTax' | 'tax' | 'total'>

/** Lines and charges of the sale, and what they add up to; or all that has no counterpart, at once. */
export const saleRows = (invoice: Invoice, settings: Settings, lookups: Lookups): Rows | Failure => {
  const translator = new Translator(settings, lookups)
  const items = invoice.items ?? []
  const products = settings.lines === 'products'
  const lines = products ? merged(items.map((item) => productLine(invoice, item, translator))) : []
  const charges = products ? [] : items.map((item) => chargeLine(invoice, item, settings, translator))
  charges.push(...discount(invoice, settings, translator))
  const failure = translator.failure()
  if (failure) return failure
  const rounded = rounding(invoice, [...lines, ...charges], settings)
  return { lines, charges: [...charges, ...rounded], ...sums([...lines, ...charges, ...rounded]) }
}

export const sums = (rows: { total: Decimal; tax: Decimal }[]) => {
  const [beforeTax, tax] = [add(...rows.map((row) => row.total)), add(...rows.map((row) => row.tax))]
  return { beforeTax, tax, total: add(beforeTax, tax) }
}

interface Figures {
  quantity: Decimal
  price: Decimal
  total: Decimal
}

/** What Cin7 will compute of it. */
const figures = (quantity: Decimal, price: Decimal): Figures => ({
  quantity,
  price,
  total: round(multiply(quantity, price), CENTS),
})

const fits = ({ quantity, price, total }: Figures, subtotal: Decimal): boolean =>
  same(total, subtotal) && decimalsOf(quantity) <= FINE && decimalsOf(price) <= FINE

/** A charge has no stock: where Wave's figures do not fit, it becomes 1 × the line's amount. One is Cin7's least quantity. */
const asCharge = (item: InvoiceItem, subtotal: Decimal): Figures => {
  const kept = figures(item.quantity, item.unitPrice)
  return atMost('1', item.quantity) && fits(kept, subtotal) ? kept : figures('1', subtotal)
}

/** The quantity of a product moves stock, so only the price may give way. What still differs is found by `totals`. */
const asProduct = (item: InvoiceItem, subtotal: Decimal): Figures => {
  const kept = figures(item.quantity, item.unitPrice)
  if (fits(kept, subtotal) || isZero(item.quantity)) return kept
  return figures(round(item.quantity, FINE), divide(subtotal, item.quantity, FINE))
}

const productLine = (invoice: Invoice, item: InvoiceItem, translator: Translator): SaleLine => {
  const figured = asProduct(item, amount(invoice, item.subtotal))
  return {
    sku: translator.product(item),
    name: item.product.name,
    ...figured,
    ...booking(invoice, item, translator),
    comment: [item.description, original(item, figured)].filter(Boolean).join(' '),
  }
}

const chargeLine = (invoice: Invoice, item: InvoiceItem, settings: Settings, translator: Translator): SaleCharge => {
  const figured = asCharge(item, amount(invoice, item.subtotal))
  return {
    description: settings.chargeProduct,
    ...figured,
    ...booking(invoice, item, translator),
    comment: [item.product.name, item.description, original(item, figured)].filter(Boolean).join(' · '),
  }
}

const booking = (invoice: Invoice, item: InvoiceItem, translator: Translator) => ({
  tax: taxOf(invoice, item),
  taxRule: translator.taxRule(item),
  account: translator.account(item),
})

/** The amount of a tax may be missing; the line's total holds them all. */
const taxOf = (invoice: Invoice, { taxes, subtotal, total }: InvoiceItem): Decimal => {
  const amounts = taxes.flatMap((tax) => (tax.amount ? [amount(invoice, tax.amount)] : []))
  const tax =
    amounts.length === taxes.length ? add(...amounts) : subtract(amount(invoice, total), amount(invoice, subtotal))
  return round(tax, CENTS)
}

/** Wave's own figures, where others are sent. */
const original = ({ quantity, unitPrice }: InvoiceItem, sent: Figures): string =>
  same(quantity, sent.quantity) && same(unitPrice, sent.price) ? '' : `(${quantity} × ${unitPrice})`

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
const rounding = (invoice: Invoice, rows: { total: Decimal; tax: Decimal }[], settings: Settings): SaleCharge[] => {
  const left = subtract(amount(invoice, invoice.total), sums(rows).total)
  const { account, limit } = settings.rounding ?? { account: '', limit: '0' }
  if (isZero(left) || decimalsOf(left) > CENTS || !atMost(abs(left), limit)) return []
  return [extraCharge(settings, left, account, ROUNDING)]
}
