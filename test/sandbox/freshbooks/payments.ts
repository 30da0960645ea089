import { bookPayment } from './booking'
import { type Books, fresh, nextId, save } from './books'
import { clients } from './clients'
import { deleted, invalid } from './errors'
import { emit } from './events'
import { type Body, read } from './fields'
import { outstandingOf } from './invoice-state'
import { invoices, repay } from './invoices'
import { amounts, days, flag, ids, oneId, text } from './lists'
import { cents, exact, inCurrency, isPositive, money, sum } from './money'
import { living, type Spec } from './resource'
import { type Invoice, type Payment, PaymentFields } from './sales-shapes'
import { eastern } from './stamps'

const activeOf = (books: Books, invoice: number): Payment[] =>
  books.payments.all().filter((one) => one.invoiceid === invoice && one.vis_state !== 1)

/** Of what is outstanding without this payment itself, it takes at most all. */
const roomFor = (books: Books, invoice: Invoice, self?: Payment) =>
  exact(outstandingOf(books, invoice).amount).plus(self && self.vis_state !== 1 ? self.amount.amount : '0')

const make = (books: Books, body: Body): Payment => {
  const fields = read(PaymentFields, body, 'payment')
  const invoice = living(books, invoices, fields.invoiceid, 'payment')
  const given = inCurrency('payment', fields.amount, invoice.currency_code)
  const room = roomFor(books, invoice)
  if (!isPositive(given) || room.lte(0)) throw invalid('payment', 'amount', given)
  const taken = exact(given).gt(room) ? room : exact(given)
  const base = fresh(books, 'payment')
  const credits = fields.from_credit
    ? { creditid: spendCredit(books, invoice, cents(taken)), overpaymentid: null }
    : { creditid: null, overpaymentid: keepCredit(books, invoice, exact(given).minus(taken).toFixed()) }
  return { ...base, ...fields, ...credits, clientid: invoice.customerid, amount: money(taken, invoice.currency_code) }
}

/** What is paid too much becomes a credit of the client (sheet 4). */
const keepCredit = (books: Books, { customerid, currency_code }: Invoice, rest: string): number | null => {
  if (!isPositive(rest)) return null
  const id = nextId(books, 'credit')
  return save(books.credits, { id, clientid: customerid, amount: money(rest, currency_code) }).id
}

const spendCredit = (books: Books, { customerid, currency_code }: Invoice, amount: string): number => {
  const credit = books.credits
    .all()
    .find(
      (one) => one.clientid === customerid && one.amount.code === currency_code && exact(one.amount.amount).gte(amount),
    )
  if (!credit) throw invalid('payment', 'from_credit', true)
  addTo(books, credit.id, `-${amount}`)
  return credit.id
}

const addTo = (books: Books, id: number | null, amount: string): void => {
  const credit = books.credits.get(String(id))
  if (credit)
    save(books.credits, { ...credit, amount: money(exact(credit.amount.amount).plus(amount), credit.amount.code) })
}

const edit = (books: Books, row: Payment, body: Body): Payment => {
  const invoice = living(books, invoices, row.invoiceid, 'payment')
  const fields = read(PaymentFields, { ...row, ...body, invoiceid: row.invoiceid }, 'payment')
  const given = inCurrency('payment', fields.amount, invoice.currency_code)
  if (!isPositive(given) || exact(given).gt(roomFor(books, invoice, row))) throw invalid('payment', 'amount', given)
  return { ...row, ...fields, amount: money(given, invoice.currency_code) }
}

/** Paid, outstanding and status follow; whether `invoice.update` is fired, no source tells. */
const saved = (books: Books, row: Payment, before?: Payment): void => {
  const gone = row.vis_state === 1
  if (row.from_credit && before && gone !== (before.vis_state === 1))
    addTo(books, row.creditid, gone ? row.amount.amount : `-${row.amount.amount}`)
  bookPayment(books, row)
  const active = activeOf(books, row.invoiceid)
  const lastDate =
    active
      .map(({ date }) => date)
      .sort()
      .at(-1) ?? null
  const total = cents(sum(active.map(({ amount }) => amount.amount)))
  const invoice = repay(books, row.invoiceid, total, lastDate)
  if (!invoice) return
  save(books.invoices, invoice)
  invoices.saved?.(books, invoice, invoice)
  if (books.world.switched('events.paymentFiresInvoiceUpdate', false)) emit(books, 'invoice.update', invoice.id)
}

const NONE = new Set<string>()

const included = (books: Books, row: Payment, include: Set<string>) => {
  const client = books.clients.get(String(row.clientid))
  const invoice = books.invoices.get(String(row.invoiceid))
  return {
    ...(include.has('client') && client ? { client: clients.view(books, client, NONE) } : {}),
    ...(include.has('invoice') && invoice ? { invoice: invoices.view(books, invoice, NONE) } : {}),
    ...(include.has('credit_note') ? { credit_note: null } : {}),
    ...(include.has('order') ? { order: null } : {}),
  }
}

export const payments: Spec<Payment> = {
  single: 'payment',
  plural: 'payments',
  idField: 'logid',
  noun: 'payment',
  scope: 'payments',
  rows: (books) => books.payments,
  filters: {
    ...ids('logid', (row) => row.id),
    ...ids('clientid', (row) => row.clientid),
    ...ids('customerid', (row) => row.clientid),
    ...oneId('invoiceid', (row) => row.invoiceid),
    ...days('date', (row) => row.date),
    ...days('updated', (row) => eastern(row.updatedAt).slice(0, 10)),
    ...amounts((row) => row.amount.amount),
    ...text('type', (row) => row.type),
    ...text('currency', (row) => row.amount.code),
    ...text('notes', (row) => row.note),
    ...flag('from_credit', (row) => row.from_credit),
  },
  make,
  edit(books, row, body) {
    if (row.vis_state === 1) throw deleted('payment', 'logid', row.id)
    return edit(books, row, body)
  },
  saved,
  /** No `status`, and no `created_at` either. */
  view(books, row, include) {
    const { createdAt: _created, updatedAt, serial: _serial, ...fields } = row
    return {
      ...fields,
      accounting_systemid: books.accountId,
      logid: row.id,
      updated: eastern(updatedAt),
      ...included(books, row, include),
    }
  },
}
