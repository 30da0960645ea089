import { z } from 'zod'
import { Failed, rejected } from '../../core/failure'
import type { TargetApi, TargetRef } from '../../core/flow'
import { authoriseOrder, changeHeader, postInvoice, type Texts, undoOrder, voidInvoice } from './sale-calls'
import {
  type InvoiceDocument,
  InvoicesAnswer,
  isAuthorised,
  isInclusive,
  liveInvoices,
  OrderDocument,
  rowsTotal,
  type Sale,
  type SaleDraft,
  theSale,
} from './sale-shapes'
import { shownOf } from './sale-shown'
import { sameWord, WithId } from './shapes'
import { stamped, stampIn, stampOf } from './stamp'
import { compare } from './totals'

/** One sale in work. `booked` names what its order and invoice hold, `head` all of it: what books nothing can change alone. */
export interface Work {
  api: TargetApi
  draft: SaleDraft
  booked: string
  head: string
  texts: Texts
  id: string
  /** SO number. */
  number: string
}

export type Content = Pick<Work, 'draft' | 'booked' | 'head' | 'texts'>

export const contentOf = async (draft: SaleDraft): Promise<Content> => {
  const { memo, reference, terms, attributes, fulfil, ...books } = draft
  const [booked, head] = await Promise.all([stampOf(books), stampOf(draft)])
  return { draft, booked, head, texts: { note: stamped(memo, head), memo: stamped(memo, booked) } }
}

export const numberOf = ({ ID, Order }: Sale): string => Order?.SaleOrderNumber || ID

/** A note that does not end with our stamp was written by a person and stays. */
export const noteFor = ({ texts }: Content, { Note }: Sale): string | undefined =>
  Note === '' || stampIn(Note) !== undefined ? texts.note : undefined

export const header = async (work: Work, sale: Sale): Promise<void> => {
  const { api, draft, head, id } = work
  const note = noteFor(work, sale)
  await api.step({
    name: 'header',
    call: () => changeHeader(id, draft, api.marker, note),
    answer: WithId,
    find: async () => {
      const { ID, Note } = await theSale(api, id)
      return stampIn(Note) === head ? { ID } : null
    },
  })
}

export const takeBackInvoice = ({ api, id }: Work, { TaskID }: InvoiceDocument): Promise<unknown> =>
  api.step({
    name: 'void-invoice',
    call: () => voidInvoice(TaskID),
    answer: z.unknown(),
    find: async () => {
      const stillThere = liveInvoices(await theSale(api, id)).some((invoice) => sameWord(invoice.TaskID, TaskID))
      return stillThere ? null : { voided: TaskID }
    },
  })

export const takeBackOrder = ({ api, id }: Work): Promise<unknown> =>
  api.step({
    name: 'undo-order',
    call: () => undoOrder(id),
    answer: z.unknown(),
    find: async () => (isAuthorised((await theSale(api, id)).Order) ? null : { undone: id }),
  })

/** Without order the sale says nothing; authorised, it still books nothing. Its total is the first that Cin7 computes. */
export const order = async ({ api, draft, texts, id, number }: Work): Promise<void> => {
  const answered = await api.step({
    name: 'order',
    call: () => authoriseOrder(id, draft, texts),
    answer: OrderDocument,
    find: async () => {
      const sale = await theSale(api, id)
      const { Order } = sale
      return Order && isAuthorised(Order) ? { ...Order, Total: rowsTotal(Order, isInclusive(sale)) } : null
    },
  })
  const standing = `sale ${number} with an authorised order and no invoice, nothing is booked; void the sale in Cin7, or correct the cause and replay`
  if (!isAuthorised(answered)) throw notAuthorised(`the order is ${answered.Status || 'without a status'}`, standing)
  const total = answered.Total ?? rowsTotal(answered, draft.taxInclusive)
  api.refuseUnless(compare('order total', draft.total, total, draft.currency), standing)
}

/** The task id of the invoice, which is a draft still. */
export const draftInvoice = async ({ api, draft, texts, id, number }: Work): Promise<string> => {
  const { Invoices } = await api.step({
    name: 'invoice',
    call: () => postInvoice(id, draft, texts, 'DRAFT'),
    answer: InvoicesAnswer,
    find: async () => {
      const found = liveInvoices(await theSale(api, id))
      return found.length > 0 ? { Invoices: found } : null
    },
  })
  const [invoice] = liveInvoices({ Invoices })
  if (invoice) return invoice.TaskID
  throw notAuthorised('the draft invoice is missing in the answer', `sale ${number} with an authorised order`)
}

/**
 * Compares what Cin7 will book while it is a draft, then books it. The answer of POST /sale/invoice shows no totals (sheet, sample),
 * so the sale is read back.
 */
export const authorise = async (work: Work, task: string): Promise<TargetRef> => {
  const { api, draft, texts, id, number } = work
  const sale = await theSale(api, id)
  refuseOtherCurrency(work, sale)
  const invoice = invoiceOf(sale, task)
  const standing = `sale ${number} with an authorised order and the draft invoice ${invoice?.InvoiceNumber ?? ''}, nothing is booked; void the sale in Cin7, or correct the cause and replay`
  if (!invoice) throw notAuthorised('the draft invoice is gone', standing)
  api.refuseUnless(differences(invoice, draft), standing)

  const { Invoices } = await api.step({
    name: 'authorise',
    call: () => postInvoice(id, draft, texts, 'AUTHORISED', task),
    answer: InvoicesAnswer,
    find: async () => {
      const now = invoiceOf(await theSale(api, id), task)
      return now && isAuthorised(now) ? { Invoices: [now] } : null
    },
  })
  const booked = invoiceOf({ Invoices }, task)
  if (!isAuthorised(booked))
    throw notAuthorised(`the invoice is ${booked?.Status ?? 'missing in the answer'}`, standing)
  return finished(work, sale, invoice)
}

/** What the next change has to know: our invoice, what it was over, and what Cin7 showed of it. */
export const finished = async (
  { id, number, draft, booked }: Work,
  sale: Sale,
  invoice: InvoiceDocument,
): Promise<TargetRef> => ({
  id,
  number,
  facts: {
    invoice: invoice.TaskID,
    invoiceNumber: invoice.InvoiceNumber,
    total: draft.total,
    stamp: booked,
    ...(await shownOf(sale, invoice)),
  },
})

const invoiceOf = (
  sale: { Invoices?: InvoiceDocument[] | null | undefined },
  task: string,
): InvoiceDocument | undefined => liveInvoices(sale).find(({ TaskID }) => sameWord(TaskID, task))

/** A figure that Cin7 does not show is a difference too: nothing is booked unseen. */
const differences = (invoice: InvoiceDocument, { beforeTax, tax, total, currency }: SaleDraft) => [
  ...compare('invoice total before tax', beforeTax, invoice.TotalBeforeTax ?? '0', currency),
  ...compare('invoice tax', tax, invoice.Tax ?? '0', currency),
  ...compare('invoice total', total, invoice.Total ?? '0', currency),
]

/** The currency of a sale is its customer's and cannot be chosen (sheet section 8.1): a wrong link would book other money. */
export const refuseOtherCurrency = ({ draft, number }: Work, { CustomerCurrency }: Sale): void => {
  if (CustomerCurrency === '' || sameWord(CustomerCurrency, draft.currency)) return
  throw rejected(
    'cin7_sale_currency',
    `the customer of sale ${number} is in ${CustomerCurrency}, the source document in ${draft.currency}`,
    `Link the source customer with a Cin7 customer in ${draft.currency}, then replay. Nothing is booked; sale ${number} stands in Cin7 without an authorised invoice.`,
  )
}

const notAuthorised = (what: string, standing: string): Failed =>
  new Failed({
    kind: 'malformed',
    code: 'cin7_not_authorised',
    message: `Cin7 accepted the call, yet ${what}`,
    remedy: `Look at the sale in Cin7, then replay. What stands: ${standing}.`,
  })
