import { Failed, OR_RESOLVE } from '../../core/failure'
import { type Decimal, isZero, same } from '../../lib/money'
import {
  type InvoiceDocument,
  isAuthorised,
  isInclusive,
  isStatus,
  liveCreditNotes,
  liveInvoices,
  type OrderDocument,
  type PaymentRow,
  paymentsOf,
  rowsTotal,
  type Sale,
} from './sale-shapes'
import { shownChanges, shownOf } from './sale-shown'
import { sameWord } from './shapes'
import { stampIn } from './stamp'

/** What was recorded of the sale when it was last carried; empty where it was never finished. */
type Facts = Record<string, string>

/** Not begun. Anything else in these places was done by a person. */
const UNTOUCHED = ['', 'NOT AVAILABLE', 'NOT PICKED', 'NOT PACKED', 'NOT SHIPPED', 'NOT FULFILLED', 'VOIDED']

const isOneOf = (status: string, words: string[]): boolean => words.some((word) => sameWord(word, status))

const untouched = (status: string): boolean => isOneOf(status, UNTOUCHED)

type Said = [boolean, string][]

/** What somebody did to the sale in Cin7 since we carried it, in words; empty = it can be undone and posted again. */
const whatHappened = async (sale: Sale, facts: Facts, aside: (payment: PaymentRow) => boolean): Promise<string[]> => {
  const invoices = liveInvoices(sale)
  const said: Said = [
    [isStatus(sale, 'VOIDED'), 'the sale was voided'],
    [!untouched(sale.CombinedPickingStatus), `picking: ${sale.CombinedPickingStatus}`],
    [!untouched(sale.CombinedPackingStatus), `packing: ${sale.CombinedPackingStatus}`],
    [!untouched(sale.CombinedShippingStatus), `shipping: ${sale.CombinedShippingStatus}`],
    [!untouched(sale.FulFilmentStatus), `fulfilment: ${sale.FulFilmentStatus}`],
    // What is paid on an invoice shows on the invoice itself.
    [isOneOf(sale.CombinedPaymentStatus, ['PREPAID']), 'it has a prepayment'],
    [liveCreditNotes(sale).length > 0, 'it has a credit note'],
    [invoices.length > 1, `it has ${invoices.length} invoices`],
    ...invoices.flatMap((invoice) => invoiceChanges(invoice, facts, aside)),
    ...(sale.Order ? orderChanges(sale.Order, facts, isInclusive(sale)) : []),
  ]
  const seen = said.flatMap(([happened, words]) => (happened ? [words] : []))
  return [...seen, ...(await editsOf(sale, facts))]
}

/** Ours as it was carried last: the stamp names that content, or somebody wrote over the memo. */
const isAsCarried = ({ TaskID, Memo }: InvoiceDocument, facts: Facts): boolean => {
  const stamp = stampIn(Memo)
  return sameWord(TaskID, facts.invoice ?? '') && (stamp === undefined || stamp === facts.stamp)
}

/** Edits that leave the total as it is: lines, accounts, dates, the customer. */
export const editsOf = async (sale: Sale, facts: Facts): Promise<string[]> => {
  const invoice = liveInvoices(sale).find((one) => isAsCarried(one, facts))
  return invoice ? shownChanges(`invoice ${invoice.InvoiceNumber}`, facts, await shownOf(sale, invoice)) : []
}

const invoiceChanges = (invoice: InvoiceDocument, facts: Facts, aside: (payment: PaymentRow) => boolean): Said => {
  const name = `invoice ${invoice.InvoiceNumber}`
  const carried = isAsCarried(invoice, facts)
  const ours = stampIn(invoice.Memo) !== undefined || sameWord(invoice.TaskID, facts.invoice ?? '')
  return [
    [isPaid(invoice, aside), `${name} has payments`],
    [!ours, `${name} was not made by the connector`],
    [carried && differs(facts.total, invoice.Total), `${name} is over ${invoice.Total} instead of ${facts.total}`],
    [carried && facts.shownLines !== undefined && !isAuthorised(invoice), `${name} was stepped back`],
  ]
}

/** An invoice over nothing counts as paid and has no payments. */
const isPaid = (invoice: InvoiceDocument, aside: (payment: PaymentRow) => boolean): boolean => {
  const payments = invoice.Payments ?? []
  if (payments.length > 0) return !payments.every(aside)
  return (!isZero(invoice.Paid ?? '0') || isStatus(invoice, 'PAID')) && !isZero(invoice.Total ?? '1')
}

const orderChanges = (order: OrderDocument, facts: Facts, inclusive: boolean): Said => {
  const stamp = stampIn(order.Memo)
  const wasCarried = isAuthorised(order) && stamp !== undefined && stamp === facts.stamp
  const total = rowsTotal(order, inclusive)
  return [
    [isStatus(order, 'VOIDED', 'FULFILLED', 'CLOSED'), `the order is ${order.Status}`],
    [isAuthorised(order) && stamp === undefined, 'the order was written by somebody else'],
    [wasCarried && differs(facts.total, total), `the order is over ${total} instead of ${facts.total}`],
  ]
}

const differs = (recorded: Decimal | undefined, shown: Decimal | null | undefined): boolean =>
  recorded !== undefined && shown != null && !same(recorded, shown)

/** Where payments are records of their own, the source has not taken them back yet, or never will. */
export const refuseIfPaid = (sale: Sale): void => {
  const payments = paymentsOf(sale)
  if (payments.length === 0) return
  const number = sale.Order?.SaleOrderNumber || sale.ID
  throw new Failed({
    kind: 'conflict',
    code: 'cin7_sale_paid',
    message: `the source deleted the document of sale ${number}, yet not its payments, which stand in Cin7: ${payments.length}`,
    remedy:
      'Nothing was changed. Delete the payments in the source too, or restore the document there. It is tried again once a day; or replay it.',
    facts: { cin7Sale: number, payments: payments.map(({ Reference }) => Reference).join(', ') },
  })
}

/** Both sides changed: a person decides. Nothing is undone that somebody worked on; payments put `aside` do not count. */
export const refuseIfTouched = async (
  sale: Sale,
  facts: Facts,
  sourceTotal: Decimal,
  aside: (payment: PaymentRow) => boolean = () => false,
): Promise<void> => {
  const happened = await whatHappened(sale, facts, aside)
  if (happened.length === 0) return
  const number = sale.Order?.SaleOrderNumber || sale.ID
  throw new Failed({
    kind: 'conflict',
    code: 'cin7_sale_changed',
    message: `the source changed, and so did sale ${number} in Cin7: ${happened.join('; ')}`,
    remedy: `Nothing was changed. Undo in Cin7 what was done to sale ${number} (payments, shipments, credit notes) and replay, ${OR_RESOLVE}`,
    facts: {
      sourceTotal,
      carriedTotal: facts.total ?? '',
      cin7Total: liveInvoices(sale)[0]?.Total ?? '',
      cin7Sale: number,
      happened: happened.join('; '),
    },
  })
}
