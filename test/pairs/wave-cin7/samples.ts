import type { Lookups, Need, TargetRef } from '../../../src/core/flow'
import { Settings } from '../../../src/pairs/wave-cin7/settings'

export const settings = (change: object = {}): Settings =>
  Settings.parse({
    accountReceivable: '610',
    revenueAccount: '200',
    taxRule: 'Tax on Sales',
    noTaxRule: 'Tax Exempt',
    paymentTerm: '30 days',
    location: 'Main Warehouse',
    chargeProduct: 'Wave line',
    ...change,
  })

export const MAPPINGS: Record<string, string> = {
  'account/acc-sales': '201',
  'tax/tax-vat': 'VAT 20',
  'tax/tax-gst+tax-vat': 'GST and VAT',
  'product/prod-1': 'SKU-1',
  'bank/acc-bank': '713',
}

/** What was carried: customers in any currency, the sale, and no product. */
const LINKED: Record<string, (need: Need) => TargetRef | undefined> = {
  'wave-cin7/customer-to-customer': ({ variant }) => ({ id: `customer-${variant}`, number: 'Harbour Lane', facts: {} }),
  'wave-cin7/invoice-to-sale': () => ({ id: 'sale-1', number: 'SO-1', facts: { invoice: 'task-1' } }),
}

export const lookups = (change: Partial<Lookups> = {}, mappings = MAPPINGS): Lookups => ({
  mapped: (kind, code) => mappings[`${kind}/${code}`],
  linked: (need) => LINKED[need.flow]?.(need),
  variants: [],
  sourceAccount: { id: 'wave', baseCurrency: 'USD' },
  targetAccount: { id: 'cin7', baseCurrency: 'USD' },
  ...change,
})
