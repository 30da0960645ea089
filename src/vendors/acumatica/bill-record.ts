import { z } from 'zod'
import type { ReadApi } from '../../core/vendor'
import { notThere } from './absence'
import { read } from './client'
import { date, decimal, flag, id, stamp, text, whole } from './shapes'

const Line = z.lazy(() =>
  z.object({
    /** The line's own text; '' and 0 where nothing is entered. */
    text: z.string(),
    item: z.string(),
    quantity: z.string(),
    unit: z.string(),
    unitCost: z.string(),
    /** Before tax, after discount. */
    amount: z.string(),
    account: z.string(),
    accountName: z.string(),
    subaccount: z.string(),
    taxCategory: z.string(),
    branch: z.string(),
    orderNumber: z.string(),
    orderLine: z.number(),
  }),
)

/** An AP document as it was read. Decimal text in its currency; '' where nothing is entered. */
export const BillRecord = z.object({
  id: z.string(),
  /** `Bill`, `Debit Adj.`, `Credit Adj.`, `Prepayment`. */
  type: z.string(),
  number: z.string(),
  /** VendorID. */
  vendor: z.string(),
  vendorRef: z.string(),
  date: z.string(),
  dueDate: z.string(),
  currency: z.string(),
  branch: z.string(),
  terms: z.string(),
  description: z.string(),
  status: z.string(),
  /** Lines and tax. */
  total: z.string(),
  tax: z.string(),
  balance: z.string(),
  lines: z.array(Line),
  taxes: z.array(z.object({ id: z.string(), rate: z.string(), taxable: z.string(), tax: z.string() })),
  /** UTC, comparable as text. */
  updated: z.string(),
})
export type BillRecord = z.infer<typeof BillRecord>

/** `Description` of a line is its account's name (sheet 1). Its id is good for this session only and is never kept (sheet 4). */
export const BillLineRow = z.object({
  id: z.string(),
  TransactionDescription: text,
  InventoryID: text,
  Qty: decimal,
  UOM: text,
  UnitCost: decimal,
  Amount: decimal,
  Account: text,
  Description: text,
  Subaccount: text,
  TaxCategory: text,
  Branch: text,
  POOrderNbr: text,
  POLine: whole,
})

const TaxRow = z.object({ TaxID: text, TaxRate: decimal, TaxableAmount: decimal, TaxAmount: decimal })

export const BillRow = z.lazy(() =>
  z.object({
    id,
    Type: text,
    ReferenceNbr: text,
    Vendor: text,
    VendorRef: text,
    Date: date,
    DueDate: date,
    CurrencyID: text,
    BranchID: text,
    Terms: text,
    Description: text,
    Status: text,
    Hold: flag,
    /** Where totals are validated on entry, it is what was entered and not what the lines come to (sheet 6). */
    Amount: decimal,
    Balance: decimal,
    TaxTotal: decimal,
    LastModifiedDateTime: stamp,
    Details: z.array(BillLineRow),
    TaxDetails: z.array(TaxRow),
  }),
)
export type BillRow = z.infer<typeof BillRow>

export const BILL_PARTS = { $expand: 'Details,TaxDetails' }

export const readBill = (api: ReadApi, bill: string): Promise<BillRow | null> =>
  notThere(() => api.read(read(api, 'Bill', bill, BILL_PARTS), BillRow))
