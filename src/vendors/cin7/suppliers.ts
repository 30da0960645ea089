import { z } from 'zod'
import type { Target } from '../../core/flow'
import { PartyDraft, partyTarget } from './parties'

export const SupplierDraft = PartyDraft.extend({
  /** Code of an account whose system account is `Accounts payable`: same type and class is not enough (sheet section 5). */
  accountPayable: z.string(),
})
export type SupplierDraft = z.infer<typeof SupplierDraft>

/** Suppliers of Cin7. Unlike customers, two may bear one name: only our look before the write keeps them apart (sheet section 6.2). */
export const suppliers: Target<SupplierDraft> = partyTarget({
  type: 'supplier',
  list: 'SupplierList',
  draft: SupplierDraft,
  own: ({ accountPayable }) => ({ AccountPayable: accountPayable }),
  comments: 256,
})
