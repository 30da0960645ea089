import type { Books } from './books'
import { dueDate, outstandingOf, stateOf } from './invoice-state'
import { exact, type Money, money } from './money'
import type { Invoice, Line } from './sales-shapes'
import { eastern, version } from './stamps'
import { lineNet, totalsOf } from './totals'

const full = (amount: { amount: string } | null, code: string): Money | null =>
  amount === null ? null : money(amount.amount, code)

const lineView = (invoice: Invoice, line: Line, index: number) => ({
  ...line,
  amount: money(lineNet(line), invoice.currency_code),
  unit_cost: money(line.unit_cost.amount, invoice.currency_code),
  basecampid: 0,
  date: null,
  invoiceid: invoice.id,
  lineid: index + 1,
  modern_project_id: null,
  modern_time_entries: [],
  retainer_id: null,
  retainer_period_id: null,
  taskno: index + 1,
  updated: eastern(invoice.linesAt),
})

/** What was paid without its share of tax, with all its digits (sheet 4: 20 and more). */
const netPaid = ({ paid, currency_code }: Invoice, net: Money, total: Money): Money => {
  if (exact(total.amount).eq(0)) return money('0', currency_code)
  const digits = exact(paid).times(net.amount).times(`1e26`).div(total.amount).round(0).div('1e26')
  return { amount: exact(paid).eq(0) ? '0.00' : digits.toFixed(), code: currency_code }
}

const presentation = ({ id }: Invoice) => ({
  date_format: 'mm/dd/yyyy',
  invoiceid: id,
  theme_font_name: 'modern',
  theme_layout: 'simple',
  theme_primary_color: '#0063c1',
})

/** No lines unless included. */
export const invoiceView = (books: Books, invoice: Invoice, include: Set<string>) => {
  const { createdAt, updatedAt, serial, stage: _stage, autobill, linesAt: _lines, lines, paid, ...fields } = invoice
  const { currency_code: code } = invoice
  const totals = totalsOf(books, invoice)
  return {
    ...fields,
    ...stateOf(books, invoice),
    accountid: books.accountId,
    accounting_systemid: books.accountId,
    address: '',
    amount: totals.total,
    auto_bill: autobill !== null,
    autobill_status: autobill,
    basecampid: 0,
    created_at: eastern(createdAt),
    current_organization: books.clients.get(String(invoice.customerid))?.organization ?? invoice.organization,
    deposit_amount: full(invoice.deposit_amount, code),
    deposit_status: invoice.deposit_amount === null ? 'none' : 'unpaid',
    description: lines[0]?.description ?? '',
    discount_total: totals.discount,
    display_status: stateOf(books, invoice).display_status,
    dispute_status: invoice.stage === 0 ? 'disputed' : null,
    due_date: dueDate(invoice),
    ext_archive: 0,
    generation_date: null,
    gmail: false,
    invoiceid: invoice.id,
    last_order_status: null,
    net_paid_amount: netPaid(invoice, totals.net, totals.total),
    outstanding: outstandingOf(books, invoice),
    ownerid: 1,
    paid: money(paid, code),
    payment_details: '',
    return_uri: null,
    sentid: 1,
    show_attachments: false,
    template: 'clean-grouped',
    updated: eastern(updatedAt),
    version: version(updatedAt, serial),
    ...(include.has('lines') ? { lines: lines.map((line, index) => lineView(invoice, line, index)) } : {}),
    ...(include.has('presentation') ? { presentation: presentation(invoice) } : {}),
    ...(include.has('allowed_gateways') ? { allowed_gateways: [] } : {}),
    ...(include.has('late_fee') ? { late_fee: null } : {}),
  }
}
