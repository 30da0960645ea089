import Big from 'big.js'
import { rounded } from '../arithmetic'
import type { Books } from '../books'
import type { Verbs } from '../call'
import { accountPays, refuseLocked } from '../checks'
import { problem, refusal, round } from '../errors'
import { type Body, day, decimal, flag, guid, list, missing, missingInLine, oneOf, text, tooLong } from '../fields'
import { isTrue, needed } from '../lists'
import { amountsOf, checkRow } from '../rows'
import { currencyOf, tableRate } from './accounts'
import type { MoneyLine, MoneyOperation } from './model'
import { operationView } from './money-views'

const WRITABLE = ['DRAFT', 'COMPLETED']

type TaskType = MoneyOperation['TaskType']

const taskTypeOf = (body: Body, old?: TaskType): TaskType => {
  if (old) return old
  return oneOf(body, 'TaskType', ['Spend Money', 'Receive Money']) === 'Spend Money' ? 'Spend Money' : 'Receive Money'
}

/** The wire says `TaxRuleName` and `AccountCode`; the field table's `TaxRule` and `Account` are not read (sheet 10). */
const lineOf =
  (books: Books, type: TaskType) =>
  (body: Body): MoneyLine => {
    round(
      ...missingInLine(body, 'Lines', ['Name', 'Quantity', 'TaxRuleName', 'AccountCode', 'Total']),
      ...tooLong(body, { Name: 256, Comment: 256 }),
    )
    const words = { TaxRule: text(body, 'TaxRuleName') ?? '', Account: text(body, 'AccountCode') ?? '' }
    const row = { ...amountsOf(body), ...words }
    checkRow(books, body, row, type === 'Spend Money' ? 'purchase' : 'sale')
    return { Name: text(body, 'Name') ?? '', Comment: text(body, 'Comment') ?? '', ...row }
  }

/** A supplier or a customer, not both (the vendor's field table). */
const partyOf = (books: Books, body: Body, old: Partial<MoneyOperation>) => {
  const SupplierID = guid(body, 'SupplierID') || old.SupplierID || null
  const CustomerID = guid(body, 'CustomerID') || old.CustomerID || null
  round(!!SupplierID && !!CustomerID && problem('CustomerID and SupplierID are mutually exclusive'))
  round(
    !!SupplierID && !books.suppliers.get(SupplierID) && problem('Supplier with specified ID not found'),
    !!CustomerID && !books.customers.get(CustomerID) && problem('Customer with specified ID not found'),
  )
  return { SupplierID, CustomerID }
}

const rateOf = (books: Books, body: Body, account: string, old?: string): string => {
  const rate = decimal(body, 'CurrencyConversionRate') ?? old ?? tableRate(books, currencyOf(books, account))
  round(new Big(rate).lte(0) && problem('CurrencyConversionRate is invalid'))
  return rounded(rate, 5)
}

const operationOf = (books: Books, body: Body, old: Partial<MoneyOperation>): MoneyOperation => {
  const TaskType = taskTypeOf(body, old.TaskType)
  const BankAccount = text(body, 'BankAccount') ?? old.BankAccount ?? ''
  round(accountPays(books, BankAccount))
  const Status = oneOf(body, 'Status', WRITABLE) ?? old.Status ?? 'DRAFT'
  const Lines = list(body, 'Lines')?.map(lineOf(books, TaskType)) ?? old.Lines ?? []
  round(Status === 'COMPLETED' && Lines.length === 0 && problem('Money task without lines cannot be completed'))
  return {
    TaskID: old.TaskID ?? crypto.randomUUID(),
    TaskType,
    Status,
    BankAccount,
    CurrencyConversionRate: rateOf(books, body, BankAccount, old.CurrencyConversionRate),
    ...partyOf(books, body, old),
    Reference: text(body, 'Reference') ?? old.Reference ?? '',
    Date: day(body, 'Date') ?? old.Date ?? '',
    TaxInclusive: flag(body, 'TaxInclusive') ?? old.TaxInclusive ?? false,
    Note: text(body, 'Note') ?? old.Note ?? '',
    Lines,
  }
}

const keep = (books: Books, operation: MoneyOperation): MoneyOperation => {
  refuseLocked(books, operation.Date)
  books.moneyTasks.save(operation.TaskID, operation)
  return operation
}

export const postOperation = (books: Books, body: Body): MoneyOperation => {
  round(...missing(body, 'TaskType', 'Status', 'BankAccount', 'Date'))
  return keep(books, operationOf(books, body, {}))
}

const operationById = (books: Books, id: string): MoneyOperation => {
  const task = books.moneyTasks.get(id)
  if (!task || task.TaskType === 'Transfer Money') throw refusal('Money task with specified ID not found')
  return task
}

export const putOperation = (books: Books, body: Body): MoneyOperation => {
  round(...missing(body, 'TaskID'))
  const old = operationById(books, guid(body, 'TaskID') ?? '')
  if (old.Status !== 'DRAFT') throw refusal('Money task should be in DRAFT status')
  refuseLocked(books, old.Date)
  return keep(books, operationOf(books, body, old))
}

/** VOIDED without its lines, or a completed one back to a draft. */
export const removeOperation = (books: Books, id: string, voids: boolean): MoneyOperation => {
  const old = operationById(books, id)
  if (old.Status === 'VOIDED') throw refusal('Money task is voided already')
  if (!voids && old.Status !== 'COMPLETED') throw refusal('Money task has nothing to undo')
  refuseLocked(books, old.Date)
  const removed = voids ? { ...old, Status: 'VOIDED', Lines: [] } : { ...old, Status: 'DRAFT' }
  return keep(books, removed)
}

/** Objects, not lists (sheet 15.8). */
export const operationRoutes: Verbs = {
  GET: ({ books, query }) => operationView(books, operationById(books, needed(query, 'TaskID'))),
  POST: ({ books, body }) => operationView(books, postOperation(books, body)),
  PUT: ({ books, body }) => operationView(books, putOperation(books, body)),
  DELETE: ({ books, query }) =>
    operationView(books, removeOperation(books, needed(query, 'ID'), isTrue(query.get('Void')))),
}
