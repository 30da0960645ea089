import type { Totals } from './arithmetic'
import type { Charge, Line, Payment, Rows, Sale } from './sale-model'
import { longStamp } from './stamps'

const amounts = (row: Omit<Charge, 'Description'>) => ({
  Quantity: Number(row.Quantity),
  Price: Number(row.Price),
  Discount: Number(row.Discount),
  Tax: Number(row.Tax),
  Total: Number(row.Total),
  TaxRule: row.TaxRule,
  Comment: row.Comment,
})

export const lineView = (line: Line) => ({
  ProductID: line.ProductID,
  SKU: line.SKU,
  Name: line.Name,
  AverageCost: 0,
  ...amounts(line),
})

export const chargeView = (charge: Charge) => ({ Description: charge.Description, ...amounts(charge) })

export const orderLine = (line: Line) => ({
  ...lineView(line),
  DropShip: false,
  Backorder: Number(line.Backorder) > 0,
  BackorderQuantity: Number(line.Backorder),
})

const withAccount =
  <T extends Line | Charge, V>(view: (row: T) => V) =>
  (row: T) => ({ ...view(row), Account: row.Account })

/** Combined, charges stand among the lines without a product (sheet 8.2). */
export const rowsView = <L, C extends object>(
  rows: Rows,
  combined: boolean,
  line: (row: Line) => L,
  charge: (row: Charge) => C,
) => {
  const Lines = rows.Lines.map(line)
  const charges = rows.AdditionalCharges.map(charge)
  if (!combined) return { Lines, AdditionalCharges: charges }
  const asLines = rows.AdditionalCharges.map((row) => ({
    ProductID: null,
    SKU: null,
    Name: row.Description,
    ...charge(row),
  }))
  return { Lines: [...Lines, ...asLines], AdditionalCharges: [] }
}

export const totalsView = ({ TotalBeforeTax, Tax, Total }: Totals) => ({
  TotalBeforeTax: Number(TotalBeforeTax),
  Tax: Number(Tax),
  Total: Number(Total),
})

/** Service sales have everything as lines (sheet 8.1). */
export const combines = (sale: Sale, combined: boolean): boolean => combined || sale.kind === 'Service'

export const invoiceRows = (sale: Sale, rows: Rows, combined: boolean) =>
  rowsView<unknown, object>(rows, combines(sale, combined), withAccount(lineView), withAccount(chargeView))

export const paidLine = ({ ID, Reference, Amount, DatePaid, Account, CurrencyRate, created }: Payment) => ({
  ID,
  Reference,
  Amount: Number(Amount),
  DatePaid,
  Account,
  CurrencyRate: Number(CurrencyRate),
  DateCreated: longStamp(created),
})
