/** Names of the flows and variants, for those that need each other. */
export const SUPPLIERS = 'acumatica-cin7/supplier-to-vendor'
export const VENDORS = 'acumatica-cin7/vendor-to-supplier'
export const ORDERS = 'acumatica-cin7/purchase-to-order'
export const BILLS = 'acumatica-cin7/purchase-to-bill'
export const CREDITS = 'acumatica-cin7/credit-note-to-adjustment'

/** A supplier is one vendor and the other way round. */
export const PARTY = 'party'

/** A purchase has one order. */
export const ORDER = 'order'
