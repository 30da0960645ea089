import type { Failure } from '../../core/failure'
import type { TargetRef } from '../../core/flow'
import { isZero, same } from '../../lib/money'
import type { BillLine } from '../../vendors/acumatica/bill-draft'
import type { PurchaseRow } from '../../vendors/cin7/purchases'
import { accountLine, itemLine, type Making } from './document-lines'

/** Number of the order in Acumatica, and of the line of it that a row of the order became; both only where they are known. */
export interface OrderLines {
  number: string
  lineOf(row: PurchaseRow): number | undefined
}

/** The order's lines stand in the order of Cin7's rows; those of tax and rounding come after them. */
export const orderLines = (order: TargetRef | undefined, rows: PurchaseRow[]): OrderLines | undefined => {
  const numbers = order?.facts.lines?.split(',').map(Number)
  if (!order || !numbers) return undefined
  const left = rows.map((row, at) => ({ row, line: numbers[at] }))
  return {
    number: order.number,
    lineOf(wanted) {
      const alike = left.filter(({ row }) => row.sku.toLowerCase() === wanted.sku.toLowerCase())
      const found = alike.find(({ row }) => same(row.price, wanted.price)) ?? alike[0]
      if (found) left.splice(left.indexOf(found), 1)
      return found?.line
    },
  }
}

/** A line of a mapped item takes from its order; every other one stands on an account. */
export const billLine = (making: Making, order: OrderLines | undefined, row: PurchaseRow): BillLine | Failure => {
  const { settings, translator } = making
  const item = settings.bills.lines === 'order' ? translator.item(row) : undefined
  if (item === undefined || isZero(row.quantity)) {
    const place = { account: translator.account(row), subaccount: translator.subaccount(row) }
    return { ...accountLine(making, row, place), unit: '', order: null }
  }
  const line = order?.lineOf(row)
  if (!order || line === undefined) return notOrdered(making, row)
  return { ...itemLine(making, row, item), unit: settings.orders?.unit ?? '', order: { number: order.number, line } }
}

const notOrdered = ({ purchase: { number } }: Making, { sku, name }: PurchaseRow): Failure => ({
  kind: 'rejected',
  code: 'bill_line_without_order',
  message: `${sku} ${name} of purchase ${number} has no line in the Acumatica order that its bill could take from`,
  remedy:
    'Stock items stand on a bill only with a line of their order. Carry the order first, take the product out of the mapping "item", or set bills.lines to "accounts"; then replay.',
})
