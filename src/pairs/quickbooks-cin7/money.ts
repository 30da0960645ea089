import type { Failure } from '../../core/failure'
import type { Lookups } from '../../core/flow'
import { atMost, type Decimal, same } from '../../lib/money'
import type { Purchase } from '../../vendors/cin7/purchases'
import type { Settings } from './settings'

/** In what money a document is booked. */
export interface Terms {
  currency: string
  /** Home currency per unit of the document's: both vendors count it this way round. */
  rate: Decimal
  /** Payables account. */
  payable: string
}

/** `rate` of the document: base currency of Cin7 per unit of the supplier's. */
export const moneyOf = (
  { currency, number }: Purchase,
  rate: Decimal,
  { accountPayable, accountsPayable }: Settings,
  { sourceAccount, targetAccount }: Lookups,
): Terms | Failure => {
  const home = targetAccount.baseCurrency
  if (currency === home) return { currency, rate: '1', payable: accountPayable }
  if (home === null || sourceAccount.baseCurrency !== home)
    return otherBase(number, currency, sourceAccount.baseCurrency, home)
  // Cin7 shows 1 where nobody entered a rate; a rate is never made up.
  if (atMost(rate, '0') || same(rate, '1')) return noRate(number, currency, rate)
  const payable = accountsPayable[currency]
  return payable === undefined ? noPayable(number, currency) : { currency, rate, payable }
}

const otherBase = (number: string, currency: string, cin7: string | null, quickbooks: string | null): Failure => ({
  kind: 'rejected',
  code: 'base_currency_differs',
  message: `purchase ${number} is in ${currency}; Cin7 keeps its books in ${cin7 ?? 'an unknown currency'}, QuickBooks in ${quickbooks ?? 'an unknown currency'}, so Cin7's rate does not fit`,
  remedy: `Only purchases in ${quickbooks ?? 'the home currency'} can be carried between these two. Enter purchase ${number} in QuickBooks by hand, or ignore this record.`,
})

const noRate = (number: string, currency: string, rate: Decimal): Failure => ({
  kind: 'rejected',
  code: 'exchange_rate_missing',
  message: `purchase ${number} is in ${currency} at the rate ${rate}, which says that nobody entered one`,
  remedy: `Enter the exchange rate of purchase ${number} in Cin7, then replay.`,
})

const noPayable = (number: string, currency: string): Failure => ({
  kind: 'rejected',
  code: 'payables_account_missing',
  message: `purchase ${number} is in ${currency}, and no payables account in ${currency} was chosen`,
  remedy: `A payables account of QuickBooks has one currency: choose one in ${currency} in the setting accountsPayable.${currency} (QuickBooks makes it with the first vendor in ${currency}); then replay.`,
})
