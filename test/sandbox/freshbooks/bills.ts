import type { z } from 'zod'
import { billTotals } from './bill-totals'
import { billVendors, withoutPayables } from './bill-vendors'
import { activePayments, billPaymentView, billStatus, billView } from './bill-view'
import { bookBill, bookBillPayment } from './booking'
import { type Books, fresh, nextId, save, touched } from './books'
import { invalid } from './errors'
import { emit } from './events'
import { categories } from './expenses'
import { type Body, read } from './fields'
import { bound, manyOf, oneId, text } from './lists'
import { cents, exact, inCurrency, isPositive, money, sum } from './money'
import { type Bill, BillFields, type BillPayment, BillPaymentFields } from './purchase-shapes'
import { living, type Spec } from './resource'

const checked = (books: Books, fields: z.infer<typeof BillFields>) => {
  living(books, billVendors, fields.vendorid, 'bill')
  for (const line of fields.lines) {
    living(books, categories, line.categoryid, 'bill')
    inCurrency('bill', line.unit_cost, fields.currency_code)
  }
  return { ...fields, lines: fields.lines.map((line) => ({ ...line, id: nextId(books, 'billLine') })) }
}

/** Its `issue_date` filter stands in one example of the vendor only (sheet 3): off unless switched on. */
const issued = (name: string, holds: (row: Bill, day: string) => boolean) =>
  bound<Bill>(name, (row, day, { world }) => !world.switched('bills.issueDateFilter', false) || holds(row, day))

export const bills: Spec<Bill> = {
  single: 'bill',
  plural: 'bills',
  idField: 'id',
  noun: 'bill',
  scope: 'bills',
  rows: (books) => books.bills,
  closed: withoutPayables('bills'),
  filters: {
    ...oneId('vendorid', (row) => row.vendorid),
    ...manyOf('statuses', (row, books) => billStatus(books, row)),
    ...manyOf('ids', (row) => row.id),
    ...text('currency_code', (row) => row.currency_code),
    ...issued('issue_date_min', (row, day) => row.issue_date >= day),
    ...issued('issue_date_max', (row, day) => row.issue_date < day),
  },
  readOnlyFields: ['amount'],
  make: (books, body) => {
    const fields = checked(books, read(BillFields, body, 'bill'))
    return { ...fresh(books, 'bill'), ...fields, paid: '0' }
  },
  edit: (books, row, body) => ({ ...row, ...checked(books, read(BillFields, { ...row, ...body }, 'bill')) }),
  saved: (books, row) => bookBill(books, row),
  view: billView,
}

const payable = (books: Books, fields: z.infer<typeof BillPaymentFields>, self?: BillPayment) => {
  const bill = living(books, bills, fields.billid, 'bill_payment')
  const given = inCurrency('bill_payment', fields.amount, bill.currency_code)
  const room = exact(billTotals(bill).outstanding).plus(self?.vis_state === 0 ? self.amount.amount : '0')
  if (!isPositive(given) || exact(given).gt(room)) throw invalid('bill_payment', 'amount', given)
  return { ...fields, amount: money(given, bill.currency_code) }
}

/** Status, paid and outstanding of the bill follow; whether anything is told of the bill, no source says. */
const paid = (books: Books, row: BillPayment): void => {
  bookBillPayment(books, row)
  const bill = books.bills.get(String(row.billid))
  if (!bill) return
  const total = cents(sum(activePayments(books, bill.id).map(({ amount }) => amount.amount)))
  const next = { ...bill, paid: total }
  save(books.bills, books.world.switched('bills.paymentTouchesBill', true) ? touched(books, next) : next)
  if (books.world.switched('events.billPaymentFiresBillUpdate', false)) emit(books, 'bill.update', bill.id)
}

const editPayment = (books: Books, row: BillPayment, body: Body): BillPayment => ({
  ...row,
  ...payable(books, read(BillPaymentFields, { ...row, ...body, billid: row.billid }, 'bill_payment'), row),
})

/** No event, no time stamp, no filter (sheet 0.3, 3, 4). */
export const billPayments: Spec<BillPayment> = {
  single: 'bill_payment',
  plural: 'bill_payments',
  idField: 'id',
  scope: 'bill_payments',
  rows: (books) => books.billPayments,
  closed: withoutPayables('bill payments'),
  ignoresVisState: true,
  make: (books, body) => ({
    ...fresh(books, 'billPayment'),
    ...payable(books, read(BillPaymentFields, body, 'bill_payment')),
  }),
  edit: editPayment,
  saved: paid,
  view: (_books, row) => billPaymentView(row),
}
