import { z } from 'zod'
import type { Source } from '../../core/flow'
import { day, decimal, id, Money, maybeId, percent, text, visState } from './shapes'
import { sourceOf } from './source'
import { fromUtc, stamp } from './stamps'

const Category = z.object({ categoryid: id, category: z.string() })

/** On the wire the category is an object; the SDKs have a word and the id beside it (sheet section 4). */
const Line = z.lazy(() =>
  z
    .object({
      category: z.union([Category, text]),
      categoryid: maybeId,
      description: text,
      quantity: decimal,
      unit_cost: Money,
      /** Before tax. */
      amount: Money,
      tax_name1: text,
      tax_percent1: percent,
      tax_amount1: Money.nullish(),
      tax_name2: text,
      tax_percent2: percent,
      tax_amount2: Money.nullish(),
    })
    .transform(({ category, categoryid, ...line }) =>
      typeof category === 'string' ? { ...line, category, categoryid } : { ...line, ...category },
    ),
)
export type BillLine = z.infer<typeof Line>

/** They have no stamps, and no webhook tells of them. */
const BillPayment = z.lazy(() =>
  z.object({
    id,
    amount: Money,
    paid_date: day,
    payment_type: text,
    note: text,
    /** Also there as an expense of the bank feed. */
    matched_with_expense: z
      .boolean()
      .nullish()
      .transform((value) => value ?? false),
    vis_state: visState,
  }),
)
export type BillPayment = z.infer<typeof BillPayment>

/** A bill as it was read, with its payments; amounts in its currency. */
export const Bill = z.lazy(() =>
  z.object({
    id,
    vendorid: id,
    bill_number: text,
    issue_date: day,
    due_date: day.nullish(),
    currency_code: z.string(),
    /** Before tax. */
    amount: Money,
    tax_amount: Money,
    total_amount: Money,
    outstanding: Money.nullish(),
    lines: z
      .array(Line)
      .nullish()
      .transform((lines) => lines ?? []),
    bill_payments: z
      .array(BillPayment)
      .nullish()
      .transform((payments) => payments ?? []),
    updated_at: stamp,
    vis_state: visState,
  }),
)
export type Bill = z.infer<typeof Bill>

const paymentRow = ({ id, amount, paid_date, payment_type, vis_state }: BillPayment): string =>
  `${id}:${amount.amount}:${paid_date}:${payment_type}:${vis_state}`

/**
 * Bills with their payments. No filter of changes works, so the whole list is read each time; that is also how a change of a payment
 * is noticed, which need not move the bill's stamp.
 */
export const bills: Source<Bill> = sourceOf({
  type: 'bill',
  rest: 'bills/bills',
  single: 'bill',
  head: Bill,
  record: Bill,
  id: (bill) => bill.id,
  version: ({ updated_at }) => fromUtc(updated_at),
  number: ({ bill_number, id }) => bill_number || `bill ${id}`,
  date: ({ issue_date }) => issue_date,
  row: ({ vis_state, total_amount, outstanding, bill_payments }) =>
    [vis_state, total_amount.amount, outstanding?.amount ?? '', ...bill_payments.map(paymentRow).sort()].join(' '),
  stamp: ({ updated_at }) => updated_at,
  filtered: false,
  deleted: true,
  terms: ({ bill_number, issue_date, total_amount, currency_code }) => ({
    kind: 'dated',
    number: bill_number,
    date: issue_date,
    total: total_amount.amount,
    currency: currency_code,
    party: '',
  }),
})
