import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { ACCOUNTS, CIN7, line, REALM, SETTINGS } from '../../support/quickbooks-cin7-firm'
import { companyButton, press } from '../../support/quickbooks-consent'
import { type Bare, connect, type Office, openBare } from '../office'
import type { Random } from '../random'
import type { Stage } from '../stage'
import { again } from '../waiting'

export interface QuickbooksCin7 extends Office {
  realm: string
  accountId: string
}

const Made = z.object({ ID: z.string() })

/** Fifteen digits are enough to tell the cells apart: the connector finds a company by its number. */
const newRealm = (): string =>
  `9341${BigInt(`0x${randomUUID().slice(0, 8)}`)
    .toString()
    .padStart(15, '0')}`

/** Connected, by consent and by key, accounts mapped, and both vendors tell of what happens. */
export const openQuickbooksCin7 = async (stage: Stage, name: string): Promise<QuickbooksCin7> => {
  const bare = await openBare(stage, name)
  const { world, admin, tenant } = bare
  const [realm, accountId, applicationKey] = [newRealm(), randomUUID(), randomUUID()]
  await seedQuickbooks(stage, bare, realm)
  await world.seed({ cin7: { accountId, applicationKeys: [applicationKey], ...CIN7 } })
  // Else some of its events name a document inside the purchase, which is nobody's record.
  await world.switches({ 'cin7.webhooks.purchaseTaskIdIsPurchase': true })
  const targetConnection = await consent(bare, realm)
  const settings = { baseUrl: world.baseUrl('cin7') }
  const sourceConnection = await connect(bare, { vendor: 'cin7', settings, credentials: { accountId, applicationKey } })
  const wanted = {
    pair: 'quickbooks-cin7',
    sourceConnection,
    targetConnection,
    startDate: '2026-01-01',
    settings: SETTINGS,
  }
  const { id: integration } = await again(() =>
    admin.call<{ id: string }>('POST', `/v1/tenants/${tenant}/integrations`, wanted),
  )
  const office: QuickbooksCin7 = { ...bare, integration, realm, accountId }
  const entries = [{ code: '630', target: '81' }]
  const base = `/v1/tenants/${tenant}`
  await again(() => admin.call('PUT', `${base}/integrations/${integration}/mappings/account`, { entries }))
  await again(() => admin.call('POST', `${base}/connections/${sourceConnection}/webhooks`))
  await office.control('deliveries/auto', { on: true })
  return office
}

/** QuickBooks does not look for numbers that are there twice: what the connector posts twice is to be seen. */
const seedQuickbooks = ({ apps, workers }: Stage, { world }: Bare, realmId: string): Promise<unknown> => {
  const { webhookSecret: verifierToken = '', ...app } = apps.quickbooks ?? {}
  const redirectUris = [`${workers.connector}/oauth/quickbooks/callback`]
  const hook = { url: `${workers.connector}/webhooks/quickbooks/app/sandbox` }
  const company = { realmId, environment: 'sandbox', warnDuplicateBills: false, accounts: ACCOUNTS, ...REALM }
  return world.seed({
    quickbooks: {
      apps: [{ ...app, verifierToken, redirectUris, environment: 'development', hook }],
      realms: [company],
      grants: [],
    },
  })
}

/** What the user's browser does, from the beginning where something was late. */
const consent = async ({ admin, tenant, world }: Bare, realm: string): Promise<string> => {
  const base = `/v1/tenants/${tenant}/connections`
  const settings = { baseUrl: world.baseUrl('quickbooks') }
  const named = { vendor: 'quickbooks', environment: 'sandbox', name: 'QuickBooks', settings }
  const { id } = await admin.call<{ id: string }>('POST', base, named)
  await again(async () => {
    const { url } = await admin.call<{ url: string }>('GET', `${base}/${id}/authorize`)
    const page = await fetch(await press(url, companyButton(realm)))
    if (!page.ok) throw new Error(`the consent ended with ${page.status}`)
  })
  await again(() => admin.call('POST', `${base}/${id}/confirm`))
  return id
}

const cents = (value: number): number => Math.round(value * 100) / 100

/** Its amount comes to cents whatever the price. */
const row = (random: Random, sku: string) => {
  const [quantity, price] = [random.between(1, 40), random.between(100, 99_999) / 100]
  return line(sku, quantity, price, random.chance(0.5) ? cents(quantity * price * 0.2) : 0)
}

const rows = (random: Random) => ['WIDGET', 'GADGET'].slice(0, random.between(1, 2)).map((sku) => row(random, sku))

/** One or two lines, with tax or without, in the home currency or in another. Answers its id. */
export const buy = async (
  { world }: QuickbooksCin7,
  random: Random,
  number: number,
  upTo: 'order' | 'invoice',
): Promise<string> => {
  const form = {
    supplier: random.pick(['Bayside', 'Northern']),
    type: random.pick(['Simple', 'Advanced', 'Service']),
    upTo,
    date: '2026-03-02',
    dueDate: '2026-04-01',
    invoiceNumber: `INV-${number}`,
    lines: rows(random),
  }
  return Made.parse(await world.act('cin7', 'create-purchase', form)).ID
}

export const credit = ({ world }: QuickbooksCin7, random: Random, number: number, purchase: string) =>
  world.act('cin7', 'credit-purchase', {
    purchase,
    number: `CN-${number}`,
    date: '2026-03-20',
    lines: [line('WIDGET', 1, random.between(100, 9_900) / 100, 0.5)],
  })

const WORDS = ['North', 'Quay', 'Mill', 'Øst', 'Hill', 'Côté', 'Pine', 'O’Lake'] as const
const Suppliers = z.object({ cin7: z.object({ suppliers: z.tuple([Made]) }) })

export const newSupplier = async ({ world, accountId }: QuickbooksCin7, random: Random, number: number) => {
  const Name = `${random.pick(WORDS)} ${random.pick(WORDS)} No. ${number}`
  const Currency = random.pick(['USD', 'CAD'])
  const { currencyRates } = CIN7
  const seeded = await world.seed({ cin7: { accountId, currencyRates, suppliers: [{ Name, Currency }] } })
  return Suppliers.parse(seeded).cin7.suppliers[0].ID
}
