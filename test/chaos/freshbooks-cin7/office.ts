import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { BUSINESS, chartOf, map, mapAll, settings } from '../../support/freshbooks-cin7-set-up'
import { ACCOUNTS, CLIENTS, UNMAPPED, VENDORS } from '../../support/freshbooks-quarter'
import { connectByConsent } from '../../support/node/consent'
import { seedOwner } from '../../support/node/freshbooks'
import { connect, type Office, openBare } from '../office'
import type { Stage } from '../stage'
import { again, until } from '../waiting'

export const RATE = '1.0875'

export interface FreshbooksCin7 extends Office {
  /** A calendar day of the office's own clock, so many days ago. */
  daysAgo(days: number): string
}

const BAKERY = {
  ...BUSINESS,
  clients: CLIENTS.map(([organization, currency_code]) => ({ organization, currency_code })),
  billVendors: VENDORS.map(([vendor_name, currency_code]) => ({ vendor_name, currency_code, language: 'en' })),
}

const SETTINGS = settings({
  creditAccount: '714',
  rounding: { account: '404', limit: '0.05' },
  rates: [{ currency: 'EUR', from: '2020-01-01', rate: RATE }],
})

const DAY_MS = 24 * 3_600_000

/** Connected by consent, every account and tax mapped, and the simulator's webhooks on their way as they happen. */
export const openFreshbooksCin7 = async (stage: Stage, name: string): Promise<FreshbooksCin7> => {
  const bare = await openBare(stage, name)
  const { world, admin, tenant } = bare
  const { workers, apps } = stage
  const applicationKey = randomUUID()
  const accountId = randomUUID()
  const { identity } = await seedOwner(world, { apps, connector: workers.connector }, BAKERY)
  await world.seed({ cin7: { accountId, applicationKeys: [applicationKey], currencyRates: { EUR: RATE } } })
  const baseUrl = (vendor: string) => ({ baseUrl: world.baseUrl(vendor) })
  const who = { vendor: 'freshbooks', settings: baseUrl('freshbooks'), identity }
  const sourceConnection = await connectByConsent(admin, tenant, who, again)
  const credentials = { accountId, applicationKey }
  const targetConnection = await connect(bare, { vendor: 'cin7', settings: baseUrl('cin7'), credentials })
  const wanted = {
    pair: 'freshbooks-cin7',
    sourceConnection,
    targetConnection,
    startDate: '2020-01-01',
    settings: SETTINGS,
  }
  const { id: integration } = await again(() =>
    admin.call<{ id: string }>('POST', `/v1/tenants/${tenant}/integrations`, wanted),
  )
  const daysAgo = (days: number) => new Date(stage.now() - days * DAY_MS).toISOString().slice(0, 10)
  const office: FreshbooksCin7 = { ...bare, integration, daysAgo }
  await mapEverything(office)
  await office.control('deliveries/auto', { on: true })
  await hooked(office, sourceConnection)
  return office
}

const mapEverything = async (office: FreshbooksCin7): Promise<void> => {
  const chart = await chartOf(office.world)
  const accounts = Object.entries(ACCOUNTS).map(([name, target]) => ({ code: chart.accounts.get(name), target }))
  const both = ['HST+QST', 'HST+QST compounded'].map((code) => ({ code, target: 'GST on Income' }))
  const unmapped = [{ code: chart.categories.get(UNMAPPED), target: ACCOUNTS[UNMAPPED] ?? '' }]
  await again(() => mapAll({ ...office, ...chart }))
  await again(() => map(office, 'account', accounts))
  await again(() => map(office, 'tax', both))
  await again(() => map(office, 'expense-category', unmapped))
}

const Callbacks = z.object({
  freshbooks: z.object({ accounts: z.tuple([z.object({ callbacks: z.array(z.object({ verified: z.boolean() })) })]) }),
})

const HANDSHAKE_LIMIT_MS = 120_000
const AGAIN_MS = 5_000

/** FreshBooks tells of nothing before its handshake has been answered; one that got lost is asked for again. */
const hooked = async ({ admin, tenant, world }: FreshbooksCin7, connection: string): Promise<void> => {
  const isVerified = async (): Promise<boolean> => {
    const [{ callbacks }] = Callbacks.parse(await world.dump()).freshbooks.accounts
    return callbacks.length > 0 && callbacks.every((callback) => callback.verified)
  }
  const verified = await until(async () => {
    await again(() => admin.call('POST', `/v1/tenants/${tenant}/connections/${connection}/webhooks`))
    return until(isVerified, AGAIN_MS)
  }, HANDSHAKE_LIMIT_MS)
  if (!verified) throw new Error('FreshBooks has verified no callbacks')
}
