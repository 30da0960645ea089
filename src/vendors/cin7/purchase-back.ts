import { z } from 'zod'
import { undoInvoice, undoPurchase } from './purchase-calls'
import { thePurchase } from './purchase-read'
import type { Purchase } from './purchase-record'
import { isBooked } from './purchase-standing'
import { notAsAsked, type Work } from './purchase-work'
import { text, word } from './shapes'

const Undone = z.object({ Status: text })
const UndoAnswer = z.lazy(() => z.object({ Order: Undone.nullish(), Invoice: z.array(Undone).nullish() }))
type UndoAnswer = z.infer<typeof UndoAnswer>

const bookedIn = (document: { Status: string } | null | undefined): boolean =>
  document != null && isBooked({ status: word(document.Status) })

const answerOf = ({ order, invoices }: Purchase): UndoAnswer => ({
  Order: { Status: order.status },
  Invoice: invoices.map(({ status }) => ({ Status: status })),
})

/**
 * An authorised invoice becomes a draft again, then the order. Undoing a purchase takes the latest stage (sheet section 4); what
 * one call takes back is not verified (section 16), so each answer is looked at.
 */
export const takeBack = async (work: Work, purchase: Purchase): Promise<void> => {
  const invoiceIsBooked = purchase.invoices.some(isBooked)
  const after = invoiceIsBooked ? await backToDraftInvoice(work, purchase) : answerOf(purchase)
  if (bookedIn(after.Order ?? { Status: purchase.order.status })) await backToDraftOrder(work)
}

const backToDraftInvoice = async ({ api, id, number }: Work, purchase: Purchase): Promise<UndoAnswer> => {
  const task = purchase.invoices.find(isBooked)?.id ?? id
  const answer = await api.step({
    name: 'undo-invoice',
    call: () => (purchase.type === 'advanced' ? undoInvoice(task) : undoPurchase(id)),
    answer: UndoAnswer,
    find: async () => {
      const now = await thePurchase(api, id)
      return now.invoices.some(isBooked) ? null : answerOf(now)
    },
  })
  if (answer.Invoice?.some(bookedIn))
    throw notAsAsked('the invoice is still authorised', `purchase ${number} as it was`)
  return answer
}

const backToDraftOrder = async ({ api, id, number }: Work): Promise<void> => {
  const answer = await api.step({
    name: 'undo-order',
    call: () => undoPurchase(id),
    answer: UndoAnswer,
    find: async () => {
      const now = await thePurchase(api, id)
      return isBooked(now.order) ? null : answerOf(now)
    },
  })
  if (bookedIn(answer.Order)) throw notAsAsked('the order is still authorised', `purchase ${number} without an invoice`)
}
