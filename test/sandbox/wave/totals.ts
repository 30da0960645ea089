import Big from 'big.js'
import type { WorldContext } from '../vendor'
import { exponentOf, plain, rounded, sum } from './money'

export interface DraftLine {
  quantity: string
  unitPrice: string
  taxes: { salesTax: string; rate: string; isCompound: boolean }[]
}

export interface LineTotals {
  subtotal: string
  total: string
  taxes: { salesTax: string; rate: string; amount: string }[]
}

export interface Totals {
  lines: LineTotals[]
  subtotal: string
  discountTotal: string
  taxTotal: string
  total: string
}

interface ExactTax {
  salesTax: string
  rate: string
  exact: Big
}

/** The vendor computes what an invoice comes to; how it rounds tax is unknown, hence the switches (sheet 10). */
export const totalsOf = (
  world: WorldContext,
  currency: string,
  lines: DraftLine[],
  discount: { type: 'FIXED' | 'PERCENTAGE'; value: string } | null,
): Totals => {
  const decimals = exponentOf(currency)
  const subtotals = lines.map((line) => rounded(new Big(line.quantity).times(line.unitPrice), decimals))
  const subtotal = subtotals.reduce((all, one) => all.plus(one), new Big(0))
  const discountTotal = discountOf(subtotal, discount, decimals)
  const beforeTax = world.switched('discount.beforeTax', false)
  const net = subtotal.minus(discountTotal)
  const base = (line: Big) => (beforeTax && !subtotal.eq(0) ? line.times(net).div(subtotal) : line)
  const byDocument = world.switched<string>('tax.rounding', 'line') === 'document'
  const fixed = (amount: Big) => (byDocument ? amount : rounded(amount, decimals))
  const exact = lines.map((line, n) => taxesOn(base(subtotals[n] ?? new Big(0)), line.taxes, fixed))
  const perLine = exact.map((taxes, n) => lineTotals(subtotals[n] ?? new Big(0), taxes, decimals))
  const taxTotal = byDocument ? documentTax(exact.flat(), decimals) : sum(perLine.flatMap(taxAmounts))
  return {
    lines: perLine,
    subtotal: plain(subtotal),
    discountTotal: plain(discountTotal),
    taxTotal,
    total: plain(subtotal.minus(discountTotal).plus(taxTotal)),
  }
}

const taxAmounts = (line: LineTotals): string[] => line.taxes.map((tax) => tax.amount)

const discountOf = (
  subtotal: Big,
  discount: { type: 'FIXED' | 'PERCENTAGE'; value: string } | null,
  decimals: number,
): Big => {
  if (!discount) return new Big(0)
  const exact = discount.type === 'FIXED' ? new Big(discount.value) : subtotal.times(discount.value).div(100)
  return rounded(exact, decimals)
}

/** Compound taxes are taken on the line and its simple taxes. */
const taxesOn = (base: Big, taxes: DraftLine['taxes'], fixed: (amount: Big) => Big): ExactTax[] => {
  const simple = taxes
    .filter((tax) => !tax.isCompound)
    .reduce((all, tax) => all.plus(fixed(base.times(tax.rate))), new Big(0))
  return taxes.map(({ salesTax, rate, isCompound }) => ({
    salesTax,
    rate,
    exact: (isCompound ? base.plus(simple) : base).times(rate),
  }))
}

const lineTotals = (subtotal: Big, taxes: ExactTax[], decimals: number): LineTotals => {
  const amounts = taxes.map(({ salesTax, rate, exact }) => ({
    salesTax,
    rate,
    amount: plain(rounded(exact, decimals)),
  }))
  return {
    subtotal: plain(subtotal),
    taxes: amounts,
    total: sum([plain(subtotal), ...amounts.map((tax) => tax.amount)]),
  }
}

/** Each tax summed over the document first, then rounded once. */
const documentTax = (taxes: ExactTax[], decimals: number): string => {
  const sums = new Map<string, Big>()
  for (const { salesTax, exact } of taxes) sums.set(salesTax, (sums.get(salesTax) ?? new Big(0)).plus(exact))
  return sum([...sums.values()].map((exact) => plain(rounded(exact, decimals))))
}
