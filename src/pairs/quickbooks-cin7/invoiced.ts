import { bookedInvoices, isLive } from '../../vendors/cin7/purchase-standing'
import type { Purchase } from '../../vendors/cin7/purchases'

/** Words of the composite status that say that no invoice is expected any more (cin7 sheet section 9.4). */
const DONE = ['INVOICED', 'COMPLETED', 'CREDITED']

/** Nothing more of the order will be billed: it commits to nothing. A simple purchase has one invoice. */
export const isWhollyInvoiced = (purchase: Purchase): boolean => {
  const booked = bookedInvoices(purchase)
  const begun = purchase.invoices.filter(isLive)
  if (booked.length === 0 || begun.length > booked.length) return false
  if (purchase.type === 'simple' || purchase.type === 'service') return true
  return purchase.status.split('/').some((word) => DONE.includes(word.trim()))
}
