import { randomUUID } from 'node:crypto'
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
import { connect, type Office, openBare } from '../office'
import type { Random } from '../random'
import type { Stage } from '../stage'
import { again } from '../waiting'

const PUSH_SECRET = 'chaos-acumatica-push-secret'

export const SUPPLIERS = ['Bayside', 'Harbour Lane'] as const

/** Of vendors that Acumatica has from the start. */
export const VENDORS = ['NORTH', 'QUAY'] as const

/** Connected, every account mapped, and what both sides tell on its way as it happens. */
export const openAcumaticaCin7 = async (stage: Stage, name: string, back: boolean): Promise<Office> => {
  const bare = await openBare(stage, name)
  const { world, admin, tenant } = bare
  const { connector } = stage.workers
  const keys = { accountId: randomUUID(), applicationKey: randomUUID() }
  const vendors = VENDORS.map((VendorID) => ({ VendorID, VendorName: `${VendorID} Trading` }))
  await world.seed({
    acumatica: acumaticaSeed({ ...BOOKS, vendors }, connector),
    cin7: {
      ...CIN7_SEED,
      suppliers: SUPPLIERS.map((Name) => ({ Name })),
      accountId: keys.accountId,
      applicationKeys: [keys.applicationKey],
    },
  })
  const targetConnection = await connect(bare, {
    vendor: 'acumatica',
    settings: {
      tenantUrl: `https://${name}.acumatica.example/Prod`,
      baseUrl: `${world.baseUrl('acumatica')}/Prod`,
    },
    credentials: { kind: 'password', ...ACUMATICA_APP, ...ACUMATICA_USER },
    webhookSecret: PUSH_SECRET,
  })
  const push = [pushTo(`${connector}/webhooks/acumatica/${targetConnection}`, PUSH_SECRET)]
  await world.act('acumatica', 'settings', { push })
  const sourceConnection = await connect(bare, {
    vendor: 'cin7',
    settings: { baseUrl: world.baseUrl('cin7') },
    credentials: keys,
  })
  await again(() => admin.call('POST', `/v1/tenants/${tenant}/connections/${sourceConnection}/webhooks`))
  const enabled = { enabled: back }
  const wanted = {
    pair: 'acumatica-cin7',
    sourceConnection,
    targetConnection,
    startDate: '2026-01-01',
    settings: { ...SETTINGS, back: BACK },
    flows: { 'acumatica-cin7/order-to-purchase': enabled, 'acumatica-cin7/bill-to-purchase': enabled },
  }
  const base = `/v1/tenants/${tenant}/integrations`
  const { id: integration } = await again(() => admin.call<{ id: string }>('POST', base, wanted))
  const entries = [
    { code: '630', target: '12100' },
    { code: '400', target: '61000' },
  ]
  await again(() => admin.call('PUT', `${base}/${integration}/mappings/account`, { entries }))
  const office: Office = { ...bare, integration }
  await office.control('deliveries/auto', { on: true })
  return office
}

const cents = (value: number): number => Math.round(value * 100) / 100

const row = (random: Random, SKU: string) => {
  const [Quantity, Price] = [random.between(1, 40), random.between(100, 99_999) / 100]
  const Total = cents(Quantity * Price)
  const Tax = random.chance(0.5) ? cents(Total * 0.2) : 0
  return { SKU, Quantity, Price, Tax, TaxRule: 'Tax on Purchases', Total, Account: '630' }
}

/** One or two products and perhaps a charge, with and without tax. */
export const purchaseForm = (random: Random, number: number, upTo: 'order' | 'invoice') => {
  const Total = random.between(500, 9_900) / 100
  const freight = { Description: 'Freight', Quantity: 1, Price: Total, Tax: 0, TaxRule: 'Tax Exempt', Total }
  return {
    supplier: random.pick(SUPPLIERS),
    type: random.pick(['Simple', 'Advanced']),
    upTo,
    date: '2026-03-02',
    dueDate: '2026-04-01',
    invoiceNumber: `INV-${number}`,
    lines: ['WIDGET', 'GADGET'].slice(0, random.between(1, 2)).map((sku) => row(random, sku)),
    charges: random.chance(0.3) ? [{ ...freight, Account: '400' }] : [],
  }
}

export const creditForm = (random: Random, number: number) => ({
  number: `CN-${number}`,
  date: '2026-03-20',
  lines: [row(random, 'WIDGET')].map((one) => ({ ...one, Quantity: 1, Total: one.Price, Tax: 0 })),
})

const WORDS = ['North', 'Quay', 'Mill', 'Øst', 'Hill', 'Côté', 'Pine', 'Lake'] as const

export const partyName = (random: Random, number: number): string =>
  `${number} ${random.pick(WORDS)} ${random.pick(WORDS)}`
