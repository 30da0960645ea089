import type { Difference } from '../../core/failure'
import { same } from '../../lib/money'
import type { TxnDraft } from '../../vendors/quickbooks/txn-draft'
import { sumOf } from './document-lines'

/** Before anything is sent: what the lines come to is what Cin7 says of the document. */
export const totals = (draft: TxnDraft): Difference[] => {
  const sum = sumOf(draft)
  const { total: source, currency } = draft
  return same(source, sum) ? [] : [{ what: 'total', source, target: sum, currency }]
}
