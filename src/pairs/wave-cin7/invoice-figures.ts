import type { Lookups } from '../../core/flow'
import type { Figures } from '../../core/reconciliation'
import { abs, add, type Decimal, isZero, negate, round, subtract } from '../../lib/money'
import { CENTS } from '../../vendors/cin7/line-figures'
import type { Invoice } from '../../vendors/wave/invoices'
import { amount } from '../../vendors/wave/shapes'
import { customerOf } from './invoice-needs'
import { taxOf } from './sale-lines'
import type { Settings } from './settings'

/** What an account is called for which no counterpart was chosen. */
const UNMAPPED = 'not mapped'

/**
 * What the books of Cin7 are to say of an invoice: Wave's own sums, put on Cin7's accounts. Told from the invoice and not from the
 * rows that are posted, so that it finds what is wrong with those.
 */
export const invoiceFigures = (invoice: Invoice, settings: Settings, lookups: Lookups): Figures => {
  const { id, name } = invoice.customer
  const total = amount(invoice, invoice.total)
  const tax = add('0', ...(invoice.items ?? []).map((item) => taxOf(invoice, item)))
  return {
    currency: invoice.currency.code,
    total,
    tax,
    customer: { id: (lookups.linked(customerOf(invoice))?.id ?? id).toLowerCase(), name },
    accounts: accountsOf(invoice, settings, lookups, subtract(total, tax)),
  }
}

/** Each line to the cent; what lines, discount and their taxes leave over is on the account for rounding. */
const accountsOf = (invoice: Invoice, settings: Settings, { mapped }: Lookups, net: Decimal) => {
  const sums: Record<string, Decimal> = {}
  const put = (account: string, value: Decimal) => {
    if (!isZero(value)) sums[account] = add(sums[account] ?? '0', value)
  }
  for (const { account, subtotal } of invoice.items ?? [])
    put(mapped('account', account.id) ?? `${UNMAPPED}: ${account.name}`, round(amount(invoice, subtotal), CENTS))
  put(settings.discountAccount ?? `${UNMAPPED}: discount`, negate(abs(amount(invoice, invoice.discountTotal))))
  put(settings.rounding?.account ?? `${UNMAPPED}: rounding`, subtract(net, add('0', ...Object.values(sums))))
  return sums
}
