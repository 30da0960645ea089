/** Names of the flows and variants, for those that need each other. */
export const SUPPLIERS = 'quickbooks-cin7/supplier-to-vendor'
export const ORDERS = 'quickbooks-cin7/purchase-to-order'
export const BILLS = 'quickbooks-cin7/purchase-to-bill'
export const CREDITS = 'quickbooks-cin7/credit-note-to-vendor-credit'
export const ORDERS_BACK = 'quickbooks-cin7/order-to-purchase'

/** A supplier is one vendor, in its one currency. */
export const VENDOR = 'vendor'

/** A purchase has one order. */
export const ORDER = 'order'
