import { Failed, type Failure } from '../../core/failure'
import type { Settings } from './settings'

/** Wave books everything of one balance on one account, in the currency of both. */
export const bankAccount = ({ balances }: Settings, currency: string, balance?: string): string => {
  const found = balances.find((one) => one.currency === currency && (balance ?? one.balance) === one.balance)
  if (found) return found.account
  throw new Failed(noAccount(currency, balance))
}

const noAccount = (currency: string, balance: string | undefined): Failure => ({
  kind: 'unmapped',
  code: 'unmapped',
  message: `no Wave account stands for the ${[currency, 'balance', balance].filter(Boolean).join(' ')} at Wise`,
  remedy: `Make a Cash and Bank account in ${currency} in Wave, add it to the setting balances, then replay.`,
  codes: [{ mapping: 'settings.balances', code: balance ?? currency, label: `${currency} balance` }],
})

export const BANK_FEED =
  'Wave imports the Wise account by its own bank feed (setting bankFeed): booked there, and not by us'
