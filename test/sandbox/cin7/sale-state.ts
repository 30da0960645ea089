import Big from 'big.js'
import { less, minus, sum, type Totals, totals } from './arithmetic'
import type { Books } from './books'
import type { CreditNote, Invoice, Rows, Sale, Stage } from './sale-model'

export const NOT_AVAILABLE = 'NOT AVAILABLE'

export const emptyStage = (): Stage => ({ Memo: '', Status: NOT_AVAILABLE, Lines: [], AdditionalCharges: [] })

export const totalsOf = (books: Books, sale: Sale, rows: Rows): Totals =>
  totals(rows, sale.taxInclusive, books.company().me.TaxCalculationMethod)

export const paymentsOf = (sale: Sale, { TaskID }: Invoice) =>
  sale.payments.filter((payment) => payment.TaskID === TaskID && payment.Type === 'Payment')

export const refundsOf = (sale: Sale, { TaskID }: CreditNote) =>
  sale.payments.filter((payment) => payment.TaskID === TaskID && payment.Type === 'Refund')

export const standingCredits = (sale: Sale): CreditNote[] => sale.credits.filter(({ Status }) => Status !== 'VOIDED')

export const authorisedCredits = (sale: Sale): CreditNote[] =>
  sale.credits.filter(({ Status }) => Status === 'AUTHORISED')

export const refundedOn = (sale: Sale, credit: CreditNote): string =>
  sum(refundsOf(sale, credit).map(({ Amount }) => Amount))

export const paidOn = (sale: Sale, invoice: Invoice): string =>
  sum(paymentsOf(sale, invoice).map(({ Amount }) => Amount))

/** PAID takes the place of AUTHORISED when payments reach the total, and goes again with them (sheet 8.7, 15.16). */
export const invoiceStatus = (books: Books, sale: Sale, invoice: Invoice): string => {
  if (invoice.Status !== 'AUTHORISED' || paymentsOf(sale, invoice).length === 0) return invoice.Status
  return less(paidOn(sale, invoice), totalsOf(books, sale, invoice).Total) ? 'AUTHORISED' : 'PAID'
}

export const standingInvoices = (sale: Sale): Invoice[] =>
  sale.invoices.filter(({ Status }) => Status !== 'VOIDED' && Status !== NOT_AVAILABLE)

const backordered = (sale: Sale): boolean => sale.order.Lines.some(({ Backorder }) => new Big(Backorder).gt(0))

const invoicedStatus = (books: Books, sale: Sale): string | undefined => {
  const statuses = standingInvoices(sale).map((invoice) => invoiceStatus(books, sale, invoice))
  if (statuses.length === 0) return undefined
  if (statuses.includes('DRAFT')) return 'INVOICING'
  const shipped = sale.kind === 'Service' || sale.shipping === 'SHIPPED'
  return shipped && statuses.every((status) => status === 'PAID') ? 'COMPLETED' : 'INVOICED'
}

const FULFILMENT_WORDS = ['PICKING', 'PICKED', 'PACKING', 'PACKED', 'SHIPPING']

const fulfilmentStatus = ({ picking, packing, shipping }: Sale): string | undefined =>
  [shipping, packing, picking].find((word) => FULFILMENT_WORDS.includes(word)) ??
  (shipping === 'SHIPPED' ? 'SHIPPING' : undefined)

const orderedStatus = (sale: Sale): string | undefined => {
  if (sale.order.Status === 'AUTHORISED')
    return fulfilmentStatus(sale) ?? (backordered(sale) ? 'BACKORDERED' : 'ORDERED')
  return sale.order.Status === 'DRAFT' ? 'ORDERING' : undefined
}

const quotedStatus = (sale: Sale): string => {
  if (sale.quote.Status === 'DRAFT') return 'ESTIMATING'
  return sale.quote.Status === 'AUTHORISED' || sale.skipQuote ? 'ESTIMATED' : 'DRAFT'
}

/** The sale's own status (sheet 8.4). */
export const saleStatus = (books: Books, sale: Sale): string => {
  if (sale.voided) return 'VOIDED'
  if (authorisedCredits(sale).length > 0) return 'CREDITED'
  return invoicedStatus(books, sale) ?? orderedStatus(sale) ?? quotedStatus(sale)
}

/** Documented words, or the ones that stand in samples (switch `combinedInvoice.asSamples`, sheet 8.4). */
export const combinedInvoiceStatus = (books: Books, sale: Sale): string => {
  const samples = books.world.switched('combinedInvoice.asSamples', false)
  if (sale.voided) return 'VOIDED'
  const statuses = standingInvoices(sale).map((invoice) => invoiceStatus(books, sale, invoice))
  if (samples) return statuses.some((status) => status !== 'DRAFT') ? 'INVOICED' : 'NOT INVOICED'
  if (statuses.length === 0) return sale.invoices.some(({ Status }) => Status === 'VOIDED') ? 'VOIDED' : NOT_AVAILABLE
  if (statuses.includes('DRAFT')) return 'DRAFT'
  return statuses.every((status) => status === 'PAID') ? 'PAID' : 'AUTHORISED'
}

export const combinedPaymentStatus = (books: Books, sale: Sale): string => {
  if (sale.voided) return 'VOIDED'
  const invoices = standingInvoices(sale)
  const credits = authorisedCredits(sale)
  const received = sum(invoices.map((invoice) => paidOn(sale, invoice)))
  const paid = minus(received, sum(credits.map((credit) => refundedOn(sale, credit))))
  const invoiced = sum(invoices.map((invoice) => totalsOf(books, sale, invoice).Total))
  const due = minus(invoiced, sum(credits.map((credit) => totalsOf(books, sale, credit).Total)))
  if (credits.length > 0 && less(due, paid)) return 'NOT REFUNDED'
  if (credits.length > 0 && new Big(due).eq(paid)) return 'PAID'
  if (new Big(paid).eq(0)) return sale.payments.some(({ Type }) => Type === 'Prepayment') ? 'PREPAID' : 'UNPAID'
  return less(paid, due) ? 'PARTIALLY PAID' : 'PAID'
}

/** Shown only once there is an order to fulfil. */
export const fulfilmentWords = (sale: Sale) => {
  const started = sale.order.Status === 'AUTHORISED' && sale.kind !== 'Service'
  return {
    CombinedPickingStatus: started ? sale.picking : NOT_AVAILABLE,
    CombinedPackingStatus: started ? sale.packing : NOT_AVAILABLE,
    CombinedShippingStatus: started ? sale.shipping : NOT_AVAILABLE,
    FulFilmentStatus: started ? (sale.shipping === 'SHIPPED' ? 'FULFILLED' : 'NOT FULFILLED') : NOT_AVAILABLE,
  }
}

export const fulfilmentBegun = ({ picking, packing, shipping }: Sale): boolean =>
  picking !== 'NOT PICKED' || packing !== 'NOT PACKED' || shipping !== 'NOT SHIPPED'
