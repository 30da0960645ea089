import type { Lookups } from '../../../src/core/flow'
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
}

export const lookups = (change: Partial<Lookups> = {}, mappings = MAPPINGS): Lookups => ({
  mapped: (kind, code) => mappings[`${kind}/${code}`],
  linked: ({ variant }) => ({ id: `customer-${variant}`, number: 'Harbour Lane', facts: {} }),
  variants: [],
  sourceAccount: { id: 'wave', baseCurrency: 'USD' },
  targetAccount: { id: 'cin7', baseCurrency: 'USD' },
  ...change,
})
