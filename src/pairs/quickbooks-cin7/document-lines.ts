import { abs, add, atMost, type Decimal, decimalsOf, divide, isZero, multiply, round, subtract } from '../../lib/money'
import type { Purchase, PurchaseRow } from '../../vendors/cin7/purchases'
import type { DraftLine, TxnDraft } from '../../vendors/quickbooks/txn-draft'
import type { Settings } from './settings'
import type { Translator } from './translate'

/** How a rounding line is named in QuickBooks. */
export const ROUNDING = 'Rounding'

/** QuickBooks holds seven decimals of a price (quickbooks sheet 14), and two of an amount. */
const FINE = 7
const CENTS = 2

/** What an order, an invoice and a credit note have in common. */
export interface Document {
  rows: PurchaseRow[]
  tax: Decimal
  total: Decimal
}

/** One document in work. `account` = of a row, where the row itself names none. */
export interface Making {
  purchase: Purchase
  document: Document
  settings: Settings
  translator: Translator
  account?: string
  /** The line of an order that a row takes from. */
  order?(row: PurchaseRow): DraftLine['order']
}

export type Lines = Pick<TxnDraft, 'lines' | 'tax' | 'taxTotal' | 'total' | 'rounding'>

/** A line for each row first, in their order; then what else it takes to come to the document's total. */
export const documentLines = (making: Making): Lines => {
  const { document, settings, translator } = making
  const rows = document.rows.map((row) => rowLine(making, row))
  const rest = document.rows.flatMap((row, at) => leftOver(making, row, rows[at]))
  const isUs = settings.tax.realm === 'us'
  const extra = isUs && !isZero(document.tax) ? [taxLine(translator, document.tax)] : []
  const known: Lines = {
    lines: [...rows, ...rest, ...extra],
    tax: isUs ? 'none' : 'excluded',
    taxTotal: isUs ? '0' : document.tax,
    total: document.total,
    rounding: roundingOf(settings),
  }
  return { ...known, lines: [...known.lines, ...roundingLines(known, settings)] }
}

export const noTaxCode = ({ tax }: Settings): string => (tax.realm === 'us' ? '' : tax.noTaxCode)

const roundingOf = (settings: Settings): TxnDraft['rounding'] =>
  settings.rounding ? { ...settings.rounding, taxCode: noTaxCode(settings) } : null

/** Before tax: Cin7's totals hold it where its prices do. */
export const netOf = ({ taxInclusive }: Purchase, { total, tax }: PurchaseRow): Decimal =>
  taxInclusive ? subtract(total, tax) : total

const rowLine = (making: Making, row: PurchaseRow): DraftLine => {
  const { purchase, translator } = making
  const item = translator.item(row)
  const net = netOf(purchase, row)
  const shared = {
    description: descriptionOf(row, item !== undefined),
    class: translator.class(purchase, row),
    taxCode: translator.taxCode(row),
    order: making.order?.(row) ?? null,
  }
  if (item === undefined || isZero(row.quantity))
    return { ...shared, detail: { kind: 'account', account: accountOf(making, row) }, amount: round(net, CENTS) }
  const price = divide(net, row.quantity, FINE)
  const amount = round(multiply(row.quantity, price), CENTS)
  return { ...shared, detail: { kind: 'item', item, quantity: row.quantity, price }, amount }
}

const accountOf = ({ account, translator }: Making, row: PurchaseRow): string => account ?? translator.account(row)

/** What people know the row by. A line on an account has no quantity of its own. */
const descriptionOf = ({ kind, sku, name, quantity, comment }: PurchaseRow, isItem: boolean): string => {
  const what = [sku, name === sku ? '' : name].filter(Boolean).join(' ')
  const counted = isItem || (kind === 'charge' && quantity === '1') ? what : `${quantity} × ${what}`
  return [counted, comment].filter(Boolean).join(' · ').slice(0, 1000)
}

/** Cents that quantity × price cannot say stand in a line of their own (quickbooks sheet 11). */
const leftOver = (making: Making, row: PurchaseRow, line: DraftLine | undefined): DraftLine[] => {
  if (line?.detail.kind !== 'item') return []
  const left = subtract(round(netOf(making.purchase, row), CENTS), line.amount)
  if (isZero(left)) return []
  const detail = { kind: 'account', account: accountOf(making, row) } as const
  return [{ ...line, detail, amount: left, description: `${line.description} (rounding)`, order: null }]
}

const extraLine = (account: string, amount: Decimal, description: string, taxCode: string): DraftLine => ({
  detail: { kind: 'account', account },
  amount,
  description,
  class: '',
  taxCode,
  order: null,
})

const taxLine = (translator: Translator, tax: Decimal): DraftLine => extraLine(translator.taxAccount(), tax, 'Tax', '')

/** What lines and tax come to: before anything is sent, it has to be what Cin7 says. */
export const sumOf = ({ lines, taxTotal }: Pick<TxnDraft, 'lines' | 'taxTotal'>): Decimal =>
  add(taxTotal, ...lines.map(({ amount }) => amount))

/** A difference within the limit becomes a line that says so; any other is found by the comparison. */
const roundingLines = (known: Lines, settings: Settings): DraftLine[] => {
  const left = subtract(known.total, sumOf(known))
  const { account, limit } = settings.rounding ?? { account: '', limit: '0' }
  if (isZero(left) || decimalsOf(left) > CENTS || !atMost(abs(left), limit)) return []
  return [extraLine(account, left, ROUNDING, noTaxCode(settings))]
}
