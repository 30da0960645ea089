import { z } from 'zod'
import { type Failed, rejected } from '../../core/failure'
import type { ReadApi } from '../../core/vendor'
import { get } from './client'

const ME = '/auth/api/v1/users/me'

const maybe = z.string().nullish()

const Membership = z.lazy(() =>
  z.object({
    role: z.string(),
    business: z.object({
      account_id: maybe,
      business_uuid: maybe,
      name: maybe,
      active: z.boolean().nullish(),
      status: maybe,
      timezone: maybe,
    }),
  }),
)

/** No `result` layer here, unlike everywhere else (sheet section 2). The deprecated `roles` is not looked at. */
const Me = z.lazy(() =>
  z.object({
    response: z.object({
      identity_id: z.union([z.number().int(), z.string().min(1)]).transform(String),
      business_memberships: z.array(Membership),
      permissions: z.record(z.string(), z.record(z.string(), z.unknown())).nullish(),
      subscription_statuses: z.record(z.string(), maybe).nullish(),
    }),
  }),
)
export type Me = z.infer<typeof Me>['response']

/** A business whose books the person may open. */
export interface Business {
  accountId: string
  /** Null where FreshBooks shows none. */
  uuid: string | null
  name: string
  timeZone: string | null
  role: string
  active: boolean
}

/** The person who consented, and all that they reach. */
export const readMe = async (api: ReadApi): Promise<Me> => (await api.read(get(ME, ME), Me)).response

/** Without those that have no books (no account id), and those where the person is a customer. */
export const businessesOf = (me: Me): Business[] =>
  me.business_memberships.flatMap(({ role, business }) =>
    business.account_id && role !== 'client'
      ? [
          {
            accountId: business.account_id,
            uuid: business.business_uuid ?? null,
            name: business.name ?? business.account_id,
            timeZone: business.timezone ?? null,
            role,
            active: business.active !== false,
          },
        ]
      : [],
  )

/** The pinned business, e.g. for its uuid, which ledger calls need. */
export const pinned = (me: Me, accountId: string): Business => {
  const found = businessesOf(me).find((business) => business.accountId === accountId)
  if (!found) throw outOfReach(accountId)
  return found
}

const outOfReach = (accountId: string): Failed =>
  rejected(
    'freshbooks_account_out_of_reach',
    `the FreshBooks user who consented does not reach the account ${accountId}`,
    'Check in FreshBooks that this user is still a member of the business, or connect again as somebody who is.',
  )
