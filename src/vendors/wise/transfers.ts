import { z } from 'zod'
import { rejected } from '../../core/failure'
import type { StepPlan } from '../../core/flow'
import type { Call, ReadApi } from '../../core/vendor'
import { post, put } from './client'
import { transferMadeBy } from './transfer-list'
import { readTransfer, type Transfer, TransferShape } from './transfer-reads'

/** An order to pay, before its money. All ids as text. */
export const TransferDraft = z.lazy(() =>
  z.object({
    recipient: z.string(),
    quote: z.string(),
    /** UUID. The same for the same payout attempt, whatever happens: Wise makes no second transfer of it (sheet 7). */
    customerTransactionId: z.uuid(),
    /** What the recipient reads; as the route allows it, see `fitReference`. */
    reference: z.string(),
    /** Where the route asks for it: `transferPurpose`, `sourceOfFunds` and the like, by the key of transfer-requirements. */
    more: z.record(z.string(), z.string()).default({}),
    /** Before this, ms since 1970, no transfer of this id can have been made: where the look-up begins. */
    since: z.number(),
  }),
)
export type TransferDraft = z.infer<typeof TransferDraft>

const body = ({ recipient, quote, customerTransactionId, reference, more }: TransferDraft) => ({
  targetAccount: Number(recipient),
  quoteUuid: quote,
  customerTransactionId,
  details: { ...(reference && { reference }), ...more },
})

export const createCall = (draft: TransferDraft): Call => post('v1', '/transfers', {}, body(draft))

/** Looked up by its id in the list, which has no filter for it; then the same call is safe to repeat (sheet 7). */
export const createStep = (api: ReadApi, draft: TransferDraft): StepPlan<Transfer> => ({
  name: 'transfer',
  call: () => createCall(draft),
  answer: TransferShape,
  find: () => transferMadeBy(api, draft.customerTransactionId, draft.since),
  born: ({ id, status }) => ({ id, number: id, facts: { status, quote: draft.quote } }),
})

/** Wise cancels until the money is converted; then it refuses with `wise_cancel_refused`. A funded one goes on to `funds_refunded`. */
export const cancelStep = (api: ReadApi, transfer: string): StepPlan<Transfer> => ({
  name: 'cancel',
  call: () => put('v1', '/transfers/{transfer}/cancel', { transfer }),
  answer: TransferShape,
  async find() {
    const known = await theTransfer(api, transfer)
    return ['cancelled', 'funds_refunded'].includes(known.status) ? known : null
  },
})

export const theTransfer = async (api: ReadApi, id: string): Promise<Transfer> => {
  const transfer = await readTransfer(api, id)
  if (transfer) return transfer
  throw rejected(
    'wise_transfer_gone',
    `Wise shows no transfer ${id} of this business`,
    'Look on wise.com what became of it, before anything is paid again.',
  )
}
