import { Failed } from '../../core/failure'
import { show } from '../../lib/money'
import type { CarriedRow } from './order-rows'
import type { Purchase } from './purchase-record'
import { isBooked, isLive, isReceived, isVoided } from './purchase-standing'

/** Why the order cannot be changed any more, in words; empty = nothing followed from it yet. */
const bound = (purchase: Purchase): string[] => {
  const said: [boolean, string][] = [
    [isVoided(purchase), 'the purchase was voided'],
    [isReceived(purchase), 'goods were received'],
    [purchase.invoices.some(isLive), 'it was invoiced'],
    [purchase.order.prepayments.length > 0, 'it has a prepayment'],
    [purchase.creditNotes.some(isLive), 'it has a credit note'],
    [!isBooked(purchase.order), `the order is ${purchase.order.status}: somebody works on it`],
  ]
  return said.flatMap(([happened, words]) => (happened ? [words] : []))
}

/** Refused once received or invoiced: what the warehouse and the supplier acted on is not changed behind their backs. */
export const refuseIfBound = (purchase: Purchase, rows: CarriedRow[]): void => {
  const reasons = bound(purchase)
  if (reasons.length === 0) return
  throw conflict(
    'cin7_order_bound',
    `the order of purchase ${purchase.number} cannot take the change: ${reasons.join('; ')}`,
    `Nothing was changed. Agree with the supplier which version holds, correct the other one by hand, then resolve this record.`,
    purchase,
    rows,
  )
}

/** Both sides changed since they last agreed: a person decides, with both versions before them. */
export const changedOnBothSides = (purchase: Purchase, rows: CarriedRow[]): Failed =>
  conflict(
    'cin7_order_changed',
    `the order of purchase ${purchase.number} was changed in Cin7 too since both sides last agreed`,
    'Nothing was changed. Decide which version holds: make the other one like it by hand and resolve this record, or set in the integration which side wins and replay.',
    purchase,
    rows,
  )

const conflict = (code: string, message: string, remedy: string, purchase: Purchase, rows: CarriedRow[]): Failed =>
  new Failed({
    kind: 'conflict',
    code,
    message,
    remedy,
    facts: { cin7Purchase: purchase.number, cin7Order: listed(purchase.order.rows), sourceOrder: listed(rows) },
  })

type Said = Pick<CarriedRow, 'name' | 'quantity' | 'price' | 'total'>

const listed = (rows: Said[]): string =>
  rows.map(({ name, quantity, price, total }) => `${quantity} × ${name} at ${show(price)} = ${show(total)}`).join('; ')
