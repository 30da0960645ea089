import { createHmac, randomUUID } from 'node:crypto'
import { z } from 'zod'
import { connect, type Firm } from '../../demo/stage'
import { openWorld } from '../../support/world'
import type { Lab } from './open'
import { sleep, spread } from './waiting'

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
  invoices: Named[]
}

/** A firm that keeps its books in Wave, in a world of its own. */
export interface WaveFirm extends Firm {
  business: Business
  /** Its connections. */
  wave: string
  cin7: string
  /** What its simulators know it by. */
  credentials: { wave: string; cin7: { accountId: string; applicationKey: string } }
  settings: object
}

export interface Wanted {
  /** Approved invoices that stand in Wave from the beginning. */
  invoices?: number
  customers?: number
}

export const SALE = 'wave-cin7/invoice-to-sale'
export const SECRET = 'bench-wave-webhook-secret'
const TOKEN = 'bench-wave-token'

const invoiceForm = {
  items: [{ product: 'Misc. Services', quantity: '2', unitPrice: '40', taxes: ['GST'] }],
  invoiceDate: '2026-03-02',
  dueDate: '2026-04-01',
}

/** Set up through the admin API. Nothing is announced before somebody delivers it. */
export const openWaveFirm = async (lab: Lab, name: string, wanted: Wanted = {}): Promise<WaveFirm> => {
  const { sandbox, admin, screen } = lab
  const world = openWorld(name, sandbox)
  const cin7Keys = { accountId: randomUUID(), applicationKey: randomUUID() }
  const seeded = await world.seed<{ wave: { businesses: Business[] } }>({
    wave: { tokens: [{ token: TOKEN }], businesses: [booksWith(wanted)] },
    cin7: { accountId: cin7Keys.accountId, applicationKeys: [cin7Keys.applicationKey] },
  })
  const [business] = seeded.wave.businesses
  if (!business) throw new Error('the Wave simulator made no business')
  const { id: tenant } = await admin.call<{ id: string }>('POST', '/v1/tenants', { name })
  const at = { baseUrl: world.baseUrl('wave'), businessId: business.graphId }
  const wave = await connect(admin, tenant, 'wave', at, { kind: 'token', token: TOKEN })
  await admin.call('PUT', `/v1/tenants/${tenant}/connections/${wave}/webhook-secret`, { secret: SECRET })
  const cin7 = await connect(admin, tenant, 'cin7', { baseUrl: world.baseUrl('cin7') }, cin7Keys)
  const integration = await switchOn(lab, tenant, wave, cin7)
  const credentials = { wave: TOKEN, cin7: cin7Keys }
  const firm = { admin, world, tenant, integration, business, screen, wave, cin7, credentials, settings: SETTINGS }
  await mapAll(firm)
  return firm
}

const booksWith = ({ invoices = 0, customers = 1 }: Wanted): object => ({
  id: randomUUID(),
  customers: Array.from({ length: customers }, (_, n) => ({ name: `Customer ${n + 1}` })),
  invoices: Array.from({ length: invoices }, () => ({ ...invoiceForm, status: 'SAVED' })),
})

const SETTINGS = {
  accountReceivable: '610',
  revenueAccount: '200',
  taxRule: 'Tax on Sales',
  noTaxRule: 'Tax Exempt',
  paymentTerm: '30 days',
  location: 'Main Warehouse',
  chargeProduct: 'Service',
}

const switchOn = async ({ admin }: Lab, tenant: string, wave: string, cin7: string): Promise<string> => {
  const { id } = await admin.call<{ id: string }>('POST', `/v1/tenants/${tenant}/integrations`, {
    pair: 'wave-cin7',
    sourceConnection: wave,
    targetConnection: cin7,
    startDate: '2026-01-01',
    settings: SETTINGS,
  })
  return id
}

/** Code by code: Wave's accounts and taxes, and what they are in Cin7. */
export const mappingsOf = ({ accounts, salesTaxes }: Business) => ({
  account: accounts.map(({ graphId }) => ({ code: graphId, target: '200' })),
  tax: salesTaxes.map(({ graphId }) => ({ code: graphId, target: 'Tax on Sales' })),
  bank: accounts.filter(({ name }) => /cash/i.test(name)).map(({ graphId }) => ({ code: graphId, target: '713' })),
})

const mapAll = async ({ admin, tenant, integration, business }: WaveFirm): Promise<void> => {
  for (const [kind, entries] of Object.entries(mappingsOf(business)))
    await admin.call('PUT', `/v1/tenants/${tenant}/integrations/${integration}/mappings/${kind}`, { entries })
}

/** As Wave signs it (wave sheet section 7), anew for each: none is a repeat. */
export const signedEvent = ({ business }: WaveFirm, invoice: string, event = 'invoice.approved') => {
  const data = { invoice_id: invoice, customer_id: business.customers[0]?.bareId ?? '', currency_code: 'USD' }
  const body = JSON.stringify({ event_id: randomUUID(), event_type: event, business_id: business.bareId, data })
  const t = String(Math.floor(Date.now() / 1000))
  const v1 = createHmac('sha256', SECRET).update(`${t}.${body}`).digest('hex')
  return { body, headers: { 'content-type': 'application/json', 'x-wave-signature': `t=${t},v1=${v1}` } }
}

export const deliver = async (lab: Lab, firm: WaveFirm, invoices: string[], event?: string): Promise<void> => {
  await spread(invoices, 16, async (invoice) => {
    const { body, headers } = signedEvent(firm, invoice, event)
    const response = await fetch(`${lab.connector}/webhooks/wave/${firm.wave}`, { method: 'POST', body, headers })
    await response.arrayBuffer()
    if (!response.ok) throw new Error(`a webhook was answered ${response.status}`)
  })
}

export const order = ({ admin, tenant, integration }: WaveFirm, what: 'poll' | 'pause' | 'resume' | 'backfill') =>
  admin.call(
    'POST',
    `/v1/tenants/${tenant}/integrations/${integration}/${what}`,
    what === 'backfill' ? { flows: [SALE] } : undefined,
  )

/** How many records of a flow are done in D1, which is what people see. */
export const doneIn = async (lab: Lab, { tenant }: { tenant: string }, flow = SALE): Promise<number> => {
  const query = `select count(*) as done from records where tenant = ? and flow = ? and state = 'done'`
  const [row] = await lab.query(z.object({ done: z.number() }), query, tenant, flow)
  return row?.done ?? 0
}

/** Until so many are; a failure ends it at once. Answers when it was so. */
export const untilDone = async (lab: Lab, firm: { tenant: string }, wanted: number, flow = SALE): Promise<number> => {
  const limit = Date.now() + 600_000
  while (Date.now() < limit) {
    if ((await doneIn(lab, firm, flow)) >= wanted) return performance.now()
    await refuseFailed(lab, firm)
    await sleep(100)
  }
  throw new Error(`${await doneIn(lab, firm, flow)} of ${wanted} records of ${flow} are done after ten minutes`)
}

const refuseFailed = async (lab: Lab, { tenant }: { tenant: string }): Promise<void> => {
  const query = `select flow, text from records where tenant = ? and state = 'failed' limit 1`
  const [failed] = await lab.query(z.object({ flow: z.string(), text: z.string() }), query, tenant)
  if (failed) throw new Error(`${failed.flow} failed: ${failed.text}`)
}

/** Until nothing is in work or on its way to D1. */
export const untilQuiet = async (lab: Lab, { tenant }: { tenant: string }): Promise<void> => {
  const limit = Date.now() + 120_000
  for (let calm = 0; calm < 3 && Date.now() < limit; ) {
    const response = await fetch(`${lab.connector}/_bench/health/${tenant}`)
    const health: unknown = await response.json()
    const busy = JSON.stringify(health)
    calm = /"waiting":0\b/.test(busy) && /"outbox":0\b/.test(busy) ? calm + 1 : 0
    await sleep(300)
  }
}
