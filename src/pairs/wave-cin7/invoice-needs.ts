import type { Lookups, Need } from '../../core/flow'
import type { Invoice } from '../../vendors/wave/invoices'
import { customerToCustomer } from './customer-to-customer'
import { productNeed } from './product-need'

/** The Cin7 customer in the currency of the invoice. */
export const customerOf = ({ customer, currency }: Invoice): Need => ({
  flow: customerToCustomer.name,
  sourceId: customer.id,
  variant: currency.code,
})

/** A product that a person mapped need not be carried. */
export const productsOf = ({ items }: Invoice, { mapped }: Lookups): Need[] =>
  [...new Set((items ?? []).map(({ product }) => product.id))]
    .filter((id) => mapped('product', id) === undefined)
    .map(productNeed)
