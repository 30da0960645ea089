import type { Books } from '../books'
import { problem, round } from '../errors'
import { type Body, list, missing, missingInLine, text, tooLong } from '../fields'
import { amountsOf, checkRow, productOf, refuseRepeats, serviceProblem, splitRows, unnamedProduct } from '../rows'
import type { Charge, Line, Purchase, Rows } from './model'

/** Orders have no accounts; invoices and credit notes need one on every row (sheet 9.1). */
export type Document = 'order' | 'invoice' | 'credit note'

const REQUIRED = ['Quantity', 'Tax', 'TaxRule']

const inLine = (document: Document) => [...REQUIRED, 'Total', ...(document === 'order' ? [] : ['Account'])]

/** The vendor's field tables want `Total` on charges of an order and `Account` on those of an invoice. */
const inCharge = (document: Document) => ['Description', ...REQUIRED, document === 'order' ? 'Total' : 'Account']

const taxed = (books: Books, document: Document, body: Body) => {
  const Account = document === 'order' ? '' : (text(body, 'Account') ?? '')
  const row = { ...amountsOf(body), TaxRule: text(body, 'TaxRule') ?? '', Account }
  checkRow(books, body, row, 'purchase')
  return row
}

const lineOf = (books: Books, document: Document, body: Body): Line => {
  const named = books.world.switched('purchase.nameRequired', false) ? ['Name'] : []
  round(
    unnamedProduct(body),
    ...missingInLine(body, 'Lines', [...named, ...inLine(document)]),
    ...tooLong(body, { Name: 1024, Comment: 256, SupplierSKU: 50 }),
  )
  const product = productOf(books, body)
  return {
    ProductID: product.ID,
    SKU: product.SKU,
    Name: product.Name,
    ...taxed(books, document, body),
    SupplierSKU: text(body, 'SupplierSKU') ?? '',
    Comment: text(body, 'Comment') ?? '',
    NonInventory: product.Type !== 'Stock',
  }
}

const chargeOf = (books: Books, document: Document, body: Body): Charge => {
  round(
    ...missingInLine(body, 'AdditionalCharges', inCharge(document)),
    ...tooLong(body, { Description: 256, Reference: 256 }),
  )
  const Description = text(body, 'Description') ?? ''
  round(serviceProblem(books, Description))
  return { Description, Reference: text(body, 'Reference') ?? '', ...taxed(books, document, body) }
}

/** Service purchases keep everything as charges, also what came as lines (sheet 9.1). */
const asCharge = ({ Name, Comment, ...line }: Line): Charge => {
  const { Quantity, Price, Discount, Tax, Total, TaxRule, Account } = line
  return { Description: Name, Reference: Comment, Quantity, Price, Discount, Tax, Total, TaxRule, Account }
}

/** A POST replaces the rows of its document; `Lines` may be empty but must be there (endpoints.json). */
export const readRows = (books: Books, { kind }: Purchase, document: Document, body: Body, combined: boolean): Rows => {
  round(...missing(body, 'Lines'))
  const service = kind === 'Service'
  const { lines, charges } = splitRows(list(body, 'Lines') ?? [], combined || service)
  const Lines = lines.map((line) => lineOf(books, document, line))
  const sent = [...charges, ...(list(body, 'AdditionalCharges') ?? [])]
  const AdditionalCharges = sent.map((charge) => chargeOf(books, document, charge))
  refuseRepeats(books, Lines)
  return service
    ? { Lines: [], AdditionalCharges: [...Lines.map(asCharge), ...AdditionalCharges] }
    : { Lines, AdditionalCharges }
}

export const refuseEmpty = (what: string, status: string, { Lines, AdditionalCharges }: Rows): void =>
  round(
    status === 'AUTHORISED' &&
      Lines.length + AdditionalCharges.length === 0 &&
      problem(`Purchase ${what} without lines cannot be authorised`),
  )
