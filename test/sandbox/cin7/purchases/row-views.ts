import type { Totals } from '../arithmetic'
import type { Taxed } from '../rows'
import { longStamp } from '../stamps'
import type { Charge, Line, Payment, Rows, StockLine } from './model'

const amounts = (row: Taxed) => ({
  Quantity: Number(row.Quantity),
  Price: Number(row.Price),
  Discount: Number(row.Discount),
  Tax: Number(row.Tax),
  TaxRule: row.TaxRule,
})

const product = ({ ProductID, SKU, Name }: Line | StockLine) => ({ ProductID, SKU, Name })

const orderLine = (line: Line) => ({
  ...product(line),
  ...amounts(line),
  SupplierSKU: line.SupplierSKU,
  Comment: line.Comment,
  Total: Number(line.Total),
})

const orderCharge = (charge: Charge) => ({
  Description: charge.Description,
  Reference: charge.Reference,
  ...amounts(charge),
  Total: Number(charge.Total),
})

/** `NonInventory` is in live answers and in no documentation of purchase invoices (sheet 9.2). */
const invoiceLine = (line: Line) => ({
  ...product(line),
  ...amounts(line),
  Account: line.Account,
  Comment: line.Comment,
  Total: Number(line.Total),
  NonInventory: line.NonInventory,
})

const invoiceCharge = (charge: Charge) => ({ ...orderCharge(charge), Account: charge.Account })

const rowsView = (
  rows: Rows,
  combined: boolean,
  line: (row: Line) => object,
  charge: (row: Charge) => object,
): { Lines: object[]; AdditionalCharges: object[] } => {
  const Lines = rows.Lines.map(line)
  if (!combined) return { Lines, AdditionalCharges: rows.AdditionalCharges.map(charge) }
  const asLine = (row: Charge) => ({ ProductID: null, SKU: null, Name: row.Description, ...charge(row) })
  return { Lines: [...Lines, ...rows.AdditionalCharges.map(asLine)], AdditionalCharges: [] }
}

export const orderRows = (rows: Rows, combined: boolean) => rowsView(rows, combined, orderLine, orderCharge)

export const invoiceRows = (rows: Rows, combined: boolean) => rowsView(rows, combined, invoiceLine, invoiceCharge)

export const totalsView = ({ TotalBeforeTax, Tax, Total }: Totals) => ({
  TotalBeforeTax: Number(TotalBeforeTax),
  Tax: Number(Tax),
  Total: Number(Total),
})

export const stockLine = (line: StockLine, received: boolean) => ({
  Date: line.Date,
  Quantity: Number(line.Quantity),
  ...product(line),
  Location: line.Location,
  LocationID: line.LocationID,
  Received: received,
  BatchSN: line.BatchSN,
  SupplierSKU: line.SupplierSKU,
  ExpiryDate: line.ExpiryDate,
  CardID: line.CardID,
})

export const unstockLine = ({ LocationID: _l, SupplierSKU: _s, ...line }: StockLine) => ({
  ...line,
  Quantity: Number(line.Quantity),
})

/** A payment inside the purchase; `/…/payment` answers more. */
export const paidLine = ({ ID, Reference, Amount, DatePaid, Account, CurrencyRate, created }: Payment) => ({
  ID,
  Reference,
  Amount: Number(Amount),
  DatePaid,
  Account,
  CurrencyRate: Number(CurrencyRate),
  DateCreated: longStamp(created),
})
