import type { Listed, Source } from '../../core/flow'
import { now } from '../../lib/clock'
import { canonical } from '../../lib/json'
import { dayOfId, entriesOf, JournalEntry } from './journal-legs'
import { allEntries, changedEntries } from './journal-windows'

export type { JournalEntry, JournalLeg } from './journal-legs'

const rowOf = ({ name, description, legs }: JournalEntry): string =>
  canonical([name, description, legs.map(({ account, debit, credit, currency }) => [account, debit, credit, currency])])

const numberOf = ({ name, entryid }: JournalEntry): string => name || `journal entry ${entryid}`

const listed = (entry: JournalEntry): Listed => ({
  change: { type: 'journal', id: entry.id, event: 'listed' },
  version: '',
  row: rowOf(entry),
  date: entry.date,
  number: numberOf(entry),
})

const today = (): string => new Date(now()).toISOString().slice(0, 10)

/**
 * Manual journal entries. There is no reading of one by its id, and no webhook: an entry is found among the legs of its day, which
 * its id therefore names. One that is given another day is another record, and the old one is gone.
 */
export const journals: Source<JournalEntry> = {
  vendor: 'freshbooks',
  type: 'journal',
  record: JournalEntry,
  async read(api, id) {
    const day = dayOfId(id)
    if (day === undefined) return null
    const entries = await entriesOf(api, { from: day, to: day }, Number.POSITIVE_INFINITY)
    return entries?.find((entry) => entry.id === id) ?? null
  },
  changes: (api, cursor) => changedEntries(api, cursor, today(), listed),
  all: (api, cursor) => allEntries(api, cursor, today(), listed),
  version: () => '',
  number: numberOf,
  date: ({ date }) => date,
  row: rowOf,
}
