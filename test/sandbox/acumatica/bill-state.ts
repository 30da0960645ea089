import Big from 'big.js'
import type { Books } from './books'
import { newRecord } from './books'
import type { Kept, Row } from './model'
import { blankRow, flagOf, textOf } from './rows'

const BEFORE_RELEASE = ['', 'On Hold', 'Balanced', 'Pending Approval', 'Rejected']

export const isEditable = (bill: Row): boolean => BEFORE_RELEASE.includes(textOf(bill, 'Status'))

/** Follows `Hold`; off hold it waits for approval where there are approval maps (sheet 6). */
export const billStatus = (books: Books, bill: Row): string => {
  if (flagOf(bill, 'Hold')) return 'On Hold'
  const before = textOf(bill, 'Status')
  if (before !== '' && before !== 'On Hold') return before
  return books.tenant.preferences.approveBills ? 'Pending Approval' : 'Balanced'
}

export const setStatus = (books: Books, bill: Kept, Status: string): Kept =>
  books.save('Bill', { ...bill, values: { ...bill.values, Status, Hold: Status === 'On Hold' } })

export const release = (books: Books, bill: Kept): Kept => setStatus(books, bill, 'Open')

/** Paid in full it is closed; a payment that was voided opens it again. */
export const pay = (books: Books, bill: Kept, amount: string): Kept => {
  const paid = new Big(bill.paid).plus(amount)
  const balance = new Big(textOf(bill, 'Amount')).minus(paid)
  if (balance.lt(0) || paid.lt(0)) throw new Error('simulator: that is not what is owed')
  const values = { ...bill.values, Balance: balance.toFixed(), Status: balance.eq(0) ? 'Closed' : 'Open' }
  return books.save('Bill', { ...bill, values, paid: paid.toFixed() })
}

/** The reversal of a released bill is a debit adjustment on hold with the same lines. */
export const reverse = (books: Books, bill: Kept): Kept => {
  const copied = structuredClone(bill)
  const renewed = (rows: Row[]): Row[] => rows.map((row) => ({ ...row, id: blankRow().id }))
  const lines = Object.fromEntries(Object.entries(copied.lines).map(([name, rows]) => [name, renewed(rows)]))
  const values = {
    ...copied.values,
    Type: 'Debit Adj.',
    ReferenceNbr: books.nextNumber('Bill'),
    Hold: true,
    Status: 'On Hold',
    Balance: textOf(bill, 'Amount'),
  }
  return books.save('Bill', { ...newRecord(books.world), values, lines, note: copied.note })
}
