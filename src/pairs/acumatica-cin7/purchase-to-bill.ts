import type { Failure } from '../../core/failure'
import type { Flow, Lookups, Mapped } from '../../core/flow'
import type { BillDraft } from '../../vendors/acumatica/bill-draft'
import { billsTarget } from '../../vendors/acumatica/bill-target'
import {
  bookedInvoices,
  invoiceContent,
  isBooked,
  orderStands,
  standingInvoices,
} from '../../vendors/cin7/purchase-standing'
import { type Purchase, type PurchaseInvoice, purchases } from '../../vendors/cin7/purchases'
import { billDraft } from './bill-document'
import { documentFigures } from './document-figures'
import { totals } from './document-totals'
import { eachPart } from './each-part'
import { BILLS } from './names'
import { orderNeed, vendorOf } from './needs'
import { notOurs, refuseBelowZero } from './refusals'
import { Settings } from './settings'

/** Each authorised or paid invoice of a Cin7 purchase becomes an Acumatica bill. */
export const purchaseToBill: Flow<Purchase, BillDraft, Settings> = {
  name: BILLS,
  source: purchases,
  target: billsTarget,
  settings: Settings,

  skip(purchase, _settings, { variants }) {
    if (variants.length > 0) return undefined
    return bookedInvoices(purchase).length > 0 ? notOurs(purchase) : 'no authorised invoice: carried once there is one'
  },

  needs(purchase, { bills, orders }) {
    if (bookedInvoices(purchase).length === 0) return []
    const isFromOrder = bills.lines === 'order' && orders !== undefined && orderStands(purchase)
    return [vendorOf(purchase), ...(isFromOrder && purchase.order.rows.length > 0 ? [orderNeed(purchase)] : [])]
  },

  /** One that is stepped back to a draft stands: somebody is correcting it. */
  parts: (purchase) => standingInvoices(purchase).map(({ id }) => id),

  partDate: (purchase, part) => invoiceOf(purchase, part)?.date ?? '',

  fingerprint(purchase, part) {
    const invoice = invoiceOf(purchase, part)
    return invoice && { purchase: purchase.number, booked: isBooked(invoice), ...invoiceContent(purchase, invoice) }
  },

  map: (purchase, settings, lookups) =>
    eachPart(bookedInvoices(purchase), (invoice) => billOf(purchase, invoice, settings, lookups)),

  totals: (_purchase, draft) => totals(draft),

  removes: ({ bills: { voided } }) => voided === 'delete',

  figures: (purchase, settings, lookups) =>
    bookedInvoices(purchase).map((invoice) => ({
      variant: invoice.id,
      figures: documentFigures(purchase, invoice, settings, lookups),
    })),

  matching: { variant: () => undefined, brings: 'keep' },
}

const invoiceOf = ({ invoices }: Purchase, part: string): PurchaseInvoice | undefined =>
  invoices.find(({ id }) => id === part)

const billOf = (
  purchase: Purchase,
  invoice: PurchaseInvoice,
  settings: Settings,
  lookups: Lookups,
): Mapped<BillDraft> | Failure => {
  const refused = refuseBelowZero(purchase, invoice)
  if (refused) return refused
  const number = settings.bills.reference === 'invoice' ? invoice.number : ''
  const date = invoice.date || purchase.orderDate
  const draft = billDraft(
    purchase,
    {
      document: invoice,
      reference: number || orderNumber(purchase, invoice),
      date,
      dueDate: invoice.dueDate || null,
      text: `Cin7 ${purchase.number} / ${invoice.number}`,
    },
    settings,
    lookups,
  )
  return 'kind' in draft ? draft : { variant: invoice.id, draft }
}

/** Where a purchase has several invoices, each after the first says which it is. */
const orderNumber = ({ number, invoices }: Purchase, { id }: PurchaseInvoice): string => {
  const place = invoices.findIndex((invoice) => invoice.id === id)
  return place > 0 ? `${number}/${place + 1}` : number
}
