import type { Random } from '../chaos/random'
import type { Office } from './office'

type Customer = [name: string, currency: string, rate: string]

const CUSTOMERS: [Customer, ...Customer[]] = [
  ['Harbour Lane Offices Ltd', 'USD', '1'],
  ['Fir Tree Bakery', 'USD', '1'],
  ['Atelier du Pont', 'EUR', '1.0875'],
  ['Kita Trading KK', 'JPY', '0.00672'],
  ['Gulf Fittings WLL', 'KWD', '3.25481'],
]
type Line = { product: string; quantity: string; unitPrice: string; taxes: string[] }

export interface Quarter {
  /** Of the Wave business. */
  business: Record<string, unknown>
  invoices: Record<string, unknown>[]
  /** What people do with them once they were carried for the first time. */
  change(office: Office, random: Random): Promise<{ deleted: number }>
}

/** Invoices of a quarter in every state, by chance: the same for the same seed. Number by number, so that they can be found again. */
export const invoicesOf = (random: Random, count: number): Quarter => ({
  business: {
    customers: CUSTOMERS.map(([name, currency]) => ({ name, currency })),
    accounts: [
      { name: 'Sales', subtype: 'INCOME' },
      { name: 'Consulting income', subtype: 'INCOME' },
      { name: 'Grants', subtype: 'INCOME' },
      { name: 'Discounts', subtype: 'DISCOUNTS' },
      { name: 'Cash on hand', subtype: 'CASH_AND_BANK' },
    ],
    products: [
      { name: 'Misc. Services', unitPrice: '40', incomeAccount: 'Sales' },
      { name: 'Consulting hour', unitPrice: '125', incomeAccount: 'Consulting income' },
      { name: 'Grant work', unitPrice: '10', incomeAccount: 'Grants' },
    ],
  },
  invoices: Array.from({ length: count }, (_, n) => invoiceOf(random, n)),
  change: (office, each) => change(office, each),
})

const invoiceOf = (random: Random, n: number) => {
  const [customer, currency, exchangeRate] = random.pick(CUSTOMERS)
  const day = new Date(Date.UTC(2026, 0, 1 + random.between(0, 89))).toISOString().slice(0, 10)
  return {
    number: String(1001 + n),
    customer,
    currency,
    exchangeRate,
    status: random.chance(0.12) ? 'DRAFT' : random.pick(['SAVED', 'SENT', 'VIEWED']),
    invoiceDate: day,
    dueDate: new Date(Date.parse(day) + 30 * 86_400_000).toISOString().slice(0, 10),
    // Nobody has said what grants are in Cin7.
    items: linesOf(random, currency, 0.03),
    ...(random.chance(0.25) && { discount: discountOf(random, currency) }),
  }
}

/** Three decimals are on one line at most: what cannot be held in cents is refused, and never evens out by chance. */
const linesOf = (random: Random, currency: string, grants: number): Line[] =>
  Array.from({ length: currency === 'KWD' ? 1 : random.between(1, 4) }, (_, at) => ({
    product: random.chance(grants) ? 'Grant work' : random.pick(['Misc. Services', 'Consulting hour']),
    quantity: random.pick(['1', '2', '3', '12', '0.5', '2.25', '0.3333']),
    unitPrice: priceOf(random, currency, at > 0 && random.chance(0.1)),
    taxes: random.pick([[], ['GST'], ['QST'], ['GST', 'QST']]),
  }))

const priceOf = (random: Random, currency: string, isCredit: boolean): string => {
  const sign = isCredit ? '-' : ''
  const whole = random.between(isCredit ? 1 : 20, isCredit ? 9 : 4_999)
  if (currency === 'JPY') return `${sign}${whole * 10}`
  return `${sign}${whole}.${String(random.between(0, 99)).padStart(2, '0')}`
}

const discountOf = (random: Random, currency: string) =>
  random.chance(0.5)
    ? { discountType: 'PERCENTAGE', percentage: random.pick(['5', '12.5', '33.3333']) }
    : { discountType: 'FIXED', amount: currency === 'JPY' ? '150' : random.pick(['1', '7.77']) }

interface Made {
  id: string
  stage: string
  total: string
  currency: string
}

const change = async ({ world }: Office, random: Random): Promise<{ deleted: number }> => {
  const { wave } = await world.dump<{ wave: { invoices: Made[] } }>()
  const all = random.shuffled(wave.invoices)
  const drafts = all.filter(({ stage }) => stage === 'DRAFT')
  const posted = all.filter(({ stage, currency }) => stage !== 'DRAFT' && currency !== 'KWD')
  const act = (action: string, { id }: Made, more: object = {}) => world.act('wave', action, { id, ...more })
  for (const invoice of drafts.slice(0, 5)) await act('approve-invoice', invoice)
  for (const invoice of drafts.slice(5, 9)) await act('delete-invoice', invoice)
  for (const invoice of posted.slice(0, 4)) await act('delete-invoice', invoice, { force: true })
  for (const invoice of posted.slice(4, 16))
    await act('edit-invoice', invoice, { items: linesOf(random, invoice.currency, 0) })
  for (const invoice of posted.slice(16, 46)) await act('pay-invoice', invoice, paymentOf(random, invoice))
  return { deleted: 8 }
}

/** Whole, or a part. */
const paymentOf = (random: Random, { total, currency }: Made): object => {
  if (random.chance(0.5)) return {}
  const part = Math.floor(Number(total) / random.between(2, 4))
  return { amount: currency === 'JPY' ? String(part) : `${part}.${random.between(10, 99)}` }
}
