import type { VendorResponse } from '../vendor'
import type { Books } from './books'
import { addAccount, TYPES } from './chart'
import { refusal } from './errors'
import type { Body } from './fields'
import type { Account } from './ledger-shapes'
import { zuluMicro } from './stamps'

/** The same chart in its newer, flat and unpaged form; `jea_id` and `jesa_id` join it to the older one (sheet 4). */
const view = (books: Books, account: Account) => ({
  uuid: account.uuid,
  name: account.name,
  number: account.number,
  description: account.description,
  type: account.type,
  sub_type: account.sub_type,
  ...(account.system === null ? {} : { system_account_name: account.system }),
  parent_account: account.parent,
  sub_accounts: books.accounts
    .all()
    .filter(({ parent }) => parent === account.uuid)
    .map(({ uuid }) => uuid),
  auto_created: account.auto_created,
  state: account.state,
  updated_at: zuluMicro(account.updatedAt),
  category_id: account.category,
  jea_id: account.parent === null ? account.journalId : null,
  jesa_id: account.parent === null ? null : account.journalId,
})

const wrong = (field: string, message: string) => refusal(400, 400, message, { field })
const missing = () => refusal(404, 404, 'Not found.')

const textOf = (body: Body, field: string): string => {
  const value = body[field]
  if (value === undefined || value === '') throw wrong(field, 'This field is required.')
  if (typeof value !== 'string') throw wrong(field, 'Not a valid string.')
  return value
}

const parentOf = (books: Books, body: Body): Account | undefined => {
  if (body.parent_account === undefined || body.parent_account === null) return undefined
  const parent = books.accounts.get(String(body.parent_account))
  if (!parent || parent.parent !== null) throw wrong('parent_account', 'Invalid parent account.')
  return parent
}

const create = (books: Books, body: Body): Account => {
  const name = textOf(body, 'name')
  const number = textOf(body, 'number')
  const type = TYPES.find((one) => one === textOf(body, 'type'))
  if (!type) throw wrong('type', 'Not a valid choice.')
  if (books.accounts.all().some((one) => one.number === number)) throw wrong('number', 'Number is already in use.')
  const parent = parentOf(books, body)
  const description = typeof body.description === 'string' ? body.description : ''
  const own = { name, number, type, sub_type: textOf(body, 'sub_type'), description }
  return addAccount(books, parent ? { ...own, parent } : own)
}

const change = (books: Books, account: Account, body: Body): Account => {
  const state = body.state ?? account.state
  if (state !== 'active' && state !== 'archived') throw wrong('state', 'Not a valid choice.')
  return books.accounts.put(account.uuid, {
    ...account,
    name: 'name' in body ? textOf(body, 'name') : account.name,
    description: typeof body.description === 'string' ? body.description : account.description,
    state,
    updatedAt: books.now(),
  })
}

export const serveLedger = (books: Books, method: string, uuid: string | undefined, body: Body): VendorResponse => {
  const answer = (account: Account, status = 200) => ({ status, body: { data: view(books, account) } })
  if (uuid === undefined && method === 'GET')
    return { status: 200, body: { data: books.accounts.all().map((one) => view(books, one)) } }
  if (uuid === undefined && method === 'POST') return answer(create(books, body), 201)
  const account = books.accounts.get(uuid ?? '')
  if (!account) throw missing()
  if (method === 'GET') return answer(account)
  if (method === 'PUT') return answer(change(books, account, body))
  throw refusal(405, 405, 'Method not allowed.')
}

const SUB_TYPES = [
  'Cash & Bank',
  'Current Asset',
  'Current Liability',
  'Equity',
  'Income',
  'Operating Expense',
  'Cost of Goods Sold',
]

/** Types and sub types are the same for everybody; the rows' form is ours. */
export const serveKinds = (kind: string, id: string | undefined): VendorResponse => {
  if (kind === 'types') return { status: 200, body: { data: TYPES } }
  const rows = SUB_TYPES.map((name, index) => ({ id: index + 1, name }))
  if (id === undefined) return { status: 200, body: { data: rows } }
  const row = rows.find((one) => String(one.id) === id)
  if (!row) throw missing()
  return { status: 200, body: { data: row } }
}
