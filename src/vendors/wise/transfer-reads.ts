import { z } from 'zod'
import { Failed } from '../../core/failure'
import type { ReadApi } from '../../core/vendor'
import { instant } from '../../lib/dates'
import { get } from './client'
import { currency, decimal, flag, id, text } from './shapes'

export const TransferShape = z.lazy(() =>
  z.object({
    id,
    /** The recipient. */
    targetAccount: id,
    quoteUuid: text,
    status: z.string(),
    reference: text,
    rate: decimal.nullish(),
    created: z.string(),
    /** Id of the business profile; null for a person's. */
    business: id.nullish(),
    /** A person has to look at it on wise.com. */
    hasActiveIssues: flag,
    sourceCurrency: currency,
    /** What is converted, without the fee: a balance is debited by the quote's source amount (sheet 5). */
    sourceValue: decimal,
    targetCurrency: currency,
    targetValue: decimal,
    /** UUID of whoever made it by API. */
    customerTransactionId: text,
  }),
)
/** A transfer as Wise shows it: ids and amounts as text, states of `transfer-states.ts`. */
export type Transfer = z.infer<typeof TransferShape>

/** Null = Wise knows of none, or it is another profile's of the same user. */
export const readTransfer = async (api: ReadApi, transfer: string): Promise<Transfer | null> => {
  try {
    const found = await api.read(get('v1', '/transfers/{transfer}', { transfer }), TransferShape)
    return isOf(api.account, found) ? found : null
  } catch (thrown) {
    if (thrown instanceof Failed && thrown.failure.code === 'wise_not_found') return null
    throw thrown
  }
}

const isOf = (profile: string, { business }: Transfer): boolean => business == null || business === profile

/** Milliseconds since 1970. `YYYY-MM-DD HH:MM:SS` has no zone and is taken as UTC; the ISO form is seen as well (sheet 7). */
export const createdAt = ({ created }: Pick<Transfer, 'created'>): number => instant(created.replace(' ', 'T'))
