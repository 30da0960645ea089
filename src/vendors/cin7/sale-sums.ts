import { add, subtract } from '../../lib/money'
import type { SaleDraft } from './sale-shapes'

/** As Cin7 adds them up (sheet section 8.3). */
export const sums = ({ lines, charges, taxInclusive }: Pick<SaleDraft, 'lines' | 'charges' | 'taxInclusive'>) => {
  const rows = [...lines, ...charges]
  const [all, tax] = [add('0', ...rows.map((row) => row.total)), add('0', ...rows.map((row) => row.tax))]
  return taxInclusive
    ? { beforeTax: subtract(all, tax), tax, total: all }
    : { beforeTax: all, tax, total: add(all, tax) }
}
