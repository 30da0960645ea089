import type { Difference } from '../../core/failure'
import { add, subtract } from '../../lib/money'
import { sums } from '../../vendors/cin7/sale-sums'
import type { SaleDraft } from '../../vendors/cin7/sales'
import { compare } from '../../vendors/cin7/totals'
import type { Invoice } from '../../vendors/freshbooks/invoices'
import { discountOf, taxOf } from './invoice-sums'
import { ROUNDING } from './sale-rows'

/**
 * Before anything is sent: the rows of the sale add up to what FreshBooks says, in total and apart for tax. Where a rounding line
 * stands, the total is what it makes right; it says itself that the parts differ.
 */
export const totals = (invoice: Invoice, draft: SaleDraft): Difference[] => {
  const { beforeTax, tax, total } = sums(draft)
  const { currency_code: code, amount, lines } = invoice
  const net = subtract(add('0', ...lines.map((line) => line.amount.amount)), discountOf(invoice))
  const parts = draft.charges.some(({ comment }) => comment === ROUNDING)
    ? []
    : [...compare('total before tax', net, beforeTax, code), ...compare('tax', taxOf(invoice), tax, code)]
  return [...parts, ...compare('total', amount.amount, total, code)]
}
