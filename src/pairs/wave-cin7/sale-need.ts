export const SALE_FLOW = 'wave-cin7/invoice-to-sale'

/** An invoice is one whole. */
export const SALE_VARIANT = 'sale'
