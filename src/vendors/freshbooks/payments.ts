import { z } from 'zod'
import type { Source } from '../../core/flow'
import { day, id, Money, maybeId, text, visState } from './shapes'
import { sourceOf } from './source'
import { fromEastern, stamp } from './stamps'

/** A payment of an invoice as it was read, in the invoice's currency. There is no status. */
export const Payment = z.lazy(() =>
  z.object({
    id,
    invoiceid: id,
    clientid: maybeId,
    amount: Money,
    date: day,
    /** `Check`, `Credit Card`, …: letter case varies, others may come. */
    type: text,
    note: text,
    /** Moves credit that was there already; no money came in. */
    from_credit: z
      .boolean()
      .nullish()
      .transform((value) => value ?? false),
    /** The credit that took what was paid beyond the invoice; this payment is cut to what was open. */
    overpaymentid: maybeId,
    updated: stamp,
    vis_state: visState,
  }),
)
export type Payment = z.infer<typeof Payment>

/** Payments of the account. Deleting one may leave its stamp as it is. */
export const payments: Source<Payment> = sourceOf({
  type: 'payment',
  rest: 'payments/payments',
  single: 'payment',
  head: Payment,
  record: Payment,
  id: (payment) => payment.id,
  version: ({ updated }) => fromEastern(updated),
  number: ({ id, type }) => `payment ${id}${type && ` ${type}`}`,
  date: ({ date }) => date,
  row: ({ vis_state, updated, amount, date, type }) => `${vis_state} ${updated} ${amount.amount} ${date} ${type}`,
  stamp: ({ updated }) => updated,
  filtered: true,
  deleted: true,
})
