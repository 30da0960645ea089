import { z } from 'zod'

const Detail = z.lazy(() =>
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('account'), account: z.string() }),
    /** `price` with at most seven decimals; the amount is quantity × price to the cent (sheet 11). */
    z.object({ kind: z.literal('item'), item: z.string(), quantity: z.string(), price: z.string() }),
  ]),
)

const DraftLine = z.lazy(() =>
  z.object({
    detail: Detail,
    /** Before tax. */
    amount: z.string(),
    description: z.string(),
    /** '' = none. */
    class: z.string(),
    /** '' = none is sent: in the US there are no purchase taxes. */
    taxCode: z.string(),
    /** The line of a purchase order that it takes from. */
    order: z.object({ id: z.string(), line: z.string() }).nullable().default(null),
  }),
)
export type DraftLine = z.infer<typeof DraftLine>

/** A transaction to be, in the vendor's currency. Decimals as text, dates as calendar days, ids as QuickBooks has them, '' = none. */
export const TxnDraft = z.object({
  vendor: z.string(),
  /** Of accounts payable, in the currency of the transaction. */
  payable: z.string(),
  currency: z.string(),
  /** Home currency per unit of the transaction's. */
  rate: z.string(),
  date: z.string(),
  /** At most 21 characters. */
  number: z.string().max(21),
  /** For people; our marker is put below it. */
  memo: z.string(),
  department: z.string(),
  /** `excluded`: QuickBooks computes the tax of each line by its code (outside the US). `none`: it computes none. */
  tax: z.enum(['none', 'excluded']),
  lines: z.array(DraftLine).min(1),
  /** What the source says of tax beyond the lines; QuickBooks computes its own. */
  taxTotal: z.string(),
  /** With tax: what QuickBooks has to come to as well. */
  total: z.string(),
  /** Where a difference goes that is within the limit. */
  rounding: z.object({ account: z.string(), limit: z.string(), taxCode: z.string() }).nullable(),
})
export type TxnDraft = z.infer<typeof TxnDraft>
