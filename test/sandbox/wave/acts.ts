import { z } from 'zod'
import { need, userAccess } from './access'
import { createCustomer, deleteCustomer, patchCustomer } from './customers'
import { Refused } from './errors'
import { invoiceInput } from './forms'
import { DateText } from './invoice-input'
import {
  approveInvoice,
  createInvoice,
  deleteInvoice,
  markInvoiceSent,
  patchInvoice,
  touched,
  viewInvoice,
} from './invoices'
import type { Book } from './model'
import { got, today } from './model'
import { DecimalText } from './money'
import { deletePayment, patchPayment } from './payments'
import { archiveProduct, createProduct, patchProduct } from './products'
import type { Business, Invoice } from './records'
import { productInput, registerWebhook, seedCode, seedGrant, seedPayment, told } from './seed'
import { InvoiceForm, InvoiceSeed } from './seed-input'
import { isOverdue, statusOf } from './status'
import { announce, emitInvoice, invoiceData } from './webhooks'

const ById = z.looseObject({ id: z.string() })

type Act = (book: Book, input: unknown) => unknown

const InBusiness = z.looseObject({ business: z.string().optional() })

/** The named business, by UUID or GraphQL id, or the first one. */
const businessOf = (book: Book, input: unknown): Business => {
  const { business } = InBusiness.parse(input)
  if (business !== undefined) return need(userAccess(book), 'Business', business, ['business'])
  return got(book.records.Business.all()[0], 'business')
}

const invoiceOf = (book: Book, input: unknown): Invoice =>
  need(userAccess(book), 'Invoice', ById.parse(input).id, ['id'])

const invoiceTold = (book: Book, invoice: Invoice) => ({ ...told('Invoice', invoice), status: statusOf(book, invoice) })

const onInvoice =
  (change: (book: Book, access: ReturnType<typeof userAccess>, input: unknown) => Invoice, more: object = {}): Act =>
  (book, input) =>
    invoiceTold(book, change(book, userAccess(book), { ...more, invoiceId: ById.parse(input).id }))

const createInvoiceAct: Act = (book, input) => {
  const business = businessOf(book, input)
  const { id, createdAt, modifiedAt, status, payments, ...form } = InvoiceSeed.parse(input)
  const stage = status === 'PAID' ? 'SAVED' : status
  const extra = { id, createdAt, modifiedAt, stage }
  const customer = book.records.Customer.all().find((one) => one.business === business.id)?.id ?? ''
  const made = createInvoice(book, userAccess(book), invoiceInput(book, business, { customer, ...form }), extra)
  for (const payment of status === 'PAID' ? [{}] : payments) seedPayment(book, business, latest(book, made), payment)
  return invoiceTold(book, latest(book, made))
}

const latest = (book: Book, invoice: Invoice): Invoice => got(book.records.Invoice.get(invoice.id), invoice.id)

const editInvoice: Act = (book, input) => {
  const invoice = invoiceOf(book, input)
  const business = got(book.records.Business.get(invoice.business), invoice.business)
  const patch = invoiceInput(book, business, InvoiceForm.parse(input))
  return invoiceTold(book, patchInvoice(book, userAccess(book), { ...patch, id: invoice.id }))
}

const Pay = z.object({
  amount: DecimalText.optional(),
  date: DateText.optional(),
  account: z.string().optional(),
  method: z.string().optional(),
  exchangeRate: DecimalText.optional(),
  memo: z.string().optional(),
})

const payInvoice: Act = (book, input) => {
  const invoice = invoiceOf(book, input)
  const business = got(book.records.Business.get(invoice.business), invoice.business)
  const { amount, date, account, method, exchangeRate, memo } = Pay.parse(input)
  const given = Object.entries({ amount, date, account, method, exchangeRate, memo }).filter(([, value]) => value)
  const payment = seedPayment(book, business, invoice, Object.fromEntries(given))
  return { ...told('InvoicePayment', payment), invoice: invoiceTold(book, latest(book, invoice)) }
}

/** By force the payments go first, as a user would have to do it. */
const deleteInvoiceAct: Act = (book, input) => {
  const { force } = z.looseObject({ force: z.boolean().default(false) }).parse(input)
  const { id, payments } = invoiceOf(book, input)
  if (force) for (const payment of payments) deletePayment(book, userAccess(book), { id: payment })
  return told('Invoice', deleteInvoice(book, userAccess(book), { invoiceId: id }, force))
}

const MarkOverdue = z.looseObject({ id: z.string().optional() })

/** One invoice, moved past its due date if need be; without an id, the vendor's nightly round. */
const markOverdue: Act = (book, input) => {
  const { id } = MarkOverdue.parse(input)
  const business = businessOf(book, input)
  const late = (invoice: Invoice) => invoice.business === business.id && isOverdue(book, invoice)
  const found = id === undefined ? book.records.Invoice.all().filter(late) : [pastDue(book, invoiceOf(book, input))]
  for (const invoice of found) emitInvoice(book, 'invoice.overdue', invoice)
  return found.map((invoice) => invoiceTold(book, invoice))
}

const pastDue = (book: Book, invoice: Invoice): Invoice => {
  if (isOverdue(book, invoice)) return invoice
  const yesterday = new Date(Date.parse(today(book, invoice.business)) - 86_400_000).toISOString().slice(0, 10)
  const after = touched(book, invoice, { dueDate: yesterday })
  if (!isOverdue(book, after)) throw new Refused(['id'], 'Nothing is due on this invoice.')
  return after
}

const Emit = z.object({
  event: z.string(),
  invoice: z.string().optional(),
  business: z.string().optional(),
  data: z.record(z.string(), z.string()).optional(),
})

/** Any event by hand, listed or not. */
const emit: Act = (book, input) => {
  const { event, invoice: ref, data } = Emit.parse(input)
  const invoice = ref === undefined ? undefined : need(userAccess(book), 'Invoice', ref, ['invoice'])
  const business = invoice?.business ?? businessOf(book, input).id
  const body = data ?? (invoice ? invoiceData(book, event, invoice) : {})
  announce(book, event, business, body, true)
  return { event, business, data: body }
}

const setPlan: Act = (book, input) => {
  const { plan } = z.object({ plan: z.enum(['pro', 'starter']) }).parse(input)
  const business = businessOf(book, input)
  return told('Business', book.records.Business.put(business.id, { ...business, plan }))
}

const ProductForm = z.object({
  name: z.string(),
  description: z.string().nullish(),
  unitPrice: DecimalText.default('0'),
  incomeAccount: z.string().nullable().optional(),
  expenseAccount: z.string().nullable().default(null),
  taxes: z.array(z.string()).default([]),
})

const createProductAct: Act = (book, input) => {
  const seed = { ...ProductForm.parse(input), isArchived: false }
  return told('Product', createProduct(book, userAccess(book), productInput(book, businessOf(book, input), seed)))
}

const ACTS: Record<string, Act> = {
  'create-invoice': createInvoiceAct,
  'edit-invoice': editInvoice,
  'approve-invoice': onInvoice(approveInvoice),
  'send-invoice': onInvoice(markInvoiceSent, { sendMethod: 'WAVE' }),
  'view-invoice': onInvoice(viewInvoice),
  'pay-invoice': payInvoice,
  'edit-payment': (book, input) => told('InvoicePayment', patchPayment(book, userAccess(book), input)),
  'delete-payment': (book, input) => told('InvoicePayment', deletePayment(book, userAccess(book), input)),
  'delete-invoice': deleteInvoiceAct,
  'create-customer': (book, input) => {
    const form = { ...z.looseObject({}).parse(input), businessId: businessOf(book, input).id }
    return told('Customer', createCustomer(book, userAccess(book), form))
  },
  'edit-customer': (book, input) => told('Customer', patchCustomer(book, userAccess(book), input)),
  'delete-customer': (book, input) => told('Customer', deleteCustomer(book, userAccess(book), input)),
  'create-product': createProductAct,
  'edit-product': (book, input) => told('Product', patchProduct(book, userAccess(book), input)),
  'archive-product': (book, input) => told('Product', archiveProduct(book, userAccess(book), input)),
  'mark-overdue': markOverdue,
  emit,
  'set-plan': setPlan,
  'register-webhook': registerWebhook,
  grant: seedGrant,
  authorize: (book, input) => seedCode(book, input),
}

export const act = (book: Book, action: string, input: unknown): unknown => {
  const known = ACTS[action]
  if (!known) throw new Error(`simulator: Wave has no action ${action}`)
  return known(book, input ?? {})
}
