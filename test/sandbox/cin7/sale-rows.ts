import { ZERO } from './arithmetic'
import type { Books } from './books'
import { findAccount } from './checks'
import { type Problem, problem, round } from './errors'
import { type Body, list, missingInLine, text, tooLong } from './fields'
import { amountsOf, checkRow, productOf, refuseRepeats, serviceProblem, splitRows, unnamedProduct } from './rows'
import type { Charge, Line, Rows, Sale } from './sale-model'

export type Document = 'quote' | 'order' | 'invoice'

const REQUIRED = ['Quantity', 'Tax', 'TaxRule']

const requiredInLine = (document: Document): string[] => (document === 'invoice' ? [...REQUIRED, 'Total'] : REQUIRED)

const revenueProblem = (books: Books, code: string): Problem | false =>
  code !== '' &&
  books.world.switched('accounts.revenueOnly', false) &&
  findAccount(books, code)?.Class !== 'REVENUE' &&
  problem(`Account '${code}' is not a revenue account`)

/** Only invoices carry an account; without one it comes from the product, the sale or the customer (sheet 8.2). */
const accountOf = (books: Books, sale: Sale, document: Document, body: Body, product?: string | null): string => {
  if (document !== 'invoice') return ''
  const customer = books.customers.get(sale.customerId)?.fields.RevenueAccount
  return text(body, 'Account') || product || sale.header.DefaultAccount || String(customer ?? '')
}

const rowOf = (books: Books, body: Body, Account: string): Omit<Charge, 'Description'> => {
  const words = { TaxRule: text(body, 'TaxRule') ?? '', Account, Comment: text(body, 'Comment') ?? '' }
  const row = { ...amountsOf(body), ...words }
  checkRow(books, body, row, 'sale', revenueProblem(books, Account))
  return row
}

const lineOf = (books: Books, sale: Sale, document: Document, body: Body): Line => {
  round(
    unnamedProduct(body),
    ...missingInLine(body, 'Lines', ['Name', ...requiredInLine(document)]),
    ...tooLong(body, { Name: 256, Comment: 256 }),
  )
  const product = productOf(books, body)
  const row = rowOf(books, body, accountOf(books, sale, document, body, product.RevenueAccount))
  return { ProductID: product.ID, SKU: product.SKU, Name: product.Name, ...row, Backorder: ZERO }
}

const chargeOf = (books: Books, sale: Sale, document: Document, body: Body): Charge => {
  round(
    ...missingInLine(body, 'AdditionalCharges', ['Description', ...REQUIRED]),
    ...tooLong(body, { Description: 256, Comment: 1024 }),
  )
  const Description = text(body, 'Description') ?? ''
  round(serviceProblem(books, Description))
  return { Description, ...rowOf(books, body, accountOf(books, sale, document, body)) }
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
  const { lines, charges } = splitRows(sentLines ?? [], combined)
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
