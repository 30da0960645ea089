import { z } from 'zod'
import { instant } from '../../lib/dates'
import { parseJson } from '../../lib/json'
import { currency, decimal, id, text } from './shapes'

const Data = z.lazy(() =>
  z.object({
    resource: z.object({ profile_id: id }),
    balance_id: id,
    /** Since schema 3.0.0; with it a movement has a name of its own. */
    step_id: id.nullish(),
    /** Positive in both directions. */
    amount: decimal,
    currency,
    transaction_type: z.enum(['credit', 'debit']),
    /** Id of a transfer, or `BNK-…`, `CARD-…`. */
    transfer_reference: text,
    channel_name: text,
    post_transaction_balance_amount: decimal.nullish(),
    occurred_at: z.string(),
  }),
)

const Told = z.object({ event_type: z.literal('balances#update'), data: Data })

/** Money that came into a balance or left it. Nothing at Wise shows it again: the event is the record (sheet 11). */
export const Movement = z.object({
  profile: z.string(),
  balance: z.string(),
  /** Orders what happened within one transaction; '' in old schemas. */
  step: z.string(),
  direction: z.enum(['credit', 'debit']),
  /** Positive decimal text. */
  amount: z.string(),
  currency: z.string(),
  /** Balance after it; null in old schemas. */
  after: z.string().nullable(),
  reference: z.string(),
  /** Of which transfer, where it is of one. */
  transfer: z.string().nullable(),
  channel: z.string(),
  /** Ms since 1970. */
  at: z.number(),
})
export type Movement = z.infer<typeof Movement>

/** `body` of a delivery; undefined where it is not such an event. */
export const movementOf = (body: string): Movement | undefined => {
  const told = Told.safeParse(parseJson(body)).data
  if (!told) return undefined
  const { data } = told
  const reference = data.transfer_reference
  return {
    profile: data.resource.profile_id,
    balance: data.balance_id,
    step: data.step_id ?? '',
    direction: data.transaction_type,
    amount: data.amount,
    currency: data.currency,
    after: data.post_transaction_balance_amount ?? null,
    reference,
    transfer: /^\d+$/.test(reference) ? reference : null,
    channel: data.channel_name,
    at: instant(data.occurred_at),
  }
}

/** What makes it one, whatever delivery brings it: the step, or in old schemas everything that is said (sheet 11). */
export const movementKey = ({ profile, balance, step, reference, direction, amount, at }: Movement): string =>
  [profile, balance, ...(step ? [step] : [reference, direction, amount, at])].join('-')
