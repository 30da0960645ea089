import { z } from 'zod'
import type { Source } from '../../core/flow'
import type { ReadApi } from '../../core/vendor'
import { notThere } from './absence'
import { BillRecord } from './bill-record'
import { bills } from './bills'
import { read } from './client'
import { OrderRecord } from './order-record'
import { purchaseOrders } from './orders'
import { id } from './shapes'

/** A document names its vendor by the VendorID, which people may change; what it is linked by is the id. '' = there is none. */
const vendorIdOf = async (api: ReadApi, code: string): Promise<string> => {
  const row = await notThere(() => api.read(read(api, 'Vendor', code, { $select: 'VendorID' }), z.object({ id })))
  return row?.id ?? ''
}

const OfVendor = { vendorId: z.string() }

export const BillOfVendor = BillRecord.extend(OfVendor)
export type BillOfVendor = z.infer<typeof BillOfVendor>

export const billsOfVendors: Source<BillOfVendor> = {
  ...bills,
  record: BillOfVendor,
  async read(api, bill) {
    const record = await bills.read(api, bill)
    return record && { ...record, vendorId: await vendorIdOf(api, record.vendor) }
  },
}

export const OrderOfVendor = OrderRecord.extend(OfVendor)
export type OrderOfVendor = z.infer<typeof OrderOfVendor>

export const ordersOfVendors: Source<OrderOfVendor> = {
  ...purchaseOrders,
  record: OrderOfVendor,
  async read(api, order) {
    const record = await purchaseOrders.read(api, order)
    return record && { ...record, vendorId: await vendorIdOf(api, record.vendor) }
  },
}
