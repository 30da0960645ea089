import Big from 'big.js'
import type { Books } from './books'
import { ENTITIES } from './entities'
import type { Sent } from './input'
import type { Kept, Row } from './model'
import type { Problems } from './problems'
import { linesOf, sameText, textOf, valueIn } from './rows'

const LINKABLE = ['Open', 'Completed', 'Closed']

const sentText = (sent: Sent, name: string): string => String(sent.values[name] ?? '')

/** Only orders that left hold can be billed ([U]: the sheet has no word on this). */
const orderAt = (books: Books, type: string, number: string): Kept | undefined => {
  const order = books.byKeys(ENTITIES.PurchaseOrder, [type || 'Normal', number])
  return order && LINKABLE.includes(textOf(order, 'Status')) ? order : undefined
}

const receiptAt = ({ tenant, world }: Books, number: string) =>
  [...tenant.receipts, ...receiptsOf(world, tenant.name).all()].find((one) => sameText(one.number, number))

export const receiptsOf = (world: Books['world'], tenant: string) =>
  world.store.collection<Books['tenant']['receipts'][number]>(`${tenant}/receipt`)

/** A line that names an order or a receipt without a line stands for all of its lines (sheet 6, PO link). */
export const spread = (books: Books, sent: Sent[]): Sent[] => sent.flatMap((one) => spreadLine(books, one))

const spreadLine = (books: Books, sent: Sent): Sent[] => {
  if (sent.id !== undefined || sent.delete) return [sent]
  const each = (key: string, numbers: (number | null)[]) =>
    numbers.length === 0 ? [sent] : numbers.map((n) => ({ ...sent, values: { ...sent.values, [key]: n } }))
  if (sent.values.POReceiptNbr != null && sent.values.POReceiptLine == null) {
    const receipt = receiptAt(books, sentText(sent, 'POReceiptNbr'))
    return each('POReceiptLine', receipt?.lines.map(({ line }) => line) ?? [])
  }
  if (sent.values.POReceiptNbr == null && sent.values.POOrderNbr != null && sent.values.POLine == null) {
    const order = orderAt(books, sentText(sent, 'POOrderType'), sentText(sent, 'POOrderNbr'))
    return each('POLine', order ? linesOf(order).map((line) => Number(valueIn(line, 'LineNbr'))) : [])
  }
  return [sent]
}

/** Fills a bill's line from the order's line that it names. Answers whether it is linked. */
export const link = (
  books: Books,
  line: Row,
  sent: Sent,
  vendor: string,
  problems: Problems,
  path: string,
): boolean => {
  if (sent.values.POReceiptNbr != null) fromReceipt(books, line, sent, problems, path)
  const number = textOf(line, 'POOrderNbr')
  if (number === '') return textOf(line, 'POReceiptNbr') !== ''
  const order = orderAt(books, textOf(line, 'POOrderType'), number)
  if (!order || textOf(order, 'VendorID') !== vendor) {
    problems.add(`${path}POOrderNbr`, `Purchase Order ${textOf(line, 'POOrderType')} ${number} was not found.`)
    return true
  }
  const orderLine = linesOf(order).find(({ values }) => values.LineNbr === line.values.POLine)
  if (orderLine) copy(line, sent, order, orderLine)
  else problems.add(`${path}POLine`, `Order Line: ${number}, ${textOf(line, 'POLine')} not found.`)
  return true
}

const fromReceipt = (books: Books, line: Row, sent: Sent, problems: Problems, path: string): void => {
  const receipt = receiptAt(books, sentText(sent, 'POReceiptNbr'))
  const from = receipt?.lines.find(({ line: n }) => n === sent.values.POReceiptLine)
  if (!from) {
    const what = `${sentText(sent, 'POReceiptNbr')}, ${sentText(sent, 'POReceiptLine')}`
    problems.add(`${path}POReceiptNbr`, `Receipt Line: ${what} not found.`)
    return
  }
  line.values.POOrderType ??= 'Normal'
  line.values.POOrderNbr = from.orderNbr
  line.values.POLine = from.orderLine
  line.values.Qty ??= from.qty
}

const copy = (line: Row, sent: Sent, order: Kept, from: Row): void => {
  line.values.POOrderType = textOf(order, 'Type')
  line.values.POOrderNbr = textOf(order, 'OrderNbr')
  const own = {
    InventoryID: 'InventoryID',
    UOM: 'UOM',
    UnitCost: 'UnitCost',
    Account: 'Account',
    Subaccount: 'Subaccount',
  }
  for (const [name, source] of Object.entries(own)) line.values[name] ??= valueIn(from, source)
  line.values.TransactionDescription ??= valueIn(from, 'LineDescription')
  if (sent.values.Qty == null) line.values.Qty = line.values.Qty ?? valueIn(from, 'OrderQty')
}

/** What came in and what was billed of one line of an order. */
export const billedQty = (books: Books, order: Kept, orderLine: Row): Big =>
  books
    .of('Bill')
    .all()
    .filter((bill) => ['Open', 'Closed'].includes(textOf(bill, 'Status')))
    .flatMap((bill) => linesOf(bill))
    .filter((line) => textOf(line, 'POOrderNbr') === textOf(order, 'OrderNbr'))
    .filter((line) => line.values.POLine === orderLine.values.LineNbr)
    .reduce((sum, line) => sum.plus(textOf(line, 'Qty') || '0'), new Big(0))
