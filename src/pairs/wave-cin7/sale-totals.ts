import type { Difference } from '../../core/failure'
import { abs, subtract } from '../../lib/money'
import { sums } from '../../vendors/cin7/sale-sums'
import type { SaleDraft } from '../../vendors/cin7/sales'
import { compare } from '../../vendors/cin7/totals'
import type { Invoice } from '../../vendors/wave/invoices'
import { amount } from '../../vendors/wave/shapes'
import { ROUNDING } from './sale-lines'

/**
 * Before anything is sent: the rows of the sale add up to what Wave says, in total and apart for tax. Where a rounding line
 * stands, the total is what it makes right; it says itself that the parts differ.
 */
export const totals = (invoice: Invoice, draft: SaleDraft): Difference[] => {
  const { beforeTax, tax, total } = sums(draft)
  const { code } = invoice.currency
  const wanted = (money: Parameters<typeof amount>[1]) => amount(invoice, money)
  const net = subtract(wanted(invoice.subtotal), abs(wanted(invoice.discountTotal)))
  const parts = draft.charges.some(({ comment }) => comment === ROUNDING)
    ? []
    : [...compare('total before tax', net, beforeTax, code), ...compare('tax', wanted(invoice.taxTotal), tax, code)]
  return [...parts, ...compare('total', wanted(invoice.total), total, code)]
}
