import { bookExpense } from './booking'
import { type Books, fresh } from './books'
import { type Body, read } from './fields'
import { amounts, days, flag, ids, text } from './lists'
import { inCurrency, type Money, money } from './money'
import { type Category, CategoryFields, type Expense, ExpenseFields } from './purchase-shapes'
import { living, type Spec } from './resource'
import { eastern, version } from './stamps'

export const categoryView = (row: Category) => {
  const { createdAt, updatedAt, serial: _serial, ...fields } = row
  return {
    ...fields,
    categoryid: row.id,
    created_at: eastern(createdAt),
    transaction_posted: false,
    updated_at: eastern(updatedAt),
  }
}

/** Through the API they can be read only; users make them in the screens. */
export const categories: Spec<Category> = {
  single: 'category',
  plural: 'categories',
  idField: 'categoryid',
  noun: 'category',
  scope: 'expenses',
  rows: (books) => books.categories,
  view: (_books, row) => categoryView(row),
}

/** With the hands of a user. */
export const editableCategories: Spec<Category> = {
  ...categories,
  make: (books, body) => ({ ...fresh(books, 'category'), ...read(CategoryFields, body, 'category') }),
  edit: (_books, row, body) => ({ ...row, ...read(CategoryFields, { ...row, ...body }, 'category') }),
}

const parsed = (books: Books, body: Body) => {
  const fields = read(ExpenseFields, body, 'expense')
  living(books, categories, fields.categoryid, 'expense')
  const code = fields.amount.code ?? books.business().currency
  for (const tax of [fields.taxAmount1, fields.taxAmount2]) if (tax) inCurrency('expense', tax, code)
  return { ...fields, amount: money(fields.amount.amount, code) }
}

/** Anything that an expense would be is 0, or null, when it is not (sheet 4). */
const NOTHING = {
  account_name: '',
  accountid: null,
  background_jobid: null,
  bank_name: '',
  converse_projectid: null,
  ext_accountid: null,
  ext_invoiceid: 0,
  ext_systemid: 0,
  from_bulk_import: false,
  include_receipt: false,
  isduplicate: false,
  modern_projectid: null,
  profileid: null,
}

const tax = (given: Expense['taxAmount1'], code: string): Money | null =>
  given === null ? null : money(given.amount, code)

const expenseView = (books: Books, row: Expense, include: Set<string>) => {
  const { createdAt: _created, updatedAt, serial, ...fields } = row
  const { code } = row.amount
  const category = books.categories.get(String(row.categoryid))
  return {
    ...NOTHING,
    ...fields,
    accounting_systemid: books.accountId,
    expenseid: row.id,
    is_cogs: category?.is_cogs ?? false,
    taxAmount1: tax(row.taxAmount1, code),
    taxAmount2: tax(row.taxAmount2, code),
    updated: eastern(updatedAt),
    version: version(updatedAt, serial),
    ...(include.has('category') ? { category: category ? categoryView(category) : null } : {}),
    ...(include.has('attachment') ? { attachment: null } : {}),
    ...(include.has('expense_profile') ? { expense_profile: null } : {}),
    ...(include.has('project') ? { project: null } : {}),
    ...(include.has('account') ? { account: null } : {}),
  }
}

export const expenses: Spec<Expense> = {
  single: 'expense',
  plural: 'expenses',
  idField: 'expenseid',
  noun: 'expense',
  scope: 'expenses',
  rows: (books) => books.expenses,
  filters: {
    ...ids('expenseid', (row) => row.id),
    ...ids('clientid', (row) => row.clientid),
    ...ids('staffid', (row) => row.staffid),
    ...ids('categoryid', (row) => row.categoryid),
    ...ids('projectid', (row) => row.projectid),
    ...text('vendor', (row) => row.vendor),
    ...flag('has_receipt', (row) => row.has_receipt),
    ...days('date', (row) => row.date),
    ...days('updated', (row) => eastern(row.updatedAt).slice(0, 10)),
    ...amounts((row) => row.amount.amount),
  },
  make: (books, body) => ({
    ...fresh(books, 'expense'),
    ...parsed(books, body),
    status: body.billable === true ? 1 : 0,
    invoiceid: null,
  }),
  edit: (books, row, body) => ({ ...row, ...parsed(books, { ...row, ...body }) }),
  saved: (books, row) => bookExpense(books, row),
  view: expenseView,
}
