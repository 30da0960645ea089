import type { Admin } from './admin'
import type { TestWorld } from './world'

export type Row = Record<string, unknown>

/** What a FreshBooks business of this pair has, beside what it is told to have. */
export const BUSINESS: Row = {
  currency: 'USD',
  taxes: [
    { name: 'HST', amount: '13' },
    { name: 'QST', amount: '9.975' },
  ],
  items: [
    { name: 'Loaf', sku: 'Bread', unit_cost: { amount: '4.00', code: 'USD' } },
    { name: 'Consulting', unit_cost: { amount: '40.00', code: 'USD' } },
  ],
  clients: [{ organization: 'Harbour Lane', email: 'ada@harbour.example', currency_code: 'USD' }],
  billVendors: [{ vendor_name: 'Staples', currency_code: 'USD', language: 'en' }],
}

export const settings = (over: Row = {}): Row => ({
  accountReceivable: '610',
  revenueAccount: '200',
  taxRule: 'Tax on Sales',
  noTaxRule: 'Tax Exempt',
  paymentTerm: '30 days',
  location: 'Main Warehouse',
  chargeProduct: 'Service',
  discountAccount: '260',
  paymentAccount: '713',
  billPaymentAccount: '713',
  purchases: {
    accountPayable: '800',
    taxRule: 'Tax on Purchases',
    noTaxRule: 'BAS Excluded',
    chargeProduct: 'Service',
  },
  expenses: { bank: '718' },
  ...over,
})

export interface Chart {
  /** Of the chart, by name of the sub-account. */
  accounts: Map<string, string>
  /** Expense categories, by name. */
  categories: Map<string, string>
}

interface Records {
  accounts: { name: string; parent: string | null; journalId: number }[]
  categories: { id: number; category: string }[]
}

export const chartOf = async (world: TestWorld): Promise<Chart> => {
  const [account] = (await world.dump<{ freshbooks: { accounts: Records[] } }>()).freshbooks.accounts
  const subs = (account?.accounts ?? []).filter(({ parent }) => parent !== null)
  return {
    accounts: new Map(subs.map(({ name, journalId }) => [name, String(journalId)])),
    categories: new Map((account?.categories ?? []).map(({ id, category }) => [category, String(id)])),
  }
}

/** The pair, switched on for a tenant. */
export interface Switched {
  admin: Admin
  tenant: string
  integration: string
}

export const map = (
  { admin, tenant, integration }: Switched,
  kind: string,
  entries: { code: string | undefined; target: string }[],
) => admin.call('PUT', `/v1/tenants/${tenant}/integrations/${integration}/mappings/${kind}`, { entries })

const ACCOUNTS: Record<string, string> = {
  Advertising: '400',
  Rent: '404',
  'Owner Equity': '801',
  'Petty Cash': '714',
}

/** What a plain document needs. */
export const mapAll = async (shop: Switched & Chart): Promise<void> => {
  await map(shop, 'tax', [
    { code: 'HST', target: 'Tax on Sales' },
    { code: 'QST', target: 'GST on Income' },
  ])
  await map(shop, 'purchase-tax', [{ code: 'HST', target: 'Tax on Purchases' }])
  await map(
    shop,
    'account',
    Object.entries(ACCOUNTS).map(([name, target]) => ({ code: shop.accounts.get(name), target })),
  )
  await map(shop, 'expense-category', [
    { code: shop.categories.get('Advertising'), target: '400' },
    { code: shop.categories.get('Rent'), target: '404' },
  ])
}

export const usd = (amount: string) => ({ amount, code: 'USD' })
