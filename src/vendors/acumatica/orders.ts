import { z } from 'zod'
import type { Source } from '../../core/flow'
import { OrderRecord, type OrderRow, readOrder } from './order-record'
import { date, decimal, id, stamp, text } from './shapes'
import { changesOf, everything, type StampedList } from './since-list'

/** Purchase orders of every type and in every stage; what a flow carries, it says by `type` and `status`. */
export const purchaseOrders: Source<OrderRecord> = {
  vendor: 'acumatica',
  type: 'purchase-order',
  record: OrderRecord,
  async read(api, order) {
    const row = await readOrder(api, order)
    return row && recordOf(row)
  },
  changes: (api, cursor) => changesOf(api, cursor, listed),
  all: (api, cursor) => everything(api, cursor, listed),
  version: ({ updated }) => updated,
  number: ({ number }) => number,
  date: ({ date: day }) => day,
  row: ({ status }) => status,
}

const Row = z.object({
  id,
  Type: text,
  OrderNbr: text,
  VendorID: text,
  VendorRef: text,
  Date: date,
  CurrencyID: text,
  OrderTotal: decimal,
  Status: text,
  LastModifiedDateTime: stamp,
})

const listed: StampedList<z.infer<typeof Row>> = {
  entity: 'PurchaseOrder',
  row: Row,
  query: { $select: Object.keys(Row.shape).slice(1).join(',') },
  item: (row) => ({
    change: { type: 'purchase-order', id: row.id, event: 'listed' },
    version: row.LastModifiedDateTime,
    row: row.Status,
    date: row.Date,
    number: row.OrderNbr,
    terms: {
      kind: 'dated',
      number: row.VendorRef,
      date: row.Date,
      total: row.OrderTotal,
      currency: row.CurrencyID,
      party: row.VendorID,
    },
  }),
}

const recordOf = (row: OrderRow): OrderRecord => ({
  id: row.id,
  type: row.Type,
  number: row.OrderNbr,
  vendor: row.VendorID,
  vendorRef: row.VendorRef,
  date: row.Date,
  promised: row.PromisedOn,
  currency: row.CurrencyID,
  branch: row.Branch,
  terms: row.Terms,
  description: row.Description,
  status: row.Status,
  total: row.OrderTotal,
  tax: row.TaxTotal,
  lines: row.Details.map((line) => ({
    line: line.LineNbr,
    type: line.LineType,
    text: line.LineDescription,
    item: line.InventoryID,
    quantity: line.OrderQty,
    unit: line.UOM,
    unitCost: line.UnitCost,
    amount: line.ExtendedCost,
    account: line.Account,
    accountName: line.Description,
    subaccount: line.Subaccount,
    taxCategory: line.TaxCategory,
    warehouse: line.WarehouseID,
    branch: line.BranchID,
    promised: line.Promised,
    received: line.QtyOnReceipts,
    completed: line.Completed,
    cancelled: line.Cancelled,
  })),
  taxes: row.TaxDetails.map(({ TaxID, TaxRate, TaxableAmount, TaxAmount }) => ({
    id: TaxID,
    rate: TaxRate,
    taxable: TaxableAmount,
    tax: TaxAmount,
  })),
  updated: row.LastModifiedDateTime,
})
