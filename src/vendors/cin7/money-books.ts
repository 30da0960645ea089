import type { TargetPage } from '../../core/flow'
import type { Figures } from '../../core/reconciliation'
import type { ReadApi } from '../../core/vendor'
import { add, type Decimal, negate } from '../../lib/money'
import { after, readPage, startOf } from './lists'
import { LIST, LIST_KEY, ListRow, nameIn, type Operation, sums } from './money-shapes'
import { sameWord } from './shapes'
import { isStatus } from './task-conflict'

/** What was received counts the other way round. */
export const figuresOf = (operation: Operation, { currency = '' }: Record<string, string>): Figures => {
  const signed = (value: Decimal) => (sameWord(operation.TaskType, 'Receive Money') ? negate(value) : value)
  const { net, tax } = sums(operation)
  const accounts: Record<string, Decimal> = {}
  for (const { AccountCode, Total } of operation.Lines ?? [])
    accounts[AccountCode] = add(accounts[AccountCode] ?? '0', signed(Total))
  return {
    currency,
    total: signed(add(net, tax)),
    tax: signed(tax),
    customer: { id: operation.SupplierID.toLowerCase(), name: operation.SupplierCustomer },
    accounts,
  }
}

/** A page of all money operations; transfers between bank accounts are in the same list. It shows neither stamp nor currency. */
export const operationPage = async (api: ReadApi, cursor: string | null): Promise<TargetPage> => {
  const at = startOf(cursor)
  const { rows, done } = await readPage(api, LIST, LIST_KEY, ListRow, at)
  const operations = rows.filter(({ TaskType }) => !sameWord(TaskType, 'Transfer Money'))
  return { rows: operations.map(rowOf), next: after(at, rows.length), done }
}

const rowOf = (row: ListRow) => {
  const total = row.TotalAmount ?? '0'
  return {
    id: row.TaskID,
    number: nameIn(row.Reference),
    date: row.Date.slice(0, 10),
    stamp: `${row.Status} ${row.Date} ${total} ${row.SupplierID} ${row.Reference}`,
    booked: isStatus(row, 'COMPLETED'),
    currency: '',
    total: sameWord(row.TaskType, 'Receive Money') ? negate(total) : total,
    customer: { id: row.SupplierID.toLowerCase(), name: row.SupplierCustomerName },
  }
}
