import { add } from '../../lib/money'
import type { PurchaseDraft } from '../../vendors/cin7/service-purchases'
import type { Purchases, Settings } from './settings'
import { termOf } from './term'

/** What bills and expenses have in common, beside their rows. */
export const headOf = (
  document: {
    supplierId: string
    currency: string
    rate: string
    date: string
    dueDate: string
    invoiceNumber: string
    memo: string
  },
  settings: Settings,
  { taxRule }: Purchases,
) => ({
  ...document,
  location: settings.location,
  taxRule,
  taxInclusive: false,
  terms: termOf(document.date, document.dueDate, settings),
  requiredBy: '',
  attributes: {},
})

/** As Cin7 adds them up (cin7 sheet section 8.3), tax beside. */
export const sums = ({ lines, charges }: Pick<PurchaseDraft, 'lines' | 'charges'>) => {
  const rows = [...lines, ...charges]
  const beforeTax = add('0', ...rows.map(({ total }) => total))
  const tax = add('0', ...rows.map((row) => row.tax))
  return { beforeTax, tax, total: add(beforeTax, tax) }
}
