import type { Failure } from '../../core/failure'
import type { Flow } from '../../core/flow'
import { same } from '../../lib/money'
import { type SaleDraft, sales } from '../../vendors/cin7/sales'
import { type Invoice, invoices } from '../../vendors/wave/invoices'
import { invoiceFigures } from './invoice-figures'
import { fingerprint } from './invoice-fingerprint'
import { customerOf, productsOf } from './invoice-needs'
import { cin7Rate, rateRefused } from './rate'
import { attributesOf } from './sale-attributes'
import { saleRows } from './sale-lines'
import { SALE_FLOW, SALE_VARIANT } from './sale-need'
import { totals } from './sale-totals'
import { roleOf, Settings } from './settings'

/** An approved Wave invoice becomes a Cin7 sale with an authorised order and an authorised invoice. */
export const invoiceToSale: Flow<Invoice, SaleDraft, Settings> = {
  name: SALE_FLOW,
  source: invoices,
  target: sales,
  settings: Settings,

  skip({ status, items }) {
    if (status === 'DRAFT') return 'draft: carried once it is approved in Wave'
    return items?.length ? undefined : 'empty: it has no lines'
  },

  needs: (invoice, settings, lookups) => [
    ...(isSupplierOnly(invoice, settings) ? [] : [customerOf(invoice)]),
    ...(settings.lines === 'stock' ? productsOf(invoice, lookups) : []),
  ],

  fingerprint,

  map(invoice, settings, lookups) {
    const customer = lookups.linked(customerOf(invoice))
    if (!customer) return isSupplierOnly(invoice, settings) ? supplierOnly(invoice) : customerMissing(invoice)
    const rate = cin7Rate(invoice, lookups)
    if (rate === undefined) return rateRefused(invoice, lookups)
    const rows = saleRows(invoice, settings, lookups)
    if ('kind' in rows) return rows
    return [
      { variant: SALE_VARIANT, draft: { customerId: customer.id, rate, ...headOf(invoice, settings, rate), ...rows } },
    ]
  },

  totals,

  matching: { variant: () => SALE_VARIANT, brings: 'keep' },

  removes: ({ deleted }) => deleted !== 'leave' && deleted,

  figures: (invoice, settings, lookups) => [
    { variant: SALE_VARIANT, figures: invoiceFigures(invoice, settings, lookups) },
  ],
}

const isSupplierOnly = ({ customer }: Invoice, settings: Settings): boolean =>
  roleOf(settings, customer.id) === 'supplier'

const headOf = (invoice: Invoice, settings: Settings, rate: string) => ({
  currency: invoice.currency.code,
  location: settings.location,
  taxRule: settings.taxRule,
  terms: termOf(invoice, settings),
  date: invoice.invoiceDate,
  dueDate: invoice.dueDate,
  reference: invoice.invoiceNumber,
  memo: memoOf(invoice, rate),
  attributes: attributesOf(invoice, settings),
  fulfil: settings.fulfil === 'auto',
})

/** Wave has no terms; what its dates say is the nearest. */
const termOf = ({ invoiceDate, dueDate }: Invoice, { terms, paymentTerm }: Settings): string => {
  const days = Math.round((Date.parse(dueDate) - Date.parse(invoiceDate)) / 86_400_000)
  return terms[String(days)] ?? paymentTerm
}

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

const supplierOnly = (invoice: Invoice): Failure => ({
  kind: 'rejected',
  code: 'customer_is_supplier',
  message: `"${invoice.customer.name}" becomes a supplier only, yet invoice ${invoice.invoiceNumber} bills it`,
  remedy: `Set its role to "both" in the setting roles (${invoice.customer.id}), then replay.`,
})

const customerMissing = (invoice: Invoice): Failure => ({
  kind: 'dependency',
  code: 'waits_for_other_record',
  message: `needs the customer "${invoice.customer.name}" in ${invoice.currency.code} first`,
  remedy: 'Nothing to do: it goes on once the customer is carried. See that record if it has failed.',
  ...customerOf(invoice),
})
