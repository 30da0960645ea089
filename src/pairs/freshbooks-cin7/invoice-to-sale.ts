import type { Failure } from '../../core/failure'
import type { Flow } from '../../core/flow'
import { type SaleDraft, sales } from '../../vendors/cin7/sales'
import { type Invoice, invoices, isDraft, partyName } from '../../vendors/freshbooks/invoices'
import { invoiceFigures } from './invoice-figures'
import { fingerprint } from './invoice-fingerprint'
import { customerNeed, SALE_FLOW, SALE_VARIANT } from './needs'
import { rateMissing, rateOn } from './rate'
import { saleRows } from './sale-rows'
import { totals } from './sale-totals'
import { Settings } from './settings'
import { termOf } from './term'

/** An invoice that was sent becomes a Cin7 sale with an authorised order and an authorised invoice. */
export const invoiceToSale: Flow<Invoice, SaleDraft, Settings> = {
  name: SALE_FLOW,
  source: invoices,
  target: sales,
  settings: Settings,

  skip(invoice, { drafts }) {
    if (isDraft(invoice) && drafts === 'skip') return 'draft: carried once it is sent in FreshBooks'
    return invoice.lines.length > 0 ? undefined : 'empty: it has no lines'
  },

  needs: ({ customerid, currency_code }) => [customerNeed(customerid, currency_code)],

  fingerprint,

  map(invoice, settings, lookups) {
    const { customerid, currency_code: currency, create_date: date, invoice_number } = invoice
    const customer = lookups.linked(customerNeed(customerid, currency))
    if (!customer) return customerMissing(invoice)
    const rate = rateOn({ currency, date }, settings, lookups)
    if (rate === undefined) return rateMissing(`invoice ${invoice_number}`, { currency, date }, lookups)
    const rows = saleRows(invoice, settings, lookups)
    if ('kind' in rows) return rows
    const draft = { customerId: customer.id, rate, ...headOf(invoice, settings), ...rows }
    return [{ variant: SALE_VARIANT, draft }]
  },

  totals,

  matching: { variant: () => SALE_VARIANT, brings: 'keep' },

  removes: ({ deleted }) => deleted === 'void' && 'unpaid',

  figures: (invoice, settings, lookups) => [
    { variant: SALE_VARIANT, figures: invoiceFigures(invoice, settings, lookups) },
  ],
}

const headOf = (invoice: Invoice, settings: Settings) => {
  const { currency_code: currency, create_date: date, invoice_number: reference } = invoice
  const dueDate = invoice.due_date ?? date
  return {
    currency,
    location: settings.location,
    taxRule: settings.taxRule,
    terms: termOf(date, dueDate, settings),
    date,
    dueDate,
    reference,
    memo: memoOf(invoice),
    attributes: {},
    fulfil: settings.fulfil === 'auto',
  }
}

/** Cin7 numbers its own invoices, so the FreshBooks number stands in reference and memo (cin7 sheet section 8.1). */
const memoOf = ({ invoice_number, po_number, notes }: Invoice): string =>
  [`FreshBooks invoice ${invoice_number}`, po_number && `PO ${po_number}`, notes]
    .filter(Boolean)
    .join('\n')
    .slice(0, 900)

const customerMissing = (invoice: Invoice): Failure => ({
  kind: 'dependency',
  code: 'waits_for_other_record',
  message: `needs the customer "${partyName(invoice)}" in ${invoice.currency_code} first`,
  remedy: 'Nothing to do: it goes on once the customer is carried. See that record if it has failed.',
  ...customerNeed(invoice.customerid, invoice.currency_code),
})
