import { z } from 'zod'
import type { Source } from '../../core/flow'
import { add } from '../../lib/money'
import { BillRecord, type BillRow, readBill } from './bill-record'
import { date, decimal, id, stamp, text } from './shapes'
import { changesOf, everything, type StampedList } from './since-list'

/** AP documents of every type and in every stage; what a flow carries, it says by `type` and `status`. */
export const bills: Source<BillRecord> = {
  vendor: 'acumatica',
  type: 'bill',
  record: BillRecord,
  async read(api, bill) {
    const row = await readBill(api, bill)
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
  ReferenceNbr: text,
  Vendor: text,
  VendorRef: text,
  Date: date,
  CurrencyID: text,
  Amount: decimal,
  Status: text,
  LastModifiedDateTime: stamp,
})

const listed: StampedList<z.infer<typeof Row>> = {
  entity: 'Bill',
  row: Row,
  query: { $select: Object.keys(Row.shape).slice(1).join(',') },
  item: (row) => ({
    change: { type: 'bill', id: row.id, event: 'listed' },
    version: row.LastModifiedDateTime,
    row: row.Status,
    date: row.Date,
    number: row.ReferenceNbr,
    terms: {
      kind: 'dated',
      number: row.VendorRef,
      date: row.Date,
      total: row.Amount,
      currency: row.CurrencyID,
      party: row.Vendor,
    },
  }),
}

export const recordOf = (row: BillRow): BillRecord => ({
  id: row.id,
  type: row.Type,
  number: row.ReferenceNbr,
  vendor: row.Vendor,
  vendorRef: row.VendorRef,
  date: row.Date,
  dueDate: row.DueDate,
  currency: row.CurrencyID,
  branch: row.BranchID,
  terms: row.Terms,
  description: row.Description,
  status: row.Status,
  total: add(row.TaxTotal, ...row.Details.map(({ Amount }) => Amount)),
  tax: row.TaxTotal,
  balance: row.Balance,
  lines: row.Details.map((line) => ({
    text: line.TransactionDescription,
    item: line.InventoryID,
    quantity: line.Qty,
    unit: line.UOM,
    unitCost: line.UnitCost,
    amount: line.Amount,
    account: line.Account,
    accountName: line.Description,
    subaccount: line.Subaccount,
    taxCategory: line.TaxCategory,
    branch: line.Branch,
    orderNumber: line.POOrderNbr,
    orderLine: line.POLine,
  })),
  taxes: row.TaxDetails.map(({ TaxID, TaxRate, TaxableAmount, TaxAmount }) => ({
    id: TaxID,
    rate: TaxRate,
    taxable: TaxableAmount,
    tax: TaxAmount,
  })),
  updated: row.LastModifiedDateTime,
})
