import { gql } from 'graphql-request'
import { z } from 'zod'
import { rejected } from '../../core/failure'
import type { Account, ReadApi } from '../../core/vendor'
import { ask, below, businessMissing } from './client'
import { businessId, businessUuid } from './ids'

/** `businessId` = GraphQL id or bare uuid; may be left out where the token reaches exactly one business. */
export const Settings = z.lazy(() => z.object({ baseUrl: z.url().optional(), businessId: z.string().optional() }))

const Business = z.lazy(() =>
  z.object({
    id: z.string(),
    name: z.string(),
    isPersonal: z.boolean(),
    timezone: z.string().nullable(),
    currency: z.object({ code: z.string() }),
  }),
)
type Business = z.infer<typeof Business>

const FIELDS = 'id name isPersonal timezone currency { code }'
const ONE = gql`query Business($id: ID!) { business(id: $id) { ${FIELDS} } }`
const ALL = gql`query Businesses($page: Int!, $pageSize: Int!) {
  businesses(page: $page, pageSize: $pageSize) { edges { node { ${FIELDS} } } }
}`

/** Which business a connection stands for; its id is the bare uuid in lower case, the form that webhooks carry. */
export const account = async (api: ReadApi): Promise<Account> => {
  const { businessId } = Settings.parse(api.settings)
  // The setting chooses; what was chosen in consent, or is pinned, is asked for by name.
  const chosen = businessId ?? (api.account || undefined)
  return accountOf(chosen === undefined ? await only(api) : await one(api, chosen))
}

/** The businesses that a consent reaches, without the personal one that Wave lists beside them. */
export const accounts = async (api: ReadApi): Promise<Account[]> => {
  const { businessId: chosen } = Settings.parse(api.settings)
  return (chosen === undefined ? await all(api) : [await one(api, chosen)]).map(accountOf)
}

const accountOf = ({ id, name, currency, timezone }: Business): Account => ({
  id: businessUuid(id) ?? id,
  name,
  baseCurrency: currency.code,
  timeZone: timezone,
  lockDate: null,
})

const One = below(() => Business)
const All = z.lazy(() =>
  z.object({
    data: z.object({
      businesses: z.object({ edges: z.array(z.object({ node: Business.nullable() })) }).nullable(),
    }),
  }),
)

const one = async (api: ReadApi, chosen: string): Promise<Business> => {
  const uuid = businessUuid(chosen)
  const variables = { id: uuid ? businessId(uuid) : chosen }
  const { business } = await ask(api, ONE, variables, One)
  if (!business) throw businessMissing()
  return business
}

const all = async (api: ReadApi): Promise<Business[]> => {
  const { businesses } = await ask(api, ALL, { page: 1, pageSize: 50 }, All)
  return (businesses?.edges ?? []).flatMap(({ node }) => (node && !node.isPersonal ? [node] : []))
}

const only = async (api: ReadApi): Promise<Business> => {
  const real = await all(api)
  if (real[0] && real.length === 1) return real[0]
  throw rejected(
    'wave_business_not_chosen',
    real.length === 0
      ? 'the token reaches no business'
      : `the token reaches ${real.map((business) => `${business.name} (${businessUuid(business.id) ?? business.id})`).join(', ')}`,
    'Put the id of the business into the setting businessId of the Wave connection.',
  )
}
