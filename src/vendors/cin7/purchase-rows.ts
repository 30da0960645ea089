import { canonical } from '../../lib/json'
import { add } from '../../lib/money'
import type { PurchaseDraft } from './purchase-draft'
import type { PurchaseInvoice, PurchaseRow } from './purchase-record'
import { cut } from './shapes'

/**
 * The invoice has the rows of the draft. A service purchase shows lines as charges, so the kind of row does not count; number and
 * dates go along again when it is authorised.
 */
export const holdsRows = (draft: PurchaseDraft, { rows }: PurchaseInvoice): boolean =>
  canonical(rows.map(shown).sort()) === canonical(wanted(draft).sort())

type Signed = Pick<PurchaseRow, 'quantity' | 'price' | 'tax' | 'taxRule' | 'account'>

const signed = (name: string, { quantity, price, tax, taxRule, account }: Signed): string =>
  canonical([name.toLowerCase(), plain(quantity), plain(price), plain(tax), taxRule.toLowerCase(), account])

const plain = (value: string): string => add('0', value)

const shown = (row: PurchaseRow): string => signed(row.kind === 'line' ? row.sku : row.name, row)

const wanted = ({ kind, lines, charges }: PurchaseDraft): string[] => [
  ...lines.map((line) => signed(kind === 'service' ? cut(line.name, 256) : line.sku, line)),
  ...charges.map((charge) => signed(cut(charge.description, 256), charge)),
]
