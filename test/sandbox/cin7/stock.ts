import Big from 'big.js'
import { minus, rounded } from './arithmetic'
import type { Books } from './books'
import type { Line, Stage } from './sale-model'

const allocate = (books: Books, line: Line, quantity: Big): void => {
  const product = books.products.get(line.ProductID)
  if (product?.Type === 'Stock')
    books.products.save(product.ID, { ...product, allocated: rounded(quantity.plus(product.allocated), 4) })
}

/** What stock cannot cover is back-ordered without a word (sheet 8.2). */
const reserved = (books: Books, line: Line): Line => {
  const product = books.products.get(line.ProductID)
  if (product?.Type !== 'Stock') return line
  const free = new Big(product.onHand).minus(product.allocated)
  const short = new Big(line.Quantity).minus(free.lt(0) ? 0 : free)
  const Backorder = short.gt(0) ? short.toFixed() : '0'
  allocate(books, line, new Big(minus(line.Quantity, Backorder)))
  return { ...line, Backorder }
}

export const reserveStock = (books: Books, order: Stage): Stage => ({
  ...order,
  Lines: order.Lines.map((line) => reserved(books, line)),
})

export const releaseStock = (books: Books, order: Stage): void => {
  if (order.Status !== 'AUTHORISED') return
  for (const line of order.Lines) allocate(books, line, new Big(line.Backorder).minus(line.Quantity))
}
