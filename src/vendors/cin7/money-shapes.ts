import { z } from 'zod'
import { add, type Decimal } from '../../lib/money'
import { decimal, text } from './shapes'
import { Task } from './task-conflict'

const Line = z.object({ Total: decimal, Tax: decimal.nullish(), TaxRuleName: text, AccountCode: text })

export const Operation = Task.extend({
  TaskType: text,
  BankAccount: text,
  CurrencyConversionRate: decimal.nullish(),
  SupplierCustomer: text,
  SupplierID: text,
  Reference: text,
  Date: text,
  Lines: z.array(Line).nullish(),
})
export type Operation = z.infer<typeof Operation>

export const ListRow = Task.extend({
  TaskType: text,
  Date: text,
  Reference: text,
  SupplierCustomerName: text,
  SupplierID: text,
  TotalAmount: decimal.nullish(),
})

export type ListRow = z.infer<typeof ListRow>

/** Path and key of the list, which holds transfers between bank accounts too. */
export const [LIST, LIST_KEY] = ['/moneyTaskList', 'MoneyTasks']

/** The reference without our stamp. */
export const nameIn = (reference: string): string => reference.replace(/ · ml-connector [0-9a-f]{12}\s*$/, '')

export const sums = ({ Lines }: Operation): { net: Decimal; tax: Decimal } => ({
  net: add('0', ...(Lines ?? []).map(({ Total }) => Total)),
  tax: add('0', ...(Lines ?? []).map(({ Tax }) => Tax ?? '0')),
})
