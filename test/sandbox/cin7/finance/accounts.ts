import type { Books } from '../books'
import { accountKnown, findAccount } from '../checks'
import { type Problem, problem } from '../errors'

/** Whether manual journals may touch receivables, payables and their like is not known (sheet 10). */
export const journalAccount = (books: Books, code: string): Problem | undefined => {
  const unknown = accountKnown(books, code)
  if (unknown) return unknown
  const system = findAccount(books, code)?.SystemAccount
  const refuses = books.world.switched('journals.refuseSystemAccounts', false)
  return system && refuses ? problem(`System account '${code}' cannot be used in manual journals`) : undefined
}

export const systemAccount = (books: Books, name: string): string =>
  books.accounts.all().find(({ SystemAccount }) => SystemAccount?.toLowerCase() === name.toLowerCase())?.Code ?? ''

export const currencyOf = (books: Books, code: string): string =>
  findAccount(books, code)?.Currency || books.company().me.Currency

/** Base units for one of the currency, from the company's table; 1 for the base itself. */
export const tableRate = (books: Books, currency: string): string => {
  const { me, currencyRates } = books.company()
  return currency === me.Currency ? '1' : (currencyRates[currency] ?? '1')
}
