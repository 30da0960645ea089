import type { Failure } from '../../core/failure'
import type { Flow, Lookups, Mapped } from '../../core/flow'
import type { Figures } from '../../core/reconciliation'
import { add, atMost, decimalsOf, show } from '../../lib/money'
import { journals as cin7Journals, type JournalDraft } from '../../vendors/cin7/journals'
import { type JournalEntry, journals } from '../../vendors/freshbooks/journals'
import { cancelsOut, cin7Legs, currenciesOf, imbalance, isBalanced, legsIn } from './journal-legs'
import { Missing } from './missing'
import { rateMissing, rateOn } from './rate'
import { Settings } from './settings'

/** A manual journal entry becomes a completed Cin7 journal in each of its currencies. */
export const journalToJournal: Flow<JournalEntry, JournalDraft, Settings> = {
  name: 'freshbooks-cin7/journal-to-journal',
  source: journals,
  target: cin7Journals,
  settings: Settings,

  skip: (entry, _settings, lookups) =>
    cancelsOut(entry, lookups) ? 'its debits and credits are on the same Cin7 accounts: nothing to book' : undefined,

  parts: currenciesOf,

  fingerprint: (entry, currency) => ({
    date: entry.date,
    name: entry.name,
    description: entry.description,
    legs: legsIn(entry, currency).map(({ account, debit, credit }) => [account, debit, credit]),
  }),

  map(entry, settings, lookups) {
    const missing = new Missing()
    const drafts: Mapped<JournalDraft>[] = []
    for (const currency of currenciesOf(entry)) {
      const draft = draftOf(entry, currency, { settings, lookups, missing })
      if ('kind' in draft) return draft
      if (draft.legs.length > 0) drafts.push({ variant: currency, draft })
    }
    return missing.failure() ?? drafts
  },

  removes: ({ deleted }) => deleted === 'void',

  figures: (entry, _settings, lookups) =>
    currenciesOf(entry).map((currency) => ({ variant: currency, figures: figuresOf(entry, currency, lookups) })),
}

interface Making {
  settings: Settings
  lookups: Lookups
  missing: Missing
}

const draftOf = (entry: JournalEntry, currency: string, making: Making): JournalDraft | Failure => {
  const { settings, lookups, missing } = making
  const legs = legsIn(entry, currency)
  const what = `journal entry ${entry.entryid}`
  if (!isBalanced(legs)) return notBalanced(what, imbalance(legs), currency)
  if (legs.some(({ debit, credit }) => decimalsOf(debit) > 2 || decimalsOf(credit) > 2)) return tooFine(what, currency)
  const { date } = entry
  const rate = rateOn({ currency, date }, settings, lookups)
  if (rate === undefined) return rateMissing(what, { currency, date }, lookups)
  return {
    currency,
    rate,
    date,
    narration: ['FreshBooks journal entry', entry.name, entry.description].filter(Boolean).join(' · '),
    reference: `FreshBooks JE ${entry.entryid}`,
    legs: cin7Legs(legs, ({ account, label }) =>
      missing.or(lookups.mapped('account', account), 'account', account, label),
    ),
  }
}

const figuresOf = (entry: JournalEntry, currency: string, { mapped }: Lookups): Figures => {
  const legs = cin7Legs(
    legsIn(entry, currency),
    ({ account, label }) => mapped('account', account) ?? `not mapped: ${label}`,
  )
  return {
    currency,
    total: add('0', ...legs.map(({ amount }) => amount).filter((amount) => !atMost(amount, '0'))),
    tax: '0',
    customer: { id: '', name: '' },
    accounts: Object.fromEntries(legs.map(({ account, amount }) => [account, amount])),
  }
}

const notBalanced = (what: string, off: string, currency: string): Failure => ({
  kind: 'rejected',
  code: 'journal_not_balanced',
  message: `the debits of ${what} are ${show(off)} ${currency} more than its credits`,
  remedy: 'Correct the entry in FreshBooks so that each of its currencies balances; it is read again by itself.',
})

const tooFine = (what: string, currency: string): Failure => ({
  kind: 'rejected',
  code: 'journal_beyond_cents',
  message: `${what} has amounts in ${currency} with more than two decimals, which Cin7 cannot hold`,
  remedy: 'Enter this journal in Cin7 by hand, then ignore this record.',
})
