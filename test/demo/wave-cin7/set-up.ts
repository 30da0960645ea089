import { openWorld } from '../../support/world'
import { connect, deliverByItself, type Firm, type Stage } from '../stage'

export interface Named {
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

/** A firm that keeps its books in Wave. */
export interface WaveFirm extends Firm {
  business: Business
}

const WAVE_TOKEN = 'demo-wave-token'
const WAVE_SECRET = 'demo-wave-webhook-secret'
const CIN7 = {
  accountId: '0b8e7a62-5a4b-4a55-9d5e-3f1f0c1f2a11',
  applicationKey: '5d1f4c8a-7c7e-4b6e-8f57-1c2d3e4f5a6b',
}

export const setUp = async ({ connector, sandbox, admin, screen }: Stage): Promise<WaveFirm> => {
  const world = openWorld('demo-wave-cin7', sandbox)
  const seeded = await world.seed<{ wave: { businesses: Business[] } }>({
    wave: { tokens: [{ token: WAVE_TOKEN }] },
    cin7: { accountId: CIN7.accountId, applicationKeys: [CIN7.applicationKey] },
  })
  const [business] = seeded.wave.businesses
  if (!business) throw new Error('the Wave simulator made no business')

  screen.step('Setting up through the admin API')
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
      // The second customer delivers, too.
      roles: { [business.customers[1]?.graphId ?? '']: 'both' },
      suppliers: { accountPayable: '800', taxRule: 'Tax on Purchases' },
    },
  })
  screen.good('integration wave-cin7 switched on; its settings were checked against Cin7')
  const set = { admin, world, tenant, integration, business, screen }
  await map(set, 'account', 'Sales', '200')
  const gst = business.salesTaxes.find(({ name }) => name.includes('GST')) ?? business.salesTaxes[0]
  await admin.call('PUT', `/v1/tenants/${tenant}/integrations/${integration}/mappings/tax`, {
    entries: [{ code: gst?.graphId, target: 'Tax on Sales' }],
  })
  await map(set, 'bank', 'Cash on hand', '713')
  screen.good('mapped: Wave account Sales → Cin7 200, Cash on hand → 713, Wave tax GST → Cin7 "Tax on Sales"')

  await world.act('wave', 'register-webhook', { url: `${connector}/webhooks/wave/${wave}`, secret: WAVE_SECRET })
  await deliverByItself(sandbox, world)
  return set
}

export const map = (
  { admin, tenant, integration, business }: Omit<WaveFirm, 'screen'>,
  kind: string,
  name: string,
  target: string,
) =>
  admin.call('PUT', `/v1/tenants/${tenant}/integrations/${integration}/mappings/${kind}`, {
    entries: [{ code: business.accounts.find((account) => account.name === name)?.graphId, target }],
  })
