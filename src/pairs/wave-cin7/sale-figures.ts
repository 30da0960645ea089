import { atMost, type Decimal, decimalsOf, divide, isZero, multiply, round, same } from '../../lib/money'
import type { InvoiceItem } from '../../vendors/wave/invoices'

/** Cin7 holds four decimals of quantity and price, and two of every total (cin7 sheet section 8.2). */
const FINE = 4
export const CENTS = 2

export interface Figures {
  quantity: Decimal
  price: Decimal
  total: Decimal
}

/** What Cin7 will compute of it. */
export const figures = (quantity: Decimal, price: Decimal): Figures => ({
  quantity,
  price,
  total: round(multiply(quantity, price), CENTS),
})

const fits = ({ quantity, price, total }: Figures, amount: Decimal): boolean =>
  same(total, amount) && decimalsOf(quantity) <= FINE && decimalsOf(price) <= FINE

/** A charge has no stock: where Wave's figures do not fit, it becomes 1 × the line's amount. One is Cin7's least quantity. */
export const asCharge = ({ quantity, unitPrice }: InvoiceItem, amount: Decimal): Figures => {
  const kept = figures(quantity, unitPrice)
  return atMost('1', quantity) && fits(kept, amount) ? kept : figures('1', amount)
}

/** The quantity of a product moves stock, so only the price may give way. What still differs is found by `totals`. */
export const asProduct = ({ quantity, unitPrice }: InvoiceItem, amount: Decimal): Figures => {
  const kept = figures(quantity, unitPrice)
  if (fits(kept, amount) || isZero(quantity)) return kept
  return figures(round(quantity, FINE), divide(amount, quantity, FINE))
}

/** Wave's own figures, where others are sent. */
export const original = ({ quantity, unitPrice }: InvoiceItem, sent: Figures): string =>
  same(quantity, sent.quantity) && same(unitPrice, sent.price) ? '' : `(${quantity} × ${unitPrice})`
