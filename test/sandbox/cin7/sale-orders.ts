import type { Books } from './books'
import type { Call, Verbs } from './call'
import { refuseLocked } from './checks'
import { problem, refusal, round } from './errors'
import { saleEvent } from './events'
import { type Body, flag, guid, missing, oneOf, text } from './fields'
import { isTrue, needed } from './lists'
import type { Sale, Stage } from './sale-model'
import { readRows } from './sale-rows'
import { NOT_AVAILABLE, standingInvoices } from './sale-state'
import { orderView, quoteView, stageAnswer } from './sale-view'
import { refuseVoided, saleById, saveSale } from './sales'
import { reserveStock } from './stock'

const OPEN = ['DRAFT', NOT_AVAILABLE]

const WRITABLE = ['DRAFT', 'AUTHORISED']

/** A POST replaces the lines of the stage (sheet 8.1). */
const stageOf = (books: Books, sale: Sale, document: 'quote' | 'order', body: Body): Stage => {
  const Status = oneOf(body, 'Status', WRITABLE) ?? 'DRAFT'
  const combined = flag(body, 'CombineAdditionalCharges') ?? false
  const { Lines = [], AdditionalCharges = [] } = readRows(books, sale, document, body, combined)
  const nothing = Lines.length + AdditionalCharges.length === 0
  round(Status === 'AUTHORISED' && nothing && problem(`Sale ${document} without lines cannot be authorised`))
  return { Memo: text(body, 'Memo') ?? '', Status, Lines, AdditionalCharges }
}

const target = (books: Books, body: Body): Sale => {
  // `Lines` may be empty, but must be there (endpoints.json).
  round(...missing(body, 'SaleID', 'Status', 'Lines'))
  const sale = saleById(books, guid(body, 'SaleID'))
  refuseVoided(sale)
  if (sale.kind === 'Service') throw refusal('This operation is not available for Service Sale')
  return sale
}

export const postQuote = (books: Books, body: Body): Sale => {
  const sale = target(books, body)
  if (!OPEN.includes(sale.quote.Status)) throw refusal('Sale quote should be in DRAFT or NOT AVAILABLE status')
  if (sale.order.Status !== NOT_AVAILABLE) throw refusal('Sale order already exists')
  refuseLocked(books, sale.orderDate)
  const saved = saveSale(books, { ...sale, quote: stageOf(books, sale, 'quote', body) })
  if (saved.quote.Status === 'AUTHORISED') saleEvent(books, 'Sale/QuoteAuthorised', saved)
  return saved
}

const refuseOrder = (sale: Sale): void => {
  if (sale.quote.Status !== 'AUTHORISED' && !sale.skipQuote)
    throw refusal('Sale quote should be AUTHORISED before sale order, or quote should be skipped')
  if (!OPEN.includes(sale.order.Status)) throw refusal('Sale order should be in DRAFT or NOT AVAILABLE status')
  if (standingInvoices(sale).length > 0) throw refusal('Sale order cannot be changed while there is an invoice')
}

export const postOrder = (books: Books, body: Body): Sale => {
  const sale = target(books, body)
  refuseOrder(sale)
  refuseLocked(books, sale.orderDate)
  const order = stageOf(books, sale, 'order', body)
  const authorised = order.Status === 'AUTHORISED'
  const saved = saveSale(books, { ...sale, order: authorised ? reserveStock(books, order) : order })
  if (authorised) saleEvent(books, 'Sale/OrderAuthorised', saved)
  if (saved.order.Lines.some(({ Backorder }) => Backorder !== '0')) saleEvent(books, 'Sale/Backordered', saved)
  return saved
}

const combines = ({ query, body }: Call): boolean =>
  isTrue(query.get('CombineAdditionalCharges')) || (flag(body, 'CombineAdditionalCharges') ?? false)

export const quoteRoutes: Verbs = {
  GET(call) {
    const sale = saleById(call.books, needed(call.query, 'SaleID'))
    return stageAnswer(sale, quoteView(call.books, sale, combines(call)))
  },
  POST(call) {
    const sale = postQuote(call.books, call.body)
    return stageAnswer(sale, quoteView(call.books, sale, combines(call)))
  },
}

/** No PUT here (sheet 4). */
export const orderRoutes: Verbs = {
  GET(call) {
    const sale = saleById(call.books, needed(call.query, 'SaleID'))
    return stageAnswer(sale, orderView(call.books, sale, combines(call)))
  },
  POST(call) {
    const sale = postOrder(call.books, call.body)
    return stageAnswer(sale, orderView(call.books, sale, combines(call)))
  },
}
