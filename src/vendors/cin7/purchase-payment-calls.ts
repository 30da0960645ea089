import { z } from 'zod'
import type { TargetApi } from '../../core/flow'
import type { ReadApi } from '../../core/vendor'
import { remove } from './client'
import type { Payment } from './payment-calls'
import { thePurchase } from './purchase-read'
import type { PurchaseInvoice, PurchasePayment } from './purchase-record'
import { sameWord } from './shapes'
import { stampIn } from './stamp'

/** Made by the connector: its reference ends with our stamp. */
export const isOurs = ({ reference }: PurchasePayment): boolean => stampIn(reference) !== undefined

/** As `/advanced-purchase/payment` would show them. */
export const paymentsOf = ({ id, number, payments }: PurchaseInvoice): Payment[] =>
  payments.map((payment) => ({
    ID: payment.id,
    TaskID: id,
    InvoiceNumber: number,
    Reference: payment.reference,
    Amount: payment.amount,
    DatePaid: payment.date,
    Account: payment.account,
  }))

/** Payments on invoices come with the purchase. */
export const readPurchasePayments = async (api: ReadApi, purchaseId: string): Promise<Payment[]> =>
  (await thePurchase(api, purchaseId)).invoices.flatMap(paymentsOf)

/** There is no DELETE at `/advanced-purchase/payment` (sheet section 9.1). */
export const deletePurchasePayment = (api: TargetApi, purchaseId: string, paymentId: string): Promise<unknown> =>
  api.step({
    name: `delete-payment-${paymentId.toLowerCase()}`,
    call: () => remove('/purchase/payment', { ID: paymentId, DeleteAllocation: 'true' }),
    answer: z.unknown(),
    find: async () => {
      const stillThere = (await readPurchasePayments(api, purchaseId)).some(({ ID }) => sameWord(ID, paymentId))
      return stillThere ? null : { Success: true }
    },
  })
