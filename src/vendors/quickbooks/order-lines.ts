import { z } from 'zod'
import { canonical, parseJson } from '../../lib/json'
import { same } from '../../lib/money'
import type { DraftLine, TxnDraft } from './txn-draft'
import { linesOf, type Txn } from './txn-shapes'

/**
 * What a line of an order says about the goods. `quantity` and `price` are null where the line names an account: such a line has an
 * amount only (sheet 11).
 */
export const OrderLine = z.lazy(() =>
  z.object({
    id: z.string(),
    item: z.string(),
    quantity: z.string().nullable(),
    price: z.string().nullable(),
    amount: z.string(),
  }),
)
export type OrderLine = z.infer<typeof OrderLine>

export const orderLinesOf = (txn: Txn): OrderLine[] =>
  linesOf(txn).map(({ Id, Amount, ItemBasedExpenseLineDetail: item }) => ({
    id: Id,
    item: item?.ItemRef?.value ?? '',
    quantity: item?.Qty ?? null,
    price: item?.UnitPrice ?? null,
    amount: Amount ?? '0',
  }))

/** As it is kept with the link: supplier and lines that both sides agreed on; `rows` of the lines stand for the source's own. */
const Agreed = z.lazy(() => z.object({ vendor: z.string(), lines: z.array(OrderLine), rows: z.number() }))
export type Agreed = z.infer<typeof Agreed>

export const agreedOn = (txn: Txn, rows: number): Agreed => ({
  vendor: txn.VendorRef.value,
  lines: orderLinesOf(txn),
  rows,
})

export const agreedFact = (txn: Txn, rows: number): string => JSON.stringify(agreedOn(txn, rows))

/** Undefined where the order was never carried to its end. */
export const agreedIn = (facts: Record<string, string>): Agreed | undefined =>
  Agreed.safeParse(parseJson(facts.agreed ?? '')).data

/** Whether it says of the goods what both sides last agreed on. Bills that take from it, and its closing, change nothing. */
export const isAsAgreed = (txn: Txn, agreed: Agreed): boolean =>
  inAnyOrder(agreedOn(txn, agreed.rows)) === inAnyOrder(agreed)

const inAnyOrder = ({ vendor, lines }: Agreed): string => canonical([vendor, lines.map(canonical).sort()])

/** Whether it shows such lines; others (rounding) may follow. */
export const beginsWithLines = (txn: Txn, { vendor, lines }: Pick<TxnDraft, 'vendor' | 'lines'>): boolean => {
  const shown = orderLinesOf(txn)
  return (
    txn.VendorRef.value === vendor &&
    lines.every((line, at) => {
      const there = shown[at]
      return there !== undefined && showsLine(there, line)
    })
  )
}

const showsLine = (there: OrderLine, { detail, amount }: DraftLine): boolean => {
  if (!same(there.amount, amount)) return false
  if (detail.kind === 'account') return there.item === ''
  return (
    there.item === detail.item && same(there.quantity ?? '0', detail.quantity) && same(there.price ?? '0', detail.price)
  )
}

/** For people. */
export const inWords = (lines: OrderLine[]): string =>
  lines
    .map(({ quantity, price, amount }) => (quantity === null ? amount : `${quantity} × ${price ?? ''} = ${amount}`))
    .join('; ')
