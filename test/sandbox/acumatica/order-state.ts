import Big from 'big.js'
import type { Books } from './books'
import { ENTITIES } from './entities'
import type { Kept, Row } from './model'
import { billedQty } from './order-links'
import { decimalOf, flagOf, linesOf, textOf } from './rows'

const FINAL = ['Closed', 'Canceled']
const HELD = ['', 'On Hold']

export const isEditable = (order: Row): boolean => !FINAL.includes(textOf(order, 'Status'))

/** Off hold it is open, after approval, printing and e-mail where these are asked for (the waiting states are [U]). */
export const orderStatus = (books: Books, order: Row, vendor: Row | undefined): string => {
  if (flagOf(order, 'Hold')) return 'On Hold'
  const before = textOf(order, 'Status')
  if (!HELD.includes(before)) return before
  return books.tenant.preferences.approveOrders ? 'Pending Approval' : afterApproval(books, vendor)
}

const afterApproval = (books: Books, vendor: Row | undefined): string => {
  if (!books.tenant.preferences.printAndEmailOrders || !vendor) return 'Open'
  if (flagOf(vendor, 'PrintOrders')) return 'Pending Printing'
  return flagOf(vendor, 'SendOrdersbyEmail') ? 'Pending Email' : 'Open'
}

const vendorOf = (books: Books, order: Row) => books.byKeys(ENTITIES.Vendor, [textOf(order, 'VendorID')])

export const setOrderStatus = (books: Books, order: Kept, Status: string): Kept =>
  books.save('PurchaseOrder', { ...order, values: { ...order.values, Status, Hold: Status === 'On Hold' } })

export const approveOrder = (books: Books, order: Kept): Kept =>
  setOrderStatus(books, order, afterApproval(books, vendorOf(books, order)))

/** Printed, then sent, then open. */
export const printed = (books: Books, order: Kept): Kept => {
  const vendor = vendorOf(books, order)
  const next = vendor && flagOf(vendor, 'SendOrdersbyEmail') ? 'Pending Email' : 'Open'
  return setOrderStatus(books, order, textOf(order, 'Status') === 'Pending Printing' ? next : 'Open')
}

/** Goods came in: `QtyOnReceipts` grows, and the order is completed when nothing is missing. */
export const receive = (books: Books, order: Kept, quantities: ReadonlyMap<number, string>): Kept => {
  const changed = structuredClone(order)
  for (const line of linesOf(changed)) {
    const qty = decimalOf(line, 'QtyOnReceipts').plus(quantities.get(Number(line.values.LineNbr)) ?? '0')
    line.values.QtyOnReceipts = qty.toFixed()
    line.values.Completed = qty.gte(decimalOf(line, 'OrderQty'))
  }
  if (linesOf(changed).every((line) => flagOf(line, 'Completed'))) changed.values.Status = 'Completed'
  return books.save('PurchaseOrder', changed)
}

/** After a bill was released: an order whose lines are all billed is closed. */
export const closeBilled = (books: Books, bill: Row): void => {
  const numbers = new Set(linesOf(bill).map((line) => textOf(line, 'POOrderNbr')))
  for (const order of books.of('PurchaseOrder').all()) {
    if (!numbers.has(textOf(order, 'OrderNbr'))) continue
    const isBilled = linesOf(order).every((line) =>
      billedQty(books, order, line).gte(new Big(textOf(line, 'OrderQty'))),
    )
    if (isBilled) setOrderStatus(books, order, 'Closed')
  }
}
