import { canonical } from '../../lib/json'
import { add } from '../../lib/money'
import type { PurchaseDraft } from './purchase-draft'
import type { PurchaseInvoice, PurchaseRow } from './purchase-record'
import { cut, sameWord } from './shapes'

/** The invoice says what the draft says. A service purchase shows lines as charges, so the kind of row does not count. */
export const holdsInvoice = (draft: PurchaseDraft, invoice: PurchaseInvoice): boolean =>
  invoice.date === draft.date &&
  invoice.dueDate === draft.dueDate &&
  (draft.invoiceNumber === '' || sameWord(invoice.number, cut(draft.invoiceNumber, 256))) &&
  canonical(invoice.rows.map(shown).sort()) === canonical(wanted(draft).sort())

type Signed = Pick<PurchaseRow, 'quantity' | 'price' | 'tax' | 'taxRule' | 'account'>

const signed = (name: string, { quantity, price, tax, taxRule, account }: Signed): string =>
  canonical([name.toLowerCase(), plain(quantity), plain(price), plain(tax), taxRule.toLowerCase(), account])

const plain = (value: string): string => add('0', value)

const shown = (row: PurchaseRow): string => signed(row.kind === 'line' ? row.sku : row.name, row)

const wanted = ({ kind, lines, charges }: PurchaseDraft): string[] => [
  ...lines.map((line) => signed(kind === 'service' ? cut(line.name, 256) : line.sku, line)),
  ...charges.map((charge) => signed(cut(charge.description, 256), charge)),
]
