import { z } from 'zod'
import type { ReadApi } from '../../core/vendor'
import { notThere } from './absence'
import { read } from './client'
import { date, decimal, flag, id, stamp, text, whole } from './shapes'

const Line = z.lazy(() =>
  z.object({
    line: z.number(),
    /** `Goods for IN`, `Non-Stock`, `Service`, … */
    type: z.string(),
    /** The line's own text; '' and 0 where nothing is entered. */
    text: z.string(),
    item: z.string(),
    quantity: z.string(),
    unit: z.string(),
    unitCost: z.string(),
    /** Before tax. */
    amount: z.string(),
    account: z.string(),
    accountName: z.string(),
    subaccount: z.string(),
    taxCategory: z.string(),
    warehouse: z.string(),
    branch: z.string(),
    promised: z.string(),
    received: z.string(),
    completed: z.boolean(),
    cancelled: z.boolean(),
  }),
)

/** A purchase order as it was read. Decimal text in its currency; '' where nothing is entered. */
export const OrderRecord = z.object({
  id: z.string(),
  /** `Normal`, `Drop-Ship`, `Blanket`, `Standard`. */
  type: z.string(),
  number: z.string(),
  /** VendorID. */
  vendor: z.string(),
  vendorRef: z.string(),
  date: z.string(),
  promised: z.string(),
  currency: z.string(),
  branch: z.string(),
  terms: z.string(),
  description: z.string(),
  status: z.string(),
  total: z.string(),
  tax: z.string(),
  lines: z.array(Line),
  taxes: z.array(z.object({ id: z.string(), rate: z.string(), taxable: z.string(), tax: z.string() })),
  /** UTC, comparable as text. */
  updated: z.string(),
})
export type OrderRecord = z.infer<typeof OrderRecord>

/** `Description` of a line is its account's name, its own text is `LineDescription` (sheet 1). */
export const OrderLineRow = z.object({
  id: z.string(),
  LineNbr: whole,
  LineType: text,
  LineDescription: text,
  InventoryID: text,
  OrderQty: decimal,
  UOM: text,
  UnitCost: decimal,
  ExtendedCost: decimal,
  Account: text,
  Description: text,
  Subaccount: text,
  TaxCategory: text,
  WarehouseID: text,
  BranchID: text,
  Promised: date,
  QtyOnReceipts: decimal,
  Completed: flag,
  Cancelled: flag,
})

const TaxRow = z.object({ TaxID: text, TaxRate: decimal, TaxableAmount: decimal, TaxAmount: decimal })

export const OrderRow = z.lazy(() =>
  z.object({
    id,
    Type: text,
    OrderNbr: text,
    VendorID: text,
    VendorRef: text,
    Date: date,
    PromisedOn: date,
    CurrencyID: text,
    Branch: text,
    Terms: text,
    Description: text,
    Status: text,
    Hold: flag,
    LineTotal: decimal,
    OrderTotal: decimal,
    TaxTotal: decimal,
    /** Where totals are validated on entry, it is what was entered and not what the lines come to (sheet 6). */
    ControlTotal: decimal,
    LastModifiedDateTime: stamp,
    Details: z.array(OrderLineRow),
    TaxDetails: z.array(TaxRow),
  }),
)
export type OrderRow = z.infer<typeof OrderRow>

export const ORDER_PARTS = { $expand: 'Details,TaxDetails' }

export const readOrder = (api: ReadApi, order: string): Promise<OrderRow | null> =>
  notThere(() => api.read(read(api, 'PurchaseOrder', order, ORDER_PARTS), OrderRow))
