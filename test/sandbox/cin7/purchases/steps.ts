import { z } from 'zod'
import { minus } from '../arithmetic'
import type { Books } from '../books'
import { refusal } from '../errors'
import type { Body } from '../fields'
import { today } from '../stamps'
import { postCredit } from './credit-notes'
import { EMPTY_GUID, postInvoice } from './invoices'
import type { CreditNote, Group, Payment, Purchase } from './model'
import { postOrder } from './orders'
import { postPayment } from './payments'
import { receive } from './receiving'
import { authorisedGroups, NOT_AVAILABLE, paidOn, totalsOf } from './state'

/** Rows as the API takes them, or one charge over `amount`. Without either: those of the document before. */
export const Rows = z.object({
  lines: z.array(z.record(z.string(), z.unknown())).optional(),
  charges: z.array(z.record(z.string(), z.unknown())).optional(),
  amount: z.coerce.string().optional(),
  account: z.string().default('400'),
  date: z.string().optional(),
  status: z.enum(['DRAFT', 'AUTHORISED']).default('AUTHORISED'),
})
export type Rows = z.infer<typeof Rows>

const given = ({ lines, charges, amount }: Rows): { Lines: Body[]; AdditionalCharges: Body[] } | undefined => {
  if (lines || charges) return { Lines: lines ?? [], AdditionalCharges: charges ?? [] }
  if (amount === undefined) return undefined
  const row = { Description: 'Service', Quantity: 1, Price: amount, Discount: 0, Tax: 0, TaxRule: 'Tax Exempt' }
  return { Lines: [], AdditionalCharges: [{ ...row, Total: amount }] }
}

const withAccounts = (rows: { Lines: Body[]; AdditionalCharges: Body[] }, account: string) => {
  const named = (row: Body): Body => ({ ...row, Account: row.Account || account })
  return { Lines: rows.Lines.map(named), AdditionalCharges: rows.AdditionalCharges.map(named) }
}

const bodies = (rows: { Lines: object[]; AdditionalCharges: object[] }) => ({
  Lines: rows.Lines.map((row): Body => ({ ...row })),
  AdditionalCharges: rows.AdditionalCharges.map((row): Body => ({ ...row })),
})

export const orderStep = (books: Books, purchase: Purchase, rows: Rows): Purchase => {
  const wanted = given(rows) ?? bodies(purchase.order)
  return postOrder(books, { TaskID: purchase.ID, Status: rows.status, ...wanted })
}

/** The one that is begun or open; on an Advanced purchase a further one. */
const openTask = (purchase: Purchase): string =>
  purchase.groups.find(({ invoice }) => invoice.Status === 'DRAFT' || invoice.Status === NOT_AVAILABLE)?.TaskID ??
  (purchase.kind === 'Advanced' ? EMPTY_GUID : purchase.ID)

export const Invoicing = Rows.extend({ invoiceNumber: z.string().optional(), dueDate: z.string().optional() })

export const invoiceStep = (books: Books, purchase: Purchase, step: z.infer<typeof Invoicing>): [Purchase, Group] =>
  postInvoice(books, purchase, {
    TaskID: openTask(purchase),
    Status: step.status,
    InvoiceDate: step.date ?? today(books.world.now()),
    InvoiceDueDate: step.dueDate,
    InvoiceNumber: step.invoiceNumber,
    ...withAccounts(given(step) ?? bodies(purchase.order), step.account),
  })

const unreceived = (purchase: Purchase): Group => {
  const group = purchase.groups.find(({ stock }) => stock.Status === 'DRAFT' || stock.Status === NOT_AVAILABLE)
  if (!group) throw refusal(`nothing to receive on ${purchase.number}`)
  return group
}

/** All goods of the invoice, or of the order where goods come first. */
export const receiveStep = (books: Books, purchase: Purchase, step: { date?: string | undefined; status: string }) => {
  const group = unreceived(purchase)
  const rows = group.invoice.Lines.length > 0 ? group.invoice.Lines : purchase.order.Lines
  const Lines = rows
    .filter(({ NonInventory }) => !NonInventory)
    .map(({ ProductID, Quantity }) => ({
      ProductID,
      Quantity,
      Date: step.date ?? today(books.world.now()),
      Location: purchase.header.Location,
    }))
  return receive(books, purchase, group, { part: 'stock', adds: false, body: { Status: step.status, Lines } })
}

export const Crediting = Rows.extend({
  number: z.string().default('CREDIT'),
  invoiceNumber: z.string().optional(),
  unstock: z.boolean().default(false),
})

const wholeInvoice = (purchase: Purchase, number: string | undefined): Group => {
  const groups = authorisedGroups(purchase)
  const group = groups.find(({ invoice }) => invoice.InvoiceNumber === number) ?? groups[0]
  if (!group) throw refusal(`no invoice to credit on ${purchase.number}`)
  return group
}

/** The whole invoice unless rows or an amount are given; `unstock` sends all goods back. */
export const creditStep = (
  books: Books,
  purchase: Purchase,
  step: z.infer<typeof Crediting>,
): [Purchase, CreditNote] => {
  const { invoice, stock } = wholeInvoice(purchase, step.invoiceNumber)
  const open = purchase.credits.find(({ Status }) => Status === 'DRAFT' || Status === NOT_AVAILABLE)
  return postCredit(books, purchase, {
    TaskID: open?.TaskID ?? (purchase.kind === 'Advanced' ? EMPTY_GUID : purchase.ID),
    Status: step.status,
    CreditNoteNumber: step.number,
    CreditNoteDate: step.date ?? today(books.world.now()),
    CreditNoteInvoiceNumber: invoice.InvoiceNumber,
    ...withAccounts(given(step) ?? bodies(invoice), step.account),
    Unstock: step.unstock ? stock.Lines.map(({ CardID, Quantity }) => ({ CardID, Quantity })) : [],
  })
}

export const Paying = z.object({
  taskId: z.string().optional(),
  amount: z.coerce.string().optional(),
  bank: z.string().default('718'),
  date: z.string().optional(),
  reference: z.string().default(''),
  type: z.enum(['Payment', 'Prepayment', 'Refund']).default('Payment'),
})

/** What is due on the first unpaid invoice, unless told otherwise. */
export const payStep = (books: Books, purchase: Purchase, step: z.infer<typeof Paying>): [Purchase, Payment] => {
  const due = (group: Group) => minus(totalsOf(books, purchase, group.invoice).Total, paidOn(purchase, group))
  const groups = authorisedGroups(purchase)
  const group = groups.find(({ TaskID }) => TaskID === step.taskId) ?? groups.find((each) => Number(due(each)) > 0)
  return postPayment(books, {
    TaskID: step.taskId ?? group?.TaskID ?? purchase.ID,
    Type: step.type,
    Amount: step.amount ?? (group ? due(group) : '0'),
    DatePaid: step.date ?? today(books.world.now()),
    Account: step.bank,
    CurrencyRate: purchase.currencyRate,
    Reference: step.reference,
  })
}
