import { billTotals } from './bill-totals'
import { type Books, fresh, today } from './books'
import type { Business } from './directory'
import { read } from './fields'
import { isPositive, money, sum } from './money'
import { type Bill, type BillVendor, VendorFields } from './purchase-shapes'
import type { Spec } from './resource'
import { addDays, spacedUtc } from './stamps'

/** An account without accounts payable (sheet 6); status and number are assumed there. */
export const withoutPayables =
  (what: string) =>
  ({ accountsPayable }: Business): string | undefined =>
    accountsPayable ? undefined : `You do not have access to ${what}`

/** One row for each currency (sheet 4). */
const balances = (bills: Bill[]) => {
  const codes = [...new Set(bills.map(({ currency_code }) => currency_code))]
  return codes.map((code) => {
    const own = bills.filter(({ currency_code }) => currency_code === code)
    return { amount: money(sum(own.map((bill) => billTotals(bill).outstanding)), code) }
  })
}

export const vendorView = (books: Books, row: BillVendor) => {
  const { id, createdAt, updatedAt, serial: _serial, tax_defaults, ...fields } = row
  const open = books.bills
    .all()
    .filter((bill) => bill.vendorid === id && bill.vis_state !== 1 && isPositive(billTotals(bill).outstanding))
  const late = open.filter(({ issue_date, due_offset_days }) => addDays(issue_date, due_offset_days) < today(books))
  const stamps = { created_at: spacedUtc(createdAt), updated_at: spacedUtc(updatedAt) }
  return {
    ...fields,
    ...stamps,
    outstanding_balance: balances(open),
    overdue_balance: balances(late),
    tax_defaults: tax_defaults.map((tax, index) => ({ ...tax, ...stamps, taxid: index + 1, vendorid: id })),
    vendorid: id,
  }
}

/** The id is called `vendorid` alone; no filter works (sheet 3). */
export const billVendors: Spec<BillVendor> = {
  single: 'bill_vendor',
  plural: 'bill_vendors',
  idField: 'vendorid',
  noun: 'bill_vendor',
  scope: 'bill_vendors',
  rows: (books) => books.billVendors,
  closed: withoutPayables('bill vendors'),
  make: (books, body) => ({ ...fresh(books, 'billVendor'), ...read(VendorFields, body, 'bill_vendor') }),
  edit: (_books, row, body) => ({ ...row, ...read(VendorFields, { ...row, ...body }, 'bill_vendor') }),
  view: vendorView,
}
