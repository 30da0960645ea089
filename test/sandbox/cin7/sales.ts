import type { Books } from './books'
import type { Call, Verbs } from './call'
import { refuseLocked } from './checks'
import { problem, refusal, round } from './errors'
import { saleCreated, saleEvent, saleUndone, saleVoided } from './events'
import { type Body, day, flag, guid, missing, oneOf, text } from './fields'
import { isTrue, needed } from './lists'
import { attributesOf, checkHeader, customerOf, headerFrom, headerOf, rateOf } from './sale-header'
import type { Sale } from './sale-model'
import { emptyStage, fulfilmentBegun, NOT_AVAILABLE, standingInvoices } from './sale-state'
import { saleView } from './sale-view'
import { today } from './stamps'
import { releaseStock } from './stock'

export const saleById = (books: Books, id: string | undefined): Sale => {
  const sale = books.sales.get(id ?? '')
  if (!sale) throw refusal('Sale with specified ID not found')
  return sale
}

export const saleOfTask = (books: Books, taskId: string): Sale | undefined => {
  const owner = books.owners.get(taskId.toLowerCase())
  return owner === undefined ? undefined : books.sales.get(owner)
}

export const saveSale = (books: Books, sale: Sale): Sale =>
  books.sales.save(sale.ID, { ...sale, updated: books.world.now() })

export const refuseVoided = (sale: Sale): void => {
  if (sale.voided) throw refusal(`Sale ${sale.number} is voided and cannot be changed`)
}

const kindOf = (body: Body): Sale['kind'] => {
  if (flag(body, 'ServiceOnly')) return 'Service'
  return oneOf(body, 'SaleType', ['Simple', 'Advanced']) === 'Advanced' ? 'Advanced' : 'Simple'
}

const requireHeader = (books: Books, body: Body): void => {
  const location = books.world.switched('sale.locationOptional', false) ? [] : ['Location']
  const nobody = !text(body, 'CustomerID') && !text(body, 'Customer')
  round(nobody && problem(`Required property 'CustomerID' or 'Customer' not found`), ...missing(body, ...location))
}

/** `TaxInclusive` is written, `TaxCalculation` is read (sheet 8.1). */
const newSale = (books: Books, body: Body): Sale => {
  const customer = customerOf(books, body)
  const header = headerOf(body, headerFrom(customer))
  checkHeader(books, { ...header })
  const now = books.world.now()
  return {
    ID: crypto.randomUUID(),
    number: '',
    kind: kindOf(body),
    customerId: customer.ID,
    currency: customer.Currency,
    skipQuote: flag(body, 'SkipQuote') ?? false,
    taxInclusive: flag(body, 'TaxInclusive') ?? false,
    currencyRate: rateOf(books, body, customer.Currency),
    orderDate: day(body, 'SaleOrderDate') ?? today(now),
    header,
    attributes: attributesOf(body, {}),
    voided: false,
    quote: emptyStage(),
    order: emptyStage(),
    invoices: [],
    credits: [],
    payments: [],
    picking: 'NOT PICKED',
    packing: 'NOT PACKED',
    shipping: 'NOT SHIPPED',
    created: now,
    updated: now,
  }
}

/** Only the header: nested orders, lines and invoices are not even read (sheet 0.3, 15.9). */
export const createSale = (books: Books, body: Body): Sale => {
  requireHeader(books, body)
  const sale = newSale(books, body)
  refuseLocked(books, sale.orderDate)
  const saved = saveSale(books, { ...sale, number: books.number('SO') })
  saleCreated(books, saved)
  return saved
}

const begun = (sale: Sale): boolean => sale.order.Status === 'AUTHORISED' || standingInvoices(sale).length > 0

/** What the amounts rest on stays while an order is authorised (our reading: the sheet is silent). */
const refuseRebasing = (old: Sale, sale: Sale): void => {
  const same =
    old.customerId === sale.customerId &&
    old.taxInclusive === sale.taxInclusive &&
    old.currencyRate === sale.currencyRate
  if (!same && begun(old))
    throw refusal('Customer, TaxInclusive and CurrencyRate cannot be changed after order authorisation')
}

export const changeSale = (books: Books, body: Body): Sale => {
  round(...missing(body, 'ID'))
  const old = saleById(books, guid(body, 'ID'))
  refuseVoided(old)
  const customer = body.CustomerID || body.Customer ? customerOf(books, body) : books.customers.get(old.customerId)
  const currency = customer?.Currency ?? old.currency
  const sale: Sale = {
    ...old,
    customerId: customer?.ID ?? old.customerId,
    currency,
    skipQuote: flag(body, 'SkipQuote') ?? old.skipQuote,
    taxInclusive: flag(body, 'TaxInclusive') ?? old.taxInclusive,
    currencyRate: rateOf(books, body, currency, currency === old.currency ? old.currencyRate : undefined),
    orderDate: day(body, 'SaleOrderDate') ?? old.orderDate,
    header: headerOf(body, old.header),
    attributes: attributesOf(body, old.attributes),
  }
  checkHeader(books, body)
  refuseRebasing(old, sale)
  if (sale.orderDate !== old.orderDate) for (const date of [sale.orderDate, old.orderDate]) refuseLocked(books, date)
  const saved = saveSale(books, sale)
  if (JSON.stringify(old.attributes) !== JSON.stringify(sale.attributes))
    saleEvent(books, 'Sale/AdditionalAttributesChanged', saved)
  return saved
}

/** Refused while payments stand (sheet 8.6). */
export const voidSale = (books: Books, sale: Sale): Sale => {
  refuseVoided(sale)
  if (sale.payments.length > 0) throw refusal(`Sale ${sale.number} has payments. Please remove payments before voiding`)
  for (const date of [sale.orderDate, ...standingInvoices(sale).map(({ InvoiceDate }) => InvoiceDate)])
    refuseLocked(books, date)
  releaseStock(books, sale.order)
  const voided = <T extends { Status: string }>(stage: T): T =>
    stage.Status === NOT_AVAILABLE ? stage : { ...stage, Status: 'VOIDED' }
  const invoices = sale.invoices.map((invoice) => ({ ...voided(invoice), Lines: [], AdditionalCharges: [] }))
  const saved = saveSale(books, {
    ...sale,
    voided: true,
    quote: voided(sale.quote),
    order: voided(sale.order),
    invoices,
    credits: sale.credits.map((credit) => ({ ...voided(credit), Lines: [], AdditionalCharges: [] })),
  })
  saleVoided(books, saved)
  return saved
}

const refuseUndo = (sale: Sale): void => {
  refuseVoided(sale)
  if (standingInvoices(sale).length > 0) throw refusal('Cannot undo the order: please undo or void the invoice first')
  if (fulfilmentBegun(sale)) throw refusal('Cannot undo the order: please undo the fulfilment first')
}

const steppedBack = (books: Books, sale: Sale): Sale => {
  if (sale.order.Status === 'AUTHORISED') {
    releaseStock(books, sale.order)
    return { ...sale, order: { ...sale.order, Status: 'DRAFT' } }
  }
  if (sale.order.Status === NOT_AVAILABLE && sale.quote.Status === 'AUTHORISED')
    return { ...sale, quote: { ...sale.quote, Status: 'DRAFT' } }
  throw refusal(`Sale ${sale.number} has nothing to undo`)
}

/** One stage back, unless a later one stands (sheet 15.15). */
export const undoSale = (books: Books, sale: Sale): Sale => {
  refuseUndo(sale)
  refuseLocked(books, sale.orderDate)
  const saved = saveSale(books, steppedBack(books, sale))
  saleUndone(books, saved)
  return saved
}

const view = ({ books, query }: Call, sale: Sale) =>
  saleView(books, sale, isTrue(query.get('CombineAdditionalCharges')))

export const saleRoutes: Verbs = {
  GET: (call) => view(call, saleById(call.books, needed(call.query, 'ID'))),
  POST: (call) => view(call, createSale(call.books, call.body)),
  PUT: (call) => view(call, changeSale(call.books, call.body)),
  DELETE(call) {
    const sale = saleById(call.books, needed(call.query, 'ID'))
    return view(call, isTrue(call.query.get('Void')) ? voidSale(call.books, sale) : undoSale(call.books, sale))
  },
}
