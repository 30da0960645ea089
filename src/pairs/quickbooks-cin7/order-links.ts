import { z } from 'zod'
import type { TargetRef } from '../../core/flow'
import { parseJson } from '../../lib/json'
import type { PurchaseRow } from '../../vendors/cin7/purchases'
import { agreedIn } from '../../vendors/quickbooks/order-lines'
import type { DraftLine } from '../../vendors/quickbooks/txn-draft'

/** A row of an order as it was carried; the order's lines stand for these, in this order. Total as Cin7 shows it. */
const KeptRow = z.lazy(() =>
  z.object({
    sku: z.string(),
    name: z.string(),
    quantity: z.string(),
    price: z.string(),
    total: z.string(),
  }),
)
export type KeptRow = z.infer<typeof KeptRow>

/** What is kept of the order in Cin7, for its bills and for what is carried back. */
export const Kept = z.lazy(() =>
  z.object({
    number: z.string(),
    currency: z.string(),
    inclusive: z.boolean(),
    rows: z.array(KeptRow),
  }),
)
export type Kept = z.infer<typeof Kept>

/** Undefined where the order was not carried to its end by us. */
export const keptIn = ({ facts }: TargetRef): Kept | undefined => Kept.safeParse(parseJson(facts.kept ?? '')).data

export const keptRow = ({ sku, name, quantity, price, total }: PurchaseRow): KeptRow => ({
  sku,
  name,
  quantity,
  price,
  total,
})

/** Finds for each row of an invoice the line of the order that it takes from; each line is taken once. */
export const orderLinks = (order: TargetRef | undefined): ((row: PurchaseRow) => DraftLine['order']) => {
  const [kept, agreed] = order ? [keptIn(order), agreedIn(order.facts)] : []
  const left = (kept?.rows ?? []).map((row, at) => ({ row, line: agreed?.lines[at]?.id ?? '' }))
  return (wanted) => {
    const at = left.findIndex(({ row, line }) => line !== '' && isSame(row, wanted))
    const [found] = at < 0 ? [] : left.splice(at, 1)
    return order && found ? { id: order.id, line: found.line } : null
  }
}

const isSame = (row: KeptRow, { sku, name }: PurchaseRow): boolean =>
  row.sku.toLowerCase() === sku.toLowerCase() && (sku !== '' || row.name.toLowerCase() === name.toLowerCase())
