import { z } from 'zod'
import { bookInvoice } from './booking'
import { type Books, fresh, today, touched } from './books'
import { clients, touchClient } from './clients'
import { invalid, refusal } from './errors'
import { type Body, read, Whole } from './fields'
import { outstandingOf, stateOf } from './invoice-state'
import { invoiceView } from './invoice-view'
import { days, flag, ids, text } from './lists'
import { inCurrency, isPositive } from './money'
import { living, type Spec } from './resource'
import { type Client, type Invoice, InvoiceFields } from './sales-shapes'
import { eastern } from './stamps'

const WithClient = z.object({ customerid: Whole })

/** The address is copied when the invoice is made. */
const snapshot = (client: Client): Body => ({
  currency_code: client.currency_code,
  language: client.language,
  organization: client.organization,
  fname: client.fname,
  lname: client.lname,
  street: client.p_street,
  street2: client.p_street2,
  city: client.p_city,
  province: client.p_province,
  code: client.p_code,
  country: client.p_country,
  vat_name: client.vat_name,
  vat_number: client.vat_number,
})

const numberOf = (books: Books, body: Body): Body => {
  if (body.invoice_number !== undefined) return body
  if (books.world.switched('invoice.conflict', false))
    throw refusal(409, 409, 'Conflict: the invoice number was taken by another request.', { object: 'invoice' })
  const highest = books.invoices.all().reduce((most, { invoice_number }) => {
    const number = /^\d+$/.test(invoice_number) ? Number(invoice_number) : 0
    return Math.max(most, number)
  }, 0)
  return { ...body, invoice_number: String(highest + 1).padStart(7, '0') }
}

const check = (books: Books, fields: z.infer<typeof InvoiceFields>, id?: number) => {
  for (const { unit_cost } of fields.lines) inCurrency('invoice', unit_cost, fields.currency_code)
  const taken = books.invoices.all().some((one) => one.id !== id && one.invoice_number === fields.invoice_number)
  if (taken) throw invalid('invoice', 'invoice_number', fields.invoice_number)
  return fields
}

/** Only 0–3 can be written, as numbers; the rest comes from payments (sheet 4). */
const stageIn = (body: Body, otherwise: Invoice['stage']): Invoice['stage'] => {
  const { status } = body
  if (status === undefined) return body.action_mark_as_sent === true ? 2 : otherwise
  if (typeof status !== 'number')
    throw refusal(422, 1015, "The field 'status' must be a number.", {
      object: 'invoice',
      field: 'status',
      value: String(status),
    })
  if (status !== 0 && status !== 1 && status !== 2 && status !== 3) throw invalid('invoice', 'status', status)
  return status
}

export const atStage = (books: Books, invoice: Invoice, stage: Invoice['stage']): Invoice => ({
  ...invoice,
  stage,
  fulfillment_date: invoice.fulfillment_date ?? (stage === 1 ? null : today(books)),
})

const make = (books: Books, body: Body): Invoice => {
  const client = living(books, clients, read(WithClient, body, 'invoice').customerid, 'invoice')
  const given = { ...snapshot(client), create_date: today(books), ...numberOf(books, body) }
  const fields = check(books, read(InvoiceFields, given, 'invoice'))
  const own = { uuid: crypto.randomUUID(), autobill: null, paid: '0', date_paid: null, fulfillment_date: null }
  const draft: Invoice = { ...fresh(books, 'invoice'), ...fields, ...own, stage: 1, linesAt: books.now() }
  return atStage(books, draft, stageIn(body, 1))
}

const edit = (books: Books, row: Invoice, body: Body): Invoice => {
  const fields = check(books, read(InvoiceFields, { ...row, ...body }, 'invoice'), row.id)
  if (fields.customerid !== row.customerid) living(books, clients, fields.customerid, 'invoice')
  const edited = { ...row, ...fields, linesAt: 'lines' in body ? books.now() : row.linesAt }
  return atStage(books, edited, stageIn(body, row.stage))
}

export const invoices: Spec<Invoice> = {
  single: 'invoice',
  plural: 'invoices',
  idField: 'invoiceid',
  noun: 'invoice',
  scope: 'invoices',
  rows: (books) => books.invoices,
  view: invoiceView,
  filters: {
    ...ids('customerid', (row) => row.customerid),
    ...ids('invoiceid', (row) => row.id),
    ...days('date', (row) => row.create_date),
    ...days('updated', (row) => eastern(row.updatedAt).slice(0, 10)),
    ...text('invoice_number', (row) => row.invoice_number),
    ...text('v3_status', (row, books) => stateOf(books, row).v3_status),
    ...flag('paid', (row, books) => ['paid', 'auto-paid'].includes(stateOf(books, row).payment_status)),
    ...flag('outstanding', (row, books) => isPositive(outstandingOf(books, row).amount)),
  },
  sorts: { invoice_date: (row) => row.create_date },
  readOnlyFields: ['due_date'],
  make,
  edit,
  actions: {
    action_mark_as_sent: (books, row) => atStage(books, row, row.stage === 1 ? 2 : row.stage),
    action_email: (books, row) => atStage(books, row, row.stage === 1 ? 2 : row.stage),
  },
  saved(books, row, before) {
    if (!before) touchClient(books, row.customerid)
    bookInvoice(books, row)
  },
  erase: 'hide',
}

/** A payment came, changed or went: what was paid is summed again, and `updated` moves (sheet 4). */
export const repay = (books: Books, id: number, paid: string, lastDate: string | null): Invoice | undefined => {
  const invoice = books.invoices.get(String(id))
  if (!invoice) return undefined
  const stage = invoice.stage === 1 && isPositive(paid) ? 2 : invoice.stage
  const next = touched(books, atStage(books, { ...invoice, paid }, stage))
  const settled = isPositive(paid) && !isPositive(outstandingOf(books, next).amount)
  return { ...next, date_paid: settled ? lastDate : null }
}
