import { z } from 'zod'
import type { Difference } from '../../core/failure'
import type { Target, TargetPage } from '../../core/flow'
import type { Figures } from '../../core/reconciliation'
import type { ReadApi } from '../../core/vendor'
import { sha256 } from '../../lib/bytes'
import { canonical } from '../../lib/json'
import { add, atMost, type Decimal, multiply, negate, round } from '../../lib/money'
import { notThere } from './absence'
import { type Leg, netLegs, pairsOf } from './journal-pairs'
import { after, readAll, readPage, startOf } from './lists'
import { cut, dateOf, decimal, number, sameWord, text } from './shapes'
import { isStatus, Task } from './task-conflict'
import { taskTarget } from './task-target'
import { compare } from './totals'

/** A journal to be: what each account gets, debit positive, credit negative, at most two decimals. The legs add up to nothing. */
export const JournalDraft = z.lazy(() =>
  z.object({
    currency: z.string(),
    /** Base currency per unit of it. */
    rate: z.string(),
    date: z.string(),
    /** For people. */
    narration: z.string(),
    reference: z.string(),
    legs: z.array(z.object({ account: z.string(), amount: z.string() })),
  }),
)
export type JournalDraft = z.infer<typeof JournalDraft>

const Line = z.object({ Debit: text, Credit: text, Amount: decimal })

const Journal = Task.extend({
  JournalNumber: text,
  Currency: text,
  CurrencyConversionRate: decimal.nullish(),
  EffectiveDate: text,
  Narration: text,
  Notes: text,
  Lines: z.array(Line).nullish(),
})
type Journal = z.infer<typeof Journal>

/** POST, PUT and DELETE answer the list envelope (sheet section 10); parsed again, it is the journal itself. */
const Answer = z.lazy(() =>
  z.union([
    Journal,
    z.object({ Journals: z.tuple([Journal], z.unknown()) }).transform(({ Journals: [journal] }) => journal),
  ]),
)

const LIST = 'Journals'

/** Manual journals. Our marker is the last line of `Notes`, where `Search` looks. */
export const journals: Target<JournalDraft> = taskTarget({
  type: 'journal',
  label: 'journal',
  path: '/journal',
  draft: JournalDraft,
  answer: Answer,

  body: ({ currency, rate, date, narration, reference, legs }, marker) => ({
    Currency: currency,
    CurrencyConversionRate: number(rate),
    EffectiveDate: dateOf(date),
    Narration: cut(narration, 1000),
    Notes: marker,
    Lines: pairsOf(legs).map(({ debit, credit, amount }) => ({
      Debit: debit,
      Credit: credit,
      Reference: reference,
      Amount: number(amount),
      BaseAmount: number(round(multiply(amount, rate), 2)),
    })),
  }),

  async read(api, id) {
    const rows = await notThere(() => readAll(api, '/journal', LIST, Journal, { TaskID: id }))
    return rows?.find(({ TaskID }) => sameWord(TaskID, id)) ?? null
  },

  /** An ignored filter would list everything, so each row is compared. */
  async ours(api) {
    const rows = await readAll(api, '/journal', LIST, Journal, { Search: api.marker })
    return rows.filter((row) => !isStatus(row, 'VOIDED') && hasMarker(row, api.marker))
  },

  differences: (journal, draft) => [
    ...perAccount(accountsOf(journal), draft),
    ...(sameWord(journal.Currency, draft.currency)
      ? []
      : [{ what: 'currency', source: draft.currency, target: journal.Currency, currency: draft.currency }]),
  ],

  number: ({ JournalNumber, TaskID }) => JournalNumber || TaskID,
  date: dayOf,
  shown: ({ Currency, CurrencyConversionRate, EffectiveDate, Lines }) => [
    Currency.toUpperCase(),
    CurrencyConversionRate ?? '',
    EffectiveDate.slice(0, 10),
    (Lines ?? []).map(({ Debit, Credit, Amount }) => canonical([Debit, Credit, Amount])).sort(),
  ],
  facts: () => ({}),
  figures: figuresOf,
  list: journalPage,
})

const hasMarker = ({ Notes }: Journal, marker: string): boolean =>
  Notes.split(/\r?\n/).some((line) => line.trim() === marker)

function dayOf({ EffectiveDate }: Journal): string {
  return EffectiveDate.slice(0, 10)
}

/** Debits less credits. */
const accountsOf = ({ Lines }: Journal): Leg[] =>
  netLegs(
    (Lines ?? []).flatMap(({ Debit, Credit, Amount }) => [
      { account: Debit, amount: Amount },
      { account: Credit, amount: negate(Amount) },
    ]),
  )

const perAccount = (shown: Leg[], { legs, currency }: JournalDraft): Difference[] => {
  const wanted = netLegs(legs)
  const of = (side: Leg[], account: string): Decimal => side.find((leg) => leg.account === account)?.amount ?? '0'
  const accounts = new Set([...wanted, ...shown].map(({ account }) => account))
  return [...accounts].flatMap((account) =>
    compare(`journal account ${account}`, of(wanted, account), of(shown, account), currency),
  )
}

/** All debits. */
const totalOf = (legs: Leg[]): Decimal =>
  add('0', ...legs.map(({ amount }) => amount).filter((amount) => !atMost(amount, '0')))

function figuresOf(journal: Journal): Figures {
  const legs = accountsOf(journal)
  return {
    currency: journal.Currency.toUpperCase(),
    total: totalOf(legs),
    tax: '0',
    customer: { id: '', name: '' },
    accounts: Object.fromEntries(legs.map(({ account, amount }) => [account, amount])),
  }
}

/** A page of all journals. They have no stamp: what they show stands for it. */
async function journalPage(api: ReadApi, cursor: string | null): Promise<TargetPage> {
  const at = startOf(cursor)
  const { rows, done } = await readPage(api, '/journal', LIST, Journal, at)
  return { rows: await Promise.all(rows.map(rowOf)), next: after(at, rows.length), done }
}

const rowOf = async (journal: Journal) => {
  const { currency, total, customer } = figuresOf(journal)
  return {
    id: journal.TaskID,
    number: journal.JournalNumber,
    date: dayOf(journal),
    stamp: (await sha256(canonical(journal))).slice(0, 12),
    booked: isStatus(journal, 'COMPLETED'),
    currency,
    total,
    customer,
  }
}
