import Big from 'big.js'
import { lineTotal, rounded, totalFits, ZERO } from './arithmetic'
import type { Books } from './books'
import { accountKnown, findProduct, type Side, taxFits } from './checks'
import { type Problem, problem, refusal, round } from './errors'
import { type Body, decimal, guid, text } from './fields'
import type { Decimal, Product } from './model'

/** What every line and charge of a sale, purchase or money operation has. */
export interface Amounts {
  Quantity: Decimal
  Price: Decimal
  Discount: Decimal
  Tax: Decimal
  Total: Decimal
}

export interface Taxed extends Amounts {
  TaxRule: string
  Account: string
}

/** Numbers of a row; a missing price counts as nothing (sheet 15.11), finer decimals are rounded (sheet 8.2). */
export const amountsOf = (body: Body): Amounts => {
  const row = {
    Quantity: rounded(decimal(body, 'Quantity') ?? ZERO, 4),
    Price: rounded(decimal(body, 'Price') ?? ZERO, 4),
    Discount: rounded(decimal(body, 'Discount') ?? ZERO, 2),
    Tax: rounded(decimal(body, 'Tax') ?? ZERO, 4),
  }
  return { ...row, Total: lineTotal(row) }
}

export const quantityProblem = (books: Books, quantity: Decimal): Problem | false => {
  const least = books.world.switched('quantity.anyPositive', false) ? '0.0001' : '1'
  return new Big(quantity).lt(least) && problem('Quantity is invalid')
}

const totalProblem = (body: Body, row: Amounts): Problem | false => {
  const sent = decimal(body, 'Total')
  if (sent === undefined || totalFits(sent, row.Total)) return false
  const expected = new Big(row.Total).toFixed(2)
  return problem(`attribute 'Total' doesn't match Quantity, Price and Discount. Expected value is: ${expected}`)
}

/** Numbers, then the rule of tax, then the account, then the sum: each round hides the next (sheet 3.2). */
export const checkRow = (books: Books, body: Body, row: Taxed, side: Side, ...more: (Problem | false)[]): void => {
  const discount = new Big(row.Discount)
  round(quantityProblem(books, row.Quantity), (discount.lt(0) || discount.gt(100)) && problem('Discount is invalid'))
  round(taxFits(books, row.TaxRule, side))
  round(accountKnown(books, row.Account), ...more)
  round(totalProblem(body, row))
}

/** The product a line points at, by ID or SKU. */
export const productOf = (books: Books, body: Body): Product => {
  const product = findProduct(books, guid(body, 'ProductID'), text(body, 'SKU'))
  if (product && product.Status !== 'Deprecated') return product
  const named = text(body, 'ProductID') ?? text(body, 'SKU') ?? ''
  throw refusal(`Product '${named}' was not found`)
}

export const unnamedProduct = (body: Body): Problem | false =>
  !body.ProductID && !body.SKU && problem(`'ProductID' or 'SKU' is required for 'Lines' line`)

/** Free text in charges was seen to work; the docs call it the name of a service product (sheet 8.2). */
export const serviceProblem = (books: Books, name: string): Problem | false => {
  if (!books.world.switched('charges.serviceProductOnly', false)) return false
  const known = books.products
    .all()
    .some(({ Type, Name }) => Type === 'Service' && Name.toLowerCase() === name.toLowerCase())
  return !known && problem(`Service product '${name}' was not found`)
}

export const refuseRepeats = (books: Books, lines: { SKU: string }[]): void => {
  if (!books.world.switched('lines.refuseDuplicateSku', false)) return
  const repeated = lines.find((line, n) => lines.findIndex(({ SKU }) => SKU === line.SKU) !== n)
  round(repeated && problem(`Cannot add duplicate value in lines. (Product: ${repeated.SKU})`))
}

const isCharge = (line: Body): boolean => !line.ProductID && !line.SKU

/** With `CombineAdditionalCharges`, lines without a product are charges (sheet 8.2). */
export const splitRows = (lines: Body[], combined: boolean): { lines: Body[]; charges: Body[] } => {
  if (!combined) return { lines, charges: [] }
  const charges = lines.filter(isCharge).map((line) => ({ ...line, Description: line.Description ?? line.Name }))
  return { lines: lines.filter((line) => !isCharge(line)), charges }
}
