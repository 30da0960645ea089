import type { Failure } from '../../core/failure'
import type { Lookups, Need, TargetRef } from '../../core/flow'
import type { Purchase } from '../../vendors/cin7/purchases'
import { ORDER, ORDERS, PARTY, SUPPLIERS } from './names'

export const vendorOf = ({ supplier }: Purchase): Need => ({ flow: SUPPLIERS, sourceId: supplier.id, variant: PARTY })

export const orderNeed = ({ id }: Purchase): Need => ({ flow: ORDERS, sourceId: id, variant: ORDER })

/** Its number is its VendorID. */
export const theVendor = (purchase: Purchase, { linked }: Lookups): TargetRef | Failure => {
  const vendor = linked(vendorOf(purchase))
  if (!vendor) return vendorMissing(purchase)
  const { currency = '' } = vendor.facts
  return currency === '' || currency.toUpperCase() === purchase.currency
    ? vendor
    : otherCurrency(purchase, vendor.number, currency)
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
  message: `purchase ${number} is in ${currency}; the Acumatica vendor ${vendor} is in ${its}`,
  remedy: `Link the supplier with an Acumatica vendor in ${currency}; then replay.`,
})
