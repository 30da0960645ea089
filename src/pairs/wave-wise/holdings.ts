import type { Holding } from '../../core/pair'
import type { ReadApi } from '../../core/vendor'
import { subtract } from '../../lib/money'
import { readAccountBalances } from '../../vendors/wave/account-balances'
import { readBalances } from '../../vendors/wise/balances'
import { Settings } from './settings'

/** Each balance at Wise beside the account of Wave that stands for it. One that is gone on either side holds nothing. */
export const holdings = async (wave: ReadApi, wise: ReadApi, given: object): Promise<Holding[]> => {
  const [accounts, balances] = await Promise.all([readAccountBalances(wave), readBalances(wise)])
  return Settings.parse(given).balances.map(({ account, balance, currency }) => {
    const known = accounts.find(({ id }) => id === account)
    const source = known?.balance ?? '0'
    const target = balances.find(({ id }) => id === balance)?.amount.value ?? '0'
    return { account, name: known?.name ?? account, currency, source, target, difference: subtract(target, source) }
  })
}
