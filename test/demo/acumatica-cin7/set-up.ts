import {
  ACUMATICA_APP,
  ACUMATICA_USER,
  acumaticaSeed,
  BACK,
  BOOKS,
  CIN7_SEED,
  pushTo,
  SETTINGS,
} from '../../support/acumatica-cin7-firm'
import { openWorld } from '../../support/world'
import { connect, deliverByItself, type Firm, type Stage } from '../stage'

const KEYS = {
  accountId: '2f6c9b1e-77a1-4c58-8d35-5b1f0c9e2a44',
  applicationKey: '7be2d0a4-1f33-4b0e-a1b5-0d9c8e7f6a52',
}
const PUSH_SECRET = 'demo-acumatica-push-secret'
const on = { enabled: true }

/** A distributor that buys in Cin7 and keeps its books in Acumatica. */
export const setUp = async (stage: Stage, name = 'demo-acumatica-cin7'): Promise<Firm> => {
  const { sandbox, connector, admin, screen } = stage
  const world = openWorld(name, sandbox)
  const vendors = [{ VendorID: 'NORTH', VendorName: 'Northern', MainContact: { Email: 'ap@north.example' } }]
  await world.seed({
    acumatica: acumaticaSeed({ ...BOOKS, vendors }, connector),
    cin7: { accountId: KEYS.accountId, applicationKeys: [KEYS.applicationKey], ...CIN7_SEED },
  })
  screen.step('Setting up through the admin API')
  const { id: tenant } = await admin.call<{ id: string }>('POST', '/v1/tenants', { name: 'Bayside Distribution' })
  screen.good('tenant Bayside Distribution')
  const tenantUrl = 'https://bayside.acumatica.example/Prod'
  const baseUrl = `${world.baseUrl('acumatica')}/Prod`
  const acumatica = await connect(
    admin,
    tenant,
    'acumatica',
    { tenantUrl, baseUrl, callsPerMinute: 600 },
    { kind: 'password', ...ACUMATICA_APP, ...ACUMATICA_USER },
  )
  const path = `/v1/tenants/${tenant}/connections`
  await admin.call('PUT', `${path}/${acumatica}/webhook-secret`, { secret: PUSH_SECRET })
  const push = [pushTo(`${connector}/webhooks/acumatica/${acumatica}`, PUSH_SECRET)]
  await world.act('acumatica', 'settings', { push })
  screen.good('Acumatica connected, endpoint Default/24.200.001; its push notifications come here')
  const cin7 = await connect(admin, tenant, 'cin7', { baseUrl: world.baseUrl('cin7') }, KEYS)
  await admin.call('POST', `${path}/${cin7}/webhooks`)
  screen.good('Cin7 connected; webhooks registered there')
  const { id: integration } = await admin.call<{ id: string }>('POST', `/v1/tenants/${tenant}/integrations`, {
    pair: 'acumatica-cin7',
    sourceConnection: cin7,
    targetConnection: acumatica,
    startDate: '2026-01-01',
    settings: { ...SETTINGS, back: BACK },
    flows: { 'acumatica-cin7/order-to-purchase': on, 'acumatica-cin7/bill-to-purchase': on },
  })
  screen.good('integration acumatica-cin7 switched on, both ways; its settings were checked against both')
  const firm = { admin, world, tenant, integration, screen }
  await map(firm, 'account', { 630: '12100' })
  screen.good('mapped: Cin7 account 630 → Acumatica 12100 (Inventory asset)')
  await deliverByItself(sandbox, world)
  return firm
}

export const map = (
  { admin, tenant, integration }: Firm,
  kind: string,
  entries: Record<string, string>,
): Promise<unknown> =>
  admin.call('PUT', `/v1/tenants/${tenant}/integrations/${integration}/mappings/${kind}`, {
    entries: Object.entries(entries).map(([code, target]) => ({ code, target })),
  })
