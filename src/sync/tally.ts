import type { Compared, Figures, Sum, Tally } from '../core/reconciliation'
import { add, type Decimal, isZero, subtract } from '../lib/money'

type Side = 'source' | 'target' | 'others'

/** Sums under keys, per currency. */
class Sums<K extends object> {
  readonly #sums = new Map<string, K & Record<Side, Decimal> & { currency: string }>()

  put(key: K, currency: string, side: Side, amount: Decimal): void {
    const name = JSON.stringify([Object.values(key)[0] ?? '', currency])
    const known = this.#sums.get(name) ?? { ...key, currency, source: '0', target: '0', others: '0' }
    this.#sums.set(name, { ...known, [side]: add(known[side], amount) })
  }

  /** In the order of their keys. */
  all(): (K & Sum)[] {
    return [...this.#sums]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, sum]) => ({ ...sum, difference: subtract(sum.target, sum.source) }))
  }
}

/** What all compared documents come to, per currency, customer and account. Pure. */
export const tally = (rows: Compared[]): Tally => {
  const counts = { matched: 0, differs: 0, changed: 0, only_source: 0, only_target: 0, neither: 0 }
  const [currencies, customers, accounts] = [
    new Sums<object>(),
    new Sums<{ customer: string; name: string }>(),
    new Sums<{ account: string }>(),
  ]
  const count = ({ currency, total, customer, ...figures }: Figures, side: Side) => {
    currencies.put({}, currency, side, total)
    customers.put({ customer: customer.id, name: customer.name }, currency, side, total)
    if (side !== 'others') for (const [account, net] of amounts(figures)) accounts.put({ account }, currency, side, net)
  }
  for (const { status, source, target, foreign } of rows) {
    counts[status] += 1
    if (source) count(source, 'source')
    if (target) count(target, foreign ? 'others' : 'target')
  }
  const sums = { currencies: currencies.all(), customers: customers.all(), accounts: accounts.all() }
  const even = [...sums.currencies, ...sums.customers, ...sums.accounts].every(({ difference }) => isZero(difference))
  return { counts, ...sums, agrees: even && rows.every(({ status }) => status !== 'changed' && status !== 'differs') }
}

const amounts = ({ accounts, tax }: Pick<Figures, 'accounts' | 'tax'>): [string, Decimal][] => [
  ...Object.entries(accounts),
  ['tax', tax],
]
