import { z } from 'zod'
import { Failed } from '../../core/failure'
import type { ReadApi } from '../../core/vendor'
import { addDays } from '../../lib/dates'
import { readPage } from './lists'
import { day, decimal, id, Money, maybeId, text } from './shapes'

/** One leg of one entry, of manual ones and of those that FreshBooks makes itself (sheet section 4). */
const Leg = z.lazy(() =>
  z.object({
    detailid: id,
    detail_type: text,
    user_entered_date: day,
    /** Of the entry. */
    name: text,
    description: text,
    debit: Money.nullish(),
    credit: Money.nullish(),
    account: z.object({ accountid: id, account_name: text, account_number: text }),
    sub_account: z.object({ sub_accountid: id, account_sub_name: text, account_sub_number: text }).nullish(),
    entry: z.object({
      entryid: id,
      clientid: maybeId,
      creditid: maybeId,
      expenseid: maybeId,
      incomeid: maybeId,
      invoiceid: maybeId,
      paymentid: maybeId,
    }),
  }),
)
type Leg = z.infer<typeof Leg>

const EntryLeg = z.lazy(() =>
  z.object({
    /** Sub-account, as the reference list `account` names it. */
    account: z.string(),
    label: z.string(),
    /** One of the two is 0. */
    debit: decimal,
    credit: decimal,
    currency: z.string(),
  }),
)

/** A manual entry: `id` says on which day it is, since that is how it is found again. */
export const JournalEntry = z.lazy(() =>
  z.object({
    id: z.string(),
    entryid: z.string(),
    date: day,
    name: text,
    description: text,
    legs: z.array(EntryLeg),
  }),
)
export type JournalEntry = z.infer<typeof JournalEntry>
export type JournalLeg = JournalEntry['legs'][number]

/** Business dates, both included. */
export interface Window {
  from: string
  to: string
}

/**
 * The manual entries of a window; null = it has more than `most` pages. Legs of an entry may be on several pages, newest first, so all
 * are read or none is believed.
 */
export const entriesOf = async (api: ReadApi, window: Window, most: number): Promise<JournalEntry[] | null> => {
  const legs = new Map<string, Leg>()
  for (let page = 1, seen: number | undefined; ; page++) {
    const { rows, pages, total } = await readPage(api, 'accounting', LIST, Leg, page, queryOf(window))
    if (pages > most) return null
    if (seen !== undefined && seen !== total) throw moved()
    seen = total
    for (const leg of rows) legs.set(leg.detailid, leg)
    if (rows.length > 0 && page < pages) continue
    if (legs.size !== total) throw moved()
    return manualEntries([...legs.values()].filter((leg) => isWithin(leg, window)))
  }
}

const LIST = 'journal_entries/journal_entry_details'

/** Whether the last day belongs to what FreshBooks calls the window is not public: one more is asked for. */
const queryOf = ({ from, to }: Window) => ({ 'search[start_date]': from, 'search[end_date]': addDays(to, 1) })

const isWithin = ({ user_entered_date }: Leg, { from, to }: Window): boolean =>
  user_entered_date >= from && user_entered_date <= to

/** What bills book has no id of theirs, so the null ids alone do not tell (sheet section 4). */
const isManual = ({ detail_type, entry: { entryid, ...origin } }: Leg): boolean =>
  detail_type === 'adjustment' && Object.values(origin).every((of) => of === null)

const byAge = (a: Leg, b: Leg): number => Number(a.detailid) - Number(b.detailid)

/** Oldest first. */
const manualEntries = (legs: Leg[]): JournalEntry[] =>
  [...Map.groupBy(legs.filter(isManual).toSorted(byAge), entryId)].flatMap(([id, [first, ...more]]) =>
    first ? [entryOf(id, first, [first, ...more])] : [],
  )

const entryId = ({ entry, user_entered_date }: Pick<Leg, 'entry' | 'user_entered_date'>): string =>
  `${entry.entryid}@${user_entered_date}`

/** The day that the id names; undefined where it is no such id. */
export const dayOfId = (id: string): string | undefined => /^\d+@(\d{4}-\d{2}-\d{2})$/.exec(id)?.[1]

const entryOf = (
  id: string,
  { entry, user_entered_date: date, name, description }: Leg,
  legs: Leg[],
): JournalEntry => ({
  id,
  entryid: entry.entryid,
  date,
  name,
  description,
  legs: legs.map(legOf),
})

const legOf = ({ debit, credit, account, sub_account }: Leg): JournalLeg => ({
  account: sub_account?.sub_accountid ?? account.accountid,
  label: [
    account.account_number,
    sub_account?.account_sub_number,
    sub_account?.account_sub_name || account.account_name,
  ]
    .filter(Boolean)
    .join(' '),
  debit: debit?.amount ?? '0',
  credit: credit?.amount ?? '0',
  currency: debit?.code ?? credit?.code ?? '',
})

const moved = (): Failed =>
  new Failed({
    kind: 'transient',
    code: 'freshbooks_journal_moved',
    message: 'the list of journal entries changed while it was read',
    remedy: 'Nothing to do: it is read again.',
  })
