import type { Failure } from '../../core/failure'
import type { Lookups } from '../../core/flow'
import { type Decimal, round } from '../../lib/money'
import type { Settings } from './settings'

/** Cin7 holds five decimals of a rate (cin7 sheet section 8.1). */
const RATE_DECIMALS = 5

/** Cin7's base currency per unit of `currency` on a business date: the newest of the settings. Undefined = nobody said it. */
export const rateOn = (
  { currency, date }: { currency: string; date: string },
  { rates }: Settings,
  { targetAccount }: Lookups,
): Decimal | undefined => {
  if (targetAccount.baseCurrency === null) return undefined
  if (currency === targetAccount.baseCurrency) return '1'
  const [newest] = rates
    .filter((rate) => rate.currency === currency && rate.from <= date)
    .sort((a, b) => (a.from < b.from ? 1 : -1))
  return newest && round(newest.rate, RATE_DECIMALS)
}

export const rateMissing = (
  what: string,
  { currency, date }: { currency: string; date: string },
  { targetAccount }: Lookups,
): Failure =>
  targetAccount.baseCurrency === null
    ? {
        kind: 'rejected',
        code: 'base_currency_unknown',
        message: `${what} is in ${currency}, and it is not known in which currency Cin7 keeps its books`,
        remedy: 'Test the Cin7 connection, so that the company is read again; then replay.',
      }
    : {
        kind: 'rejected',
        code: 'exchange_rate_missing',
        message: `${what} of ${date} is in ${currency}; FreshBooks shows no exchange rate into ${targetAccount.baseCurrency}, and the settings have none for that day`,
        remedy: `Add the rate of ${currency} to the setting rates, from that day or earlier; then replay.`,
      }
