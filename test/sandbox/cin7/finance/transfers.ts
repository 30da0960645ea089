import Big from 'big.js'
import { rounded } from '../arithmetic'
import type { Books } from '../books'
import type { Verbs } from '../call'
import { accountPays, refuseLocked } from '../checks'
import { problem, refusal, round } from '../errors'
import { type Body, day, decimal, guid, missing, oneOf, text } from '../fields'
import { isTrue, needed } from '../lists'
import { currencyOf } from './accounts'
import type { BankTransfer } from './model'
import { transferView } from './money-views'

const WRITABLE = ['DRAFT', 'COMPLETED']

const amount = (body: Body, name: string, old?: string): string => {
  const given = decimal(body, name) ?? old ?? '0'
  round(new Big(given).lte(0) && problem(`${name} is invalid`))
  return rounded(given, 2)
}

const check = (books: Books, transfer: BankTransfer): void => {
  const { FromAccount, ToAccount, FromAmount, ToAmount } = transfer
  round(accountPays(books, FromAccount), accountPays(books, ToAccount))
  round(FromAccount === ToAccount && problem('FromAccount and ToAccount should be different'))
  const sameCurrency = currencyOf(books, FromAccount) === currencyOf(books, ToAccount)
  round(sameCurrency && !new Big(FromAmount).eq(ToAmount) && problem('ToAmount is invalid'))
  refuseLocked(books, transfer.Date)
}

const transferOf = (body: Body, old: Partial<BankTransfer>): BankTransfer => ({
  TaskID: old.TaskID ?? crypto.randomUUID(),
  TaskType: 'Transfer Money',
  Status: oneOf(body, 'Status', WRITABLE) ?? old.Status ?? 'DRAFT',
  FromAccount: text(body, 'FromAccount') ?? old.FromAccount ?? '',
  ToAccount: text(body, 'ToAccount') ?? old.ToAccount ?? '',
  FromAmount: amount(body, 'FromAmount', old.FromAmount),
  ToAmount: amount(body, 'ToAmount', old.ToAmount),
  Reference: text(body, 'Reference') ?? old.Reference ?? '',
  Date: day(body, 'Date') ?? old.Date ?? '',
  Note: text(body, 'Note') ?? old.Note ?? '',
})

const keep = (books: Books, transfer: BankTransfer): BankTransfer => {
  check(books, transfer)
  books.moneyTasks.save(transfer.TaskID, transfer)
  return transfer
}

export const postTransfer = (books: Books, body: Body): BankTransfer => {
  round(...missing(body, 'Status', 'FromAccount', 'ToAccount', 'FromAmount', 'ToAmount', 'Date'))
  return keep(books, transferOf(body, {}))
}

const transferById = (books: Books, id: string): BankTransfer => {
  const task = books.moneyTasks.get(id)
  if (task?.TaskType !== 'Transfer Money') throw refusal('Bank transfer with specified ID not found')
  return task
}

const putTransfer = (books: Books, body: Body): BankTransfer => {
  round(...missing(body, 'TaskID'))
  const old = transferById(books, guid(body, 'TaskID') ?? '')
  if (old.Status !== 'DRAFT') throw refusal('Bank transfer should be in DRAFT status')
  refuseLocked(books, old.Date)
  return keep(books, transferOf(body, old))
}

const removeTransfer = (books: Books, id: string, voids: boolean): BankTransfer => {
  const old = transferById(books, id)
  if (old.Status === 'VOIDED') throw refusal('Bank transfer is voided already')
  if (!voids && old.Status !== 'COMPLETED') throw refusal('Bank transfer has nothing to undo')
  refuseLocked(books, old.Date)
  const removed = { ...old, Status: voids ? 'VOIDED' : 'DRAFT' }
  books.moneyTasks.save(removed.TaskID, removed)
  return removed
}

export const transferRoutes: Verbs = {
  GET: ({ books, query }) => transferView(books, transferById(books, needed(query, 'TaskID'))),
  POST: ({ books, body }) => transferView(books, postTransfer(books, body)),
  PUT: ({ books, body }) => transferView(books, putTransfer(books, body)),
  DELETE: ({ books, query }) =>
    transferView(books, removeTransfer(books, needed(query, 'ID'), isTrue(query.get('Void')))),
}
