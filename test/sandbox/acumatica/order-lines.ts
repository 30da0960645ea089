import { assign, readLabel } from './assign'
import type { Books } from './books'
import { extend } from './documents'
import { ENTITIES } from './entities'
import { PURCHASE_ORDER } from './fields-order'
import type { Sent } from './input'
import type { Item, Row } from './model'
import type { Problems } from './problems'
import { checkAccount, checkItem, checkListed, checkSubaccount } from './references'
import { decimalOf, flagOf, linesOf, startValues, textOf, valueIn } from './rows'

/** `Goods for IN` is known ([V]), the others are [U]. */
const LINE_TYPES = {
  GI: 'Goods for IN',
  GS: 'Goods for SO',
  GP: 'Goods for Drop-Ship',
  NS: 'Non-Stock',
  SV: 'Service',
  FT: 'Freight',
  DN: 'Description',
}

/** `OrderedQty` is quantity on orders, not the one to set (sheet 6): what is sent there is dropped. */
const FIXED = ['Description', 'LineNbr', 'OrderNbr', 'OrderType', 'OrderedQty', 'QtyOnReceipts', 'ReceivedAmount']

export const mendOrderLine = (
  books: Books,
  order: Row,
  line: Row,
  sent: Sent,
  problems: Problems,
  path: string,
  isNew: boolean,
): void => {
  const shape = PURCHASE_ORDER.lines.Details
  if (!shape) return
  assign(books, shape, line, sent, problems, FIXED, path)
  if (isNew) line.values.LineNbr = nextLine(order)
  const item = checkItem(books, line, problems, path)
  fill(books, order, line, item)
  extend(books, textOf(order, 'CurrencyID'), line, 'OrderQty', sent)
  startValues(shape, line)
  readLabel(line, 'LineType', LINE_TYPES, problems, `${path}LineType`)
  checkKind(books, line, item, problems, path)
  checkLine(books, order, line, problems, path)
}

const nextLine = (order: Row): number =>
  Math.max(0, ...linesOf(order).map((line) => Number(valueIn(line, 'LineNbr') ?? 0))) + 1

const fill = ({ tenant }: Books, order: Row, line: Row, item: Item | undefined): void => {
  line.values.LineType ??= item ? (item.stock ? 'Goods for IN' : 'Non-Stock') : 'Service'
  line.values.BranchID ??= textOf(order, 'Branch')
  line.values.Project ??= textOf(order, 'Project')
  line.values.Promised ??= valueIn(order, 'PromisedOn')
  line.values.Requested ??= valueIn(order, 'Date')
  if (!item) return
  line.values.UOM ??= item.uom
  line.values.LineDescription ??= item.description
  line.values.Account ??= item.account
  line.values.UnitCost ??= item.cost
  if (item.stock) line.values.WarehouseID ??= tenant.warehouses[0] ?? null
}

/** [U] Charges are lines of type Service without an item; a tenant may want an item on every line. */
const checkKind = (books: Books, line: Row, item: Item | undefined, problems: Problems, path: string): void => {
  const type = textOf(line, 'LineType')
  const needsItem =
    type.startsWith('Goods') || type === 'Non-Stock' || !books.world.switched('order.serviceLines', true)
  if (needsItem && textOf(line, 'InventoryID') === '') problems.empty(`${path}InventoryID`, 'Inventory ID')
  if (item?.stock === false && type.startsWith('Goods'))
    problems.add(`${path}LineType`, 'The line type is not valid for a non-stock item.')
  if (item?.stock && !type.startsWith('Goods'))
    problems.add(`${path}LineType`, 'The line type is not valid for a stock item.')
}

const checkLine = (books: Books, order: Row, line: Row, problems: Problems, path: string): void => {
  const { tenant } = books
  if (textOf(line, 'Account') === '' && textOf(line, 'LineType') !== 'Description')
    problems.empty(`${path}Account`, 'Account')
  checkAccount(books, line, 'Account', problems, path)
  checkSubaccount(books, line, 'Subaccount', problems, path)
  checkListed(line, 'BranchID', tenant.branches, problems, path)
  checkListed(line, 'WarehouseID', tenant.warehouses, problems, path)
  checkListed(line, 'Project', tenant.projects, problems, path)
  checkListed(line, 'UOM', tenant.uoms, problems, path)
  checkListed(line, 'TaxCategory', Object.keys(tenant.taxCategories), problems, path)
  const isCounted = !flagOf(order, 'Hold') && textOf(line, 'LineType') !== 'Description'
  if (isCounted && decimalOf(line, 'OrderQty').lte(0))
    problems.add(`${path}OrderQty`, "'Order Qty.' must be greater than 0.")
  const account = books.byKeys(ENTITIES.Account, [textOf(line, 'Account')])
  line.values.Description = account ? valueIn(account, 'Description') : null
}
