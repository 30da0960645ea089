import Big from 'big.js'
import { minus, plus } from './decimal'
import { balanceChanged } from './events'
import { type Balance, type Book, type Entry, must, save } from './model'

type Posting = Pick<Entry, 'at' | 'kind' | 'reference' | 'description'> &
  Partial<Pick<Entry, 'fee' | 'paymentReference'>>

const post = (book: Book, id: number, direction: Entry['direction'], amount: string, of: Posting): Entry => {
  const balance = must(book.balances.get(String(id)), `balance ${id}`)
  const after = direction === 'credit' ? plus(balance.amount, amount) : minus(balance.amount, amount)
  save(book.balances, { ...balance, amount: after, modifiedAt: of.at })
  const entry = save(book.entries, {
    id: book.next('entry'),
    profile: balance.profile,
    balance: id,
    direction,
    amount,
    currency: balance.currency,
    after,
    fee: '0',
    paymentReference: null,
    ...of,
  })
  balanceChanged(book, entry)
  return entry
}

export const credit = (book: Book, id: number, amount: string, of: Posting): Entry =>
  post(book, id, 'credit', amount, of)

export const debit = (book: Book, id: number, amount: string, of: Posting): Entry => post(book, id, 'debit', amount, of)

export const covers = ({ amount }: Balance, wanted: string): boolean => new Big(amount).gte(wanted)

export const balanceIn = (book: Book, profile: number, currency: string): Balance | undefined =>
  book.balances.all().find((one) => one.profile === profile && one.open && one.currency === currency)

export const openBalance = (book: Book, profile: number, currency: string, amount = '0'): Balance => {
  const now = book.world.now()
  const id = book.next('balance')
  return save(book.balances, { id, profile, currency, amount, open: true, createdAt: now, modifiedAt: now })
}
