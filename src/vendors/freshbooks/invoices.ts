import { z } from 'zod'
import type { Source } from '../../core/flow'
import { skusOf } from './item-skus'
import { day, decimal, id, Money, percent, text, visState } from './shapes'
import { sourceOf } from './source'
import { fromEastern, stamp } from './stamps'

const Line = z.lazy(() =>
  z.object({
    lineid: id,
    /** Of the item; there is neither its id nor its SKU. */
    name: text,
    description: text,
    qty: decimal,
    unit_cost: Money,
    /** qty × unit_cost, before discount and tax. */
    amount: Money,
    /** '' = none. Percent. */
    taxName1: text,
    taxAmount1: percent,
    taxName2: text,
    taxAmount2: percent,
    /** The second tax is on top of the first. */
    compounded_tax: z
      .boolean()
      .nullish()
      .transform((value) => value ?? false),
  }),
)
export type InvoiceLine = z.infer<typeof Line>

const Head = z.object({
  id,
  invoice_number: text,
  create_date: day,
  due_date: day.nullish(),
  customerid: id,
  /** Of the client, as it was called then. */
  organization: text,
  fname: text,
  lname: text,
  currency_code: z.string(),
  /** With tax and discount. */
  amount: Money,
  /** Percent. */
  discount_value: percent,
  /** Negative. */
  discount_total: Money.nullish(),
  po_number: text,
  notes: text,
  terms: text,
  /** 1 = draft. What it says of payments is not to be trusted (sheet section 0). */
  status: z.number().int(),
  updated: stamp,
  version: stamp.nullish(),
  vis_state: visState,
})

/** An invoice as it was read; amounts in its currency. `skus` = of its lines' items, by name, as FreshBooks' list of items has them. */
export const Invoice = Head.extend({
  lines: z
    .array(Line)
    .nullish()
    .transform((lines) => lines ?? []),
  skus: z.record(z.string(), z.string()).default({}),
})
export type Invoice = z.infer<typeof Invoice>

export const isDraft = ({ status }: Pick<Invoice, 'status'>): boolean => status === 1

/** What the client was called when the invoice was made. */
export const partyName = ({ organization, fname, lname }: Pick<Invoice, 'organization' | 'fname' | 'lname'>): string =>
  organization.trim() || `${fname} ${lname}`.trim()

const stampOf = ({ version, updated }: z.infer<typeof Head>): string => version ?? updated

const plain: Source<Invoice> = sourceOf({
  type: 'invoice',
  rest: 'invoices/invoices',
  single: 'invoice',
  head: Head,
  record: Invoice,
  id: (invoice) => invoice.id,
  version: (invoice) => fromEastern(stampOf(invoice)),
  number: ({ invoice_number, id }) => invoice_number || id,
  date: ({ create_date }) => create_date,
  row: (invoice) => `${invoice.vis_state} ${stampOf(invoice)} ${invoice.status} ${invoice.amount.amount}`,
  stamp: ({ updated }) => updated,
  filtered: true,
  deleted: true,
  terms: (invoice) => ({
    kind: 'dated',
    number: invoice.invoice_number,
    date: invoice.create_date,
    total: invoice.amount.amount,
    currency: invoice.currency_code,
    party: partyName(invoice),
  }),
  query: { 'include[]': 'lines' },
})

/** Invoices of the account, drafts too, each with the SKUs of its lines. Deleting one may leave its stamp as it is. */
export const invoices: Source<Invoice> = {
  ...plain,
  async read(api, invoiceId) {
    const invoice = await plain.read(api, invoiceId)
    return invoice && { ...invoice, skus: await skusOf(api, new Set(invoice.lines.map(({ name }) => name))) }
  },
}
