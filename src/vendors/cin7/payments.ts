import { z } from 'zod'
import { Failed } from '../../core/failure'
import type { Target } from '../../core/flow'
import { deletePayment, readPayments } from './payment-calls'
import { PaymentFields, paymentTarget } from './payment-target'
import { bookedSalePayment, salePaymentPage } from './sale-payment-books'
import { isAuthorised, liveInvoices, theSale } from './sale-shapes'
import { sameWord } from './shapes'

/** A payment to be, on the invoice of a sale that we carried. */
export const PaymentDraft = PaymentFields.extend({ saleId: z.string() })
export type PaymentDraft = z.infer<typeof PaymentDraft>

/** Payments of sales. */
export const payments = {
  ...paymentTarget<PaymentDraft>({
    type: 'payment',
    draft: PaymentDraft,
    path: '/sale/payment',
    owner: 'sale',
    ownerOf: ({ saleId }) => saleId,
    payments: readPayments,
    remove: deletePayment,

    async open(api, { saleId, task }) {
      const sale = await theSale(api, saleId)
      const invoice = liveInvoices(sale).find(({ TaskID }) => sameWord(TaskID, task))
      if (invoice && isAuthorised(invoice))
        return { number: invoice.InvoiceNumber, total: invoice.Total ?? '0', rows: invoice.Payments ?? [] }
      throw notOpen(sale.Order?.SaleOrderNumber || saleId, invoice?.Status)
    },
  }),
  list: salePaymentPage,
  booked: bookedSalePayment,
} satisfies Target<PaymentDraft>

const notOpen = (name: string, status: string | undefined): Failed =>
  new Failed({
    kind: 'conflict',
    code: 'cin7_invoice_not_open',
    message: `the invoice of sale ${name} takes no payment: it is ${status ?? 'voided or gone'}`,
    remedy: `Look at sale ${name} in Cin7: authorise its invoice again and replay, or enter the payment there by hand and resolve this record.`,
    facts: { cin7Sale: name },
  })
