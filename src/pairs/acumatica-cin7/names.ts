/** Names of the flows and variants, for those that need each other. */
export const SUPPLIERS = 'acumatica-cin7/supplier-to-vendor'
export const VENDORS = 'acumatica-cin7/vendor-to-supplier'
export const ORDERS = 'acumatica-cin7/purchase-to-order'
export const BILLS = 'acumatica-cin7/purchase-to-bill'
export const CREDITS = 'acumatica-cin7/credit-note-to-adjustment'
export const ORDERS_BACK = 'acumatica-cin7/order-to-purchase'
export const BILLS_BACK = 'acumatica-cin7/bill-to-purchase'

/** A supplier is one vendor and the other way round. */
export const PARTY = 'party'

/** A document of Acumatica's own is one purchase. */
export const PURCHASE = 'purchase'

/** A purchase has one order. */
export const ORDER = 'order'
