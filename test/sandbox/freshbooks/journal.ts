import { type Books, must, nextId } from './books'
import type { Entry, Leg } from './ledger-shapes'
import { isPositive } from './money'

export interface LegIn {
  side: 'debit' | 'credit'
  account: number
  amount: string
  detail_type: string
}

type Head = Pick<Entry, 'name' | 'description' | 'user_entered_date' | 'currency_code' | 'origin'>

/** Id of a sub account by its name. */
export const subAccount = (books: Books, name: string): number =>
  must(
    books.accounts.all().find((account) => account.parent !== null && account.name === name),
    `sub account ${name}`,
  ).journalId

export const entryOf = (books: Books, source: string): Entry | undefined => books.entries.get(source)

/** Writes, or writes anew, the entry of one document; it keeps its ids. Legs of nothing are left out. */
export const post = (books: Books, source: string, head: Head, legs: LegIn[]): Entry => {
  const old = entryOf(books, source)
  const real = legs.filter(({ amount }) => isPositive(amount))
  return books.entries.put(source, {
    ...head,
    id: old?.id ?? nextId(books, 'entry'),
    source,
    legs: real.map((one, index) => legOf(one, old?.legs[index]?.id ?? nextId(books, 'detail'))),
  })
}

const legOf = ({ side, account, amount, detail_type }: LegIn, id: number): Leg => ({
  id,
  sub_accountid: account,
  debit: side === 'debit' ? amount : null,
  credit: side === 'credit' ? amount : null,
  detail_type,
})

/** The entry of a document that stands is written; otherwise it vanishes, and nothing tells of it (sheet 4). */
export const keep = (books: Books, source: string, stands: boolean, head: Head, legs: LegIn[]): void => {
  if (stands) post(books, source, head, legs)
  else books.entries.delete(source)
}
