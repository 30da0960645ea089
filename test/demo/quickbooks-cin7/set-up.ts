import { ACCOUNTS, CIN7, REALM, SETTINGS } from '../../support/quickbooks-cin7-firm'
import { companyButton, press } from '../../support/quickbooks-consent'
import { openWorld } from '../../support/world'
import { connect, deliverByItself, type Firm, type Stage } from '../stage'

const REALM_ID = '9341453000000000001'
const KEYS = {
  accountId: '6c1a1c8e-6d0b-4b27-9d0d-0c7a1f6f1b01',
  applicationKey: 'a3b8d1b6-0b3b-4b1a-9c1a-1a2b3c4d5e6f',
}

export interface QuickbooksFirm extends Firm {
  realm: string
}

/** A firm that buys in Cin7 and keeps its books in QuickBooks. */
export const setUp = async (stage: Stage): Promise<QuickbooksFirm> => {
  const { sandbox, admin, screen } = stage
  const world = openWorld('demo-quickbooks-cin7', sandbox)
  await seed(stage, world)
  screen.step('Setting up through the admin API')
  const { id: tenant } = await admin.call<{ id: string }>('POST', '/v1/tenants', { name: 'Harbour Lane Supplies' })
  screen.good('tenant Harbour Lane Supplies')
  const quickbooks = await connectQuickbooks(stage, tenant, world.baseUrl('quickbooks'))
  screen.good('QuickBooks connected by consent: the user chose the company on Intuit’s page, and confirmed it')
  const cin7 = await connect(admin, tenant, 'cin7', { baseUrl: world.baseUrl('cin7') }, KEYS)
  await admin.call('POST', `/v1/tenants/${tenant}/connections/${cin7}/webhooks`)
  screen.good('Cin7 connected; webhooks registered there')
  const { id: integration } = await admin.call<{ id: string }>('POST', `/v1/tenants/${tenant}/integrations`, {
    pair: 'quickbooks-cin7',
    sourceConnection: cin7,
    targetConnection: quickbooks,
    startDate: '2026-01-01',
    settings: SETTINGS,
  })
  screen.good('integration quickbooks-cin7 switched on; its settings were checked against QuickBooks')
  const firm = { admin, world, tenant, integration, screen, realm: REALM_ID }
  await map(firm, 'account', { 630: '81' })
  screen.good('mapped: Cin7 account 630 → QuickBooks Inventory Asset')
  await deliverByItself(sandbox, world)
  return firm
}

const seed = ({ apps, connector }: Stage, world: Firm['world']): Promise<unknown> => {
  const { webhookSecret: verifierToken = '', ...app } = apps.quickbooks ?? {}
  const redirectUris = [`${connector}/oauth/quickbooks/callback`]
  const hook = { url: `${connector}/webhooks/quickbooks/app/sandbox` }
  const company = { realmId: REALM_ID, companyName: 'Harbour Lane Supplies', environment: 'sandbox', ...REALM }
  return world.seed({
    quickbooks: {
      apps: [{ ...app, verifierToken, redirectUris, environment: 'development', hook }],
      realms: [{ ...company, accounts: ACCOUNTS }],
      grants: [],
    },
    cin7: { accountId: KEYS.accountId, applicationKeys: [KEYS.applicationKey], ...CIN7 },
  })
}

/** What the user's browser does: to Intuit's page, and from there back to the connector. */
const connectQuickbooks = async ({ admin }: Stage, tenant: string, baseUrl: string): Promise<string> => {
  const base = `/v1/tenants/${tenant}/connections`
  const wanted = { vendor: 'quickbooks', environment: 'sandbox', name: 'QuickBooks', settings: { baseUrl } }
  const { id } = await admin.call<{ id: string }>('POST', base, wanted)
  const { url } = await admin.call<{ url: string }>('GET', `${base}/${id}/authorize`)
  const page = await fetch(await press(url, companyButton(REALM_ID)))
  if (!page.ok) throw new Error(`${page.status} ${await page.text()}`)
  await admin.call('POST', `${base}/${id}/confirm`)
  return id
}

export const map = (
  { admin, tenant, integration }: Firm,
  kind: string,
  entries: Record<string, string>,
): Promise<unknown> =>
  admin.call('PUT', `/v1/tenants/${tenant}/integrations/${integration}/mappings/${kind}`, {
    entries: Object.entries(entries).map(([code, target]) => ({ code, target })),
  })
