import { Failed, OR_RESOLVE } from '../../core/failure'
import { type Decimal, isZero, same } from '../../lib/money'
import type { Purchase, PurchaseInvoice, PurchasePayment } from './purchase-record'
import { shownChanges, shownInvoice, shownOrder } from './purchase-shown'
import { isBooked, isLive, isReceived, isVoided, standingOf } from './purchase-standing'
import { sameWord } from './shapes'
import { stampIn } from './stamp'

/** What was recorded of the purchase when it was last carried; empty where it was never finished. */
type Facts = Record<string, string>

type Said = [boolean, string][]

const said = (all: Said): string[] => all.flatMap(([happened, words]) => (happened ? [words] : []))

/** What somebody did to the purchase as a whole in Cin7, in words. Payments put `aside` do not count. */
const handled = (purchase: Purchase, aside: (payment: PurchasePayment) => boolean): string[] => {
  const invoices = purchase.invoices.filter(isLive)
  return said([
    [isVoided(purchase), 'the purchase was voided'],
    [isReceived(purchase), 'goods were received'],
    [purchase.order.prepayments.length > 0, 'it has a prepayment'],
    [purchase.creditNotes.some(isLive), 'it has a credit note'],
    [invoices.length > 1, `it has ${invoices.length} invoices`],
    ...invoices.map((invoice): Said[number] => [isPaid(invoice, aside), `${nameOf(invoice)} has payments`]),
  ])
}

const nameOf = ({ number }: PurchaseInvoice): string => `invoice ${number || 'without number'}`

/** An invoice over nothing counts as paid and has no payments. */
const isPaid = ({ payments, paid, status, total }: PurchaseInvoice, aside: (payment: PurchasePayment) => boolean) => {
  if (payments.length > 0) return !payments.every(aside)
  return (!isZero(paid) || status === 'PAID') && !isZero(total)
}

/** The note names other content than was carried last: we began to change it. */
const inWork = ({ note }: Purchase, { head }: Facts): boolean => {
  const stamp = stampIn(note)
  return stamp !== undefined && stamp !== head
}

const wasFinished = (purchase: Purchase, facts: Facts): boolean =>
  facts.shownOrder !== undefined && !inWork(purchase, facts)

/** What was changed on the order since it was carried. */
const orderEdits = (purchase: Purchase, facts: Facts): string[] => {
  const { order } = purchase
  const stamp = stampIn(order.memo)
  const carried = stamp !== undefined && stamp === facts.stamp
  return said([
    [['void', 'other'].includes(standingOf(order)), `the order is ${order.status}`],
    [isBooked(order) && stamp === undefined, 'the order was written by somebody else'],
    [carried && !isBooked(order) && wasFinished(purchase, facts), 'the order was stepped back'],
    [carried && differs(facts.total, order.total), `the order is over ${order.total} instead of ${facts.total}`],
  ])
}

/**
 * An invoice has no memo, and its task stays the same when it is posted again: it is ours as carried last while the order below
 * it is, unless somebody wrote over that one's memo.
 */
const carriedInvoice = ({ invoices, order }: Purchase, facts: Facts): PurchaseInvoice | undefined => {
  const stamp = stampIn(order.memo)
  const asCarried = stamp === undefined || stamp === facts.stamp
  return asCarried ? invoices.filter(isLive).find(({ id }) => sameWord(id, facts.invoice ?? '')) : undefined
}

const invoiceEdits = (purchase: Purchase, facts: Facts): string[] => {
  const invoice = carriedInvoice(purchase, facts)
  if (!invoice) return []
  return said([
    [differs(facts.total, invoice.total), `${nameOf(invoice)} is over ${invoice.total} instead of ${facts.total}`],
    [!isBooked(invoice) && wasFinished(purchase, facts), `${nameOf(invoice)} was stepped back`],
  ])
}

/**
 * Edits that leave the total as it is: lines, accounts, dates, the supplier. While we change the purchase ourselves, supplier and
 * rate are on their way, before the lines.
 */
export const editsOf = async (purchase: Purchase, facts: Facts): Promise<string[]> => {
  const invoice = carriedInvoice(purchase, facts)
  const orderIsOurs = stampIn(purchase.order.memo) === facts.stamp
  const { shownSupplier, shownDates, ...rows } = {
    ...(orderIsOurs ? await shownOrder(purchase) : {}),
    ...(invoice ? await shownInvoice(invoice) : {}),
  }
  const now = inWork(purchase, facts) ? rows : { ...rows, shownSupplier, shownDates }
  return shownChanges(invoice ? nameOf(invoice) : 'the invoice', facts, now)
}

const differs = (recorded: Decimal | undefined, shown: Decimal): boolean =>
  recorded !== undefined && !same(recorded, shown)

/** Of a purchase that is an order only: an invoice, even a draft, was made by somebody. */
export const invoicesEntered = ({ invoices }: Purchase): string[] =>
  invoices.filter(isLive).map((invoice) => `${nameOf(invoice)} was entered`)

export type Aside = (payment: PurchasePayment) => boolean

/** What somebody did to the purchase in Cin7 since we carried it, in words; empty = it can be undone and posted again. */
export const whatHappened = async (purchase: Purchase, facts: Facts, aside: Aside = () => false): Promise<string[]> => [
  ...handled(purchase, aside),
  ...orderEdits(purchase, facts),
  ...invoiceEdits(purchase, facts),
  ...(await editsOf(purchase, facts)),
]

/** Both sides changed: a person decides. Nothing is undone that somebody worked on. */
export const touched = (purchase: Purchase, facts: Facts, sourceTotal: Decimal, happened: string[]): Failed =>
  new Failed({
    kind: 'conflict',
    code: 'cin7_purchase_changed',
    message: `the source changed, and so did purchase ${purchase.number} in Cin7: ${happened.join('; ')}`,
    remedy: `Nothing was changed. Undo in Cin7 what was done to purchase ${purchase.number} (payments, receipts, credit notes) and replay, ${OR_RESOLVE}`,
    facts: {
      sourceTotal,
      carriedTotal: facts.total ?? '',
      cin7Total: purchase.invoices.find(isLive)?.total ?? purchase.order.total,
      cin7Purchase: purchase.number,
      happened: happened.join('; '),
    },
  })
