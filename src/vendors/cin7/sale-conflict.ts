import { Failed } from '../../core/failure'
import { type Decimal, isZero, same } from '../../lib/money'
import {
  type InvoiceDocument,
  isAuthorised,
  isStatus,
  liveCreditNotes,
  liveInvoices,
  type OrderDocument,
  rowsTotal,
  type Sale,
} from './sale-shapes'
import { sameWord } from './shapes'
import { stampIn } from './stamp'

/** What was recorded of the sale when it was last carried; empty where it was never finished. */
type Facts = Record<string, string>

/** Not begun. Anything else in these places was done by a person. */
const UNTOUCHED = ['', 'NOT AVAILABLE', 'NOT PICKED', 'NOT PACKED', 'NOT SHIPPED', 'NOT FULFILLED', 'VOIDED']

/** PAID shows on the invoice itself. */
const PAYMENTS = ['PREPAID', 'PARTIALLY PAID']

const isOneOf = (status: string, words: string[]): boolean => words.some((word) => sameWord(word, status))

const untouched = (status: string): boolean => isOneOf(status, UNTOUCHED)

/** What somebody did to the sale in Cin7 since we carried it, in words; empty = it can be undone and posted again. */
const whatHappened = (sale: Sale, facts: Facts): string[] => {
  const invoices = liveInvoices(sale)
  const said: [boolean, string][] = [
    [isStatus(sale, 'VOIDED'), 'the sale was voided'],
    [!untouched(sale.CombinedPickingStatus), `picking: ${sale.CombinedPickingStatus}`],
    [!untouched(sale.CombinedPackingStatus), `packing: ${sale.CombinedPackingStatus}`],
    [!untouched(sale.CombinedShippingStatus), `shipping: ${sale.CombinedShippingStatus}`],
    [!untouched(sale.FulFilmentStatus), `fulfilment: ${sale.FulFilmentStatus}`],
    [isOneOf(sale.CombinedPaymentStatus, PAYMENTS), `payment: ${sale.CombinedPaymentStatus}`],
    [liveCreditNotes(sale).length > 0, 'it has a credit note'],
    [invoices.length > 1, `it has ${invoices.length} invoices`],
    ...invoices.flatMap((invoice) => invoiceChanges(invoice, facts)),
    ...(sale.Order ? orderChanges(sale.Order, facts) : []),
  ]
  return said.flatMap(([happened, words]) => (happened ? [words] : []))
}

const invoiceChanges = (invoice: InvoiceDocument, facts: Facts): [boolean, string][] => {
  const name = `invoice ${invoice.InvoiceNumber}`
  const paid = !isZero(invoice.Paid ?? '0') || (invoice.Payments ?? []).length > 0 || isStatus(invoice, 'PAID')
  const free = isZero(invoice.Total ?? '1')
  const stamp = stampIn(invoice.Memo)
  const known = sameWord(invoice.TaskID, facts.invoice ?? '')
  const wasCarried = known && (stamp === undefined || stamp === facts.stamp)
  return [
    [paid && !free, `${name} has payments`],
    [!known && stamp === undefined, `${name} was not made by the connector`],
    [wasCarried && differs(facts.total, invoice.Total), `${name} is over ${invoice.Total} instead of ${facts.total}`],
  ]
}

const orderChanges = (order: OrderDocument, facts: Facts): [boolean, string][] => {
  const stamp = stampIn(order.Memo)
  const wasCarried = isAuthorised(order) && stamp !== undefined && stamp === facts.stamp
  const total = rowsTotal(order)
  return [
    [isStatus(order, 'VOIDED', 'FULFILLED', 'CLOSED'), `the order is ${order.Status}`],
    [isAuthorised(order) && stamp === undefined, 'the order was written by somebody else'],
    [wasCarried && differs(facts.total, total), `the order is over ${total} instead of ${facts.total}`],
  ]
}

const differs = (recorded: Decimal | undefined, shown: Decimal | null | undefined): boolean =>
  recorded !== undefined && shown != null && !same(recorded, shown)

/** Both sides changed: a person decides. Nothing is undone that somebody worked on. */
export const refuseIfTouched = (sale: Sale, facts: Facts, sourceTotal: Decimal): void => {
  const happened = whatHappened(sale, facts)
  if (happened.length === 0) return
  const number = sale.Order?.SaleOrderNumber || sale.ID
  throw new Failed({
    kind: 'conflict',
    code: 'cin7_sale_changed',
    message: `the source changed, and so did sale ${number} in Cin7: ${happened.join('; ')}`,
    remedy: `Nothing was changed. Undo in Cin7 what was done to sale ${number} (payments, shipments, credit notes) and replay, or correct the sale there by hand and resolve this record.`,
    facts: {
      sourceTotal,
      carriedTotal: facts.total ?? '',
      cin7Total: liveInvoices(sale)[0]?.Total ?? '',
      cin7Sale: number,
      happened: happened.join('; '),
    },
  })
}
