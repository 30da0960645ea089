import { rejected } from '../../core/failure'
import type { Account, ReadApi } from '../../core/vendor'
import { type Business, businessesOf, pinned, readMe } from './me'

/** The pinned business, or the only one. Its id is the account id, which callbacks carry. */
export const account = async (api: ReadApi): Promise<Account> => {
  const me = await readMe(api)
  return accountOf(api.account === '' ? only(businessesOf(me)) : pinned(me, api.account))
}

export const accounts = async (api: ReadApi): Promise<Account[]> => businessesOf(await readMe(api)).map(accountOf)

/** users/me shows no base currency, and nothing public knows of a lock date. */
const accountOf = ({ accountId, name, timeZone }: Business): Account => ({
  id: accountId,
  name,
  baseCurrency: null,
  timeZone,
  lockDate: null,
})

const only = (businesses: Business[]): Business => {
  const [first, ...more] = businesses
  if (first && more.length === 0) return first
  throw rejected(
    'freshbooks_account_not_chosen',
    first
      ? `the consent reaches ${businesses.map(({ name, accountId }) => `${name} (${accountId})`).join(', ')}`
      : 'the consent reaches no business with books',
    first
      ? 'Connect again (GET …/authorize) and choose one of them.'
      : 'Connect as a FreshBooks user who may open the books of the business.',
  )
}
