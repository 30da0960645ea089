import type { Lookups } from '../../core/flow'
import type { Figures } from '../../core/reconciliation'
import { add, type Decimal, isZero, negate, subtract } from '../../lib/money'
import type { Purchase, PurchaseRow } from '../../vendors/cin7/purchases'
import { type Document, netOf } from './document-lines'
import { vendorOf } from './needs'
import type { Settings } from './settings'

/** What an account is called for which no counterpart was chosen. */
const UNMAPPED = 'not mapped'

interface Reading {
  /** -1 for what takes away from what is owed. */
  sign?: 1 | -1
  /** What a row is on; without it, the account that its own is mapped to. */
  on?: (row: PurchaseRow) => string
}

/**
 * What the books of Acumatica are to say of a document: Cin7's own sums on Acumatica's accounts. Told from the document and not from
 * the lines that are posted, so that it finds what is wrong with those.
 */
export const documentFigures = (
  purchase: Purchase,
  document: Document,
  settings: Settings,
  lookups: Lookups,
  { sign = 1, on = onMapped(lookups) }: Reading = {},
): Figures => {
  const signed = (value: Decimal): Decimal => (sign === 1 ? value : negate(value))
  const accounts = accountsOf(purchase, document, settings, on)
  const tax = settings.tax.as === 'tax' ? document.tax : '0'
  const left = subtract(document.total, add(tax, ...Object.values(accounts)))
  const rounding = settings.rounding?.account ?? `${UNMAPPED}: rounding`
  const all = isZero(left) ? accounts : plus(accounts, rounding, left)
  return {
    currency: purchase.currency,
    total: signed(document.total),
    tax: signed(tax),
    customer: { id: lookups.linked(vendorOf(purchase))?.number ?? purchase.supplier.id, name: purchase.supplier.name },
    accounts: Object.fromEntries(Object.entries(all).map(([account, value]) => [account, signed(value)])),
  }
}

const plus = (sums: Record<string, Decimal>, account: string, value: Decimal): Record<string, Decimal> => ({
  ...sums,
  [account]: add(sums[account] ?? '0', value),
})

const onMapped =
  ({ mapped }: Lookups) =>
  ({ account }: PurchaseRow): string =>
    mapped('account', account) ?? `${UNMAPPED}: ${account}`

const accountsOf = (
  purchase: Purchase,
  { rows, tax }: Document,
  settings: Settings,
  on: (row: PurchaseRow) => string,
): Record<string, Decimal> => {
  const none: Record<string, Decimal> = {}
  const net = rows.reduce((sums, row) => plus(sums, on(row), netOf(purchase, row)), none)
  return settings.tax.as === 'line' && !isZero(tax) ? plus(net, settings.tax.account, tax) : net
}
