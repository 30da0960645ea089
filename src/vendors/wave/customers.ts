import { gql } from 'graphql-request'
import { z } from 'zod'
import type { Listed, Source } from '../../core/flow'
import { askBusiness, askList, below } from './client'
import { PAGE_SIZE, step } from './walk'

const text = z.string().nullable()

const Address = z.lazy(() =>
  z.object({
    addressLine1: text,
    addressLine2: text,
    city: text,
    postalCode: text,
    province: z.object({ code: z.string(), name: z.string() }).nullable(),
    country: z.object({ code: z.string(), name: z.string() }).nullable(),
  }),
)
export type WaveAddress = z.infer<typeof Address>

/** A Wave customer as it was read. `currency` null = the business's own. Stamps are UTC with milliseconds. */
export const Customer = z.lazy(() =>
  z.object({
    id: z.string(),
    name: z.string(),
    firstName: text,
    lastName: text,
    email: text,
    phone: text,
    mobile: text,
    website: text,
    isArchived: z.boolean().nullable(),
    currency: z.object({ code: z.string() }).nullable(),
    address: Address.nullable(),
    shippingDetails: z.object({ address: Address.nullable() }).nullable(),
    modifiedAt: z.string(),
  }),
)
export type Customer = z.infer<typeof Customer>

const ONE = gql`
  query Customer($businessId: ID!, $id: ID!) {
    business(id: $businessId) {
      customer(id: $id) {
        id name firstName lastName email phone mobile website isArchived modifiedAt
        currency { code }
        address { ...Place }
        shippingDetails { address { ...Place } }
      }
    }
  }
  fragment Place on Address { addressLine1 addressLine2 city postalCode province { code name } country { code name } }
`

const LIST = gql`
  query Customers($businessId: ID!, $page: Int!, $pageSize: Int!, $after: DateTime, $sort: [CustomerSort!]!) {
    business(id: $businessId) {
      customers(page: $page, pageSize: $pageSize, modifiedAtAfter: $after, sort: $sort) {
        pageInfo { totalPages }
        edges { node { id modifiedAt name currency { code } } }
      }
    }
  }
`

const OneCustomer = below(() => z.object({ customer: Customer.nullable() }))
const Rows = below(() =>
  z.object({
    customers: z.object({
      pageInfo: z.object({ totalPages: z.number().nullable() }),
      edges: z.array(
        z.object({
          node: z
            .object({
              id: z.string(),
              modifiedAt: z.string(),
              name: z.string(),
              currency: z.object({ code: z.string() }).nullable(),
            })
            .nullable(),
        }),
      ),
    }),
  }),
)

/** Customers of one business. Found by polling only: Wave sends no customer events (sheet section 1). */
export const customers: Source<Customer> = {
  vendor: 'wave',
  type: 'customer',
  record: Customer,
  async read(api, id) {
    const business = await askBusiness(api, ONE, { id }, OneCustomer)
    return business?.customer ?? null
  },
  changes: (api, cursor, since) =>
    step(cursor, since, async ({ after, page }) => {
      const variables = { after, page, pageSize: PAGE_SIZE, sort: ['MODIFIED_AT_ASC'] }
      const { pageInfo, edges } = (await askList(api, LIST, variables, Rows)).customers
      const rows = edges.flatMap(({ node }) => (node ? [rowOf(node)] : []))
      return { rows, totalPages: pageInfo.totalPages }
    }),
  version: ({ modifiedAt }) => modifiedAt,
  number: ({ name }) => name,
  date: () => null,
}

const rowOf = ({
  id,
  modifiedAt,
  name,
  currency,
}: Pick<Customer, 'id' | 'modifiedAt' | 'name' | 'currency'>): Listed => ({
  change: { type: 'customer', id, event: 'listed' },
  version: modifiedAt,
  number: name,
  terms: { kind: 'named', code: '', name, currency: currency?.code ?? '' },
})
