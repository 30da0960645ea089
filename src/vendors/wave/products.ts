import { gql } from 'graphql-request'
import { z } from 'zod'
import type { Listed, Source } from '../../core/flow'
import { askBusiness, askList, below } from './client'
import { Named } from './shapes'
import { PAGE_SIZE, step } from './walk'

/** A Wave product as it was read. There is no SKU or code field (sheet section 1). */
export const Product = z.lazy(() =>
  z.object({
    id: z.string(),
    name: z.string(),
    description: z.string().nullable(),
    isArchived: z.boolean(),
    isSold: z.boolean(),
    isBought: z.boolean(),
    /** Set where it is sold. */
    incomeAccount: Named.nullable(),
    defaultSalesTaxes: z.array(Named),
    modifiedAt: z.string(),
  }),
)
export type Product = z.infer<typeof Product>

const ONE = gql`
  query Product($businessId: ID!, $id: ID!) {
    business(id: $businessId) {
      product(id: $id) {
        id name description isArchived isSold isBought modifiedAt
        incomeAccount { id name }
        defaultSalesTaxes { id name }
      }
    }
  }
`

/** `isArchived: null` = both; left out, archived ones are hidden. */
const LIST = gql`
  query Products($businessId: ID!, $page: Int!, $pageSize: Int!, $after: DateTime, $sort: [ProductSort!]!) {
    business(id: $businessId) {
      products(page: $page, pageSize: $pageSize, isArchived: null, modifiedAtAfter: $after, sort: $sort) {
        pageInfo { totalPages }
        edges { node { id modifiedAt name } }
      }
    }
  }
`

const OneProduct = below(() => z.object({ product: Product.nullable() }))
const Rows = below(() =>
  z.object({
    products: z.object({
      pageInfo: z.object({ totalPages: z.number().nullable() }),
      edges: z.array(z.object({ node: z.object({ id: z.string(), modifiedAt: z.string(), name: z.string() }) })),
    }),
  }),
)

/** Products of one business, archived ones too. Found by polling only: Wave sends no product events (sheet section 1). */
export const products: Source<Product> = {
  vendor: 'wave',
  type: 'product',
  record: Product,
  async read(api, id) {
    const business = await askBusiness(api, ONE, { id }, OneProduct)
    return business?.product ?? null
  },
  changes: (api, cursor, since) =>
    step(cursor, since, async ({ after, page }) => {
      const variables = { after, page, pageSize: PAGE_SIZE, sort: ['MODIFIED_AT_ASC'] }
      const { pageInfo, edges } = (await askList(api, LIST, variables, Rows)).products
      const rows = edges.map(
        ({ node }): Listed => ({
          change: { type: 'product', id: node.id, event: 'listed' },
          version: node.modifiedAt,
          number: node.name,
          terms: { kind: 'named', code: '', name: node.name, currency: '' },
        }),
      )
      return { rows, totalPages: pageInfo.totalPages }
    }),
  version: ({ modifiedAt }) => modifiedAt,
  number: ({ name }) => name,
  date: () => null,
}
