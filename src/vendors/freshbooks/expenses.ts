import { z } from 'zod'
import type { Source } from '../../core/flow'
import { day, id, Money, maybeId, percent, text, visState } from './shapes'
import { sourceOf } from './source'
import { fromEastern, stamp } from './stamps'

/** An expense as it was read. */
export const Expense = z.lazy(() =>
  z.object({
    id,
    categoryid: id,
    /** With taxes. */
    amount: Money,
    taxName1: text,
    taxPercent1: percent,
    taxAmount1: Money.nullish(),
    taxName2: text,
    taxPercent2: percent,
    taxAmount2: Money.nullish(),
    /** Free text, no id. */
    vendor: text,
    date: day,
    notes: text,
    /** Where the money came from, where FreshBooks knows it from a bank feed; '' otherwise. */
    account_name: text,
    bank_name: text,
    /** Of the bank feed; null = entered by hand. */
    transactionid: maybeId,
    /** It is also there as the payment of a bill. */
    bill_matches: z
      .array(z.unknown())
      .nullish()
      .transform((matches) => matches ?? []),
    updated: stamp,
    version: stamp.nullish(),
    vis_state: visState,
  }),
)
export type Expense = z.infer<typeof Expense>

const stampOf = ({ version, updated }: Expense): string => version ?? updated

/** Expenses of the account. Deleting one does not move its stamp (live 2026). */
export const expenses: Source<Expense> = sourceOf({
  type: 'expense',
  rest: 'expenses/expenses',
  single: 'expense',
  head: Expense,
  record: Expense,
  id: (expense) => expense.id,
  version: (expense) => fromEastern(stampOf(expense)),
  number: ({ id, vendor }) => [`expense ${id}`, vendor].filter(Boolean).join(' '),
  date: ({ date }) => date,
  row: (expense) => `${expense.vis_state} ${stampOf(expense)} ${expense.amount.amount}`,
  stamp: ({ updated }) => updated,
  filtered: true,
  deleted: true,
  terms: ({ amount, date, vendor }) => ({
    kind: 'dated',
    number: '',
    date,
    total: amount.amount,
    currency: amount.code,
    party: vendor,
  }),
})
