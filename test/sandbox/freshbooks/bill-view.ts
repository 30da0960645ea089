import { billTotals, lineAmounts } from './bill-totals'
import { vendorView } from './bill-vendors'
import { type Books, today } from './books'
import { categoryView } from './expenses'
import { isPositive, money } from './money'
import type { Bill, BillLine, BillPayment } from './purchase-shapes'
import { addDays, spacedUtc } from './stamps'

export const billPaymentView = ({ createdAt: _c, updatedAt: _u, serial: _s, ...fields }: BillPayment) => fields

export const activePayments = (books: Books, bill: number): BillPayment[] =>
  books.billPayments.all().filter((one) => one.billid === bill && one.vis_state !== 1)

const dueDate = ({ issue_date, due_offset_days }: Bill): string => addDays(issue_date, due_offset_days)

export const billStatus = (books: Books, bill: Bill): string => {
  if (!isPositive(billTotals(bill).outstanding)) return 'paid'
  if (isPositive(bill.paid)) return 'partial'
  return dueDate(bill) < today(books) ? 'overdue' : 'unpaid'
}

const maybe = (amount: string | null, code: string) => (amount === null ? null : money(amount, code))

/** On the wire the category is an object and the quantity text; the SDKs' sample has it otherwise (sheet 4). */
const category = (books: Books, line: BillLine) => {
  const found = books.categories.get(String(line.categoryid))
  return books.world.switched<'wire' | 'sdk'>('bills.lines', 'wire') === 'wire'
    ? { category: found ? categoryView(found) : null, quantity: line.quantity }
    : { category: found?.category ?? null, categoryid: line.categoryid, quantity: Number(line.quantity) }
}

const lineView = (books: Books, code: string, line: Bill['lines'][number], index: number) => {
  const { categoryid: _category, quantity: _quantity, ...fields } = line
  const { amount, tax1, tax2, total } = lineAmounts(line)
  return {
    ...fields,
    ...category(books, line),
    amount: money(amount, code),
    list_index: index + 1,
    tax_amount1: maybe(tax1, code),
    tax_amount2: maybe(tax2, code),
    total_amount: money(total, code),
    unit_cost: money(line.unit_cost.amount, code),
  }
}

export const billView = (books: Books, bill: Bill, include: Set<string>) => {
  const { createdAt, updatedAt, serial: _serial, ...fields } = bill
  const { currency_code: code, lines } = bill
  const totals = billTotals(bill)
  const [first] = lines
  const vendor = books.billVendors.get(String(bill.vendorid))
  return {
    ...fields,
    amount: money(totals.amount, code),
    attachment: null,
    bill_payments: activePayments(books, bill.id).map(billPaymentView),
    created_at: spacedUtc(createdAt),
    due_date: dueDate(bill),
    lines: lines.map((line, index) => lineView(books, code, line, index)),
    outstanding: money(totals.outstanding, code),
    overall_category: books.categories.get(String(first?.categoryid))?.category ?? null,
    overall_description: first?.description ?? null,
    paid: money(bill.paid, code),
    status: billStatus(books, bill),
    tax_amount: money(totals.tax, code),
    total_amount: money(totals.total, code),
    updated_at: spacedUtc(updatedAt),
    ...(include.has('vendor') ? { vendor: vendor ? vendorView(books, vendor) : null } : {}),
  }
}
