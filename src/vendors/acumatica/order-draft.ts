import { z } from 'zod'
import type { OrderRow } from './order-record'
import { cut, sameWord } from './shapes'
import type { Fields } from './wrap'

const Line = z.lazy(() =>
  z.object({
    text: z.string(),
    /** '' = a charge on an account. */
    item: z.string(),
    quantity: z.string(),
    unit: z.string(),
    unitCost: z.string(),
    /** Before tax. */
    amount: z.string(),
    /** '' = of the item. */
    account: z.string(),
    subaccount: z.string(),
    taxCategory: z.string(),
    warehouse: z.string(),
    branch: z.string(),
  }),
)
export type OrderLine = z.infer<typeof Line>

/** What a normal purchase order is to be. Decimal text in its currency, business dates; '' = left to Acumatica. */
export const OrderDraft = z.lazy(() =>
  z.object({
    /** VendorID. */
    vendor: z.string(),
    /** What the source calls it. */
    reference: z.string().min(1).max(40),
    date: z.string(),
    promised: z.string().nullable(),
    currency: z.string(),
    branch: z.string(),
    location: z.string(),
    terms: z.string(),
    text: z.string(),
    lines: z.array(Line).min(1),
    beforeTax: z.string(),
    tax: z.string(),
    total: z.string(),
    /** Taken off hold, so that goods and bills can come in against it. */
    open: z.boolean(),
  }),
)
export type OrderDraft = z.infer<typeof OrderDraft>

/** On hold, so that its totals can be compared before anybody orders by it. */
export const newOrder = (draft: OrderDraft, description: string): Fields => ({
  Type: 'Normal',
  VendorID: draft.vendor,
  CurrencyID: draft.currency,
  ...head(draft, description),
  Details: draft.lines.map(lineFields),
})

type Known = Pick<OrderRow, 'id' | 'Details'>

/**
 * Lines keep their numbers where they are still of the same item, since receipts and bills refer to them; the others go, and new
 * ones are added. A line with its id is changed, one without is added (sheet 5).
 */
export const changedOrder = ({ id, Details }: Known, draft: OrderDraft, description: string): Fields => {
  const before = inOrder(Details)
  return {
    id,
    ...head(draft, description),
    Details: [
      ...before.map((old, n) => {
        const line = draft.lines[n]
        return line && isSame(old, line) ? { id: old.id, ...lineFields(line) } : { id: old.id, delete: true }
      }),
      ...draft.lines.filter((line, n) => !isSame(before[n], line)).map(lineFields),
    ],
  }
}

export const inOrder = (lines: OrderRow['Details']): OrderRow['Details'] =>
  [...lines].sort((a, b) => a.LineNbr - b.LineNbr)

export const isSame = (old: OrderRow['Details'][number] | undefined, line: OrderLine): boolean =>
  old !== undefined && sameWord(old.InventoryID, line.item) && (line.item !== '' || sameWord(old.Account, line.account))

const head = (draft: OrderDraft, Description: string): Fields => ({
  VendorRef: draft.reference,
  Date: draft.date,
  PromisedOn: draft.promised ?? undefined,
  Branch: draft.branch || undefined,
  Location: draft.location || undefined,
  Terms: draft.terms || undefined,
  Description,
  Hold: true,
})

const lineFields = (line: OrderLine): Fields => ({
  // A charge without an item; the type of one with an item follows the item (sheet 6).
  LineType: line.item === '' ? 'Service' : undefined,
  BranchID: line.branch || undefined,
  InventoryID: line.item || undefined,
  LineDescription: cut(line.text, 256) || undefined,
  OrderQty: line.quantity,
  UOM: line.unit || undefined,
  UnitCost: line.unitCost,
  ExtendedCost: line.amount,
  WarehouseID: line.warehouse || undefined,
  Account: line.account || undefined,
  Subaccount: line.subaccount || undefined,
  TaxCategory: line.taxCategory || undefined,
})
