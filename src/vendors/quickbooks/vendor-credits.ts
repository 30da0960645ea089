import type { z } from 'zod'
import type { Target } from '../../core/flow'
import { bookedTxn, txnPage } from './txn-books'
import { TxnDraft } from './txn-draft'
import { CREDIT } from './txn-shapes'
import { SHOWN } from './txn-shown'
import { adoptTxn, asLeft, changeTxn, disturbing, postTxn, removeTxn, type Writing } from './txn-target'

/** Amounts are positive: that it is owed to us is what the kind says. */
export const CreditDraft = TxnDraft
export type CreditDraft = z.infer<typeof CreditDraft>

const writing: Writing<CreditDraft> = { kind: CREDIT, own: () => ({}) }

/** Vendor credits of QuickBooks: as a bill, without due date and terms. Applied to bills by people, by a bill payment (sheet 12). */
export const vendorCredits = {
  vendor: 'quickbooks',
  type: CREDIT.type,
  draft: CreditDraft,
  create: (api, draft) => postTxn(writing, api, draft),
  update: (api, target, draft) => changeTxn(writing, api, target, draft),
  remove: (api, target) => removeTxn(CREDIT, api, target),
  observed: SHOWN,
  list: (api, cursor) => txnPage(api, CREDIT, cursor),
  booked: (api, target) => bookedTxn(api, CREDIT, target),
  adopt: (api, id) => adoptTxn(api, CREDIT, id),
  disturbs: disturbing(CREDIT),
  asLeft,
} satisfies Target<CreditDraft>
