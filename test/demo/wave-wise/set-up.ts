import { openPayers, type Payers } from '../../support/node/payers'
import { PAYOUT, RATES, settingsFor, waveBusiness, wiseProfile } from '../../support/wave-wise-firm'
import { openWorld } from '../../support/world'
import { connect, deliverByItself, type Firm, type Stage } from '../stage'

const WAVE_TOKEN = 'demo-wave-token-of-field'
const WISE_TOKEN = 'demo-wise-token'
const PROFILE_ID = 32_000_001

interface Seeded {
  wave: {
    businesses: {
      graphId: string
      accounts: { graphId: string; name: string }[]
      customers: { graphId: string }[]
    }[]
  }
  wise: {
    publicKey: string
    users: { profiles: { id: number; balances: { id: number; currency: string }[]; recipients: { id: number }[] }[] }[]
  }
}

/** A firm that keeps its books in Wave and its money at Wise. */
export interface WiseFirm extends Firm, Payers {
  /** GraphQL id of Lena at Wave. */
  customer: string
  /** Somebody who was paid before, on wise.com. */
  recipient: number
}

const seedOf = () => ({
  wave: { tokens: [{ token: WAVE_TOKEN }], businesses: [waveBusiness({ name: 'Field Trading LLC' })] },
  wise: {
    users: [
      {
        email: 'nora@field.example',
        name: 'Nora Field',
        tokens: [{ token: WISE_TOKEN }],
        profiles: [wiseProfile(PROFILE_ID)],
      },
    ],
    rates: RATES,
  },
})

export const setUp = async ({ connector, sandbox, admin, screen }: Stage): Promise<WiseFirm> => {
  const world = openWorld('demo-wave-wise', sandbox)
  const { wave, wise } = await world.seed<Seeded>(seedOf())
  await world.switches({ 'wise.webhooks.probe': 'skip', 'wise.webhooks.allowLocal': true })
  const business = wave.businesses[0]
  const profile = wise.users[0]?.profiles[0]
  if (!business || !profile) throw new Error('the simulators made no business')

  screen.step('Setting up through the admin API')
  const { id: tenant } = await admin.call<{ id: string }>('POST', '/v1/tenants', { name: 'Field Trading LLC' })
  const source = await connect(
    admin,
    tenant,
    'wave',
    { baseUrl: world.baseUrl('wave'), businessId: business.graphId },
    { kind: 'token', token: WAVE_TOKEN },
  )
  const target = await connect(
    admin,
    tenant,
    'wise',
    { baseUrl: world.baseUrl('wise'), webhookPublicKey: wise.publicKey, profileId: String(profile.id) },
    { kind: 'token', token: WISE_TOKEN },
  )
  await admin.call('POST', `/v1/tenants/${tenant}/connections/${target}/webhooks`)
  screen.good('Wave and Wise connected; webhooks registered at Wise')
  const accounts = settingsFor({
    account: (name) => business.accounts.find((one) => one.name === name)?.graphId ?? name,
    balance: (currency) => String(profile.balances.find((one) => one.currency === currency)?.id),
  })
  const { id: integration } = await admin.call<{ id: string }>('POST', `/v1/tenants/${tenant}/integrations`, {
    pair: 'wave-wise',
    sourceConnection: source,
    targetConnection: target,
    startDate: '2020-01-01',
    settings: { ...accounts, payout: PAYOUT },
  })
  screen.good('integration wave-wise switched on; its settings were checked against both')
  const payers = await openPayers(admin, connector)
  screen.good('keys made: Ada asks for payments, Ben approves them, and neither can do both')
  await deliverByItself(sandbox, world)
  return {
    ...{ admin, world, tenant, integration, screen, ...payers },
    customer: business.customers[0]?.graphId ?? '',
    recipient: profile.recipients[0]?.id ?? 0,
  }
}

interface NewInvoice {
  number: string
  currency: string
  exchangeRate?: string
  price: string
}

/** An approved invoice of one line. Answers its GraphQL id. */
export const bill = async ({ world, customer }: WiseFirm, { price, ...terms }: NewInvoice): Promise<string> => {
  const { graphId } = await world.act<{ graphId: string }>('wave', 'create-invoice', {
    customer,
    items: [{ product: 'Misc. Services', quantity: '1', unitPrice: price }],
    status: 'SAVED',
    invoiceDate: '2026-03-02',
    dueDate: '2026-04-01',
    ...terms,
  })
  return graphId
}
