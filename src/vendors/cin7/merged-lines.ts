import { add, multiply, round, same } from '../../lib/money'
import type { SaleLine } from './sales'

/** One SKU twice is refused by some Cin7 accounts (sheet section 8.2): lines that differ in quantity only become one. */
export const merged = (lines: SaleLine[]): SaleLine[] => {
  const kept: SaleLine[] = []
  for (const line of lines) {
    const at = kept.findIndex((other) => together(other, line) !== undefined)
    const joined = kept[at] && together(kept[at], line)
    if (joined) kept[at] = joined
    else kept.push(line)
  }
  return kept
}

/** Undefined where they are not alike, or where the sum would round to another amount. */
const together = (a: SaleLine, b: SaleLine): SaleLine | undefined => {
  const alike =
    a.sku === b.sku &&
    same(a.price, b.price) &&
    a.taxRule === b.taxRule &&
    a.account === b.account &&
    a.comment === b.comment
  const [quantity, total] = [add(a.quantity, b.quantity), add(a.total, b.total)]
  if (!alike || !same(round(multiply(quantity, a.price), 2), total)) return undefined
  return { ...a, quantity, total, tax: add(a.tax, b.tax) }
}
