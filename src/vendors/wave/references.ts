import { gql } from 'graphql-request'
import { z } from 'zod'
import type { ReadApi, Reference } from '../../core/vendor'
import { multiply } from '../../lib/money'
import { askList, below } from './client'
import { decimal } from './shapes'
import { PAGE_SIZE } from './walk'

const ACCOUNTS = gql`
  query Accounts($businessId: ID!, $page: Int!, $pageSize: Int!) {
    business(id: $businessId) {
      list: accounts(page: $page, pageSize: $pageSize, isArchived: null) {
        edges { node { id name isArchived currency { code } type { value } subtype { value } } }
      }
    }
  }
`

const TAXES = gql`
  query SalesTaxes($businessId: ID!, $page: Int!, $pageSize: Int!) {
    business(id: $businessId) {
      list: salesTaxes(page: $page, pageSize: $pageSize, isArchived: null) { edges { node { id name isArchived rate } } }
    }
  }
`

const PRODUCTS = gql`
  query Products($businessId: ID!, $page: Int!, $pageSize: Int!) {
    business(id: $businessId) {
      list: products(page: $page, pageSize: $pageSize, isArchived: null, sort: [CREATED_AT_ASC]) {
        edges { node { id name isArchived isSold isBought } }
      }
    }
  }
`

const Common = z.object({ id: z.string(), name: z.string(), isArchived: z.boolean() })
const AccountNode = z.lazy(() =>
  Common.extend({
    currency: z.object({ code: z.string() }),
    type: z.object({ value: z.string() }),
    subtype: z.object({ value: z.string() }),
  }),
)
const TaxNode = Common.extend({ rate: decimal })
const ProductNode = Common.extend({ isSold: z.boolean(), isBought: z.boolean() })

/** The whole of a list that has no stamps: page by page until one is not full. Archived ones too: old invoices name them. */
export const readAll = async <T>(api: ReadApi, document: string, node: z.ZodType<T>): Promise<T[]> => {
  const shape = below(() => z.object({ list: z.object({ edges: z.array(z.object({ node: node.nullable() })) }) }))
  const all: T[] = []
  for (let page = 1; ; page++) {
    const { edges } = (await askList(api, document, { page, pageSize: PAGE_SIZE }, shape)).list
    all.push(...edges.flatMap((edge) => edge.node ?? []))
    if (edges.length < PAGE_SIZE) return all
  }
}

const reference = (kind: string, node: z.infer<typeof Common>, name: string, uses: string[]): Reference => ({
  kind,
  code: node.id,
  name,
  active: !node.isArchived,
  uses,
})

/** `15 %` for 0.15. */
const percent = (rate: string): string => `${multiply(rate, '100')} %`

export const references = {
  account: async (api: ReadApi) =>
    (await readAll(api, ACCOUNTS, AccountNode)).map((node) =>
      reference('account', node, node.name, [
        node.type.value.toLowerCase(),
        node.subtype.value.toLowerCase(),
        `currency:${node.currency.code}`,
      ]),
    ),
  tax: async (api: ReadApi) =>
    (await readAll(api, TAXES, TaxNode)).map((node) =>
      reference('tax', node, `${node.name} (${percent(node.rate)})`, ['sale']),
    ),
  product: async (api: ReadApi) =>
    (await readAll(api, PRODUCTS, ProductNode)).map((node) =>
      reference('product', node, node.name, [...(node.isSold ? ['sold'] : []), ...(node.isBought ? ['bought'] : [])]),
    ),
}
