import type { Flow, Lookups } from '../../core/flow'
import { products as cin7Products, type ProductDraft } from '../../vendors/cin7/products'
import { bareNumber } from '../../vendors/wave/ids'
import { type Product, products as waveProducts } from '../../vendors/wave/products'
import { PRODUCT_FLOW, VARIANT } from './product-need'
import { Settings } from './settings'
import { taxCode } from './translate'

/** A Wave product that is sold becomes a service product, unless a person mapped it to a SKU: that one is linked as it is. */
export const productToProduct: Flow<Product, ProductDraft, Settings> = {
  name: PRODUCT_FLOW,
  source: waveProducts,
  target: cin7Products,
  settings: Settings,

  skip: ({ isSold }) => (isSold ? undefined : 'it is bought and not sold: no invoice needs it'),

  matching: { variant: () => VARIANT, brings: 'keep' },

  fingerprint: ({ name, description, isArchived, incomeAccount, defaultSalesTaxes }) => ({
    name,
    description: description ?? '',
    archived: isArchived,
    account: incomeAccount?.id ?? '',
    taxes: taxCode(defaultSalesTaxes),
  }),

  map(product, { products }, lookups) {
    const sku = lookups.mapped('product', product.id)
    if (sku !== undefined) return [{ variant: VARIANT, draft: { kind: 'chosen', sku } }]
    const number = bareNumber(product.id, 'Product')
    if (number === undefined) return noNumber(product)
    const deprecated = product.isArchived && products.archived === 'deprecate'
    const { prefix, category, unit } = products
    return [
      {
        variant: VARIANT,
        draft: {
          kind: 'service',
          sku: `${prefix}${number}`,
          name: product.name,
          description: product.description ?? '',
          category,
          unit,
          ...bookingOf(product, lookups),
          deprecated,
        },
      },
    ]
  },
}

/** Only a default for sales that people enter in Cin7: what is not mapped stays empty. */
const bookingOf = ({ incomeAccount, defaultSalesTaxes }: Product, { mapped }: Lookups) => ({
  revenueAccount: (incomeAccount && mapped('account', incomeAccount.id)) || '',
  taxRule: (defaultSalesTaxes.length > 0 && mapped('tax', taxCode(defaultSalesTaxes))) || '',
})

const noNumber = ({ name, id }: Product) =>
  ({
    kind: 'rejected',
    code: 'product_without_number',
    message: `the id of the Wave product "${name}" (${id}) holds no number to make a SKU of`,
    remedy: 'Map the product to a Cin7 SKU in the mapping "product"; then replay.',
  }) as const
