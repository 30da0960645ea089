import type { Failure } from '../../core/failure'
import { atMost, isZero, show } from '../../lib/money'
import { madeBy } from '../../vendors/cin7/purchase-find'
import type { Purchase } from '../../vendors/cin7/purchases'

/** A purchase that another flow made in Cin7 would be booked twice. */
export const notOurs = (purchase: Purchase): string | undefined => {
  const flow = madeBy(purchase)
  return flow === undefined ? undefined : `made in Cin7 by the connector (${flow}): it is booked where it came from`
}

/** A bill below zero would be a debit adjustment, which is another document. */
export const refuseBelowZero = (
  { number: purchase, currency }: Purchase,
  { number, total }: { number: string; total: string },
): Failure | undefined =>
  isZero(total) || !atMost(total, '0')
    ? undefined
    : {
        kind: 'rejected',
        code: 'document_below_zero',
        message: `${number} of purchase ${purchase} comes to ${show(total)} ${currency}, and Acumatica takes no bill below zero`,
        remedy: 'Enter a credit note in Cin7 instead of a negative invoice, then replay.',
      }
