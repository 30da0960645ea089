import { assign } from './assign'
import type { Books } from './books'
import { extend } from './documents'
import { ENTITIES } from './entities'
import { BILL } from './fields-bill'
import type { Sent } from './input'
import type { Row } from './model'
import { link } from './order-links'
import type { Problems } from './problems'
import { checkAccount, checkItem, checkListed, checkSubaccount } from './references'
import { startValues, textOf, valueIn } from './rows'

/** `Description` of a line is its account's name; the line's own text is `TransactionDescription` (sheet 1.9). */
const FIXED = ['Amount', 'Description']

export const mendBillLine = (
  books: Books,
  bill: Row,
  line: Row,
  sent: Sent,
  problems: Problems,
  path: string,
  isNew: boolean,
): void => {
  const shape = BILL.lines.Details
  if (!shape) return
  assign(books, shape, line, sent, problems, FIXED, path)
  const isLinked = link(books, line, sent, textOf(bill, 'Vendor'), problems, path)
  const item = checkItem(books, line, problems, path)
  // Each stock line must be linked to an order or a receipt (sheet 1.10).
  if (item?.stock && !isLinked && books.tenant.features.inventory)
    problems.add(`${path}InventoryID`, 'A stock item must be linked to a line of a purchase order or receipt.')
  line.values.Branch ??= textOf(bill, 'BranchID')
  line.values.Project ??= textOf(bill, 'Project')
  line.values.UOM ??= item?.uom ?? null
  line.values.TransactionDescription ??= item?.description ?? null
  line.values.Account ??= item?.account ?? null
  if (isNew) line.values.Qty ??= '1'
  priceFromCost(line, sent, isNew)
  extend(books, textOf(bill, 'CurrencyID'), line, 'Qty', sent)
  startValues(shape, line)
  line.values.Amount = valueIn(line, 'ExtendedCost')
  checkLine(books, line, problems, path)
}

/** A line of the extended cost alone has quantity 1 and that price ([U]; the vendor's example sends only the cost). */
const priceFromCost = (line: Row, sent: Sent, isNew: boolean): void => {
  const { UnitCost, Qty, ExtendedCost } = sent.values
  if (isNew && UnitCost == null && Qty == null && ExtendedCost != null) line.values.UnitCost = ExtendedCost
}

const checkLine = (books: Books, line: Row, problems: Problems, path: string): void => {
  const { tenant } = books
  if (textOf(line, 'Account') === '') problems.empty(`${path}Account`, 'Account')
  checkAccount(books, line, 'Account', problems, path)
  checkSubaccount(books, line, 'Subaccount', problems, path)
  checkListed(line, 'Branch', tenant.branches, problems, path)
  checkListed(line, 'Project', tenant.projects, problems, path)
  checkListed(line, 'UOM', tenant.uoms, problems, path)
  checkListed(line, 'TaxCategory', Object.keys(tenant.taxCategories), problems, path)
  const account = books.byKeys(ENTITIES.Account, [textOf(line, 'Account')])
  line.values.Description = account ? valueIn(account, 'Description') : null
}
