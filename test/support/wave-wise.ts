import { z } from 'zod'
import type { Admin } from './admin'
import { agree, open } from './browser'
import { deliver } from './deliver'
import { admin, type RecordView, WAVE_SECRET, WAVE_TOKEN } from './office'
import { runOnce, settle } from './settle'
import { joinTime } from './time'
import { RATES, settingsFor, waveBusiness, wiseProfile } from './wave-wise-firm'
import { openWorld, type TestWorld } from './world'

const WISE_TOKEN = 'marker-secret-wise-token'
const QUEUE = 'wave-wise'

const Named = z.object({ name: z.string(), graphId: z.string(), id: z.string() })
const Seeded = z.object({
  wave: z.object({
    businesses: z.array(z.object({ graphId: z.string(), accounts: z.array(Named), customers: z.array(Named) })),
  }),
  wise: z.object({
    publicKey: z.string(),
    users: z.array(
      z.object({
        profiles: z.array(
          z.object({
            id: z.number(),
            type: z.string(),
            balances: z.array(z.object({ id: z.number(), currency: z.string() })),
            recipients: z.array(z.object({ id: z.number() })),
          }),
        ),
      }),
    ),
  }),
})

/** One business with Wave and Wise connected and the pair switched on, all through the front door. */
export interface WiseBooks {
  admin: Admin
  world: TestWorld
  tenant: string
  integration: string
  /** GraphQL id of the Wave account of that name. */
  account(name: string): string
  balance(currency: string): string
  recipient: number
  /** GraphQL id of the one customer at Wave. */
  customer: string
}

/** One company has one connection in a deployment, so each test has companies of its own. */
let profiles = 31_000_000

const user = (country: string) => {
  profiles += 2
  return {
    email: 'nora@field.example',
    name: 'Nora Field',
    tokens: [{ token: WISE_TOKEN }],
    profiles: [
      { id: profiles, type: 'PERSONAL', name: 'Nora Field', country: 'US' },
      wiseProfile(profiles + 1, { country }),
    ],
  }
}

const connect = async (api: Admin, tenant: string, vendor: string, settings: object, credentials: object) => {
  const given = { vendor, environment: 'sandbox', name: vendor, settings }
  const { id } = await api.call<{ id: string }>('POST', `/v1/tenants/${tenant}/connections`, given)
  await api.call('PUT', `/v1/tenants/${tenant}/connections/${id}/credentials`, credentials)
  return id
}

/** Where the account at Wise is held, and what the token of Wave may do (left out = everything). */
export interface Terms {
  country?: string
  scopes?: string[]
  /** Of the business, as Wave shows it: IANA name. */
  timezone?: string
  /** Wise is reached by consent to a partner's app, and not by a personal token. */
  partner?: boolean
}

const APP = {
  clientId: 'wise-app',
  clientSecret: 'marker-secret-wise-app-secret',
  clientKey: 'c11e0000-7777-4777-8777-000000000009',
  redirectUris: ['https://connector.test/oauth/wise/callback'],
}

/** Somebody agrees to what the app asks for, and says that the company shown is right. */
const consent = async (api: Admin, tenant: string, settings: object): Promise<string> => {
  const given = { vendor: 'wise', environment: 'sandbox', name: 'wise', settings }
  const { id } = await api.call<{ id: string }>('POST', `/v1/tenants/${tenant}/connections`, given)
  const path = `/v1/tenants/${tenant}/connections/${id}`
  const { url } = await api.call<{ url: string }>('GET', `${path}/authorize`)
  await open(await agree(url))
  await api.call('POST', `${path}/confirm`)
  return id
}

/** `more` settings, which may name accounts. */
export const openWiseBooks = async (
  more: (account: (name: string) => string) => object = () => ({}),
  { country = 'US', partner = false, timezone = 'UTC', ...token }: Terms = {},
): Promise<WiseBooks> => {
  const api = await admin()
  const world = openWorld(`ww-${crypto.randomUUID().slice(0, 8)}`)
  const { id: tenant } = await api.call<{ id: string }>('POST', '/v1/tenants', { name: world.name })
  await joinTime(world)
  await world.switches({ 'wise.webhooks.probe': 'skip', 'wise.oauth.consent': 'approve' })
  const { wave, wise } = Seeded.parse(
    await world.seed({
      wave: {
        tokens: [{ token: WAVE_TOKEN, ...token }],
        businesses: [waveBusiness({ timezone })],
      },
      wise: { users: [user(country)], clients: [APP], rates: RATES },
    }),
  )
  const [business] = wave.businesses
  const profile = wise.users[0]?.profiles.find(({ type }) => type === 'BUSINESS')
  if (!business || !profile) throw new Error('nothing was seeded')
  const account = (name: string) => business.accounts.find((one) => one.name === name)?.graphId ?? name
  const balance = (currency: string) => String(profile.balances.find((one) => one.currency === currency)?.id)
  const source = await connect(
    api,
    tenant,
    'wave',
    { baseUrl: world.baseUrl('wave'), businessId: business.graphId },
    { kind: 'token', token: WAVE_TOKEN },
  )
  const reached = { baseUrl: world.baseUrl('wise'), webhookPublicKey: wise.publicKey }
  const target = partner
    ? await consent(api, tenant, reached)
    : await connect(api, tenant, 'wise', reached, { kind: 'token', token: WISE_TOKEN })
  await api.call('POST', `/v1/tenants/${tenant}/connections/${target}/webhooks`)
  const settings = { ...settingsFor({ account, balance }), ...more(account) }
  const { id: integration } = await api.call<{ id: string }>('POST', `/v1/tenants/${tenant}/integrations`, {
    pair: 'wave-wise',
    sourceConnection: source,
    targetConnection: target,
    settings,
    startDate: '2020-01-01',
  })
  return {
    admin: api,
    world,
    tenant,
    integration,
    account,
    balance,
    recipient: profile.recipients[0]?.id ?? 0,
    customer: business.customers[0]?.graphId ?? '',
  }
}

/** From now on Wave tells of the invoices of the business. */
export const hearWave = async ({ admin: api, tenant, world }: WiseBooks): Promise<void> => {
  type Connection = { id: string; vendor: string }
  const { items } = await api.call<{ items: Connection[] }>('GET', `/v1/tenants/${tenant}/connections`)
  const { id } = items.find(({ vendor }) => vendor === 'wave') ?? { id: '' }
  await api.call('PUT', `/v1/tenants/${tenant}/connections/${id}/webhook-secret`, { secret: WAVE_SECRET })
  await world.act('wave', 'register-webhook', {
    url: `https://connector.test/webhooks/wave/${id}`,
    secret: WAVE_SECRET,
  })
}

const Transfer = z.object({ id: z.number(), status: z.string() })

/** Somebody pays Lena 1000 USD on wise.com; the money waits. */
export const payLena = async ({ world, recipient }: WiseBooks): Promise<number> => {
  const form = { recipient, sourceCurrency: 'USD', sourceAmount: 1000, reference: 'INV-1042' }
  return Transfer.parse(await world.act('wise', 'create-transfer', form)).id
}

/** What Wise has sent by now. */
export const news = ({ world }: WiseBooks): Promise<Request[]> => world.deliveries()

/** Hands deliveries over, in the order given; what is due at once runs after each, and everything else at the end. */
export const tell = async ({ tenant }: WiseBooks, deliveries: Request[]): Promise<void> => {
  for (const one of deliveries) {
    const status = await deliver(one.clone(), QUEUE)
    if (status !== 200) throw new Error(`a delivery was answered ${status}`)
    await runOnce(tenant)
  }
  await settle(tenant)
}

const Ledger = z.object({
  wave: z.object({
    accounts: z.array(z.object({ id: z.string(), name: z.string(), balance: z.string() })),
    payments: z.array(
      z.object({
        id: z.string(),
        invoice: z.string(),
        amount: z.string(),
        paymentDate: z.string(),
        memo: z.string().nullable(),
      }),
    ),
    transactions: z.array(
      z.object({
        externalId: z.string(),
        date: z.string(),
        description: z.string(),
        notes: z.string().nullable(),
        anchor: z.object({ amount: z.string(), direction: z.string() }),
      }),
    ),
  }),
})

/** What stands in Wave: accounts that are not at zero, and all transactions. */
export const booksOf = async ({ world }: WiseBooks) => {
  const { accounts, transactions, payments } = Ledger.parse(await world.dump()).wave
  const balances = Object.fromEntries(
    accounts.flatMap(({ name, balance }) => (Number(balance) === 0 ? [] : [[name, balance]])),
  )
  return { balances, transactions, payments }
}

export const recordsIn = async ({ admin: api, tenant }: WiseBooks, flow = ''): Promise<RecordView[]> => {
  const { items } = await api.call<{ items: RecordView[] }>('GET', `/v1/tenants/${tenant}/records`)
  return items.filter((record) => record.flow.endsWith(flow))
}
