import { z } from 'zod'
import type { Source } from '../../core/flow'
import { id, text, visState } from './shapes'
import { sourceOf } from './source'
import { fromUtc, stamp } from './stamps'

/** A vendor that bills come from, as it was read. */
export const BillVendor = z.object({
  vendorid: id,
  vendor_name: z.string(),
  /** '' = none of its own. */
  currency_code: text,
  account_number: text,
  primary_contact_first_name: text,
  primary_contact_last_name: text,
  primary_contact_email: text,
  phone: text,
  website: text,
  street: text,
  street2: text,
  city: text,
  province: text,
  postal_code: text,
  country: text,
  updated_at: stamp,
  vis_state: visState,
})
export type BillVendor = z.infer<typeof BillVendor>

/**
 * Bill vendors, archived ones too. None of their filters work, so the whole list is read each time. SDKs disagree whether their
 * stamps are UTC or Eastern: they are only compared with each other, and an hour that comes twice shows in the row.
 */
export const vendors: Source<BillVendor> = sourceOf({
  type: 'vendor',
  rest: 'bill_vendors/bill_vendors',
  single: 'bill_vendor',
  head: BillVendor,
  record: BillVendor,
  id: ({ vendorid }) => vendorid,
  version: ({ updated_at }) => fromUtc(updated_at),
  number: ({ vendor_name }) => vendor_name,
  date: () => null,
  row: ({ vis_state, updated_at }) => `${vis_state} ${updated_at}`,
  stamp: ({ updated_at }) => updated_at,
  filtered: false,
  deleted: false,
  terms: ({ vendor_name, currency_code }) => ({ kind: 'named', code: '', name: vendor_name, currency: currency_code }),
})
