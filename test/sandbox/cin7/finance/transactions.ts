import type { Call, Verbs } from '../call'
import { filtered, paged, since, until } from '../lists'
import { instant } from '../stamps'
import { type Entry, entriesOf } from './postings'

const row = ({ TaskID, Debit, Credit, Amount, EffectiveDate, Reference, Transaction, Type }: Entry) => ({
  TaskID,
  DebitAccountCode: Debit,
  CreditAccountCode: Credit,
  Amount: Number(Amount),
  EffectiveDate,
  Reference,
  Transaction,
  Type,
})

const at = ({ EffectiveDate }: Entry): number => instant(EffectiveDate)

/** Read-only, by effective date; `Account` is either side (sheet 10). */
const listTransactions = ({ books, query }: Call) => {
  const rows = filtered(entriesOf(books), query, {
    FromDate: since(books.world, 'FromDate', at),
    ToDate: until('ToDate', at),
    Account: ({ Debit, Credit }, value) => Debit === value || Credit === value,
  })
  return paged(rows, query, 'Transactions', row)
}

export const transactionRoutes: Verbs = { GET: listTransactions }
