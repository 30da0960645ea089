import { z } from 'zod'
import { Failed, rejected } from '../../core/failure'
import type { Target, TargetApi, TargetRef } from '../../core/flow'
import { readAll } from './lists'
import { authoriseOrder, changeHeader, createHeader, postInvoice, undoOrder, voidInvoice, voidSale } from './sale-calls'
import { refuseIfTouched } from './sale-conflict'
import {
  type InvoiceDocument,
  InvoicesAnswer,
  isAuthorised,
  isStatus,
  liveInvoices,
  OrderDocument,
  readSale,
  rowsTotal,
  Sale,
  SaleDraft,
  theSale,
} from './sale-shapes'
import { sameWord, text } from './shapes'
import { stampIn, stampOf } from './stamp'
import { compare } from './totals'

export type { SaleCharge, SaleDraft, SaleLine } from './sale-shapes'

/** One sale in work. */
interface Work {
  api: TargetApi
  draft: SaleDraft
  stamp: string
  id: string
  /** SO number. */
  number: string
}

/**
 * Sales of Cin7, each with an authorised order and an authorised invoice. Made in stages, since nothing nested is taken (sheet
 * section 0); each stage can be found again, so a crash leaves nothing that cannot be finished.
 */
export const sales: Target<SaleDraft> = {
  vendor: 'cin7',
  type: 'sale',
  draft: SaleDraft,

  async create(api, draft) {
    const stamp = await stampOf(draft)
    const header = await api.step({
      name: 'header',
      call: () => createHeader(draft, api.marker, stamp),
      answer: Sale,
      find: () => findByMarker(api),
      born: refOf,
    })
    const work: Work = { api, draft, stamp, id: header.ID, number: refOf(header).number }
    refuseOtherCurrency(work, header)
    await order(work)
    return authorise(work, await draftInvoice(work))
  },

  /**
   * An authorised sale cannot be patched: invoice voided, order stepped back, both posted again; only while nobody touched it.
   * Also finishes what an earlier attempt left half-built. Stages that already hold this content are left alone, so it does the
   * right thing when it is run again after a crash.
   */
  async update(api, target, draft) {
    const stamp = await stampOf(draft)
    const sale = await theSale(api, target.id)
    refuseIfTouched(sale, target.facts, draft.total)
    const work: Work = { api, draft, stamp, id: sale.ID, number: refOf(sale).number }
    const [invoice] = liveInvoices(sale)
    const invoiceStands = invoice !== undefined && stampIn(invoice.Memo) === stamp
    if (invoiceStands && isAuthorised(invoice)) return finished(work, invoice)
    const orderStands = invoiceStands || (isAuthorised(sale.Order) && stampIn(sale.Order?.Memo ?? '') === stamp)
    const headerStands = orderStands || stampIn(sale.Note) === stamp

    if (invoice && !invoiceStands) await takeBackInvoice(work, invoice)
    if (isAuthorised(sale.Order) && !orderStands) await takeBackOrder(work)
    if (!headerStands) await header(work)
    if (!orderStands) await order(work)
    return authorise(work, invoiceStands ? invoice.TaskID : await draftInvoice(work))
  },

  /** Voided, so that it stays visible in Cin7; only while nobody touched it. */
  async remove(api, target) {
    const sale = await theSale(api, target.id)
    if (isStatus(sale, 'VOIDED')) return
    refuseIfTouched(sale, target.facts, '0')
    await api.step({
      name: 'void-sale',
      call: () => voidSale(sale.ID),
      answer: z.unknown(),
      find: async () => (isStatus(await theSale(api, target.id), 'VOIDED') ? { voided: target.id } : null),
    })
  },
}

const refOf = ({ ID, Order }: Sale): TargetRef => ({ id: ID, number: Order?.SaleOrderNumber || ID, facts: {} })

const ListRow = z.object({ SaleID: z.string(), ExternalID: text })

/** An ignored filter would list everything, so each row is compared; ids in it are case-sensitive. */
const findByMarker = async (api: TargetApi): Promise<Sale | null> => {
  const rows = await readAll(api, '/saleList', 'SaleList', ListRow, { ExternalID: api.marker })
  const ours = rows.filter(({ ExternalID }) => ExternalID === api.marker)
  if (ours.length > 1) throw twice(ours.map(({ SaleID }) => SaleID))
  return ours[0] ? readSale(api, ours[0].SaleID) : null
}

const twice = (ids: string[]): Failed =>
  new Failed({
    kind: 'conflict',
    code: 'cin7_sale_twice',
    message: `${ids.length} sales in Cin7 carry the mark of this record`,
    remedy: 'Void the one that is not right in Cin7 and clear its external id, then replay.',
    facts: { sales: ids.join(', ') },
  })

const header = ({ api, draft, stamp, id }: Work): Promise<unknown> =>
  api.step({
    name: 'header',
    call: () => changeHeader(id, draft, api.marker, stamp),
    answer: z.object({ ID: z.string() }),
    find: async () => {
      const { ID, Note } = await theSale(api, id)
      return stampIn(Note) === stamp ? { ID } : null
    },
  })

const takeBackInvoice = ({ api, id }: Work, { TaskID }: InvoiceDocument): Promise<unknown> =>
  api.step({
    name: 'void-invoice',
    call: () => voidInvoice(TaskID),
    answer: z.unknown(),
    find: async () => {
      const stillThere = liveInvoices(await theSale(api, id)).some((invoice) => sameWord(invoice.TaskID, TaskID))
      return stillThere ? null : { voided: TaskID }
    },
  })

const takeBackOrder = ({ api, id }: Work): Promise<unknown> =>
  api.step({
    name: 'undo-order',
    call: () => undoOrder(id),
    answer: z.unknown(),
    find: async () => (isAuthorised((await theSale(api, id)).Order) ? null : { undone: id }),
  })

/** Without order the sale says nothing; authorised, it still books nothing. Its total is the first that Cin7 computes. */
const order = async ({ api, draft, stamp, id, number }: Work): Promise<void> => {
  const answered = await api.step({
    name: 'order',
    call: () => authoriseOrder(id, draft, stamp),
    answer: OrderDocument,
    find: async () => {
      const { Order } = await theSale(api, id)
      return Order && isAuthorised(Order) ? { ...Order, Total: rowsTotal(Order) } : null
    },
  })
  const standing = `sale ${number} with an authorised order and no invoice, nothing is booked; void the sale in Cin7, or correct the cause and replay`
  if (!isAuthorised(answered)) throw notAuthorised(`the order is ${answered.Status || 'without a status'}`, standing)
  api.refuseUnless(compare('order total', draft.total, answered.Total ?? rowsTotal(answered), draft.currency), standing)
}

/** The task id of the invoice, which is a draft still. */
const draftInvoice = async ({ api, draft, stamp, id, number }: Work): Promise<string> => {
  const { Invoices } = await api.step({
    name: 'invoice',
    call: () => postInvoice(id, draft, stamp, 'DRAFT'),
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
const authorise = async (work: Work, task: string): Promise<TargetRef> => {
  const { api, draft, stamp, id, number } = work
  const sale = await theSale(api, id)
  refuseOtherCurrency(work, sale)
  const invoice = invoiceOf(sale, task)
  const standing = `sale ${number} with an authorised order and the draft invoice ${invoice?.InvoiceNumber ?? ''}, nothing is booked; void the sale in Cin7, or correct the cause and replay`
  if (!invoice) throw notAuthorised('the draft invoice is gone', standing)
  api.refuseUnless(differences(invoice, draft), standing)

  const { Invoices } = await api.step({
    name: 'authorise',
    call: () => postInvoice(id, draft, stamp, 'AUTHORISED', task),
    answer: InvoicesAnswer,
    find: async () => {
      const now = invoiceOf(await theSale(api, id), task)
      return now && isAuthorised(now) ? { Invoices: [now] } : null
    },
  })
  const booked = invoiceOf({ Invoices }, task)
  if (!isAuthorised(booked))
    throw notAuthorised(`the invoice is ${booked?.Status ?? 'missing in the answer'}`, standing)
  return finished(work, { ...invoice, TaskID: task })
}

/** What the next change has to know: our invoice, and what it was over. */
const finished = ({ id, number, draft, stamp }: Work, { TaskID, InvoiceNumber }: InvoiceDocument): TargetRef => ({
  id,
  number,
  facts: { invoice: TaskID, invoiceNumber: InvoiceNumber, total: draft.total, stamp },
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
const refuseOtherCurrency = ({ draft, number }: Work, { CustomerCurrency }: Sale): void => {
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
