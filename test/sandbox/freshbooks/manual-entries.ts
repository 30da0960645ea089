import { z } from 'zod'
import { type Books, nextId } from './books'
import { accessDenied, crash, invalid, refusal } from './errors'
import { type Body, Currency, Day, Decimal, read, Whole, Word } from './fields'
import { type LegIn, post } from './journal'
import { type Entry, NO_ORIGIN } from './ledger-shapes'
import { exact, isPositive, sum } from './money'

const Detail = z.object({
  sub_accountid: Whole,
  debit: Decimal.nullable().default(null),
  credit: Decimal.nullable().default(null),
})
const EntryFields = z.object({
  name: z.string().min(1),
  description: Word,
  currency_code: Currency,
  user_entered_date: Day,
  details: z.array(Detail).min(2),
})

const legOf = (books: Books, { sub_accountid, debit, credit }: z.infer<typeof Detail>): LegIn => {
  const known = books.accounts.all().some((one) => one.parent !== null && one.journalId === sub_accountid)
  if (!known) throw invalid('journal_entry', 'sub_accountid', sub_accountid)
  const leg = { account: sub_accountid, detail_type: 'adjustment' }
  if (debit !== null && credit === null && isPositive(debit)) return { ...leg, side: 'debit', amount: debit }
  if (credit !== null && debit === null && isPositive(credit)) return { ...leg, side: 'credit', amount: credit }
  throw invalid('journal_entry', 'details', JSON.stringify({ debit, credit }))
}

const total = (legs: LegIn[], side: LegIn['side']) =>
  sum(legs.filter((leg) => leg.side === side).map(({ amount }) => amount))

/** A missing currency is the vendor's crash; the number of the refusal of an unbalanced one is not known (sheet 4, 9). */
const balanced = (books: Books, body: Body) => {
  if (body.currency_code === undefined || body.currency_code === null) throw crash()
  const fields = read(EntryFields, body, 'journal_entry')
  const legs = fields.details.map((detail) => legOf(books, detail))
  if (!total(legs, 'debit').eq(total(legs, 'credit')))
    throw refusal(422, 1004, 'Debits and credits must be equal.', { object: 'journal_entry', field: 'details' })
  return { fields, legs }
}

const write = (books: Books, source: string, body: Body): Entry => {
  const { fields, legs } = balanced(books, body)
  const { details: _details, ...head } = fields
  return post(books, source, { ...head, origin: NO_ORIGIN }, legs)
}

export const createEntry = (books: Books, body: Body): object => {
  if (!books.business().manualJournal) throw accessDenied('You do not have access to journal entries')
  return entryView(write(books, `manual/${nextId(books, 'manual')}`, body))
}

/** Users can change entries in the screens; the API cannot. */
export const editEntry = (books: Books, entry: Entry, changes: Body): object => {
  const details = entry.legs.map(({ sub_accountid, debit, credit }) => ({ sub_accountid, debit, credit }))
  return entryView(write(books, entry.source, { ...entry, details, ...changes }))
}

/** Amounts are bare text here, and Money in the list (sheet 4). */
const plain = (amount: string | null): string | null => (amount === null ? null : exact(amount).toFixed())

const entryView = ({ id, name, description, user_entered_date, currency_code, legs }: Entry) => ({
  currency_code,
  description,
  details: legs.map((leg) => ({
    credit: plain(leg.credit),
    currency_code,
    debit: plain(leg.debit),
    description,
    detailid: leg.id,
    id: leg.id,
    name,
    sub_accountid: leg.sub_accountid,
    user_entered_date,
  })),
  entryid: id,
  id,
  name,
  user_entered_date,
})
