import { createExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import worker from '../../src/index'
import { type Admin, adminWith } from './admin'
import { joinTime } from './time'
import { openWorld, type TestWorld } from './world'

const ORIGIN = 'https://connector.test'
export const WAVE_SECRET = 'marker-secret-wave-hook'
export const WAVE_TOKEN = 'marker-secret-wave-token'
export const CIN7_KEY = '7e57ab1e-0000-4000-8000-00005ec4e7ab'

/** One business with Wave and Cin7 connected and the pair switched on, all through the front door. */
export interface Office {
  admin: Admin
  world: TestWorld
  tenant: string
  integration: string
  wave: { connection: string; business: WaveBusiness }
  cin7: { connection: string }
}

export interface Named {
  id: string
  bareId: string
  graphId: string
  name: string
}

export interface WaveBusiness extends Named {
  accounts: Named[]
  salesTaxes: Named[]
  customers: Named[]
  products: Named[]
}

let rootKey: Promise<string> | undefined

const fetcher = (request: Request): Promise<Response> =>
  Promise.resolve(worker.fetch(request, env, createExecutionContext()))

/** The first admin key of the deployment, made with the bootstrap token. */
export const adminKey = (): Promise<string> => {
  rootKey ??= adminWith(env.ADMIN_TOKEN, ORIGIN, fetcher)
    .call<{ key: string }>('POST', '/v1/keys', { principal: 'tests', scopes: ['admin', 'approve'] })
    .then(({ key }) => key)
  return rootKey
}

export const admin = async (): Promise<Admin> => adminWith(await adminKey(), ORIGIN, fetcher)

export const settings = (over: Record<string, unknown> = {}) => ({
  accountReceivable: '610',
  revenueAccount: '200',
  taxRule: 'Tax on Sales',
  noTaxRule: 'Tax Exempt',
  paymentTerm: '30 days',
  location: 'Main Warehouse',
  chargeProduct: 'Service',
  discountAccount: '260',
  ...over,
})

export interface Opening {
  /** Of the Wave business. */
  wave?: Record<string, unknown>
  /** Beside the business: applications, for example. */
  waveSeed?: Record<string, unknown>
  cin7?: Record<string, unknown>
  settings?: Record<string, unknown>
  /** Also map every income account and tax, so that a plain invoice goes through. */
  mapped?: boolean
  startDate?: string
}

let offices = 0

export const openOffice = async (opening: Opening = {}): Promise<Office> => {
  offices += 1
  const api = await admin()
  const world = openWorld(`w${offices}-${crypto.randomUUID().slice(0, 8)}`)
  const { id: tenant } = await api.call<{ id: string }>('POST', '/v1/tenants', { name: world.name })
  await joinTime(world)
  const made = await world.seed<{ wave: { businesses: WaveBusiness[] } }>({
    wave: {
      tokens: [{ token: WAVE_TOKEN }],
      businesses: [{ id: crypto.randomUUID(), ...opening.wave }],
      ...opening.waveSeed,
    },
    cin7: { applicationKeys: [CIN7_KEY], accountId: crypto.randomUUID(), ...opening.cin7 },
  })
  const [business] = made.wave.businesses
  if (!business) throw new Error('no business was seeded')
  const wave = await connect(
    api,
    tenant,
    'wave',
    { baseUrl: world.baseUrl('wave'), businessId: business.graphId },
    { kind: 'token', token: WAVE_TOKEN },
  )
  await api.call('PUT', `/v1/tenants/${tenant}/connections/${wave}/webhook-secret`, { secret: WAVE_SECRET })
  const { cin7: company } = await world.dump<{ cin7: { companies: { accountId: string }[] } }>()
  const accountId = company.companies[0]?.accountId ?? ''
  const cin7 = await connect(
    api,
    tenant,
    'cin7',
    { baseUrl: world.baseUrl('cin7') },
    { accountId, applicationKey: CIN7_KEY },
  )
  const { id: integration } = await api.call<{ id: string }>('POST', `/v1/tenants/${tenant}/integrations`, {
    pair: 'wave-cin7',
    sourceConnection: wave,
    targetConnection: cin7,
    settings: settings(opening.settings),
    startDate: opening.startDate ?? '2020-01-01',
  })
  const office: Office = {
    admin: api,
    world,
    tenant,
    integration,
    wave: { connection: wave, business },
    cin7: { connection: cin7 },
  }
  if (opening.mapped ?? true) await mapAll(office)
  await world.act('wave', 'register-webhook', {
    url: `${ORIGIN}/webhooks/wave/${wave}`,
    secret: WAVE_SECRET,
  })
  return office
}

const connect = async (
  api: Admin,
  tenant: string,
  vendor: string,
  options: unknown,
  credentials: unknown,
): Promise<string> => {
  const { id } = await api.call<{ id: string }>('POST', `/v1/tenants/${tenant}/connections`, {
    vendor,
    environment: 'sandbox',
    name: vendor,
    settings: options,
  })
  await api.call('PUT', `/v1/tenants/${tenant}/connections/${id}/credentials`, credentials)
  return id
}

/** Sales → 200, everything else of income → 201; taxes → Tax on Sales. */
const mapAll = async ({ admin: api, tenant, integration, wave }: Office): Promise<void> => {
  const accounts = wave.business.accounts.map(({ graphId, name }) => ({
    code: graphId,
    target: name === 'Sales' ? '200' : '201',
  }))
  const taxes = wave.business.salesTaxes.map(({ graphId }) => ({ code: graphId, target: 'Tax on Sales' }))
  const base = `/v1/tenants/${tenant}/integrations/${integration}/mappings`
  await api.call('PUT', `${base}/account`, { entries: accounts })
  await api.call('PUT', `${base}/tax`, { entries: taxes })
}

export interface RecordView {
  id: string
  flow: string
  sourceId: string
  sourceNumber: string
  targetId: string
  targetNumber: string
  state: string
  reason: string
  code: string
  text: string
  remedy: string
}

export const recordsOf = async ({ admin: api, tenant }: Office, query = ''): Promise<RecordView[]> =>
  (await api.call<{ items: RecordView[] }>('GET', `/v1/tenants/${tenant}/records?${query}`)).items
