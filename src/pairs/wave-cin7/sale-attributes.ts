import type { Invoice } from '../../vendors/wave/invoices'
import type { Attribute, Settings } from './settings'

/** Wave has no cost dimensions; what they are told by is a setting. A sale has one value of each: several stand beside each other. */
export const attributesOf = (invoice: Invoice, { attributes }: Settings): Record<string, string> =>
  Object.fromEntries(
    attributes.flatMap((wanted) => {
      const values = new Set(codesOf(invoice, wanted).flatMap((code) => wanted.values[code] ?? []))
      return values.size === 0 ? [] : [[String(wanted.attribute), [...values].join(', ')]]
    }),
  )

const codesOf = ({ items, customer, poNumber }: Invoice, { from }: Attribute): string[] => {
  switch (from) {
    case 'account':
      return (items ?? []).map(({ account }) => account.id)
    case 'product':
      return (items ?? []).map(({ product }) => product.id)
    case 'customer':
      return [customer.id]
    case 'poNumber':
      return poNumber ? [poNumber] : []
  }
}
