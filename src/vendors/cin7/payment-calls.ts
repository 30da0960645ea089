import { z } from 'zod'
import type { TargetApi } from '../../core/flow'
import type { ReadApi } from '../../core/vendor'
import { get, remove } from './client'
import type { PaymentRow } from './sale-shapes'
import { decimal, sameWord, text } from './shapes'
import { stampIn } from './stamp'

/** A payment as POST, PUT and the list of a sale show it. */
export const Payment = z.object({
  ID: text,
  TaskID: text,
  InvoiceNumber: text,
  Reference: text,
  Amount: decimal.nullish(),
  DatePaid: text,
  Account: text,
})
export type Payment = z.infer<typeof Payment>

/** The list is a bare array (sheet section 2). */
export const readPayments = async (api: ReadApi, saleId: string): Promise<Payment[]> =>
  (await api.read(get('/sale/payment', { SaleID: saleId }), z.array(Payment).nullable())) ?? []

/** Made by the connector: its reference ends with our stamp. */
export const isOurs = ({ Reference }: PaymentRow): boolean => stampIn(Reference) !== undefined

export const deletePayment = (api: TargetApi, saleId: string, paymentId: string): Promise<unknown> =>
  api.step({
    name: `delete-payment-${paymentId.toLowerCase()}`,
    call: () => remove('/sale/payment', { ID: paymentId }),
    answer: z.unknown(),
    find: async () => {
      const stillThere = (await readPayments(api, saleId)).some(({ ID }) => sameWord(ID, paymentId))
      return stillThere ? null : { Success: true }
    },
  })
