import { cents, exact, share, sum } from './money'
import type { Bill, BillLine } from './purchase-shapes'

/** Of one line, decimal text: before tax, each tax, and all together. */
export const lineAmounts = ({ quantity, unit_cost, tax_percent1, tax_percent2 }: BillLine) => {
  const amount = cents(exact(quantity).times(unit_cost.amount))
  const taxes = [tax_percent1, tax_percent2].map((percent) =>
    percent === null ? null : cents(exact(amount).times(share(percent))),
  )
  const [tax1 = null, tax2 = null] = taxes
  return { amount, tax1, tax2, total: cents(sum([amount, tax1 ?? '0', tax2 ?? '0'])) }
}

export const billTotals = (bill: Bill) => {
  const lines = bill.lines.map(lineAmounts)
  const amount = cents(sum(lines.map((line) => line.amount)))
  const total = cents(sum(lines.map((line) => line.total)))
  return {
    amount,
    total,
    tax: cents(exact(total).minus(amount)),
    outstanding: cents(exact(total).minus(bill.paid)),
  }
}
