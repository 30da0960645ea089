import { z } from 'zod'
import { cut } from './shapes'
import type { Fields } from './wrap'

const Line = z.lazy(() =>
  z.object({
    text: z.string(),
    quantity: z.string(),
    unitCost: z.string(),
    /** Before tax. */
    amount: z.string(),
    /** '' = of the item or of the line of the order. */
    account: z.string(),
    subaccount: z.string(),
    taxCategory: z.string(),
    branch: z.string(),
    /** A stock item has to come with its order (sheet 1). */
    item: z.string(),
    unit: z.string(),
    /** `line` null = all of the order. */
    order: z.object({ number: z.string(), line: z.number().int().nullable() }).nullable(),
  }),
)
export type BillLine = z.infer<typeof Line>

/** What an AP document is to be. Decimal text in its currency, business dates; '' = left to Acumatica. Debit adjustments are positive too. */
export const BillDraft = z.lazy(() =>
  z.object({
    /** VendorID. */
    vendor: z.string(),
    /** The supplier's number of it, or one that is made from the source's: by it a bill is found again (sheet 10). */
    reference: z.string().min(1).max(40),
    date: z.string(),
    dueDate: z.string().nullable(),
    currency: z.string(),
    branch: z.string(),
    location: z.string(),
    terms: z.string(),
    text: z.string(),
    lines: z.array(Line).min(1),
    beforeTax: z.string(),
    tax: z.string(),
    total: z.string(),
    /** Posted to the ledger as well, not only taken off hold. */
    release: z.boolean(),
  }),
)
export type BillDraft = z.infer<typeof BillDraft>

export type BillType = 'Bill' | 'Debit Adj.'

/** On hold, so that its totals can be compared before anything is posted. */
export const newBill = (type: BillType, draft: BillDraft, description: string): Fields => ({
  Type: type,
  Vendor: draft.vendor,
  CurrencyID: draft.currency,
  ...head(draft, description),
  Details: draft.lines.map(lineFields),
})

/** A line without id is added (sheet 5): the old ones go in the same call. Their ids are of this session, so they were just read. */
export const changedBill = (id: string, draft: BillDraft, description: string, old: { id: string }[]): Fields => ({
  id,
  ...head(draft, description),
  Details: [...old.map((line) => ({ id: line.id, delete: true })), ...draft.lines.map(lineFields)],
})

const head = (draft: BillDraft, Description: string): Fields => ({
  VendorRef: draft.reference,
  Date: draft.date,
  DueDate: draft.dueDate ?? undefined,
  BranchID: draft.branch || undefined,
  LocationID: draft.location || undefined,
  Terms: draft.terms || undefined,
  Description,
  Hold: true,
})

const lineFields = (line: BillLine): Fields => ({
  ...(line.order && {
    POOrderType: 'Normal',
    POOrderNbr: line.order.number,
    POLine: line.order.line ?? undefined,
  }),
  Branch: line.branch || undefined,
  InventoryID: line.item || undefined,
  TransactionDescription: cut(line.text, 256) || undefined,
  Account: line.account || undefined,
  Subaccount: line.subaccount || undefined,
  TaxCategory: line.taxCategory || undefined,
  UOM: line.unit || undefined,
  Qty: line.quantity,
  UnitCost: line.unitCost,
  ExtendedCost: line.amount,
})
