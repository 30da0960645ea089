import type { Difference } from '../../core/failure'
import { add, type Decimal, same } from '../../lib/money'

interface Totalled {
  lines: { amount: Decimal }[]
  tax: Decimal
  total: Decimal
  currency: string
}

/** Before anything is sent: what the lines and the tax come to is what Cin7 says of the document. */
export const totals = ({ lines, tax, total, currency }: Totalled): Difference[] => {
  const sum = add(tax, ...lines.map(({ amount }) => amount))
  return same(total, sum) ? [] : [{ what: 'total', source: total, target: sum, currency }]
}
