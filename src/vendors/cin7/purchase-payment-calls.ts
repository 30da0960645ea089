import { z } from 'zod'
import type { TargetApi } from '../../core/flow'
import { remove } from './client'
import { thePurchase } from './purchase-read'
import type { PurchasePayment } from './purchase-record'
import { sameWord } from './shapes'
import { stampIn } from './stamp'

/** Made by the connector: its reference ends with our stamp. */
export const isOurs = ({ reference }: PurchasePayment): boolean => stampIn(reference) !== undefined

/** Payments on invoices of a purchase come with the purchase. */
export const readPurchasePayments = async (api: TargetApi, purchaseId: string): Promise<PurchasePayment[]> =>
  (await thePurchase(api, purchaseId)).invoices.flatMap(({ payments }) => payments)

/** There is no DELETE at `/advanced-purchase/payment` (sheet section 9.1). */
export const deletePurchasePayment = (api: TargetApi, purchaseId: string, paymentId: string): Promise<unknown> =>
  api.step({
    name: `delete-payment-${paymentId.toLowerCase()}`,
    call: () => remove('/purchase/payment', { ID: paymentId, DeleteAllocation: 'true' }),
    answer: z.unknown(),
    find: async () => {
      const stillThere = (await readPurchasePayments(api, purchaseId)).some(({ id }) => sameWord(id, paymentId))
      return stillThere ? null : { Success: true }
    },
  })
