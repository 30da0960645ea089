import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { connect, type Office, openBare } from '../office'
import type { Random } from '../random'
import type { Stage } from '../stage'
import { again } from '../waiting'

const TOKEN = 'chaos-wave-token'
const SECRET = 'chaos-wave-webhook-secret'

const Named = z.object({ graphId: z.string(), bareId: z.string(), name: z.string() })
export type Named = z.infer<typeof Named>
const Many = z.array(Named).min(1)
const Business = Named.extend({ accounts: Many, salesTaxes: Many, customers: Many, products: Many })
export type Business = z.infer<typeof Business>
const Seeded = z.object({ wave: z.object({ businesses: z.tuple([Business]) }) })

export interface WaveCin7 extends Office {
  business: Business
}

const CUSTOMERS = [
  { name: 'Harbour Lane Offices Ltd', email: 'accounts@harbour-lane.example' },
  { name: 'Fir Tree Bakery', currency: 'USD' },
  { name: 'Zweite Hand GmbH', currency: 'EUR', email: 'rechnung@zweite-hand.example' },
  { name: 'O’Neill & Søn', currency: 'EUR' },
]

/** Connected, every account and tax mapped, and the simulator's webhooks on their way as they happen. */
export const openWaveCin7 = async (stage: Stage, name: string, settings: object = {}): Promise<WaveCin7> => {
  const bare = await openBare(stage, name)
  const { world, admin, tenant } = bare
  const applicationKey = randomUUID()
  const accountId = randomUUID()
  const seed = {
    wave: { tokens: [{ token: TOKEN }], businesses: [{ id: randomUUID(), customers: CUSTOMERS }] },
    cin7: { accountId, applicationKeys: [applicationKey] },
  }
  const [business] = Seeded.parse(await world.seed(seed)).wave.businesses
  // What the simulator only tells of when asked to; so customers need not wait for a poll.
  await world.switches({ 'wave.webhook.seedEvents': true })
  const sourceConnection = await connect(bare, {
    vendor: 'wave',
    settings: { baseUrl: world.baseUrl('wave'), businessId: business.graphId },
    credentials: { kind: 'token', token: TOKEN },
    webhookSecret: SECRET,
  })
  const targetConnection = await connect(bare, {
    vendor: 'cin7',
    settings: { baseUrl: world.baseUrl('cin7') },
    credentials: { accountId, applicationKey },
  })
  const wanted = {
    pair: 'wave-cin7',
    sourceConnection,
    targetConnection,
    startDate: '2026-01-01',
    settings: {
      accountReceivable: '610',
      revenueAccount: '200',
      taxRule: 'Tax on Sales',
      noTaxRule: 'Tax Exempt',
      paymentTerm: '30 days',
      location: 'Main Warehouse',
      chargeProduct: 'Service',
      discountAccount: '260',
      ...settings,
    },
  }
  const { id: integration } = await again(() =>
    admin.call<{ id: string }>('POST', `/v1/tenants/${tenant}/integrations`, wanted),
  )
  const office: WaveCin7 = { ...bare, integration, business }
  await mapAll(office)
  const url = `${stage.workers.connector}/webhooks/wave/${sourceConnection}`
  await world.act('wave', 'register-webhook', { url, secret: SECRET })
  await office.control('deliveries/auto', { on: true })
  return office
}

/** Lines with two taxes have both ids, in order, as their code. */
const mapAll = async ({ admin, tenant, integration, business }: WaveCin7): Promise<void> => {
  const base = `/v1/tenants/${tenant}/integrations/${integration}/mappings`
  const taxes = business.salesTaxes.map(({ graphId }) => graphId)
  const codes = [...taxes, taxes.toSorted((a, b) => (a < b ? -1 : 1)).join('+')]
  const accounts = business.accounts.map(({ graphId, name }) => ({
    code: graphId,
    target: name === 'Sales' ? '200' : '201',
  }))
  const banks = business.accounts.filter(({ name }) => /cash/i.test(name))
  const rules = codes.map((code) => ({ code, target: 'Tax on Sales' }))
  await again(() => admin.call('PUT', `${base}/account`, { entries: accounts }))
  await again(() => admin.call('PUT', `${base}/tax`, { entries: rules }))
  const payTo = banks.map(({ graphId }) => ({ code: graphId, target: '713' }))
  await again(() => admin.call('PUT', `${base}/bank`, { entries: payTo }))
}

const decimal = (units: number, decimals: number): string => (units / 10 ** decimals).toFixed(decimals)

const line = (random: Random, { products }: Business) => ({
  product: products[random.between(0, products.length - 1)]?.bareId,
  quantity: random.chance(0.3) ? decimal(random.between(1, 250), 2) : String(random.between(1, 9)),
  unitPrice: decimal(random.between(1, 500_000), 2),
  taxes: random.pick([[], ['GST'], ['QST'], ['GST', 'QST']]),
})

/** One to five lines, with and without taxes and discount, in the business's own currency or in another. */
export const invoiceForm = (random: Random, business: Business) => ({
  customer: business.customers[random.between(0, business.customers.length - 1)]?.bareId,
  items: Array.from({ length: random.between(1, 5) }, () => line(random, business)),
  invoiceDate: '2026-03-02',
  dueDate: '2026-04-01',
  ...(random.chance(0.4) && { currency: 'EUR', exchangeRate: decimal(random.between(100_000, 125_000), 5) }),
  ...(random.chance(0.2) && { discount: { discountType: 'PERCENTAGE', percentage: String(random.between(1, 30)) } }),
})

/** One line of a product, without tax. */
export const invoiceOf = (business: Business, product: string, quantity: number) => ({
  customer: business.customers[0]?.bareId,
  items: [{ product, quantity: String(quantity), unitPrice: '12.50', taxes: [] }],
  invoiceDate: '2026-03-02',
  dueDate: '2026-04-01',
})

/** Over 100.00 in one to three payments, which may leave something open. */
export const paymentForms = (random: Random) =>
  Array.from({ length: random.between(1, 3) }, (_, at) => ({
    amount: decimal(random.between(100, 3_300), 2),
    date: `2026-03-${10 + at}`,
  }))

const WORDS = ['North', 'Quay', 'Mill', 'Øst', 'Hill', 'Côté', 'Pine', 'Lake'] as const

export const customerForm = (random: Random, number: number) => ({
  name: `${random.pick(WORDS)} ${random.pick(WORDS)} No. ${number}`,
  currency: random.pick([null, 'USD', 'EUR']),
  ...(random.chance(0.6) && { email: `office-${number}@customer.example`, firstName: 'Ada', lastName: 'Byron' }),
  ...(random.chance(0.5) && {
    address: { addressLine1: `${number} Mill Road`, city: 'Portland', postalCode: '97201', countryCode: 'US' },
  }),
})
