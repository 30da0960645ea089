import { z } from 'zod'
import { postOrder } from './purchase-calls'
import { thePurchase } from './purchase-read'
import { isBooked } from './purchase-standing'
import { holdsOrder, notAsAsked, type Work } from './purchase-work'
import { decimal, text } from './shapes'
import { compare } from './totals'

const OrderAnswer = z.object({ Status: text, Total: decimal.nullish() })

/** Authorised at once: an order with an invoice to follow books nothing. Its total is the first that Cin7 computes. */
export const order = async (work: Work): Promise<void> => {
  const { api, draft, texts, id } = work
  const answered = await api.step({
    name: 'order',
    call: () => postOrder(id, draft, texts, 'AUTHORISED'),
    answer: OrderAnswer,
    find: async () => {
      const now = (await thePurchase(api, id)).order
      return isBooked(now) ? { Status: now.status, Total: now.total } : null
    },
  })
  refuseUnauthorised(work, answered.Status)
  if (answered.Total != null) compareOrder(work, answered.Total, 'an authorised order')
}

/** An order alone: a draft first, compared with the source, then authorised. */
export const orderInTwoSteps = async (work: Work): Promise<void> => {
  const { api, draft, texts, id } = work
  const drafted = await api.step({
    name: 'order',
    call: () => postOrder(id, draft, texts, 'DRAFT'),
    answer: OrderAnswer,
    find: async () => {
      const now = await thePurchase(api, id)
      return holdsOrder(work, now) ? { Status: now.order.status, Total: now.order.total } : null
    },
  })
  compareOrder(work, drafted.Total ?? (await thePurchase(api, id)).order.total, 'a draft order')
  const authorised = await api.step({
    name: 'authorise-order',
    call: () => postOrder(id, draft, texts, 'AUTHORISED'),
    answer: OrderAnswer,
    find: async () => {
      const now = await thePurchase(api, id)
      return isBooked(now.order) && holdsOrder(work, now) ? { Status: now.order.status } : null
    },
  })
  refuseUnauthorised(work, authorised.Status)
}

const compareOrder = ({ api, draft, number }: Work, total: string, what: string): void =>
  api.refuseUnless(
    compare('order total', draft.total, total, draft.currency),
    `purchase ${number} with ${what} and no invoice, nothing is booked; void the purchase in Cin7, or correct the cause and replay`,
  )

const refuseUnauthorised = ({ number }: Work, status: string): void => {
  if (isBooked({ status: status.toUpperCase() })) return
  throw notAsAsked(`the order is ${status || 'without a status'}`, `purchase ${number} without an invoice`)
}
