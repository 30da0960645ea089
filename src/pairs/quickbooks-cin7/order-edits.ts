import type { Failure } from '../../core/failure'
import { decimalsOf, divide, isZero, multiply, round, same } from '../../lib/money'
import type { CarriedOrderDraft } from '../../vendors/cin7/order-carry-back'
import { type Agreed, inWords, type OrderLine, orderLinesOf } from '../../vendors/quickbooks/order-lines'
import type { Txn } from '../../vendors/quickbooks/txn-shapes'
import type { Kept, KeptRow } from './order-links'

type Row = CarriedOrderDraft['rows'][number]

/** `lines` = what the order says now: those that stand for a row first, in the order of the rows. */
interface Edited {
  rows: Row[]
  lines: OrderLine[]
}

/** Cin7 holds four decimals of quantity and price, and two of a total (cin7 sheet section 8.2). */
const FINE = 4
const CENTS = 2

/**
 * The rows of the Cin7 order as QuickBooks has them now. Only what can be told for certain is carried: quantities and prices of lines
 * that stand for a row, and rows that are gone. For everything else a person is asked.
 */
export const editedRows = (order: Txn, kept: Kept, agreed: Agreed): Edited | Failure => {
  const shown = new Map(orderLinesOf(order).map((line) => [line.id, line]))
  const why = unclearWhy(order, shown, kept, agreed)
  if (why !== undefined) return unclear(order, kept, why)
  const rows: Row[] = []
  for (const [at, row] of kept.rows.entries()) {
    const before = agreed.lines[at]
    const line = shown.get(before?.id ?? '')
    if (!before || !line) continue
    const edited = isSame(line, before) ? unchanged(row) : editedRow(row, line)
    if (edited === undefined)
      return unclear(
        order,
        kept,
        `${line.amount} for ${row.quantity} × ${row.sku || row.name} is no price with four decimals`,
      )
    rows.push(edited)
  }
  if (rows.length === 0) return unclear(order, kept, 'no line is left; void the purchase in Cin7 instead')
  return { rows, lines: agreed.lines.flatMap(({ id }) => shown.get(id) ?? []) }
}

const unclearWhy = (
  order: Txn,
  shown: Map<string, OrderLine>,
  { inclusive, rows }: Kept,
  agreed: Agreed,
): string | undefined => {
  if (order.VendorRef.value !== agreed.vendor) return 'it was given to another supplier'
  if ([...shown.keys()].some((id) => !agreed.lines.some((line) => line.id === id))) return 'a line was added'
  const extra = agreed.lines.slice(agreed.rows)
  if (extra.some((line) => !isSame(shown.get(line.id), line))) return 'a line of tax or rounding was changed'
  const repriced = agreed.lines.slice(0, agreed.rows).some((line, at) => isRepriced(shown.get(line.id), line, rows[at]))
  return inclusive && repriced ? 'prices include their tax in Cin7, and do not here' : undefined
}

const isSame = (line: OrderLine | undefined, before: OrderLine): boolean =>
  line !== undefined &&
  line.item === before.item &&
  line.quantity === before.quantity &&
  line.price === before.price &&
  line.amount === before.amount

const isRepriced = (line: OrderLine | undefined, before: OrderLine, row: KeptRow | undefined): boolean =>
  line !== undefined && row !== undefined && !isSame(line, before)

const carried = (row: KeptRow, quantity: string, price: string, total: string): Row => ({
  sku: row.sku,
  name: row.name,
  quantity,
  price,
  total,
  tax: null,
  taxRule: null,
})

/** With Cin7's own total, so that it is known again as it stands there. */
const unchanged = (row: KeptRow): Row => carried(row, row.quantity, row.price, row.total)

/** A line on an account has an amount only: the quantity stays, the price follows. */
const editedRow = (row: KeptRow, line: OrderLine): Row | undefined => {
  const quantity = line.quantity ?? row.quantity
  if (isZero(quantity)) return undefined
  const price = line.price ?? divide(line.amount, quantity, FINE)
  const total = round(multiply(quantity, price), CENTS)
  const isExact = same(total, line.amount) && decimalsOf(quantity) <= FINE && decimalsOf(price) <= FINE
  return isExact ? carried(row, quantity, price, total) : undefined
}

/** A person decides, with both versions before them. */
export const unclear = (order: Txn, kept: Kept | undefined, why: string): Failure => ({
  kind: 'conflict',
  code: 'order_change_unclear',
  message: `purchase order ${order.DocNumber || order.Id} was changed in QuickBooks, and this cannot be carried to Cin7: ${why}`,
  remedy: 'Nothing was changed. Make both sides say the same by hand, then replay.',
  facts: {
    cin7Purchase: kept?.number ?? '',
    agreed: (kept?.rows ?? [])
      .map(({ sku, name, quantity, price }) => `${quantity} × ${sku || name} at ${price}`)
      .join('; '),
    quickbooks: inWords(orderLinesOf(order)),
  },
})
