import type { Flow } from '../../core/flow'
import { same } from '../../lib/money'
import { type SaleDraft, sales } from '../../vendors/cin7/sales'
import { type Invoice, invoices } from '../../vendors/wave/invoices'
import { customerToCustomer } from './customer-to-customer'
import { fingerprint } from './invoice-fingerprint'
import { cin7Rate, rateRefused } from './rate'
import { saleRows } from './sale-lines'
import { totals } from './sale-totals'
import { Settings } from './settings'

/** An approved Wave invoice becomes a Cin7 sale with an authorised order and an authorised invoice. */
export const invoiceToSale: Flow<Invoice, SaleDraft, Settings> = {
  name: 'wave-cin7/invoice-to-sale',
  source: invoices,
  target: sales,
  settings: Settings,

  skip({ status, items }) {
    if (status === 'DRAFT') return 'draft: carried once it is approved in Wave'
    return items?.length ? undefined : 'empty: it has no lines'
  },

  needs: (invoice) => [customerOf(invoice)],

  fingerprint,

  map(invoice, settings, lookups) {
    const customer = lookups.linked(customerOf(invoice))
    if (!customer) return customerMissing(invoice)
    const rate = cin7Rate(invoice, lookups)
    if (rate === undefined) return rateRefused(invoice, lookups)
    const rows = saleRows(invoice, settings, lookups)
    if ('kind' in rows) return rows
    return [{ variant: 'sale', draft: { customerId: customer.id, rate, ...headOf(invoice, settings, rate), ...rows } }]
  },

  totals,

  removes: ({ deleted }) => deleted === 'void',
}

/** The Cin7 customer in the currency of the invoice. */
const customerOf = ({ customer, currency }: Invoice) => ({
  flow: customerToCustomer.name,
  sourceId: customer.id,
  variant: currency.code,
})

const headOf = (invoice: Invoice, { location, taxRule, paymentTerm }: Settings, rate: string) => ({
  currency: invoice.currency.code,
  location,
  taxRule,
  terms: paymentTerm,
  date: invoice.invoiceDate,
  dueDate: invoice.dueDate,
  reference: invoice.invoiceNumber,
  memo: memoOf(invoice, rate),
})

/** Cin7 numbers its own invoices, so the Wave number stands in reference and memo (cin7 sheet section 8.1). */
const memoOf = ({ invoiceNumber, poNumber, memo, exchangeRate }: Invoice, rate: string): string =>
  [
    `Wave invoice ${invoiceNumber}`,
    poNumber && `PO ${poNumber}`,
    rate !== '1' && !same(rate, exchangeRate) && `Exchange rate in Wave: ${exchangeRate}`,
    memo,
  ]
    .filter(Boolean)
    .join('\n')
    .slice(0, 900)

const customerMissing = (invoice: Invoice) =>
  ({
    kind: 'dependency',
    code: 'waits_for_other_record',
    message: `needs the customer "${invoice.customer.name}" in ${invoice.currency.code} first`,
    remedy: 'Nothing to do: it goes on once the customer is carried. See that record if it has failed.',
    ...customerOf(invoice),
  }) as const
