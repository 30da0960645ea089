import { BUSINESS, type Chart, chartOf, mapAll, settings } from '../../support/freshbooks-cin7-set-up'
import { connectByConsent } from '../../support/node/consent'
import { seedOwner } from '../../support/node/freshbooks'
import { openWorld } from '../../support/world'
import { connect, deliverByItself, type Firm, type Stage } from '../stage'

const CIN7 = {
  accountId: '3c1d5a0e-8a0f-4d43-9a2e-9f7b1c6d2e10',
  applicationKey: 'a4d0f0b2-3f5e-4c1a-8c39-6f1f2b7d9e21',
}

const MAPLE = {
  ...BUSINESS,
  name: 'Maple Goods',
  billVendors: [{ vendor_name: 'Staples', currency_code: 'USD', language: 'en' }],
}

/** A firm that keeps its books in FreshBooks. */
export interface FreshbooksFirm extends Firm, Chart {}

export const setUp = async (stage: Stage): Promise<FreshbooksFirm> => {
  const { sandbox, admin, screen } = stage
  const world = openWorld('demo-freshbooks-cin7', sandbox)
  const { identity } = await seedOwner(world, stage, MAPLE)
  await world.seed({ cin7: { accountId: CIN7.accountId, applicationKeys: [CIN7.applicationKey] } })

  screen.step('Setting up through the admin API')
  const { id: tenant } = await admin.call<{ id: string }>('POST', '/v1/tenants', { name: MAPLE.name })
  screen.good(`tenant ${MAPLE.name}`)
  const freshbooks = await connectByConsent(admin, tenant, {
    vendor: 'freshbooks',
    settings: { baseUrl: world.baseUrl('freshbooks') },
    identity,
  })
  screen.good('FreshBooks connected by consent at its own page; the company was confirmed')
  const cin7 = await connect(admin, tenant, 'cin7', { baseUrl: world.baseUrl('cin7') }, CIN7)
  screen.good('Cin7 connected; it answered with the company it belongs to')

  const { id: integration } = await admin.call<{ id: string }>('POST', `/v1/tenants/${tenant}/integrations`, {
    pair: 'freshbooks-cin7',
    sourceConnection: freshbooks,
    targetConnection: cin7,
    startDate: '2026-01-01',
    settings: settings(),
  })
  screen.good('integration freshbooks-cin7 switched on; its settings were checked against Cin7')
  const firm = { admin, world, tenant, integration, screen, ...(await chartOf(world)) }
  await mapAll(firm)
  screen.good('mapped: FreshBooks taxes HST and QST, its expense categories and ledger accounts')

  await deliverByItself(sandbox, world)
  await admin.call('POST', `/v1/tenants/${tenant}/connections/${freshbooks}/webhooks`)
  await verified(firm)
  screen.good('callbacks registered; FreshBooks has called each of them, and each answered with its verifier')
  return firm
}

interface Callbacks {
  freshbooks: { accounts: { callbacks: { verified: boolean }[] }[] }
}

const HANDSHAKE_LIMIT_MS = 20_000

/** FreshBooks tells of nothing before its handshake has been answered. */
const verified = async ({ world }: Firm): Promise<void> => {
  for (const limit = Date.now() + HANDSHAKE_LIMIT_MS; Date.now() < limit; ) {
    const [account] = (await world.dump<Callbacks>()).freshbooks.accounts
    const callbacks = account?.callbacks ?? []
    if (callbacks.length > 0 && callbacks.every((callback) => callback.verified)) return
    await new Promise((wait) => setTimeout(wait, 200))
  }
  throw new Error('FreshBooks has verified no callbacks')
}
