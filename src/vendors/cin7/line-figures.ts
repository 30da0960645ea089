import { atMost, type Decimal, decimalsOf, divide, isZero, multiply, round, same } from '../../lib/money'

/** Cin7 holds four decimals of quantity and price, and two of every total (sheet section 8.2). */
const FINE = 4
export const CENTS = 2

/** As the source has it. */
export interface Priced {
  quantity: Decimal
  unitPrice: Decimal
}

/** As Cin7 gets it. */
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

/** A charge has no stock: where the source's figures do not fit, it becomes 1 × the line's amount. One is Cin7's least quantity. */
export const asCharge = ({ quantity, unitPrice }: Priced, amount: Decimal): Figures => {
  const kept = figures(quantity, unitPrice)
  return atMost('1', quantity) && fits(kept, amount) ? kept : figures('1', amount)
}

/** The quantity of a product moves stock, so only the price may give way. What still differs is found by `totals`. */
export const asProduct = ({ quantity, unitPrice }: Priced, amount: Decimal): Figures => {
  const kept = figures(quantity, unitPrice)
  if (fits(kept, amount) || isZero(quantity)) return kept
  return figures(round(quantity, FINE), divide(amount, quantity, FINE))
}

/** The source's own figures, where others are sent. */
export const original = ({ quantity, unitPrice }: Priced, sent: Figures): string =>
  same(quantity, sent.quantity) && same(unitPrice, sent.price) ? '' : `(${quantity} × ${unitPrice})`
