import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { openPayers, type Payers } from '../../support/node/payers'
import { PAYOUT, RATES, settingsFor, waveBusiness, wiseProfile } from '../../support/wave-wise-firm'
import { type Bare, connect, type Office, openBare } from '../office'
import type { Stage } from '../stage'
import { again } from '../waiting'
import { type Approving, keepApproving } from './approving'

const WAVE_TOKEN = 'chaos-wave-token'
const WAVE_SECRET = 'chaos-wave-webhook-secret'
const WISE_TOKEN = 'chaos-wise-token'

/** In memo or PO number: such an invoice is paid through Wise once it is paid in Wave. */
export const MARKER = 'VIA-WISE'

const Named = z.object({ graphId: z.string(), name: z.string() })
const Seeded = z.object({
  wave: z.object({
    businesses: z.tuple([
      z.object({ graphId: z.string(), accounts: z.array(Named), customers: z.tuple([Named]).rest(Named) }),
    ]),
  }),
  wise: z.object({
    publicKey: z.string(),
    users: z.tuple([
      z.object({
        profiles: z.tuple([
          z.object({
            id: z.number(),
            balances: z.array(z.object({ id: z.number(), currency: z.string() })),
            recipients: z.tuple([z.object({ id: z.number() })]),
          }),
        ]),
      }),
    ]),
  }),
})

export interface WaveWise extends Office, Payers {
  /** GraphQL id of Lena. */
  customer: string
  /** At Wise, of somebody whom people pay there. */
  recipient: number
  approving: Approving
}

/** One company has one connection in a deployment, so each cell has a profile of its own. */
let profiles = 34_000_000

/** Enough for any number of records. */
const MUCH = '90000000'

const seedOf = () => {
  profiles += 1
  const balances = ['USD', 'EUR'].map((currency) => ({ currency, amount: MUCH }))
  return {
    wave: { tokens: [{ token: WAVE_TOKEN }], businesses: [waveBusiness({ id: randomUUID() })] },
    wise: {
      users: [
        {
          email: 'nora@field.example',
          name: 'Nora Field',
          tokens: [{ token: WISE_TOKEN }],
          profiles: [wiseProfile(profiles, { balances })],
        },
      ],
      rates: RATES,
    },
  }
}

/**
 * Wise may leave a price for a day (wise sheet 5): half an hour is over in seconds here. A second transaction with the same external
 * id is booked, so that one that is sent twice shows.
 */
const SWITCHES = {
  'wise.webhooks.probe': 'skip',
  'wise.webhooks.allowLocal': true,
  'wise.quotes.rateMinutes': 4_320,
  'wise.quotes.quoteMinutes': 1_440,
  'wave.externalId.duplicate': 'accept',
}

/** Repeating it repairs what Wise has not answered in time. */
const registerHooks = async ({ admin, tenant }: Bare, connection: string): Promise<void> => {
  const path = `/v1/tenants/${tenant}/connections/${connection}/webhooks`
  const { problems } = await admin.call<{ problems: string[] }>('POST', path)
  if (problems.length > 0) throw new Error(problems.join('; '))
}

/** Connected, payments allowed without a limit that matters, and what both sides tell on its way as it happens. */
export const openWaveWise = async (stage: Stage, name: string): Promise<WaveWise> => {
  const bare = await openBare(stage, name)
  const { world, admin, tenant } = bare
  const { connector } = stage.workers
  const { wave, wise } = Seeded.parse(await world.seed(seedOf()))
  const [business] = wave.businesses
  const [profile] = wise.users[0].profiles
  const [lena] = business.customers
  await world.switches(SWITCHES)
  const sourceConnection = await connect(bare, {
    vendor: 'wave',
    settings: { baseUrl: world.baseUrl('wave'), businessId: business.graphId },
    credentials: { kind: 'token', token: WAVE_TOKEN },
    webhookSecret: WAVE_SECRET,
  })
  const targetConnection = await connect(bare, {
    vendor: 'wise',
    settings: { baseUrl: world.baseUrl('wise'), webhookPublicKey: wise.publicKey, profileId: String(profile.id) },
    credentials: { kind: 'token', token: WISE_TOKEN },
  })
  await again(() => registerHooks(bare, targetConnection))
  const accounts = settingsFor({
    account: (wanted) => business.accounts.find((one) => one.name === wanted)?.graphId ?? wanted,
    balance: (currency) => String(profile.balances.find((one) => one.currency === currency)?.id),
  })
  const rule = { customers: [lena.graphId], marker: MARKER }
  const base = `/v1/tenants/${tenant}/integrations`
  const wanted = {
    pair: 'wave-wise',
    sourceConnection,
    targetConnection,
    startDate: '2026-01-01',
    settings: { ...accounts, payout: { ...PAYOUT, perTransfer: MUCH, perDay: MUCH, rule } },
  }
  const { id: integration } = await again(() => admin.call<{ id: string }>('POST', base, wanted))
  const url = `${connector}/webhooks/wave/${sourceConnection}`
  await world.act('wave', 'register-webhook', { url, secret: WAVE_SECRET })
  const payers = await openPayers(admin, connector)
  const approving = keepApproving(payers, `${base}/${integration}`)
  const close = () => {
    approving.stop()
    bare.close()
  }
  await bare.control('deliveries/auto', { on: true })
  return {
    ...{ ...bare, ...payers, integration, approving, close },
    customer: lena.graphId,
    recipient: profile.recipients[0].id,
  }
}
