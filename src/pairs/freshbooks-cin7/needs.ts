import type { Need } from '../../core/flow'

export const CUSTOMER_FLOW = 'freshbooks-cin7/client-to-customer'
export const SUPPLIER_FLOW = 'freshbooks-cin7/vendor-to-supplier'
export const SALE_FLOW = 'freshbooks-cin7/invoice-to-sale'
export const PURCHASE_FLOW = 'freshbooks-cin7/bill-to-purchase'

/** Documents are one whole. */
export const SALE_VARIANT = 'sale'
export const PURCHASE_VARIANT = 'purchase'

/** The Cin7 customer of a client in the currency that it is billed in. */
export const customerNeed = (clientId: string, currency: string): Need => ({
  flow: CUSTOMER_FLOW,
  sourceId: clientId,
  variant: currency,
})

export const supplierNeed = (vendorId: string, currency: string): Need => ({
  flow: SUPPLIER_FLOW,
  sourceId: vendorId,
  variant: currency,
})

export const saleNeed = (invoiceId: string): Need => ({ flow: SALE_FLOW, sourceId: invoiceId, variant: SALE_VARIANT })

export const purchaseNeed = (billId: string): Need => ({
  flow: PURCHASE_FLOW,
  sourceId: billId,
  variant: PURCHASE_VARIANT,
})
