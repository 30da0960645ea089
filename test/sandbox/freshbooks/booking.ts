import { billTotals, lineAmounts } from './bill-totals'
import type { Books } from './books'
import { keep, type LegIn, subAccount } from './journal'
import { NO_ORIGIN } from './ledger-shapes'
import { exact } from './money'
import type { Bill, BillPayment, Expense } from './purchase-shapes'
import type { Invoice, Payment } from './sales-shapes'
import { totalsOf } from './totals'

/** A negative amount changes sides. */
const leg = (side: 'debit' | 'credit', account: number, amount: string, detail_type: string): LegIn => {
  const other = side === 'debit' ? 'credit' : 'debit'
  return exact(amount).lt(0)
    ? { side: other, account, amount: exact(amount).times(-1).toFixed(2), detail_type }
    : { side, account, amount, detail_type }
}

/** Drafts are not in the books until sent (sheet 0.8). */
export const bookInvoice = (books: Books, invoice: Invoice): void => {
  const source = `invoice/${invoice.id}`
  const stands = invoice.vis_state !== 1 && invoice.stage !== 1
  const { net, tax, total } = totalsOf(books, invoice)
  const head = {
    name: `Invoice ${invoice.invoice_number}`,
    description: invoice.lines[0]?.description ?? '',
    user_entered_date: invoice.create_date,
    currency_code: invoice.currency_code,
    origin: { ...NO_ORIGIN, invoiceid: invoice.id, clientid: invoice.customerid },
  }
  keep(books, source, stands, head, [
    leg('debit', subAccount(books, 'Accounts Receivable'), total.amount, 'sales'),
    leg('credit', subAccount(books, 'Sales'), net.amount, 'sales'),
    leg('credit', subAccount(books, 'Sales Tax Payable'), tax.amount, 'tax'),
  ])
}

export const bookPayment = (books: Books, payment: Payment): void => {
  const source = `payment/${payment.id}`
  const stands = payment.vis_state !== 1
  const { amount, code } = payment.amount
  const head = {
    name: `Payment ${payment.id}`,
    description: payment.note ?? '',
    user_entered_date: payment.date,
    currency_code: code,
    origin: {
      ...NO_ORIGIN,
      paymentid: payment.id,
      invoiceid: payment.invoiceid,
      clientid: payment.clientid,
      creditid: payment.creditid,
    },
  }
  keep(books, source, stands, head, [
    leg('debit', subAccount(books, payment.from_credit ? 'Client Credit' : 'Petty Cash'), amount, 'payment'),
    leg('credit', subAccount(books, 'Accounts Receivable'), amount, 'payment'),
  ])
}

export const bookExpense = (books: Books, expense: Expense): void => {
  const source = `expense/${expense.id}`
  const stands = expense.vis_state !== 1
  const { amount, code } = expense.amount
  const taxes = exact(expense.taxAmount1?.amount ?? '0').plus(expense.taxAmount2?.amount ?? '0')
  const head = {
    name: expense.vendor ?? 'Expense',
    description: expense.notes ?? '',
    user_entered_date: expense.date,
    currency_code: code,
    origin: { ...NO_ORIGIN, expenseid: expense.id, categoryid: expense.categoryid },
  }
  keep(books, source, stands, head, [
    leg('debit', categoryAccount(books, expense.categoryid), exact(amount).minus(taxes).toFixed(2), 'expense'),
    leg('debit', subAccount(books, 'Sales Tax Payable'), taxes.toFixed(2), 'tax'),
    leg('credit', subAccount(books, 'Petty Cash'), amount, 'expense'),
  ])
}

const categoryAccount = (books: Books, category: number): number =>
  books.accounts.all().find((account) => account.category === category && account.parent !== null)?.journalId ??
  subAccount(books, 'Office Expenses & Postage')

/** An entry has no place for a bill: all its ids are null, as in a manual entry (sheet 4). The type is not known. */
const billType = ({ world }: Books): string => world.switched('journal.billDetailType', 'bill')

export const bookBill = (books: Books, bill: Bill): void => {
  const source = `bill/${bill.id}`
  const stands = bill.vis_state !== 1
  const head = {
    name: `Bill ${bill.bill_number ?? bill.id}`,
    description: bill.lines[0]?.description ?? '',
    user_entered_date: bill.issue_date,
    currency_code: bill.currency_code,
    origin: NO_ORIGIN,
  }
  const { tax, total } = billTotals(bill)
  keep(books, source, stands, head, [
    ...bill.lines.map((line) =>
      leg('debit', categoryAccount(books, line.categoryid), lineAmounts(line).amount, billType(books)),
    ),
    leg('debit', subAccount(books, 'Sales Tax Payable'), tax, billType(books)),
    leg('credit', subAccount(books, 'Accounts Payable'), total, billType(books)),
  ])
}

export const bookBillPayment = (books: Books, payment: BillPayment): void => {
  const source = `bill_payment/${payment.id}`
  const stands = payment.vis_state !== 1
  const { amount, code } = payment.amount
  const head = {
    name: `Bill payment ${payment.id}`,
    description: payment.note ?? '',
    user_entered_date: payment.paid_date,
    currency_code: code,
    origin: NO_ORIGIN,
  }
  keep(books, source, stands, head, [
    leg('debit', subAccount(books, 'Accounts Payable'), amount, billType(books)),
    leg('credit', subAccount(books, 'Petty Cash'), amount, billType(books)),
  ])
}
