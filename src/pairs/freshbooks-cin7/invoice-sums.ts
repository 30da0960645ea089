import { add, type Decimal, divide, isZero, multiply, negate, round, subtract } from '../../lib/money'
import type { Invoice, InvoiceLine } from '../../vendors/freshbooks/invoices'
import { taxesIn } from '../../vendors/freshbooks/tax-codes'
import { isRounding } from './apportion'
import { percentOf, type Taxed } from './tax'

const CENTS = 2
/** Digits of quotients, far beyond the cents that come of them. */
const FINE = 12

export const taxedAs = ({
  taxName1,
  taxAmount1,
  taxName2,
  taxAmount2,
  compounded_tax: compounded,
}: InvoiceLine): Taxed => ({ taxes: taxesIn([taxName1, taxAmount1], [taxName2, taxAmount2]), compounded })

/** Before discount and tax, not rounded. */
export const exactOf = ({ qty, unit_cost }: InvoiceLine): Decimal => multiply(qty, unit_cost.amount)

const share = (part: Decimal): Decimal => divide(part, '100', FINE)

/** Tax of a line before the discount, not rounded. */
export const exactTax = (line: InvoiceLine): Decimal => multiply(exactOf(line), share(percentOf(taxedAs(line))))

const sum = (lines: InvoiceLine[], of: (line: InvoiceLine) => Decimal): Decimal => add('0', ...lines.map(of))

/** What part of each line the discount takes, 0 to 1. Where FreshBooks shows an amount and no percent, it is told by that. */
export const discountShare = ({ discount_value, discount_total, lines }: Invoice): Decimal => {
  if (!isZero(discount_value)) return share(discount_value)
  const [off, all] = [negate(discount_total?.amount ?? '0'), sum(lines, exactOf)]
  return isZero(off) || isZero(all) ? '0' : divide(off, all, FINE)
}

/** Positive, to the cent: FreshBooks' own figure. */
export const discountOf = (invoice: Invoice): Decimal =>
  invoice.discount_total
    ? negate(invoice.discount_total.amount)
    : round(multiply(sum(invoice.lines, exactOf), discountShare(invoice)), CENTS)

/**
 * FreshBooks shows no tax of an invoice: it is what its total holds beside the net amount, as long as rounding explains it; else
 * what the percents say.
 */
export const taxOf = (invoice: Invoice): Decimal => {
  const { lines, amount } = invoice
  const kept = subtract('1', discountShare(invoice))
  const [net, tax] = [multiply(sum(lines, exactOf), kept), multiply(sum(lines, exactTax), kept)]
  const held = subtract(amount.amount, round(net, CENTS))
  const taxed = lines.filter((line) => !isZero(exactTax(line))).length
  return taxed > 0 && isRounding(held, tax, taxed) ? held : round(tax, CENTS)
}
