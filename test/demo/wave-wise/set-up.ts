import { openWorld } from '../../support/world'
import { connect, deliverByItself, type Firm, type Stage } from '../stage'

const WAVE_TOKEN = 'demo-wave-token-of-field'
const WISE_TOKEN = 'demo-wise-token'
const PROFILE = 32_000_001

interface Seeded {
  wave: { businesses: { graphId: string; accounts: { graphId: string; name: string }[] }[] }
  wise: {
    publicKey: string
    users: { profiles: { id: number; balances: { id: number; currency: string }[]; recipients: { id: number }[] }[] }[]
  }
}

/** A firm that keeps its books in Wave and its money at Wise. */
export interface WiseFirm extends Firm {
  recipient: number
}

const ACCOUNTS = [
  { name: 'Sales', subtype: 'INCOME' },
  { name: 'Wise USD', subtype: 'CASH_AND_BANK', currency: 'USD' },
  { name: 'Payouts', subtype: 'OTHER_CURRENT_LIABILITY' },
  { name: 'Wise fees', subtype: 'PAYMENT_PROCESSING_FEES' },
  { name: 'Exchange', subtype: 'OTHER_CURRENT_ASSETS' },
  { name: 'Clearing', subtype: 'OTHER_CURRENT_LIABILITY' },
]

const LENA = {
  currency: 'EUR',
  type: 'iban',
  accountHolderName: 'Lena Fischer',
  details: {
    legalType: 'PRIVATE',
    IBAN: 'DE89370400440532013000',
    address: { country: 'DE', city: 'Berlin', firstLine: 'Lindenweg 3', postCode: '10115' },
  },
}

export const setUp = async ({ sandbox, admin, screen }: Stage): Promise<WiseFirm> => {
  const world = openWorld('demo-wave-wise', sandbox)
  const { wave, wise } = await world.seed<Seeded>({
    wave: {
      tokens: [{ token: WAVE_TOKEN }],
      businesses: [
        { name: 'Field Trading LLC', id: crypto.randomUUID(), accounts: ACCOUNTS, products: [{ name: 'Services' }] },
      ],
    },
    wise: {
      users: [
        {
          email: 'nora@field.example',
          name: 'Nora Field',
          tokens: [{ token: WISE_TOKEN }],
          profiles: [
            {
              id: PROFILE,
              name: 'Field Trading LLC',
              balances: [{ currency: 'USD', amount: '25000' }],
              recipients: [LENA],
            },
          ],
        },
      ],
      rates: { 'USD-EUR': '0.9215' },
    },
  })
  await world.switches({ 'wise.webhooks.probe': 'skip', 'wise.webhooks.allowLocal': true })
  const business = wave.businesses[0]
  const profile = wise.users[0]?.profiles[0]
  if (!business || !profile) throw new Error('the simulators made no business')
  const account = (name: string) => business.accounts.find((one) => one.name === name)?.graphId ?? name

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
  const { id: integration } = await admin.call<{ id: string }>('POST', `/v1/tenants/${tenant}/integrations`, {
    pair: 'wave-wise',
    sourceConnection: source,
    targetConnection: target,
    startDate: '2020-01-01',
    settings: {
      balances: [{ balance: String(profile.balances[0]?.id), currency: 'USD', account: account('Wise USD') }],
      payoutAccount: account('Payouts'),
      feeAccount: account('Wise fees'),
      fxAccount: account('Exchange'),
      clearingAccount: account('Clearing'),
    },
  })
  screen.good('integration wave-wise switched on; its settings were checked against both')
  await deliverByItself(sandbox, world)
  return { admin, world, tenant, integration, screen, recipient: profile.recipients[0]?.id ?? 0 }
}
