import { z } from 'zod'
import type { TargetApi, TargetRef } from '../../core/flow'
import { now } from '../../lib/clock'
import { isZero, round } from '../../lib/money'
import { changeBase, changeLight, createHeader, postInvoice } from './purchase-calls'
import type { PurchaseDraft, PurchaseOrderDraft } from './purchase-draft'
import { findByMarker } from './purchase-find'
import { thePurchase } from './purchase-read'
import type { Purchase, PurchaseInvoice } from './purchase-record'
import { holdsRows } from './purchase-rows'
import { shownInvoice, shownOrder } from './purchase-shown'
import { isBooked, isLive } from './purchase-standing'
import { contentOf, holdsBase, notAsAsked, noteFor, refuseOtherCurrency, type Work } from './purchase-work'
import { decimal, sameWord, text, WithId } from './shapes'
import { stampIn } from './stamp'
import { compare } from './totals'

const Made = z.lazy(() => z.object({ ID: z.string().min(1), OrderNumber: text, SupplierCurrency: text }))

/** A new purchase without order; it says nothing yet. */
export const made = async <D extends PurchaseOrderDraft>(
  api: TargetApi,
  draft: D,
  invoiceNumber: string,
): Promise<Work<D>> => {
  const content = await contentOf(api, draft)
  const { ID, OrderNumber, SupplierCurrency } = await api.step({
    name: 'header',
    call: () => createHeader(draft, content.texts),
    answer: Made,
    find: async () => {
      const found = await findByMarker(api, { supplierId: draft.supplierId, invoiceNumber }, now())
      return found && { ID: found.id, OrderNumber: found.number, SupplierCurrency: found.currency }
    },
    born: ({ ID, OrderNumber }): TargetRef => ({ id: ID.toLowerCase(), number: OrderNumber || ID, facts: {} }),
  })
  const number = OrderNumber || ID
  refuseOtherCurrency(draft, number, SupplierCurrency)
  return { ...content, id: ID.toLowerCase(), number }
}

/**
 * Terms, note and attributes: what books nothing. The first step of a change, so `refuse` is asked before it leaves and no more
 * once it has: what is half undone then was undone by us.
 */
export const light = async (work: Work, purchase: Purchase, refuse: () => void = () => {}): Promise<void> => {
  const { api, draft, id } = work
  const note = noteFor(work, purchase)
  await api.step({
    name: 'light',
    call: () => {
      refuse()
      return changeLight(id, draft, note)
    },
    answer: WithId,
    find: async () => {
      const found = await thePurchase(api, id)
      return holdsLight(work, found) ? { ID: found.id } : null
    },
  })
}

/** Where a person wrote the note, the terms have to say it. */
export const holdsLight = ({ head, draft }: Work, { note, terms, requiredBy }: Purchase): boolean => {
  const stamp = stampIn(note)
  if (stamp !== undefined) return stamp === head
  return note !== '' && sameWord(terms, draft.terms) && (draft.requiredBy === '' || requiredBy === draft.requiredBy)
}

/** Only while order and invoice are drafts. */
export const base = async (work: Work, purchase: Purchase): Promise<void> => {
  if (holdsBase(work, purchase)) return
  const { api, draft, id } = work
  await api.step({
    name: 'header',
    call: () => changeBase(id, draft),
    answer: WithId,
    find: async () => {
      const found = await thePurchase(api, id)
      return holdsBase(work, found) ? { ID: found.id } : null
    },
  })
}

const InvoicesAnswer = z.lazy(() =>
  z.object({
    Invoices: z.array(
      z.object({
        TaskID: z.string(),
        Status: text,
        TotalBeforeTax: decimal.nullish(),
        Tax: decimal.nullish(),
        Total: decimal.nullish(),
      }),
    ),
  }),
)

const answerOf = ({ id, status, beforeTax, tax, total }: PurchaseInvoice) => ({
  Invoices: [{ TaskID: id, Status: status, TotalBeforeTax: beforeTax, Tax: tax, Total: total }],
})

const liveInvoice = ({ invoices }: Purchase): PurchaseInvoice | undefined => invoices.find(isLive)

/** A draft that is there already is written over: a purchase of ours has one invoice. */
export const draftInvoice = async (work: Work<PurchaseDraft>): Promise<void> => {
  const { api, draft, id } = work
  await api.step({
    name: 'invoice',
    call: () => postInvoice(id, draft, 'DRAFT'),
    answer: InvoicesAnswer,
    find: async () => {
      const found = liveInvoice(await thePurchase(api, id))
      return found && holdsRows(draft, found) ? answerOf(found) : null
    },
  })
}

/** Compares what Cin7 will book while it is a draft, then books it. The purchase is read back for it: 200 is no proof (sheet section 0). */
export const authorise = async (work: Work<PurchaseDraft>): Promise<TargetRef> => {
  const { api, draft, id, number } = work
  const purchase = await thePurchase(api, id)
  refuseOtherCurrency(draft, number, purchase.currency)
  const invoice = liveInvoice(purchase)
  const standing = `purchase ${number} with an authorised order and the draft invoice ${invoice?.number ?? ''}, nothing is booked; void the purchase in Cin7, or correct the cause and replay`
  if (!invoice) throw notAsAsked('the draft invoice is gone', standing)
  api.refuseUnless(differences(invoice, draft), standing)

  const { Invoices } = await api.step({
    name: 'authorise',
    call: () => postInvoice(id, draft, 'AUTHORISED', invoice.id),
    answer: InvoicesAnswer,
    find: async () => {
      const now = liveInvoice(await thePurchase(api, id))
      return now && isBooked(now) ? answerOf(now) : null
    },
  })
  const booked = Invoices.find(({ TaskID }) => sameWord(TaskID, invoice.id))
  if (!booked || !isBooked({ status: booked.Status.toUpperCase() }))
    throw notAsAsked(`the invoice is ${booked?.Status ?? 'missing in the answer'}`, standing)
  const total = booked.Total ?? draft.total
  api.refuseUnless(compare('invoice total', draft.total, total, draft.currency), alreadyBooked(work, invoice))
  return finished(work, purchase, invoice)
}

const alreadyBooked = ({ number }: Work, invoice: PurchaseInvoice): string =>
  `invoice ${invoice.number} of purchase ${number} is authorised and books other figures; correct it in Cin7 by hand`

/** An invoice that was found authorised: nobody compared it yet. */
export const foundBooked = (
  work: Work<PurchaseDraft>,
  purchase: Purchase,
  invoice: PurchaseInvoice,
): Promise<TargetRef> => {
  work.api.refuseUnless(differences(invoice, work.draft), alreadyBooked(work, invoice))
  return finished(work, purchase, invoice)
}

/** What the next change has to know: our invoice, what it was over, and what Cin7 showed of it. */
const finished = async (
  { id, number, draft, booked, head }: Work,
  purchase: Purchase,
  invoice: PurchaseInvoice,
): Promise<TargetRef> => ({
  id,
  number,
  facts: {
    invoice: invoice.id,
    invoiceNumber: invoice.number,
    total: draft.total,
    currency: draft.currency,
    stamp: booked,
    head,
    ...(await shownOrder(purchase)),
    ...(await shownInvoice(invoice)),
  },
})

/** The rate of an invoice is its own; where it is not shown, it is the purchase's. */
const differences = (invoice: PurchaseInvoice, { beforeTax, tax, total, currency, rate }: PurchaseDraft) => [
  ...compare('invoice total before tax', beforeTax, invoice.beforeTax, currency),
  ...compare('invoice tax', tax, invoice.tax, currency),
  ...compare('invoice total', total, invoice.total, currency),
  ...(isZero(invoice.rate) ? [] : compare('exchange rate', round(rate, 4), round(invoice.rate, 4), currency)),
]
