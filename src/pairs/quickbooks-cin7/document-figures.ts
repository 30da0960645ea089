import type { Lookups } from '../../core/flow'
import type { Figures } from '../../core/reconciliation'
import { add, type Decimal, isZero, round, subtract } from '../../lib/money'
import type { Purchase, PurchaseRow } from '../../vendors/cin7/purchases'
import { itemAccount } from '../../vendors/quickbooks/txn-books'
import { type Document, netOf } from './document-lines'
import { vendorOf } from './needs'
import type { Settings } from './settings'

const CENTS = 2

/** What an account is called for which no counterpart was chosen. */
const UNMAPPED = 'not mapped'

/**
 * What the books of QuickBooks are to say of a document: Cin7's own sums, put on QuickBooks' accounts. Told from the document and not
 * from the lines that are posted, so that it finds what is wrong with those.
 */
export const documentFigures = (
  purchase: Purchase,
  document: Document,
  settings: Settings,
  lookups: Lookups,
  orderAccount?: string,
): Figures => {
  const { supplier, currency } = purchase
  const isUs = settings.tax.realm === 'us'
  const accounts = accountsOf(purchase, document, settings, lookups, orderAccount)
  const tax = isUs ? '0' : document.tax
  const left = subtract(document.total, add(tax, ...Object.values(accounts)))
  return {
    currency,
    total: document.total,
    tax,
    customer: { id: lookups.linked(vendorOf(purchase))?.id ?? supplier.id, name: supplier.name },
    accounts: isZero(left) ? accounts : plus(accounts, roundingAccount(settings), left),
  }
}

const roundingAccount = ({ rounding }: Settings): string => rounding?.account ?? `${UNMAPPED}: rounding`

const plus = (sums: Record<string, Decimal>, account: string, value: Decimal): Record<string, Decimal> => ({
  ...sums,
  [account]: add(sums[account] ?? '0', value),
})

const accountsOf = (
  purchase: Purchase,
  { rows, tax }: Document,
  settings: Settings,
  lookups: Lookups,
  orderAccount?: string,
): Record<string, Decimal> => {
  const none: Record<string, Decimal> = {}
  const net = rows.reduce(
    (sums, row) => plus(sums, accountOf(row, settings, lookups, orderAccount), round(netOf(purchase, row), CENTS)),
    none,
  )
  if (settings.tax.realm !== 'us' || isZero(tax)) return net
  return plus(net, settings.tax.account ?? `${UNMAPPED}: tax`, tax)
}

const accountOf = (
  { kind, sku, account }: PurchaseRow,
  { items }: Settings,
  { mapped }: Lookups,
  orderAccount?: string,
): string => {
  const item = items === 'mapped' && kind === 'line' ? mapped('item', sku) : undefined
  if (item !== undefined) return itemAccount(item)
  return orderAccount ?? mapped('account', account) ?? `${UNMAPPED}: ${account}`
}
