import { gql } from 'graphql-request'
import { z } from 'zod'
import type { ReadApi } from '../../core/vendor'
import { readAll } from './references'
import { decimal } from './shapes'

const BALANCES = gql`
  query AccountBalances($businessId: ID!, $page: Int!, $pageSize: Int!) {
    business(id: $businessId) {
      list: accounts(page: $page, pageSize: $pageSize, isArchived: null, subtypes: [CASH_AND_BANK]) {
        edges { node { id name balance currency { code } } }
      }
    }
  }
`

const AccountBalance = z.lazy(() =>
  z.object({
    id: z.string(),
    name: z.string(),
    /** In the account's own currency. */
    balance: decimal,
    currency: z.object({ code: z.string() }),
  }),
)
export type AccountBalance = z.infer<typeof AccountBalance>

/** What stands on the accounts that hold money. */
export const readAccountBalances = (api: ReadApi): Promise<AccountBalance[]> => readAll(api, BALANCES, AccountBalance)
