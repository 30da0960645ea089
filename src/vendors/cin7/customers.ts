import { z } from 'zod'
import type { Target } from '../../core/flow'
import { PartyDraft, partyTarget } from './parties'

export const CustomerDraft = PartyDraft.extend({
  /** Codes of accounts, name of a location. */
  accountReceivable: z.string(),
  revenueAccount: z.string(),
  location: z.string(),
})
export type CustomerDraft = z.infer<typeof CustomerDraft>

/** Customers of Cin7. */
export const customers: Target<CustomerDraft> = partyTarget({
  type: 'customer',
  list: 'CustomerList',
  draft: CustomerDraft,
  own: ({ accountReceivable, revenueAccount, location }) => ({
    AccountReceivable: accountReceivable,
    RevenueAccount: revenueAccount,
    Location: location,
  }),
  comments: 2000,
})
