import type { Books } from '../books'
import type { Call, Verbs } from '../call'
import { contains, equals, filtered, paged } from '../lists'
import type { MoneyTask } from './model'
import { partyName, totalOf } from './money-views'

const party = (books: Books, task: MoneyTask): string =>
  task.TaskType === 'Transfer Money' ? '' : partyName(books, task)

const accounts = (task: MoneyTask): string =>
  task.TaskType === 'Transfer Money' ? `${task.FromAccount} ${task.ToAccount}` : task.BankAccount

const row = (books: Books) => (task: MoneyTask) => ({
  TaskID: task.TaskID,
  Date: task.Date,
  TaskType: task.TaskType,
  Status: task.Status,
  SupplierCustomerName: party(books, task),
  SupplierID: task.TaskType === 'Transfer Money' ? null : task.SupplierID,
  CustomerID: task.TaskType === 'Transfer Money' ? null : task.CustomerID,
  Reference: task.Reference,
  TotalAmount: Number(totalOf(books, task)),
})

/** `Search` looks in party, reference, bank account, note and amount (the vendor's blueprint). */
const listTasks = ({ books, query }: Call) => {
  const rows = filtered(books.moneyTasks.listed(), query, {
    Status: equals(({ Status }) => Status),
    TaskType: equals(({ TaskType }) => TaskType),
    Search: contains(
      (task) => party(books, task),
      ({ Reference }) => Reference,
      accounts,
      ({ Note }) => Note,
      (task) => totalOf(books, task),
    ),
  })
  return paged(rows, query, 'MoneyTasks', row(books))
}

export const moneyListRoutes: Verbs = { GET: listTasks }
