import Big from 'big.js'
import { rounded, sum } from '../arithmetic'
import type { Books } from '../books'
import { locationKnown, refuseLocked } from '../checks'
import { problem, refusal, round } from '../errors'
import { type Body, day, decimal, list, missing, missingInLine, oneOf, text, tooLong } from '../fields'
import { productOf, quantityProblem, unnamedProduct } from '../rows'
import { stockReceived } from './events'
import { needOrder, withGroup } from './invoices'
import type { Group, Purchase, StockLine } from './model'
import { refuseVoided, savePurchase } from './purchases'
import { isReceived, NOT_AVAILABLE } from './state'

export type Part = 'stock' | 'putAway'

const WRITABLE = ['DRAFT', 'AUTHORISED']

/** Goods on their way have no place yet: only stock of an Advanced purchase may leave the location out. */
const placeOf = (books: Books, body: Body, needed: boolean): { Location: string | null; LocationID: string | null } => {
  const id = text(body, 'LocationID')?.toLowerCase()
  const byId = id ? books.locations.get(id) : undefined
  if (id && !byId) throw refusal('Location with specified ID not found')
  const name = byId?.Name ?? text(body, 'Location')
  round(needed && !name && problem(`'Location' is required for 'Lines' line`))
  round(locationKnown(books, name))
  const place = books.locations.all().find(({ Name }) => Name.toLowerCase() === name?.toLowerCase())
  return { Location: place?.Name ?? null, LocationID: place?.ID ?? null }
}

const lineOf = (books: Books, body: Body, placed: boolean): StockLine => {
  round(
    unnamedProduct(body),
    ...missingInLine(body, 'Lines', ['Date', 'Quantity']),
    ...tooLong(body, { BatchSN: 50, SupplierSKU: 50 }),
  )
  const { ID: ProductID, SKU, Name, Type } = productOf(books, body)
  const Quantity = rounded(decimal(body, 'Quantity') ?? '0', 4)
  round(quantityProblem(books, Quantity), Type !== 'Stock' && problem(`Product '${SKU}' is not a stock product`))
  const date = day(body, 'Date') ?? ''
  refuseLocked(books, date)
  return {
    Date: date,
    Quantity,
    ProductID,
    SKU,
    Name,
    ...placeOf(books, body, placed),
    BatchSN: text(body, 'BatchSN') ?? '',
    SupplierSKU: text(body, 'SupplierSKU') ?? '',
    ExpiryDate: day(body, 'ExpiryDate') ?? null,
    CardID: crypto.randomUUID(),
  }
}

const refuseTwins = (lines: StockLine[]): void => {
  const key = ({ ProductID, Location, BatchSN, ExpiryDate }: StockLine) =>
    [ProductID, Location, BatchSN, ExpiryDate].join('|')
  const twin = lines.find((line, n) => lines.findIndex((each) => key(each) === key(line)) !== n)
  const where = `(Product:${twin?.SKU}, Location:${twin?.Location})`
  round(twin && problem(`Cannot add duplicate value in stock received lines. ${where}`))
}

const perProduct = (lines: { ProductID: string; Quantity: string }[]): Map<string, string> => {
  const quantities = new Map<string, string>()
  for (const { ProductID, Quantity } of lines)
    quantities.set(ProductID, sum([quantities.get(ProductID) ?? '0', Quantity]))
  return quantities
}

/** Simple and invoice first: what came must be what was invoiced (sheet 3.2). */
const refuseMismatch = (purchase: Purchase, group: Group, lines: StockLine[]): void => {
  if (purchase.kind !== 'Simple' || purchase.approach !== 'INVOICE') return
  const invoiced = perProduct(group.invoice.Lines.filter(({ NonInventory }) => !NonInventory))
  const received = perProduct(lines)
  const differs = [...new Set([...invoiced.keys(), ...received.keys()])].some(
    (id) => !new Big(invoiced.get(id) ?? '0').eq(received.get(id) ?? '0'),
  )
  round(differs && problem('For simple purchase the quantity received should exactly match the quantity invoiced'))
}

const refuseReceipt = (purchase: Purchase, group: Group, part: Part): void => {
  refuseVoided(purchase)
  if (purchase.kind === 'Service') throw refusal('This operation is not available for Service Purchase')
  needOrder(purchase)
  if (!['DRAFT', NOT_AVAILABLE].includes(group[part].Status))
    throw refusal('Purchase stock received should be in DRAFT or NOT AVAILABLE status')
  if (purchase.approach === 'INVOICE' && group.invoice.Status !== 'AUTHORISED')
    throw refusal("'Invoice First' approach option set. Please authorise Invoice before StockReceived")
}

const moveStock = (books: Books, lines: StockLine[], sign: 1 | -1): void => {
  for (const { ProductID, Quantity } of lines) {
    const product = books.products.get(ProductID)
    if (product)
      books.products.save(ProductID, {
        ...product,
        onHand: new Big(Quantity).times(sign).plus(product.onHand).toFixed(),
      })
  }
}

export const takeBackStock = (books: Books, { Lines }: { Lines: StockLine[] }): void => moveStock(books, Lines, -1)

export interface Receiving {
  part: Part
  /** POST on an Advanced purchase adds lines, on the old endpoint and by PUT it replaces them. */
  adds: boolean
  body: Body
}

/** Empty lines with AUTHORISED authorise what is there (sheet 9.1). */
const receiptOf = (books: Books, group: Group, { part, adds, body }: Receiving) => {
  const Status = oneOf(body, 'Status', WRITABLE) ?? 'DRAFT'
  const placed = part === 'putAway' || !adds
  const sent = (list(body, 'Lines') ?? []).map((line) => lineOf(books, line, placed))
  const Lines = sent.length === 0 || adds ? [...group[part].Lines, ...sent] : sent
  refuseTwins(Lines)
  round(Status === 'AUTHORISED' && Lines.length === 0 && problem('Stock received without lines cannot be authorised'))
  return { Status, Lines }
}

export const receive = (books: Books, purchase: Purchase, group: Group, receiving: Receiving): [Purchase, Group] => {
  round(...missing(receiving.body, 'Status', 'Lines'))
  refuseReceipt(purchase, group, receiving.part)
  const receipt = receiptOf(books, group, receiving)
  const authorised = receipt.Status === 'AUTHORISED'
  if (authorised) refuseMismatch(purchase, group, receipt.Lines)
  if (authorised && !isReceived(group)) moveStock(books, receipt.Lines, 1)
  const filled = { ...group, [receiving.part]: receipt }
  const saved = savePurchase(books, withGroup(purchase, filled))
  if (authorised) stockReceived(books, saved, filled)
  return [saved, filled]
}
