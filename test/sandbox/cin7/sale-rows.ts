import Big from 'big.js'
import { lineTotal, rounded, totalFits, ZERO } from './arithmetic'
import type { Books } from './books'
import { accountKnown, findAccount, findProduct, taxFits } from './checks'
import { type Problem, problem, refusal, round } from './errors'
import { type Body, decimal, guid, list, missingInLine, text, tooLong } from './fields'
import type { Charge, Line, Rows, Sale } from './sale-model'

export type Document = 'quote' | 'order' | 'invoice'

type Row = Omit<Charge, 'Description'>

/** Numbers of a line or charge; a missing price counts as nothing (sheet 15.11), finer decimals are rounded (sheet 8.2). */
const rowOf = (body: Body): Row => {
  const row = {
    Quantity: rounded(decimal(body, 'Quantity') ?? ZERO, 4),
    Price: rounded(decimal(body, 'Price') ?? ZERO, 4),
    Discount: rounded(decimal(body, 'Discount') ?? ZERO, 2),
    Tax: rounded(decimal(body, 'Tax') ?? ZERO, 4),
    TaxRule: text(body, 'TaxRule') ?? '',
    Account: '',
    Comment: text(body, 'Comment') ?? '',
  }
  return { ...row, Total: lineTotal(row) }
}

const quantityProblem = (books: Books, row: Row): Problem | false => {
  const least = books.world.switched('quantity.anyPositive', false) ? '0.0001' : '1'
  return new Big(row.Quantity).lt(least) && problem('Quantity is invalid')
}

const totalProblem = (body: Body, row: Row): Problem | false => {
  const sent = decimal(body, 'Total')
  if (sent === undefined || totalFits(sent, row.Total)) return false
  const expected = new Big(row.Total).toFixed(2)
  return problem(`attribute 'Total' doesn't match Quantity, Price and Discount. Expected value is: ${expected}`)
}

const revenueProblem = (books: Books, code: string): Problem | false =>
  books.world.switched('accounts.revenueOnly', false) &&
  findAccount(books, code)?.Class !== 'REVENUE' &&
  problem(`Account '${code}' is not a revenue account`)

/** Shape and lengths, then the rule of tax and the account, then the sum: each round hides the next (sheet 3.2). */
const checkRow = (books: Books, body: Body, row: Row): void => {
  const discount = new Big(row.Discount)
  round(quantityProblem(books, row), (discount.lt(0) || discount.gt(100)) && problem('Discount is invalid'))
  round(taxFits(books, row.TaxRule, 'sale'))
  round(accountKnown(books, row.Account), row.Account !== '' && revenueProblem(books, row.Account))
  round(totalProblem(body, row))
}

const REQUIRED = ['Quantity', 'Tax', 'TaxRule']

const requiredInLine = (document: Document): string[] => (document === 'invoice' ? [...REQUIRED, 'Total'] : REQUIRED)

/** Only invoices carry an account; without one it comes from the product, the sale or the customer (sheet 8.2). */
const accountOf = (books: Books, sale: Sale, document: Document, body: Body, product?: string | null): string => {
  if (document !== 'invoice') return ''
  const customer = books.customers.get(sale.customerId)?.fields.RevenueAccount
  return text(body, 'Account') || product || sale.header.DefaultAccount || String(customer ?? '')
}

const lineOf = (books: Books, sale: Sale, document: Document, body: Body): Line => {
  round(
    !body.ProductID && !body.SKU && problem(`'ProductID' or 'SKU' is required for 'Lines' line`),
    ...missingInLine(body, 'Lines', ['Name', ...requiredInLine(document)]),
    ...tooLong(body, { Name: 256, Comment: 256 }),
  )
  const product = findProduct(books, guid(body, 'ProductID'), text(body, 'SKU'))
  if (!product || product.Status === 'Deprecated') {
    const named = text(body, 'ProductID') ?? text(body, 'SKU') ?? ''
    throw refusal(`Product '${named}' was not found`)
  }
  const row = { ...rowOf(body), Account: accountOf(books, sale, document, body, product.RevenueAccount) }
  checkRow(books, body, row)
  return { ProductID: product.ID, SKU: product.SKU, Name: product.Name, ...row, Backorder: ZERO }
}

const serviceProblem = (books: Books, name: string): Problem | false => {
  if (!books.world.switched('charges.serviceProductOnly', false)) return false
  const known = books.products
    .all()
    .some(({ Type, Name }) => Type === 'Service' && Name.toLowerCase() === name.toLowerCase())
  return !known && problem(`Service product '${name}' was not found`)
}

const chargeOf = (books: Books, sale: Sale, document: Document, body: Body): Charge => {
  round(
    ...missingInLine(body, 'AdditionalCharges', ['Description', ...REQUIRED]),
    ...tooLong(body, { Description: 256, Comment: 1024 }),
  )
  const Description = text(body, 'Description') ?? ''
  const row = { ...rowOf(body), Account: accountOf(books, sale, document, body) }
  round(serviceProblem(books, Description))
  checkRow(books, body, row)
  return { Description, ...row }
}

const refuseRepeats = (books: Books, lines: Line[]): void => {
  if (!books.world.switched('lines.refuseDuplicateSku', false)) return
  const repeated = lines.find((line, n) => lines.findIndex(({ SKU }) => SKU === line.SKU) !== n)
  round(repeated && problem(`Cannot add duplicate value in lines. (Product: ${repeated.SKU})`))
}

const isCharge = (line: Body): boolean => !line.ProductID && !line.SKU

/** With `CombineAdditionalCharges`, lines without a product are charges (sheet 8.2). */
const split = (lines: Body[], combined: boolean): { lines: Body[]; charges: Body[] } => {
  if (!combined) return { lines, charges: [] }
  const charges = lines.filter(isCharge).map((line) => ({ ...line, Description: line.Description ?? line.Name }))
  return { lines: lines.filter((line) => !isCharge(line)), charges }
}

/** The rows of a document as sent; a list that was left out is undefined, so that PUT can keep the old one. */
export const readRows = (
  books: Books,
  sale: Sale,
  document: Document,
  body: Body,
  combined: boolean,
): Partial<Rows> => {
  const sentLines = list(body, 'Lines')
  const sentCharges = list(body, 'AdditionalCharges')
  const { lines, charges } = split(sentLines ?? [], combined)
  const Lines = lines.map((line) => lineOf(books, sale, document, line))
  const AdditionalCharges = [...charges, ...(sentCharges ?? [])].map((charge) =>
    chargeOf(books, sale, document, charge),
  )
  refuseRepeats(books, Lines)
  return {
    ...(sentLines ? { Lines } : {}),
    ...(sentCharges || charges.length > 0 ? { AdditionalCharges } : {}),
  }
}
