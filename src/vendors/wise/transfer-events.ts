import { z } from 'zod'
import { instant } from '../../lib/dates'
import { parseJson } from '../../lib/json'
import { decimal, id, text } from './shapes'

const resource = z.object({ id })
const at = z.string().transform(instant)

const StateChange = z.lazy(() =>
  z
    .object({
      event_type: z.literal('transfers#state-change'),
      data: z.object({ resource, current_state: z.string(), previous_state: text, occurred_at: at }),
    })
    .transform(({ data }) => ({
      kind: 'state' as const,
      transfer: data.resource.id,
      from: data.previous_state,
      to: data.current_state,
      at: data.occurred_at,
    })),
)

const Refund = z.lazy(() =>
  z
    .object({
      event_type: z.literal('transfers#refund'),
      data: z.object({
        resource: z.object({ id, refund_amount: decimal, refund_currency: z.string() }),
        occurred_at: at,
      }),
    })
    .transform(({ data: { resource: of, occurred_at } }) => ({
      kind: 'refund' as const,
      transfer: of.id,
      amount: of.refund_amount,
      currency: of.refund_currency,
      at: occurred_at,
    })),
)

const PayoutFailure = z.lazy(() =>
  z
    .object({
      event_type: z.literal('transfers#payout-failure'),
      data: z.object({ transfer_id: id, failure_reason_code: z.string(), failure_description: text, occurred_at: at }),
    })
    .transform(({ data }) => ({
      kind: 'payout failure' as const,
      transfer: data.transfer_id,
      /** `WRONG_ACCOUNT_NUMBER` …; the list grows. */
      code: data.failure_reason_code,
      words: data.failure_description || data.failure_reason_code,
      at: data.occurred_at,
    })),
)

/** Has no time of its own: when it was sent has to do. An empty list = all are settled. */
const ActiveCases = z.lazy(() =>
  z
    .object({
      event_type: z.literal('transfers#active-cases'),
      sent_at: at,
      data: z.object({ resource, active_cases: z.array(z.string()) }),
    })
    .transform(({ data, sent_at }) => ({
      kind: 'cases' as const,
      transfer: data.resource.id,
      cases: data.active_cases,
      at: sent_at,
    })),
)

const TransferEvent = z.union([StateChange, Refund, PayoutFailure, ActiveCases])
/** What Wise told of a transfer; `at` in ms since 1970. Order is not guaranteed, so it is sorted by that (sheet 11). */
export type TransferEvent = z.infer<typeof TransferEvent>

/** `body` of a delivery; undefined where it tells of no transfer, or lacks what it has to say (a test). */
export const transferEventOf = (body: string): TransferEvent | undefined =>
  TransferEvent.safeParse(parseJson(body)).data
