import { z } from 'zod'
import { rejected } from '../../core/failure'
import type { StepPlan, TargetApi } from '../../core/flow'
import type { ReadApi } from '../../core/vendor'
import { get } from './client'
import { fundCall } from './funding-call'
import { currency, decimal, id, text } from './shapes'
import type { Transfer } from './transfer-reads'
import { progressOf } from './transfer-states'
import { theTransfer } from './transfers'

/** `COMPLETED`, or `CREATED`: accepted and not finished. What Wise rejects never comes here, see `refusal`. */
const Funded = z.object({ status: z.string(), balanceTransactionId: id.nullish() })
export type Funded = z.infer<typeof Funded>

export const Payment = z.object({
  id,
  /** `BALANCE`, or how else the money came. */
  method: text,
  amount: decimal.nullish(),
  currency: currency.nullish(),
  timeCreated: text,
})
export type Payment = z.infer<typeof Payment>

/** What was paid into it so far. */
export const readPayments = (api: ReadApi, transfer: string): Promise<Payment[]> =>
  api.read(get('v1', '/transfers/{transfer}/payments', { transfer }), z.array(Payment))

/**
 * Pays it, unless it has its money: somebody may have paid it on wise.com after a refusal (strong authentication, an empty balance),
 * and Wise asks for authentication again before it says that there is nothing to pay.
 */
export const fund = async (api: TargetApi, transfer: string): Promise<Funded> =>
  (await fundedSoFar(api, transfer)) ?? api.step(fundStep(api, transfer))

/** Pays it from the balance. Without an answer, only what Wise shows of the transfer tells whether the money has moved (sheet 9). */
export const fundStep = (api: ReadApi, transfer: string): StepPlan<Funded> => ({
  name: 'fund',
  call: () => fundCall(api, transfer),
  answer: Funded,
  find: () => fundedSoFar(api, transfer),
})

/** Null = it waits for its money, and may be paid. One that was cancelled without any never will be. */
export const fundedSoFar = async (api: ReadApi, id: string): Promise<Funded | null> => {
  const transfer = await theTransfer(api, id)
  const isUnclear = progressOf(transfer.status) === 'waiting' || transfer.status === 'cancelled'
  if (!isUnclear || (await readPayments(api, id)).length > 0) return { status: 'COMPLETED' }
  if (transfer.status === 'cancelled') throw cancelled(transfer)
  return null
}

const cancelled = ({ id }: Transfer) =>
  rejected(
    'wise_transfer_cancelled',
    `the transfer ${id} was cancelled before it got its money`,
    'Nothing was paid. Ask for the payment anew; a new transfer is made of it.',
  )
