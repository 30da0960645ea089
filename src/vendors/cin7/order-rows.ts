import { z } from 'zod'
import { type Failed, rejected } from '../../core/failure'
import { divide, isZero, multiply, same } from '../../lib/money'
import type { PurchaseRow } from './purchase-record'
import { sameWord } from './shapes'

/**
 * A row as the other side has it now. What that side does not know (comment, discount, the supplier's own number) stays as Cin7 has
 * it; tax and tax rule too, where they are null.
 */
export const CarriedRow = z.lazy(() =>
  z.object({
    /** '' = a charge, found by its name. */
    sku: z.string(),
    /** Name of the product, or description of the charge. */
    name: z.string(),
    quantity: z.string(),
    price: z.string(),
    /** round(quantity × price, 2). */
    total: z.string(),
    tax: z.string().nullable(),
    taxRule: z.string().nullable(),
  }),
)
export type CarriedRow = z.infer<typeof CarriedRow>

/** The rows of the order to be. Throws where a row is new and lacks what Cin7 needs for it. */
export const mergedRows = (before: PurchaseRow[], wanted: CarriedRow[]): PurchaseRow[] => {
  const left = [...before]
  return pairedRows(left, wanted).map(([row, known]) => (known ? changed(known, row) : added(row)))
}

/** Rows that stay as they are find each other first: the same product may stand in several. */
const pairedRows = (left: PurchaseRow[], wanted: CarriedRow[]): [CarriedRow, PurchaseRow | undefined][] => {
  const take = (row: CarriedRow, fits: (known: PurchaseRow) => boolean): PurchaseRow | undefined => {
    const at = left.findIndex((known) => isSame(known, row) && fits(known))
    return at < 0 ? undefined : left.splice(at, 1)[0]
  }
  const kept = wanted.map((row) => take(row, (known) => stays(known, row)))
  return wanted.map((row, n) => [row, kept[n] ?? take(row, () => true)])
}

const isSame = ({ kind, sku, name }: PurchaseRow, row: CarriedRow): boolean =>
  kind === (row.sku === '' ? 'charge' : 'line') && (row.sku === '' ? sameWord(name, row.name) : sameWord(sku, row.sku))

const stays = (known: PurchaseRow, { quantity, total, tax, taxRule }: CarriedRow): boolean =>
  same(known.quantity, quantity) &&
  same(known.total, total) &&
  (tax === null || same(known.tax, tax)) &&
  (taxRule === null || sameWord(known.taxRule, taxRule))

const changed = (known: PurchaseRow, row: CarriedRow): PurchaseRow => {
  if (stays(known, row)) return known
  const { quantity, price, total } = row
  return {
    ...known,
    quantity,
    price,
    discount: '0',
    total,
    taxRule: row.taxRule ?? known.taxRule,
    tax: row.tax ?? taxInProportion(known, row),
  }
}

const taxInProportion = (known: PurchaseRow, row: CarriedRow): string => {
  if (isZero(known.tax)) return '0'
  if (isZero(known.total)) throw unknownTax(row)
  return divide(multiply(known.tax, row.total), known.total, 2)
}

const added = (row: CarriedRow): PurchaseRow => {
  if (row.tax === null || row.taxRule === null) throw unknownTax(row)
  const { sku, name, quantity, price, total, tax, taxRule } = row
  return {
    kind: sku === '' ? 'charge' : 'line',
    productId: '',
    sku,
    name,
    quantity,
    price,
    discount: '0',
    tax,
    taxRule,
    account: '',
    comment: '',
    supplierSku: '',
    total,
    nonInventory: null,
  }
}

const unknownTax = ({ name }: CarriedRow): Failed =>
  rejected(
    'cin7_order_row_tax',
    `the row "${name}" is not on the order in Cin7 as it was, and the source does not say how it is taxed`,
    'Nothing was changed. Enter this row on the order in Cin7 by hand, or choose a tax rule for it in the mapping; then replay.',
  )
