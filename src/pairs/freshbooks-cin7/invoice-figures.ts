import type { Lookups } from '../../core/flow'
import type { Figures } from '../../core/reconciliation'
import { add, type Decimal, isZero, negate, subtract } from '../../lib/money'
import { type Invoice, partyName } from '../../vendors/freshbooks/invoices'
import { discountOf, taxOf } from './invoice-sums'
import { customerNeed } from './needs'
import { accountOf } from './sale-rows'
import type { Settings } from './settings'

/** What an account is called for which no counterpart was chosen. */
const UNMAPPED = 'not mapped'

/**
 * What the books of Cin7 are to say of an invoice: FreshBooks' own sums, put on Cin7's accounts. Told from the invoice and not from
 * the rows that are posted, so that it finds what is wrong with those.
 */
export const invoiceFigures = (invoice: Invoice, settings: Settings, lookups: Lookups): Figures => {
  const { amount, currency_code: currency, customerid } = invoice
  const customer = lookups.linked(customerNeed(customerid, currency))
  return {
    currency,
    total: amount.amount,
    tax: taxOf(invoice),
    customer: { id: (customer?.id ?? customerid).toLowerCase(), name: partyName(invoice) },
    accounts: accountsOf(invoice, settings, lookups),
  }
}

/** What lines, discount and tax leave over is on the account for rounding. */
const accountsOf = (invoice: Invoice, settings: Settings, lookups: Lookups): Record<string, Decimal> => {
  const sums: Record<string, Decimal> = {}
  const put = (account: string, value: Decimal) => {
    if (!isZero(value)) sums[account] = add(sums[account] ?? '0', value)
  }
  for (const line of invoice.lines) put(accountOf(line, settings, lookups), line.amount.amount)
  put(settings.discountAccount ?? `${UNMAPPED}: discount`, negate(discountOf(invoice)))
  const net = subtract(invoice.amount.amount, taxOf(invoice))
  put(settings.rounding?.account ?? `${UNMAPPED}: rounding`, subtract(net, add('0', ...Object.values(sums))))
  return sums
}
