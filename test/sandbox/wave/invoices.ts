import { z } from 'zod'
import type { Access } from './access'
import { need } from './access'
import { Refused } from './errors'
import { freshId } from './ids'
import { InvoiceCreate, InvoicePatch, TEXTS, textsOf } from './invoice-input'
import { discountFrom, openLines, priced, reopened } from './invoice-lines'
import { clearNumbers, nextNumber, noteNumber } from './invoice-numbers'
import type { Book } from './model'
import { risen, today } from './model'
import type { Invoice, OpenStatus } from './records'
import { emitInvoice, emitSeedNamed } from './webhooks'

/** What only a seed may say about a new invoice. */
export interface InvoiceExtra {
  id?: string | undefined
  createdAt?: string | undefined
  modifiedAt?: string | undefined
  stage?: OpenStatus | undefined
}

export const touched = (book: Book, invoice: Invoice, change: Partial<Invoice>): Invoice =>
  book.records.Invoice.put(invoice.id, { ...invoice, ...change, modifiedAt: risen(book.world, invoice.modifiedAt) })

export const createInvoice = (book: Book, access: Access, raw: unknown, extra: InvoiceExtra = {}): Invoice => {
  const input = InvoiceCreate.parse(raw)
  const business = need(access, 'Business', input.businessId, ['businessId'])
  const customer = need(access, 'Customer', input.customerId, ['customerId'], business.id)
  const createdAt = extra.createdAt ?? risen(book.world)
  const invoiceDate = input.invoiceDate ?? today(book, business.id)
  const stage = extra.stage ?? input.status ?? 'DRAFT'
  const head = {
    currency: input.currency ?? customer.currency ?? business.currency,
    invoiceDate,
    discount: discountFrom(input.discounts ?? [], createdAt),
  }
  const lines = openLines(book, access, business.id, input.items ?? [])
  const invoice: Invoice = {
    ...head,
    ...priced(book, head, lines),
    id: extra.id ?? freshId(book.world, 'Invoice'),
    business: business.id,
    customer: customer.id,
    number: numbered(book, business.id, input.invoiceNumber),
    stage,
    exchangeRate: exchangeRate(input.exchangeRate, head.currency === business.currency),
    dueDate: input.dueDate ?? invoiceDate,
    texts: textsOf(input, TEXTS),
    amountPaid: '0',
    payments: [],
    createdAt,
    modifiedAt: extra.modifiedAt ?? createdAt,
    lastSentAt: stage === 'SENT' || stage === 'VIEWED' ? createdAt : null,
    lastSentVia: stage === 'SENT' || stage === 'VIEWED' ? 'WAVE' : null,
    lastViewedAt: stage === 'VIEWED' ? createdAt : null,
    secret: crypto.randomUUID().replaceAll('-', ''),
  }
  book.records.Invoice.put(invoice.id, invoice)
  noteNumber(book, invoice)
  emitSeedNamed(book, 'invoice.created', business.id, { invoice_id: invoice.id })
  if (stage === 'SAVED') emitInvoice(book, 'invoice.approved', invoice)
  return invoice
}

const numbered = (book: Book, business: string, given: string | null | undefined): string => {
  if (!given) return nextNumber(book, business)
  const taken = (invoice: Invoice) => invoice.business === business && invoice.number === given
  if (book.world.switched('invoiceNumber.unique', false) && book.records.Invoice.all().some(taken))
    throw new Refused(['invoiceNumber'], 'The invoice number is taken.')
  return given
}

const exchangeRate = (given: string | null | undefined, home: boolean): string => {
  if (home && given && given !== '1') throw new Refused(['exchangeRate'], 'Must be 1 in the business currency.')
  return given ?? '1'
}

/** Absent fields stay; `items` replaces the whole list (sheet 5). */
export const patchInvoice = (book: Book, access: Access, raw: unknown): Invoice => {
  const input = InvoicePatch.parse(raw)
  const invoice = need(access, 'Invoice', input.id, ['id'])
  if (input.status === 'DRAFT' && invoice.stage !== 'DRAFT')
    throw new Refused(['status'], 'An approved invoice cannot become a draft.')
  const head = {
    currency: input.currency ?? invoice.currency,
    invoiceDate: input.invoiceDate ?? invoice.invoiceDate,
    discount: input.discounts ? discountFrom(input.discounts, risen(book.world)) : invoice.discount,
  }
  const lines = input.items ? openLines(book, access, invoice.business, input.items) : invoice.items.map(reopened)
  const patched = touched(book, invoice, {
    ...head,
    ...priced(book, head, lines),
    customer: input.customerId
      ? need(access, 'Customer', input.customerId, ['customerId'], invoice.business).id
      : invoice.customer,
    dueDate: input.dueDate ?? invoice.dueDate,
    exchangeRate: input.exchangeRate ?? invoice.exchangeRate,
    number: input.invoiceNumber ?? invoice.number,
    texts: textsOf(input, invoice.texts),
  })
  noteNumber(book, patched)
  emitSeedNamed(book, 'invoice.updated', patched.business, { invoice_id: patched.id })
  return input.status === 'SAVED' && invoice.stage === 'DRAFT' ? approved(book, patched) : patched
}

const approved = (book: Book, invoice: Invoice): Invoice => {
  const after = touched(book, invoice, { stage: 'SAVED' })
  emitInvoice(book, 'invoice.approved', after)
  return after
}

const ById = z.object({ invoiceId: z.string() })

export const approveInvoice = (book: Book, access: Access, raw: unknown): Invoice => {
  const invoice = need(access, 'Invoice', ById.parse(raw).invoiceId, ['invoiceId'])
  if (invoice.stage !== 'DRAFT') throw new Refused(['invoiceId'], 'The invoice is already approved.')
  return approved(book, invoice)
}

export const cloneInvoice = (book: Book, access: Access, raw: unknown): Invoice => {
  const invoice = need(access, 'Invoice', ById.parse(raw).invoiceId, ['invoiceId'])
  const now = risen(book.world)
  const clone: Invoice = {
    ...invoice,
    id: freshId(book.world, 'Invoice'),
    number: nextNumber(book, invoice.business),
    items: invoice.items.map((line) => ({ ...line, id: freshId(book.world, 'InvoiceItem') })),
    stage: 'DRAFT',
    amountPaid: '0',
    payments: [],
    createdAt: now,
    modifiedAt: now,
    lastSentAt: null,
    lastSentVia: null,
    lastViewedAt: null,
    secret: crypto.randomUUID().replaceAll('-', ''),
  }
  book.records.Invoice.put(clone.id, clone)
  noteNumber(book, clone)
  return clone
}

const approvedOnly = (access: Access, ref: string): Invoice => {
  const invoice = need(access, 'Invoice', ref, ['invoiceId'])
  if (invoice.stage === 'DRAFT') throw new Refused(['invoiceId'], 'The invoice must be approved first.')
  return invoice
}

const Send = ById.extend({ to: z.array(z.string()) })

export const sendInvoice = (book: Book, access: Access, raw: unknown): Invoice => {
  const input = Send.parse(raw)
  const invoice = approvedOnly(access, input.invoiceId)
  if (!book.records.Business.get(invoice.business)?.emailSendEnabled)
    throw new Refused(['invoiceId'], 'Sending e-mail is not enabled for this business.')
  if (input.to.length === 0) throw new Refused(['to'], 'At least one recipient is required.')
  const wrong = input.to.findIndex((address) => !z.email().safeParse(address).success)
  if (wrong >= 0) throw new Refused(['to', wrong], 'Enter a valid email address.')
  return sent(book, invoice, 'WAVE', risen(book.world), 'SENT')
}

const MarkSent = ById.extend({ sendMethod: z.string(), sentAt: z.string().nullish() })

/** Skipping makes it UNPAID; NOT_SENT leaves the status but stamps `lastSentAt`, as seen live (sheet 5). */
export const markInvoiceSent = (book: Book, access: Access, raw: unknown): Invoice => {
  const input = MarkSent.parse(raw)
  const invoice = approvedOnly(access, input.invoiceId)
  const stages: Record<string, OpenStatus> = { SKIPPED: 'UNPAID', NOT_SENT: invoice.stage }
  return sent(book, invoice, input.sendMethod, input.sentAt ?? risen(book.world), stages[input.sendMethod] ?? 'SENT')
}

const sent = (book: Book, invoice: Invoice, via: string, at: string, stage: OpenStatus): Invoice => {
  const kept = invoice.stage === 'VIEWED' ? 'VIEWED' : stage
  const after = touched(book, invoice, { stage: kept, lastSentAt: at, lastSentVia: via })
  if (stage === 'SENT') emitInvoice(book, 'invoice.sent', after)
  return after
}

export const viewInvoice = (book: Book, access: Access, raw: unknown): Invoice => {
  const invoice = approvedOnly(access, ById.parse(raw).invoiceId)
  const after = touched(book, invoice, { stage: 'VIEWED', lastViewedAt: risen(book.world) })
  emitInvoice(book, 'invoice.viewed', after)
  return after
}

/** Refused while payments stand (sheet 5); that only drafts can go is a switch. */
export const deleteInvoice = (book: Book, access: Access, raw: unknown, force = false): Invoice => {
  const invoice = need(access, 'Invoice', ById.parse(raw).invoiceId, ['invoiceId'])
  if (invoice.payments.length > 0) throw new Refused(['invoiceId'], 'An invoice with payments cannot be deleted.')
  if (!force && invoice.stage !== 'DRAFT' && book.world.switched('invoiceDelete.draftsOnly', false))
    throw new Refused(['invoiceId'], 'Only drafts can be deleted.')
  book.records.Invoice.delete(invoice.id)
  clearNumbers(book)
  return invoice
}
