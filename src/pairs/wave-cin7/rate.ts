import type { Failure } from '../../core/failure'
import type { Lookups } from '../../core/flow'
import { atMost, type Decimal, round } from '../../lib/money'
import type { Invoice, InvoicePayment } from '../../vendors/wave/invoices'

/** Cin7 holds five decimals of a rate (cin7 sheet section 8.1). */
const RATE_DECIMALS = 5

/**
 * Base currency per unit of the invoice's currency: both vendors count it this way round. Undefined where Wave's rate would say
 * something about another base currency, or says nothing: a rate is never made up.
 */
export const cin7Rate = (invoice: Invoice, { sourceAccount, targetAccount }: Lookups): Decimal | undefined => {
  const base = targetAccount.baseCurrency
  if (invoice.currency.code === base) return '1'
  if (base === null || base !== sourceAccount.baseCurrency) return undefined
  const rate = round(invoice.exchangeRate, RATE_DECIMALS)
  return atMost(rate, '0') ? undefined : rate
}

/**
 * The rate on the day of a payment. Wave gives the currency of the account that was paid into, per unit of the invoice's: that is
 * our rate where the account is in the base currency. Paid in the invoice's own currency, it is the invoice's.
 */
export const paymentRate = (
  { exchangeRate, account }: InvoicePayment,
  invoice: Invoice,
  lookups: Lookups,
): Decimal | undefined => {
  const ofInvoice = cin7Rate(invoice, lookups)
  const base = lookups.targetAccount.baseCurrency
  const paidIn = account.currency?.code ?? base
  if (invoice.currency.code === base || paidIn === invoice.currency.code || ofInvoice === undefined) return ofInvoice
  const rate = round(exchangeRate, RATE_DECIMALS)
  return paidIn !== base || atMost(rate, '0') ? undefined : rate
}

export const rateRefused = (invoice: Invoice, { sourceAccount, targetAccount }: Lookups): Failure => {
  const [wave, cin7] = [
    sourceAccount.baseCurrency ?? 'an unknown currency',
    targetAccount.baseCurrency ?? 'an unknown currency',
  ]
  return wave === cin7 && sourceAccount.baseCurrency !== null
    ? {
        kind: 'rejected',
        code: 'exchange_rate_missing',
        message: `the invoice is in ${invoice.currency.code} at the rate ${invoice.exchangeRate}, which Cin7 cannot hold`,
        remedy: `Correct the exchange rate of invoice ${invoice.invoiceNumber} in Wave, then replay.`,
      }
    : {
        kind: 'rejected',
        code: 'base_currency_differs',
        message: `the invoice is in ${invoice.currency.code}; Wave keeps its books in ${wave}, Cin7 in ${cin7}, so Wave's rate does not fit`,
        remedy: `Only invoices in ${cin7} can be carried between these two. Enter invoice ${invoice.invoiceNumber} in Cin7 by hand, or ignore this record.`,
      }
}
