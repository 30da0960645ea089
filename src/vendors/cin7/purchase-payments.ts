import { z } from 'zod'
import { Failed } from '../../core/failure'
import type { Target } from '../../core/flow'
import { PaymentFields, paymentTarget } from './payment-target'
import { bookedPurchasePayment, purchasePaymentPage } from './purchase-payment-books'
import { deletePurchasePayment, paymentsOf, readPurchasePayments } from './purchase-payment-calls'
import { thePurchase } from './purchase-read'
import { isBooked, isVoided } from './purchase-standing'
import { sameWord } from './shapes'

/** A payment to be, to the supplier, on the invoice of a purchase that we carried. */
export const PurchasePaymentDraft = PaymentFields.extend({ purchaseId: z.string() })
export type PurchasePaymentDraft = z.infer<typeof PurchasePaymentDraft>

/** Payments of purchases. Reading the purchase shows them all, so one read serves each write. */
export const purchasePayments = {
  ...paymentTarget<PurchasePaymentDraft>({
    type: 'purchase-payment',
    draft: PurchasePaymentDraft,
    path: '/advanced-purchase/payment',
    owner: 'purchase',
    ownerOf: ({ purchaseId }) => purchaseId,
    payments: readPurchasePayments,
    remove: deletePurchasePayment,

    async open(api, { purchaseId, task }) {
      const purchase = await thePurchase(api, purchaseId)
      const invoice = isVoided(purchase) ? undefined : purchase.invoices.find(({ id }) => sameWord(id, task))
      if (!invoice || !isBooked(invoice)) throw notOpen(purchase.number, invoice?.status)
      const payments = paymentsOf(invoice)
      return { number: invoice.number, total: invoice.total, rows: payments, payments }
    },
  }),
  list: purchasePaymentPage,
  booked: bookedPurchasePayment,
} satisfies Target<PurchasePaymentDraft>

const notOpen = (name: string, status: string | undefined): Failed =>
  new Failed({
    kind: 'conflict',
    code: 'cin7_purchase_invoice_not_open',
    message: `the invoice of purchase ${name} takes no payment: it is ${status ?? 'voided or gone'}`,
    remedy: `Look at purchase ${name} in Cin7: authorise its invoice again and replay, or enter the payment there by hand and resolve this record.`,
    facts: { cin7Purchase: name },
  })
