import { type Admin, adminWith } from '../support/admin'
import { openWorld, type TestWorld } from '../support/world'
import type { Screen } from './screen'

export interface Stage {
  connector: string
  sandbox: string
  adminToken: string
  screen: Screen
}

export interface CarriedFlow {
  flow: string
  source: string
  target: string
  status: string
  /** From the webhook to the target. */
  seconds: number
}

interface Named {
  graphId: string
  bareId: string
  name: string
}
interface Business extends Named {
  accounts: Named[]
  salesTaxes: Named[]
  customers: Named[]
  products: Named[]
}
interface Row {
  id: string
  flow: string
  sourceNumber: string
  targetNumber: string
  state: string
  reason: string
  text: string
  remedy: string
}

interface Set {
  admin: Admin
  world: TestWorld
  tenant: string
  integration: string
  business: Business
  screen: Screen
}

const WAVE_TOKEN = 'demo-wave-token'
const WAVE_SECRET = 'demo-wave-webhook-secret'
const CIN7 = {
  accountId: '0b8e7a62-5a4b-4a55-9d5e-3f1f0c1f2a11',
  applicationKey: '5d1f4c8a-7c7e-4b6e-8f57-1c2d3e4f5a6b',
}

/** The whole job, told as it happens. */
export const runScenario = async (stage: Stage): Promise<CarriedFlow[]> => {
  const set = await setUp(stage)
  const first = await invoiceBecomesSale(set)
  await failureIsRepaired(set)
  await showAudit(set)
  return first
}

const setUp = async ({ connector, sandbox, adminToken, screen }: Stage): Promise<Set> => {
  const world = openWorld('demo', sandbox)
  const seeded = await world.seed<{ wave: { businesses: Business[] } }>({
    wave: { tokens: [{ token: WAVE_TOKEN }] },
    cin7: { accountId: CIN7.accountId, applicationKeys: [CIN7.applicationKey] },
  })
  const [business] = seeded.wave.businesses
  if (!business) throw new Error('the Wave simulator made no business')

  screen.step('Setting up through the admin API')
  const bootstrap = adminWith(adminToken, connector, (request) => fetch(request))
  const { key } = await bootstrap.call<{ key: string }>('POST', '/v1/keys', { principal: 'demo', scopes: ['admin'] })
  const admin = adminWith(key, connector, (request) => fetch(request))
  const { id: tenant } = await admin.call<{ id: string }>('POST', '/v1/tenants', { name: business.name })
  screen.good(`tenant ${business.name}`)
  const wave = await connect(
    admin,
    tenant,
    'wave',
    { baseUrl: world.baseUrl('wave'), businessId: business.graphId },
    { kind: 'token', token: WAVE_TOKEN },
  )
  await admin.call('PUT', `/v1/tenants/${tenant}/connections/${wave}/webhook-secret`, { secret: WAVE_SECRET })
  const cin7 = await connect(admin, tenant, 'cin7', { baseUrl: world.baseUrl('cin7') }, CIN7)
  screen.good('Wave and Cin7 connected; both answered with the company they belong to')

  const { id: integration } = await admin.call<{ id: string }>('POST', `/v1/tenants/${tenant}/integrations`, {
    pair: 'wave-cin7',
    sourceConnection: wave,
    targetConnection: cin7,
    startDate: '2026-01-01',
    settings: {
      accountReceivable: '610',
      revenueAccount: '200',
      taxRule: 'Tax on Sales',
      noTaxRule: 'Tax Exempt',
      paymentTerm: '30 days',
      location: 'Main Warehouse',
      chargeProduct: 'Service',
    },
  })
  screen.good('integration wave-cin7 switched on; its settings were checked against Cin7')
  const set = { admin, world, tenant, integration, business, screen }
  await map(set, 'account', 'Sales', '200')
  const gst = business.salesTaxes.find(({ name }) => name.includes('GST')) ?? business.salesTaxes[0]
  await admin.call('PUT', `/v1/tenants/${tenant}/integrations/${integration}/mappings/tax`, {
    entries: [{ code: gst?.graphId, target: 'Tax on Sales' }],
  })
  screen.good('mapped: Wave account Sales → Cin7 200, Wave tax GST → Cin7 "Tax on Sales"')

  await world.act('wave', 'register-webhook', { url: `${connector}/webhooks/wave/${wave}`, secret: WAVE_SECRET })
  await fetch(`${sandbox}/demo/_control/deliveries/auto`, { method: 'POST', body: JSON.stringify({ on: true }) })
  return set
}

const connect = async (
  admin: Admin,
  tenant: string,
  vendor: string,
  settings: unknown,
  credentials: unknown,
): Promise<string> => {
  const base = `/v1/tenants/${tenant}/connections`
  const { id } = await admin.call<{ id: string }>('POST', base, {
    vendor,
    environment: 'sandbox',
    name: vendor,
    settings,
  })
  await admin.call('PUT', `${base}/${id}/credentials`, credentials)
  return id
}

const map = (
  { admin, tenant, integration, business }: Omit<Set, 'screen'>,
  kind: string,
  name: string,
  target: string,
) =>
  admin.call('PUT', `/v1/tenants/${tenant}/integrations/${integration}/mappings/${kind}`, {
    entries: [{ code: business.accounts.find((account) => account.name === name)?.graphId, target }],
  })

const invoiceBecomesSale = async (set: Set): Promise<CarriedFlow[]> => {
  const { world, business, screen } = set
  screen.step('A Wave invoice is approved')
  const invoice = await world.act<Named & { number: string }>('wave', 'create-invoice', {
    customer: business.customers[0]?.bareId,
    items: [{ product: business.products[0]?.bareId, quantity: '2', unitPrice: '40', taxes: ['GST'] }],
    invoiceDate: '2026-03-02',
    dueDate: '2026-04-01',
  })
  await world.act('wave', 'approve-invoice', { id: invoice.bareId })
  const started = Date.now()
  screen.note(`Wave sends a signed invoice.approved for invoice ${invoice.number}`)
  const sale = await until(set, 'wave-cin7/invoice-to-sale', invoice.number, ['done', 'failed'])
  const customer = await until(set, 'wave-cin7/customer-to-customer', '', ['done', 'failed'])
  const seconds = Math.round((Date.now() - started) / 100) / 10
  screen.good(
    `Cin7 has customer ${business.customers[0]?.name} and sale ${sale.targetNumber}, ${seconds} s after the webhook`,
  )
  await showTimeline(set, sale)
  return [customer, sale].map((row) => ({
    flow: row.flow,
    source: row.sourceNumber,
    target: row.targetNumber,
    status: row.state,
    seconds,
  }))
}

const failureIsRepaired = async (set: Set): Promise<void> => {
  const { admin, world, business, tenant, screen } = set
  screen.step('An invoice on an account that nobody mapped')
  const consulting = business.products.find(({ name }) => name.includes('Consulting')) ?? business.products[0]
  await world.act('wave', 'edit-product', {
    id: consulting?.bareId,
    incomeAccountId: business.accounts.find(({ name }) => name === 'Consulting income')?.graphId,
  })
  const invoice = await world.act<Named & { number: string }>('wave', 'create-invoice', {
    customer: business.customers[0]?.bareId,
    items: [{ product: consulting?.bareId, quantity: '3', unitPrice: '125', taxes: [] }],
    invoiceDate: '2026-03-03',
    dueDate: '2026-04-02',
  })
  await world.act('wave', 'approve-invoice', { id: invoice.bareId })
  const failed = await until(set, 'wave-cin7/invoice-to-sale', invoice.number, ['done', 'failed'])
  if (failed.state !== 'failed') throw new Error(`expected a failure, got ${failed.state}`)
  screen.bad(failed.text)
  screen.note(`What to do: ${failed.remedy}`)
  await map(set, 'account', 'Consulting income', '201')
  screen.good('mapped: Wave account Consulting income → Cin7 201')
  await admin.call('POST', `/v1/tenants/${tenant}/records/${failed.id}/replay`, {})
  const sale = await until(set, 'wave-cin7/invoice-to-sale', invoice.number, ['done'])
  await admin.call('POST', `/v1/tenants/${tenant}/records/${failed.id}/replay`, {})
  await new Promise((wait) => setTimeout(wait, 2_000))
  const { cin7 } = await world.dump<{ cin7: { companies: { sales: unknown[] }[] } }>()
  const count = cin7.companies[0]?.sales.length ?? 0
  if (count !== 2) throw new Error(`expected 2 sales in Cin7, found ${count}`)
  screen.good(
    `replayed from the stored record: sale ${sale.targetNumber}. Replayed once more: still ${count} sales in Cin7`,
  )
}

const showTimeline = async ({ admin, tenant, screen }: Set, row: Row): Promise<void> => {
  type Entry = {
    outcome: string
    requests: { vendor: string; method: string; route: string; status: number; ms: number }[]
  }
  const { timeline } = await admin.call<{ timeline: Entry[] }>('GET', `/v1/tenants/${tenant}/records/${row.id}`)
  for (const { outcome, requests } of timeline) {
    for (const { vendor, method, route, status, ms } of requests)
      screen.note(`  ${vendor.padEnd(5)} ${method.padEnd(4)} ${route} → ${status} in ${ms} ms`)
    screen.note(`  ${outcome}`)
  }
}

const showAudit = async ({ admin, tenant, screen }: Set): Promise<void> => {
  type Entry = { seq: number; kind: string; flow?: string; sourceNumber?: string; outcome: string; text?: string }
  screen.step('The audit trail')
  const { items } = await admin.call<{ items: Entry[] }>('GET', `/v1/tenants/${tenant}/audit?limit=100`)
  for (const { seq, kind, flow = '', sourceNumber = '', outcome, text = '' } of items)
    screen.note(
      `${String(seq).padStart(3)}  ${kind.padEnd(8)} ${outcome.padEnd(22)} ${flow} ${sourceNumber} ${text}`
        .trimEnd()
        .slice(0, 150),
    )
}

/** Asks the admin API until the record is in one of these states. */
const until = async ({ admin, tenant }: Set, flow: string, number: string, states: string[]): Promise<Row> => {
  const limit = Date.now() + 60_000
  let last: Row | undefined
  while (Date.now() < limit) {
    const query = new URLSearchParams({ flow, ...(number && { q: number }) })
    const { items } = await admin.call<{ items: Row[] }>('GET', `/v1/tenants/${tenant}/records?${query}`)
    last = items[0]
    if (last && states.includes(last.state)) return last
    await new Promise((wait) => setTimeout(wait, 200))
  }
  throw new Error(`${flow} ${number} is ${last?.state ?? 'not there'} after a minute: ${last?.text ?? ''}`)
}
