import type { Failure } from '../../core/failure'
import type { Lookups, Need, TargetRef } from '../../core/flow'
import type { Purchase } from '../../vendors/cin7/purchases'
import { BILLS, ORDER, ORDERS, SUPPLIERS, VENDOR } from './names'

export const vendorOf = ({ supplier }: Purchase): Need => ({
  flow: SUPPLIERS,
  sourceId: supplier.id,
  variant: VENDOR,
})

export const billOf = ({ id }: Purchase, invoice: string): Need => ({ flow: BILLS, sourceId: id, variant: invoice })

export const orderOf = ({ id }: Purchase, { linked }: Lookups): TargetRef | undefined =>
  linked({ flow: ORDERS, sourceId: id, variant: ORDER })

/** Its currency never changes, and a document has to be in it (quickbooks sheet 10). */
export const theVendor = (purchase: Purchase, { linked }: Lookups): TargetRef | Failure => {
  const vendor = linked(vendorOf(purchase))
  if (!vendor) return vendorMissing(purchase)
  const { currency = purchase.currency } = vendor.facts
  return currency === purchase.currency ? vendor : otherCurrency(purchase, vendor.number, currency)
}

const vendorMissing = (purchase: Purchase): Failure => ({
  kind: 'dependency',
  code: 'waits_for_other_record',
  message: `needs the supplier "${purchase.supplier.name}" first`,
  remedy: 'Nothing to do: it goes on once the supplier is carried. See that record if it has failed.',
  ...vendorOf(purchase),
})

const otherCurrency = ({ currency, number }: Purchase, vendor: string, its: string): Failure => ({
  kind: 'rejected',
  code: 'vendor_in_other_currency',
  message: `purchase ${number} is in ${currency}; the QuickBooks vendor "${vendor}" is in ${its} for good`,
  remedy: `Link the supplier with a QuickBooks vendor in ${currency} (POST …/matches/accept), or let one be made (replay the supplier with newGeneration); then replay.`,
})
