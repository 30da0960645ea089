import type { Need } from '../../core/flow'

export const PRODUCT_FLOW = 'wave-cin7/product-to-product'

/** A product is one whole. */
export const VARIANT = 'product'

/** The Cin7 product of a Wave product. */
export const productNeed = (productId: string): Need => ({ flow: PRODUCT_FLOW, sourceId: productId, variant: VARIANT })
