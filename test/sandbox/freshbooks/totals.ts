import type { Books } from './books'
import { cents, exact, type Money, money, share, sum } from './money'
import type { Invoice, Line } from './sales-shapes'

export const lineNet = ({ qty, unit_cost }: Line) => exact(qty).times(unit_cost.amount)

/** After the invoice's discount and with taxes; a compound tax applies on top of the first (sheet 4). */
const discounted = (line: Line, discount: string) => lineNet(line).times(exact('1').minus(share(discount)))

const taxRate = ({ taxAmount1, taxAmount2, compounded_tax }: Line) => {
  const [one, two] = [share(taxAmount1), share(taxAmount2)]
  return compounded_tax ? one.plus(two).plus(one.times(two)) : one.plus(two)
}

export interface Totals {
  net: Money
  tax: Money
  total: Money
  discount: Money
}

/** Rounded once, at the end, unless the switch `tax.rounding` says `line` (no source tells). */
export const totalsOf = ({ world }: Books, invoice: Invoice): Totals => {
  const { lines, discount_value, currency_code: code } = invoice
  const byLine = world.switched<'total' | 'line'>('tax.rounding', 'total') === 'line'
  const nets = lines.map((line) => discounted(line, discount_value))
  const taxes = lines.map((line) => discounted(line, discount_value).times(taxRate(line)))
  const full = sum(lines.map(lineNet))
  const total = byLine ? sum([...nets, ...taxes].map((value) => cents(value))) : exact(cents(sum([...nets, ...taxes])))
  const net = byLine ? sum(nets.map((value) => cents(value))) : exact(cents(sum(nets)))
  return {
    net: money(net, code),
    tax: money(total.minus(net), code),
    total: money(total, code),
    discount: money(full.times(share(discount_value)).times(-1), code),
  }
}
