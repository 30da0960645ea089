import type { Failure } from '../../core/failure'
import type { Flow, Lookups, Mapped } from '../../core/flow'
import { bookedInvoices, invoiceContent, isBooked, standingInvoices } from '../../vendors/cin7/purchase-standing'
import { type Purchase, type PurchaseInvoice, purchases } from '../../vendors/cin7/purchases'
import { type BillDraft, bills } from '../../vendors/quickbooks/bills'
import { documentFigures } from './document-figures'
import { documentLines } from './document-lines'
import { totals } from './document-totals'
import { eachPart } from './each-part'
import { moneyOf } from './money'
import { BILLS } from './names'
import { orderOf, theVendor, vendorOf } from './needs'
import { shortNumber } from './numbers'
import { orderLinks } from './order-links'
import { refuseBelowZero } from './refusals'
import { Settings } from './settings'
import { Translator } from './translate'

/** Each authorised or paid invoice of a Cin7 purchase becomes a QuickBooks bill, of its own lines and never of the order's. */
export const purchaseToBill: Flow<Purchase, BillDraft, Settings> = {
  name: BILLS,
  source: purchases,
  target: bills,
  settings: Settings,

  skip: (purchase, _settings, { variants }) =>
    bookedInvoices(purchase).length > 0 || variants.length > 0
      ? undefined
      : 'no authorised invoice: carried once there is one',

  needs: (purchase) => (bookedInvoices(purchase).length > 0 ? [vendorOf(purchase)] : []),

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
  const vendor = theVendor(purchase, lookups)
  if ('kind' in vendor) return vendor
  const money = moneyOf(purchase, invoice.rate, settings, lookups)
  if ('kind' in money) return money
  const translator = new Translator(settings, lookups)
  const order = orderLinks(orderOf(purchase, lookups))
  const lines = documentLines({ purchase, document: invoice, settings, translator, order })
  const department = translator.department(purchase)
  const failure = translator.failure() ?? refuseBelowZero(purchase, invoice)
  if (failure) return failure
  const number = settings.bills.number === 'invoice' ? invoice.number : ''
  const date = invoice.date || purchase.orderDate
  return {
    variant: invoice.id,
    draft: {
      vendor: vendor.id,
      ...money,
      date,
      dueDate: invoice.dueDate || date,
      number: shortNumber(number || orderNumber(purchase, invoice)),
      memo: `Cin7 ${purchase.number} / ${invoice.number}`,
      department,
      term: translator.term(purchase.terms),
      duplicateNumber: settings.bills.duplicates,
      ...lines,
    },
  }
}

/** Where a purchase has several invoices, each after the first says which it is. */
const orderNumber = ({ number, invoices }: Purchase, { id }: PurchaseInvoice): string => {
  const place = invoices.findIndex((invoice) => invoice.id === id)
  return place > 0 ? `${number}/${place + 1}` : number
}
